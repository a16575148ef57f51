//! Turns `schema/schema.json` (the API's types as Kubernetes declares them) and `schema/served.json` (the
//! kinds that the API server serves) into one compact table of static arrays, included by `src/object/schema`.
//!
//! Everything is a number: names are ranges of one text, types, fields and shapes are places in arrays. What a
//! field holds is a *shape*; a pointer is a mark on the field, since JSON does not show it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::{env, fs, path::Path};

use serde::Deserialize;

type Outcome<T> = Result<T, Box<dyn Error>>;

#[derive(Deserialize)]
struct Schema {
    types: BTreeMap<String, Vec<Field>>,
    required: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Field {
    go: String,
    json: String,
    r#type: String,
    inline: bool,
    omit_empty: bool,
    omit_zero: bool,
    patch_strategy: String,
    patch_merge_key: String,
}

#[derive(Deserialize)]
struct ServedFile {
    kubernetes: String,
    served: Vec<Served>,
}

#[derive(Deserialize)]
struct Served {
    group: String,
    version: String,
    kind: String,
    plural: String,
    namespaced: bool,
    create: bool,
}

/// All names, each once, as ranges of one text.
#[derive(Default)]
struct Names {
    text: String,
    starts: Vec<usize>,
    known: BTreeMap<String, usize>,
}

impl Names {
    fn id(&mut self, name: &str) -> usize {
        if let Some(&id) = self.known.get(name) {
            return id;
        }
        let id = self.starts.len();
        self.starts.push(self.text.len());
        self.text.push_str(name);
        self.known.insert(name.to_owned(), id);
        id
    }
}

/// All shapes, each once: the Rust expression of each and how Go writes the type.
#[derive(Default)]
struct Shapes {
    rows: Vec<(String, usize)>,
    known: BTreeMap<String, usize>,
}

/// Types that hold something that JSON shows as no map of their fields.
const SPECIAL: &[(&str, &str)] = &[
    ("resource.Quantity", "Quantity"),
    ("intstr.IntOrString", "IntOrString"),
    ("v1.Time", "Time"),
    ("time.Time", "Time"),
    ("v1.FieldsV1", "Any"),
    ("runtime.RawExtension", "Any"),
];

impl Shapes {
    fn id(&mut self, text: &str, names: &mut Names, types: &[&String]) -> Outcome<usize> {
        if let Some(&id) = self.known.get(text) {
            return Ok(id);
        }
        let (row, go) = if text == "[]uint8" || text == "[]byte" {
            ("Bytes".to_owned(), text.to_owned())
        } else if let Some(inner) = text.strip_prefix("[]") {
            let inner = self.id(inner, names, types)?;
            (
                format!("List(ShapeId({inner}))"),
                format!("[]{}", self.go(inner, names)?),
            )
        } else if let Some((key, inner)) = text
            .strip_prefix("map[")
            .and_then(|rest| rest.split_once(']'))
        {
            let (named, base) = key.split_once('=').unwrap_or((key, key));
            if base != "string" {
                return Err(format!("a map with keys of type {base}").into());
            }
            let inner = self.id(inner, names, types)?;
            (
                format!("Map(ShapeId({inner}))"),
                format!("map[{named}]{}", self.go(inner, names)?),
            )
        } else if let Some((_, special)) = SPECIAL.iter().find(|(name, _)| *name == text) {
            ((*special).to_owned(), text.to_owned())
        } else if let Ok(at) = types.binary_search(&&text.to_owned()) {
            (format!("Struct(TypeId({at}))"), text.to_owned())
        } else {
            let (named, base) = text.split_once('=').unwrap_or((text, text));
            let shape = match base {
                "bool" => "Bool",
                "int32" => "Int32",
                "int64" | "uint" => "Int64",
                "string" => "Text",
                "interface" => "Any",
                other => return Err(format!("unknown type {other}").into()),
            };
            (shape.to_owned(), named.to_owned())
        };
        let id = self.rows.len();
        self.rows.push((row, names.id(&go)));
        self.known.insert(text.to_owned(), id);
        Ok(id)
    }

    fn go(&self, id: usize, names: &Names) -> Outcome<String> {
        let (_, name) = self.rows.get(id).ok_or("no such shape")?;
        let text = names.known.iter().find(|(_, at)| **at == *name);
        Ok(text.ok_or("no such name")?.0.clone())
    }
}

/// The fields that JSON shows for a type: its own and those of the types that it embeds, by JSON name.
fn flat(
    schema: &Schema,
    first: &BTreeMap<&str, usize>,
    name: &str,
) -> Outcome<BTreeMap<String, usize>> {
    let mut all = BTreeMap::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        let fields = schema.types.get(&name).ok_or("no such type")?;
        let start = first.get(name.as_str()).ok_or("no such type")?;
        for (at, field) in fields.iter().enumerate() {
            if field.inline {
                let embedded = field.r#type.trim_start_matches('*');
                if schema.types.contains_key(embedded) {
                    open.push(embedded.to_owned());
                }
            } else if field.json != "-" && !field.json.is_empty() {
                all.entry(field.json.clone()).or_insert(start + at);
            }
        }
    }
    Ok(all)
}

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=schema/schema.json");
    println!("cargo::rerun-if-changed=schema/served.json");
    let schema: Schema = serde_json::from_str(&fs::read_to_string("schema/schema.json")?)?;
    let served: ServedFile = serde_json::from_str(&fs::read_to_string("schema/served.json")?)?;
    let table = generate(&schema, &served)?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("schema_table.rs"), table)?;
    Ok(())
}

