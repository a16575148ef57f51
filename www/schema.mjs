// The fields of the objects that people write here, from schema/schema.json, as the editor needs them: type to field
// to what stands there. `[]T` is a list, `{}` a map of texts, `T` another type of the table; scalars are `text`,
// `number`, `boolean`, `quantity`, `time`, `any`, and `text T` for a text with a type of its own. A `!` at the end
// marks a required field.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

const ROOTS = ["v1.DaemonSet", "v1.Node", "v1.Pod", "v1.Namespace"];
const SCALARS = {
  "intstr.IntOrString": "number or text",
  "resource.Quantity": "quantity",
  "runtime.RawExtension": "any",
  "v1.FieldsV1": "any",
  "v1.Time": "time",
  bool: "boolean",
  string: "text",
};

export function compactFields({ types, required }) {
  const table = {};
  const waiting = [...ROOTS];
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    const name = short(type);
    if (name in table) continue;
    table[name] = {};
    const fields = [...types[type]];
    for (let field = fields.shift(); field !== undefined; field = fields.shift()) {
      if (field.inline) {
        fields.unshift(...(types[bare(field.type)] ?? []));
        continue;
      }
      if (!field.json || field.json === "-") continue;
      const shape = shapeOf(field.type, types);
      const inner = shape.replace(/^\[\]/, "");
      if (types[`v1.${inner}`] && !Object.values(SCALARS).includes(inner)) waiting.push(`v1.${inner}`);
      table[name][field.json] = shape + (required[type]?.includes(field.json) ? "!" : "");
    }
  }
  return table;
}

function shapeOf(type, types) {
  const pointed = type.replace(/^\*/, "");
  if (pointed.startsWith("[]")) {
    return pointed === "[]uint8" ? "text" : `[]${shapeOf(pointed.slice(2), types)}`;
  }
  if (pointed.startsWith("map[")) return "{}";
  const [name, base] = pointed.split("=");
  if (SCALARS[name]) return SCALARS[name];
  if (base === "string") return `text ${short(name)}`;
  if (/^u?int\d*$/.test(base ?? name)) return "number";
  return types[name] ? short(name) : "any";
}

function short(type) {
  return bare(type).replace(/^v1\./, "");
}

function bare(type) {
  return type.replace(/^\*/, "");
}

/** Lets a module import the table as `schema:fields`. */
export function fieldsPlugin(root) {
  return {
    name: "fields",
    setup(build) {
      build.onResolve({ filter: /^schema:fields$/ }, ({ path }) => ({ path, namespace: "schema" }));
      build.onLoad({ filter: /.*/, namespace: "schema" }, async () => {
        const schema = JSON.parse(await readFile(join(root, "schema/schema.json"), "utf8"));
        return { contents: JSON.stringify(compactFields(schema)), loader: "json" };
      });
    },
  };
}
