//! The table of `build.rs` unpacked: once, when it is first asked, in some ten microseconds.

use std::sync::LazyLock;

use super::{Shape, ShapeId, TypeId};

static NAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/schema_names.txt"));
static NUMBERS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/schema_numbers.bin"));
static TABLE: LazyLock<Table> = LazyLock::new(Table::read);

pub(super) struct TypeRow {
    pub(super) name: u16,
    pub(super) first: u16,
    pub(super) len: u16,
    pub(super) flat_first: u16,
    pub(super) flat_len: u16,
}

pub(super) struct FieldRow {
    pub(super) go: u16,
    pub(super) json: u16,
    pub(super) shape: u16,
    pub(super) merge_key: u16,
    pub(super) flags: u8,
}

pub(super) struct ShapeRow {
    pub(super) shape: Shape,
    pub(super) go: u16,
}

pub(super) struct ServedRow {
    pub(super) group_version_kind: [u16; 3],
    pub(super) plural: u16,
    pub(super) flags: u8,
}

#[derive(Default)]
pub(super) struct Table {
    name_starts: Vec<u16>,
    pub(super) types: Vec<TypeRow>,
    pub(super) fields: Vec<FieldRow>,
    pub(super) flat: Vec<u16>,
    pub(super) shapes: Vec<ShapeRow>,
    pub(super) kinds: Vec<([u16; 3], TypeId)>,
    pub(super) served: Vec<ServedRow>,
}

pub(super) fn table() -> &'static Table {
    &TABLE
}

/// The name of this number.
pub(super) fn name(id: u16) -> &'static str {
    let starts = &table().name_starts;
    let (at, next) = (usize::from(id), usize::from(id) + 1);
    match (starts.get(at), starts.get(next)) {
        (Some(&start), Some(&end)) => NAMES
            .get(usize::from(start)..usize::from(end))
            .unwrap_or_default(),
        _ => "",
    }
}

/// Numbers of seven bits a byte, one after another.
struct Numbers(std::slice::Iter<'static, u8>);

impl Numbers {
    fn number(&mut self) -> u16 {
        let (mut number, mut shift) = (0, 0);
        for &byte in self.0.by_ref() {
            number |= u16::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                break;
            }
            shift = (shift + 7).min(14);
        }
        number
    }

    fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or_default()
    }

    /// A number by how far it is from another; the lowest bit says that it is below.
    fn from(&mut self, from: u16) -> u16 {
        let far = self.number();
        if far & 1 == 0 {
            from.wrapping_add(far >> 1)
        } else {
            from.wrapping_sub(far >> 1)
        }
    }

    fn column(&mut self, len: u16) -> Vec<u16> {
        (0..len).map(|_| self.number()).collect()
    }

    /// A column of numbers, each by how far it is from the one before.
    fn steps(&mut self, len: u16) -> Vec<u16> {
        let mut last = 0;
        let step = |_| {
            last = self.from(last);
            last
        };
        (0..len).map(step).collect()
    }
}

impl Table {
    fn read() -> Self {
        let mut from = Numbers(NUMBERS.iter());
        let mut table = Self::default();

        let mut end = 0;
        table.name_starts.push(end);
        for _ in 0..from.number() {
            end += from.number();
            table.name_starts.push(end);
        }

        let len = from.number();
        let (sorts, of, go) = (from.column(len), from.steps(len), from.steps(len));
        for ((sort, of), go) in sorts.into_iter().zip(of).zip(go) {
            let shape = shape(sort, of);
            table.shapes.push(ShapeRow { shape, go });
        }

        let len = from.number();
        let (names, lens, flat_lens) = (from.steps(len), from.column(len), from.column(len));
        let (mut first, mut flat_first) = (0, 0);
        for ((name, len), flat_len) in names.into_iter().zip(lens).zip(flat_lens) {
            table.flat.extend((0..flat_len).map(|_| from.from(first)));
            table.types.push(TypeRow {
                name,
                first,
                len,
                flat_first,
                flat_len,
            });
            first += len;
            flat_first += flat_len;
        }

        let len = from.number();
        for go in from.steps(len) {
            table.fields.push(FieldRow {
                go,
                json: from.from(go),
                shape: 0,
                merge_key: 0,
                flags: 0,
            });
        }
        let mut last = 0;
        for row in &mut table.fields {
            last = from.from(last);
            row.shape = last;
        }
        for row in &mut table.fields {
            row.merge_key = from.number();
        }
        for row in &mut table.fields {
            row.flags = from.byte();
        }

        for _ in 0..from.number() {
            let names = [from.number(), from.number(), from.number()];
            table.kinds.push((names, TypeId(from.number())));
        }
        for _ in 0..from.number() {
            table.served.push(ServedRow {
                group_version_kind: [from.number(), from.number(), from.number()],
                plural: from.number(),
                flags: from.byte(),
            });
        }
        table
    }
}

/// The shape of a sort, by its place in the list of `build.rs`.
fn shape(sort: u16, of: u16) -> Shape {
    match sort {
        0 => Shape::Bool,
        1 => Shape::Int32,
        2 => Shape::Int64,
        3 => Shape::Text,
        4 => Shape::Bytes,
        6 => Shape::Quantity,
        7 => Shape::IntOrString,
        8 => Shape::Time,
        9 => Shape::Struct(TypeId(of)),
        10 => Shape::List(ShapeId(of)),
        11 => Shape::Map(ShapeId(of)),
        _ => Shape::Any,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_to_its_end_and_every_place_in_it_exists() {
        let table = table();
        assert_eq!(
            table.name_starts.last().map(|&end| usize::from(end)),
            Some(NAMES.len())
        );
        let has_name = |id: u16| usize::from(id) + 1 < table.name_starts.len();
        for row in &table.fields {
            assert!(has_name(row.go) && has_name(row.json) && has_name(row.merge_key));
            assert!(usize::from(row.shape) < table.shapes.len());
        }
        for row in &table.shapes {
            assert!(has_name(row.go));
            match row.shape {
                Shape::Struct(TypeId(id)) => assert!(usize::from(id) < table.types.len()),
                Shape::List(ShapeId(id)) | Shape::Map(ShapeId(id)) => {
                    assert!(usize::from(id) < table.shapes.len());
                }
                _ => {}
            }
        }
        let last = table.types.last().unwrap();
        assert_eq!(usize::from(last.first + last.len), table.fields.len());
        assert!(
            table
                .flat
                .iter()
                .all(|&at| usize::from(at) < table.fields.len())
        );
        let last = table.served.last().unwrap();
        assert!(has_name(last.plural) && last.flags < 4);
    }
}
