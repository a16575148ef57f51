//! Turns `schema/schema.json` (the API's types as Kubernetes declares them) and `schema/served.json` (the
//! kinds that the API server serves) into one compact table, included and unpacked by `src/object/schema/table.rs`.
//!
//! Everything is a number: names are ranges of one text, types, fields and shapes are places in lists. What a
//! field holds is a *shape*; a pointer is a mark on the field, since JSON does not show it.

use std::collections::BTreeMap;
use std::error::Error;
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

/// What a shape is (its place in [`SORTS`]), which shape or type it holds, and how Go writes the type.
struct ShapeRow {
    sort: usize,
    of: usize,
    go: usize,
}

/// The sorts of shapes, in the order that `src/object/schema/table.rs` knows.
const SORTS: &[&str] = &[
    "Bool",
    "Int32",
    "Int64",
    "Text",
    "Bytes",
    "Any",
    "Quantity",
    "IntOrString",
    "Time",
    "Struct",
    "List",
    "Map",
];

/// All shapes, each once.
#[derive(Default)]
struct Shapes {
    rows: Vec<ShapeRow>,
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
        let (sort, of, go) = if text == "[]uint8" || text == "[]byte" {
            ("Bytes", 0, text.to_owned())
        } else if let Some(inner) = text.strip_prefix("[]") {
            let inner = self.id(inner, names, types)?;
            ("List", inner, format!("[]{}", self.go(inner, names)?))
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
                "Map",
                inner,
                format!("map[{named}]{}", self.go(inner, names)?),
            )
        } else if let Some((_, special)) = SPECIAL.iter().find(|(name, _)| *name == text) {
            (*special, 0, text.to_owned())
        } else if let Ok(at) = types.binary_search(&&text.to_owned()) {
            ("Struct", at, text.to_owned())
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
            (shape, 0, named.to_owned())
        };
        let id = self.rows.len();
        let sort = SORTS.iter().position(|known| *known == sort);
        self.rows.push(ShapeRow {
            sort: sort.ok_or("no such sort of shape")?,
            of,
            go: names.id(&go),
        });
        self.known.insert(text.to_owned(), id);
        Ok(id)
    }

    fn go(&self, id: usize, names: &Names) -> Outcome<String> {
        let row = self.rows.get(id).ok_or("no such shape")?;
        let text = names.known.iter().find(|(_, at)| **at == row.go);
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
    let (names, numbers) = generate(&schema, &served)?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("schema_names.txt"), names)?;
    fs::write(Path::new(&out).join("schema_numbers.bin"), numbers)?;
    println!(
        "cargo::rustc-env=SCHEMA_KUBERNETES_RELEASE={}",
        served.kubernetes
    );
    Ok(())
}

/// Numbers one after another, seven bits a byte, as `src/object/schema/table.rs` reads them.
#[derive(Default)]
struct Numbers(Vec<u8>);

impl Numbers {
    #[allow(clippy::cast_possible_truncation)] // seven bits are asked for
    fn put(&mut self, mut number: usize) {
        while number > 0x7F {
            self.0.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// How far `number` is from `from`; the lowest bit says that it is below.
    fn put_from(&mut self, number: usize, from: usize) {
        if number >= from {
            self.put((number - from) << 1);
        } else {
            self.put((from - number) << 1 | 1);
        }
    }

    fn column(&mut self, numbers: impl Iterator<Item = usize>) {
        numbers.for_each(|number| self.put(number));
    }

    /// A column of numbers that each lie near the one before.
    fn steps(&mut self, numbers: impl Iterator<Item = usize>) {
        let mut last = 0;
        for number in numbers {
            self.put_from(number, last);
            last = number;
        }
    }
}

struct TypeRow {
    name: usize,
    first: usize,
    len: usize,
    flat: Vec<usize>,
}

struct FieldRow {
    go: usize,
    json: usize,
    shape: usize,
    merge_key: usize,
    flags: usize,
}

/// The table: its names, and everything else as numbers. Columns, not rows: like stands by like, which compresses.
fn generate(schema: &Schema, served: &ServedFile) -> Outcome<(String, Vec<u8>)> {
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
    let (mut types, mut fields) = (vec![], vec![]);
    let none = Vec::new();
    for (name, own) in &schema.types {
        let required = schema.required.get(name).unwrap_or(&none);
        types.push(TypeRow {
            name: names.id(name),
            first: *first.get(name.as_str()).ok_or("no such type")?,
            len: own.len(),
            flat: flat(schema, &first, name)?.into_values().collect(),
        });
        for field in own {
            let plain = field.r#type.trim_start_matches('*');
            let pointer = plain.len() < field.r#type.len();
            let strategy = match field.patch_strategy.as_str() {
                "" => 0,
                "merge" => 32,
                "merge,retainKeys" => 64,
                other => return Err(format!("unknown patch strategy {other}").into()),
            };
            let flags = usize::from(field.omit_empty)
                | usize::from(field.omit_zero) << 1
                | usize::from(field.inline) << 2
                | usize::from(required.contains(&field.json)) << 3
                | usize::from(pointer) << 4
                | strategy;
            fields.push(FieldRow {
                go: names.id(&field.go),
                json: names.id(&field.json),
                shape: shapes.id(plain, &mut names, &type_names)?,
                merge_key: names.id(&field.patch_merge_key),
                flags,
            });
        }
    }
    let (mut kinds, mut serves) = (vec![], vec![]);
    for entry in &served.served {
        let [group, version, kind] =
            [&entry.group, &entry.version, &entry.kind].map(|name| names.id(name));
        serves.push([
            group,
            version,
            kind,
            names.id(&entry.plural),
            usize::from(entry.namespaced) | usize::from(entry.create) << 1,
        ]);
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
            kinds.push([group, version, kind, at]);
        }
    }

    let mut out = Numbers::default();
    let end = names.text.len();
    let ends = names.starts.iter().skip(1).chain([&end]);
    out.put(names.starts.len());
    out.column(
        names
            .starts
            .iter()
            .zip(ends)
            .map(|(start, end)| end - start),
    );
    out.put(shapes.rows.len());
    out.column(shapes.rows.iter().map(|row| row.sort));
    out.steps(shapes.rows.iter().map(|row| row.of));
    out.steps(shapes.rows.iter().map(|row| row.go));
    out.put(types.len());
    out.steps(types.iter().map(|row| row.name));
    out.column(types.iter().map(|row| row.len));
    out.column(types.iter().map(|row| row.flat.len()));
    for row in &types {
        for &at in &row.flat {
            out.put_from(at, row.first);
        }
    }
    out.put(fields.len());
    out.steps(fields.iter().map(|row| row.go));
    for row in &fields {
        out.put_from(row.json, row.go);
    }
    out.steps(fields.iter().map(|row| row.shape));
    out.column(fields.iter().map(|row| row.merge_key));
    out.column(fields.iter().map(|row| row.flags));
    out.put(kinds.len());
    out.column(kinds.into_iter().flatten());
    out.put(serves.len());
    out.column(serves.into_iter().flatten());
    Ok((names.text, out.0))
}
