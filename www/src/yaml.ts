// Finds in the YAML of a pod what its comments mark: a field or an item, with everything below it.

export type Mark = "added" | "replaced";

export interface Line {
  text: string;
  mark: Mark | undefined;
}

/** A comment behind a field, or alone on the line before an item. */
const COMMENT = /(?:^|\s)# (added|replaced) \(R-\d+\)/;

/** What is marked, from its first line on. */
interface Block {
  mark: Mark;
  indent: number;
  /** The item that a comment stands before is still to come. */
  awaitsItem: boolean;
  isField: boolean;
}

/** The lines of a pod as `PodPlan.yaml` has it. */
export function linesOf(yaml: string): Line[] {
  let block: Block | undefined;
  return yaml
    .replace(/\n$/, "")
    .split("\n")
    .map((text) => {
      const indent = text.search(/\S|$/);
      const dash = text.startsWith("- ", indent);
      // What stands above the pod speaks of all of it.
      const mark = text.startsWith("#") ? undefined : (COMMENT.exec(text)?.[1] as Mark | undefined);
      if (block && isInside(block, text, indent, dash)) {
        if (dash) block.awaitsItem = false;
        return { text, mark: mark ?? block.mark };
      }
      const isField = !text.startsWith("#", indent);
      block = mark && { mark, indent: dash ? indent + 2 : indent, awaitsItem: !isField, isField };
      return { text, mark };
    });
}

/** Whether a line belongs to what is marked. The items of a list stand as deep as its field. */
function isInside({ indent: own, awaitsItem, isField }: Block, text: string, indent: number, dash: boolean): boolean {
  return text === "" || indent > own || (indent === own && dash && (awaitsItem || isField));
}

/** What YAML reads as the text that it is. */
const PLAIN = /^[A-Za-z][A-Za-z0-9./-]*$/;
const NO_TEXT = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** JSON as YAML in blocks; as it stands where reading it would lose something, as of very large numbers. */
export function asYaml(json: string): string {
  try {
    const value = JSON.parse(json) as unknown;
    return JSON.stringify(value) === json ? block(value).join("\n") : json;
  } catch {
    return json;
  }
}

function block(value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0) return value.flatMap((item) => below("- ", block(item)));
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) return [scalar(value)];
  return Object.entries(value).flatMap(([key, item]) => {
    const lines = block(item);
    const deep = typeof item === "object" && item !== null && Object.keys(item).length > 0;
    // The items of a list stand as deep as its key.
    const inner = Array.isArray(item) ? lines : lines.map((line) => `  ${line}`);
    return deep ? [`${scalar(key)}:`, ...inner] : [`${scalar(key)}: ${lines[0]}`];
  });
}

function below(dash: string, lines: string[]): string[] {
  return lines.map((line, index) => (index === 0 ? dash : " ".repeat(dash.length)) + line);
}

function scalar(value: unknown): string {
  const plain = typeof value === "string" && PLAIN.test(value) && !NO_TEXT.test(value);
  return plain ? value : JSON.stringify(value);
}
