//! The suffixes of quantities. Source: `apimachinery/pkg/api/resource/suffix.go` (R-1560).

use super::Format;

/// Suffixes of powers of ten.
const DECIMAL: &[(&str, i32)] = &[
    ("n", -9),
    ("u", -6),
    ("m", -3),
    ("", 0),
    ("k", 3),
    ("M", 6),
    ("G", 9),
    ("T", 12),
    ("P", 15),
    ("E", 18),
];

/// Suffixes of powers of two; the exponent is a multiple of ten.
const BINARY: &[(&str, i32)] = &[
    ("Ki", 10),
    ("Mi", 20),
    ("Gi", 30),
    ("Ti", 40),
    ("Pi", 50),
    ("Ei", 60),
];

fn exponent_of(table: &[(&str, i32)], suffix: &str) -> Option<i32> {
    let row = table.iter().find(|(name, _)| *name == suffix);
    row.map(|(_, exponent)| *exponent)
}

/// The format and the exponent (of ten, or of two) that a suffix stands for.
pub(super) fn read(suffix: &str) -> Option<(Format, i32)> {
    if let Some(exponent) = exponent_of(DECIMAL, suffix) {
        return Some((Format::DecimalSi, exponent));
    }
    if let Some(exponent) = exponent_of(BINARY, suffix) {
        return Some((Format::BinarySi, exponent));
    }
    // A lone `E` was exa.
    let exponent: i64 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    // Go cuts the number down to 32 bits.
    #[allow(clippy::cast_possible_truncation)]
    Some((Format::DecimalExponent, exponent as i32))
}

/// The suffix that stands for an exponent of ten, or of two where `format` is binary. There is none beyond `E`
/// and `Ei`: the release then writes nothing, and the number loses its size (`1000E` → `1`).
pub(super) fn write(format: Format, exponent: i32) -> String {
    let table = match format {
        Format::DecimalExponent if exponent == 0 => return String::new(),
        Format::DecimalExponent => return format!("e{exponent}"),
        Format::DecimalSi => DECIMAL,
        Format::BinarySi => BINARY,
    };
    let row = table.iter().find(|(_, own)| *own == exponent);
    row.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_suffix_is_written_as_it_was_read() {
        for (suffix, _) in DECIMAL.iter().chain(BINARY) {
            let (format, exponent) = read(suffix).unwrap();
            assert_eq!(write(format, exponent), *suffix);
        }
    }

    #[test]
    fn an_e_with_a_number_is_an_exponent_and_a_lone_one_is_exa() {
        assert_eq!(read("e3"), Some((Format::DecimalExponent, 3)));
        assert_eq!(read("E+3"), Some((Format::DecimalExponent, 3)));
        assert_eq!(read("e-12"), Some((Format::DecimalExponent, -12)));
        assert_eq!(read("E"), Some((Format::DecimalSi, 18)));
        for wrong in [
            "e",
            "K",
            "ki",
            "mi",
            "e+",
            "ee3",
            "-3",
            "e99999999999999999999",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