fn generate(schema: &Schema, served: &ServedFile) -> Outcome<String> {
    let type_names: Vec<&String> = schema.types.keys().collect();
    let mut first = BTreeMap::new();
    let mut count = 0;
    for (name, fields) in &schema.types {
        first.insert(name.as_str(), count);
        count += fields.len();
    }
    let mut names = Names::default();
    names.id("");
    let mut shapes = Shapes::default();
    let (mut types, mut fields, mut flats) = (String::new(), String::new(), String::new());
    let mut flat_count = 0;
    let none = Vec::new();
    for (name, own) in &schema.types {
        let required = schema.required.get(name).unwrap_or(&none);
        let by_json = flat(schema, &first, name)?;
        let start = first.get(name.as_str()).ok_or("no such type")?;
        writeln!(
            types,
            "TypeRow{{name:{},first:{start},len:{},flat_first:{flat_count},flat_len:{}}},",
            names.id(name),
            own.len(),
            by_json.len()
        )?;
        for at in by_json.values() {
            write!(flats, "{at},")?;
        }
        flat_count += by_json.len();
        for field in own {
            let plain = field.r#type.trim_start_matches('*');
            let pointer = plain.len() < field.r#type.len();
            let strategy = match field.patch_strategy.as_str() {
                "" => 0,
                "merge" => 32,
                "merge,retainKeys" => 64,
                other => return Err(format!("unknown patch strategy {other}").into()),
            };
            let flags = u32::from(field.omit_empty)
                | u32::from(field.omit_zero) << 1
                | u32::from(field.inline) << 2
                | u32::from(required.contains(&field.json)) << 3
                | u32::from(pointer) << 4
                | strategy;
            writeln!(
                fields,
                "FieldRow{{go:{},json:{},shape:{},merge_key:{},flags:{flags}}},",
                names.id(&field.go),
                names.id(&field.json),
                shapes.id(plain, &mut names, &type_names)?,
                names.id(&field.patch_merge_key)
            )?;
        }
    }
    let (mut kinds, mut serves) = (String::new(), String::new());
    for entry in &served.served {
        let row = format!(
            "{},{},{}",
            names.id(&entry.group),
            names.id(&entry.version),
            names.id(&entry.kind)
        );
        writeln!(
            serves,
            "ServedRow{{group_version_kind:[{row}],plural:{},flags:{}}},",
            names.id(&entry.plural),
            u32::from(entry.namespaced) | u32::from(entry.create) << 1
        )?;
        // A kind is checked with the type of its name, if that has the fields of an object. Only the `v1` of
        // each group is in the schema.
        let name = format!("v1.{}", entry.kind);
        let is_object = schema
            .types
            .get(&name)
            .is_some_and(|own| own.iter().any(|field| field.go == "TypeMeta"));
        if is_object && entry.version == "v1" {
            let at = type_names
                .binary_search(&&name)
                .map_err(|_| "no such type")?;
            writeln!(kinds, "([{row}],TypeId({at})),")?;
        }
    }
    let mut out = String::new();
    writeln!(out, "const KUBERNETES: &str = {:?};", served.kubernetes)?;
    writeln!(out, "static NAMES: &str = {:?};", names.text)?;
    writeln!(
        out,
        "static NAME_STARTS: &[u16] = &{:?};",
        [names.starts.as_slice(), &[names.text.len()]].concat()
    )?;
    writeln!(out, "static TYPES: &[TypeRow] = &[\n{types}];")?;
    writeln!(out, "static FIELDS: &[FieldRow] = &[\n{fields}];")?;
    writeln!(out, "static FLAT: &[u16] = &[{flats}];")?;
    let rows: Vec<String> = shapes
        .rows
        .iter()
        .map(|(shape, go)| format!("ShapeRow{{shape:Shape::{shape},go:{go}}},\n"))
        .collect();
    writeln!(out, "static SHAPES: &[ShapeRow] = &[\n{}];", rows.concat())?;
    writeln!(out, "static KINDS: &[([u16; 3], TypeId)] = &[\n{kinds}];")?;
    writeln!(out, "static SERVED: &[ServedRow] = &[\n{serves}];")?;
    Ok(out)
}
