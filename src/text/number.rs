//! Numbers as Go prints them.

/// A finite number as `encoding/json` writes it (R-1513): no exponent from 1e-6 up to below 1e21.
pub fn json_float(value: f64) -> String {
    let (sign, digits, point) = shortest(&format!("{value:e}"));
    let size = value.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let exponent = point - 1;
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{}e{mark}{}", with_point(&digits, 1), exponent.abs());
    }
    format!("{sign}{}", with_point(&digits, point))
}

/// The integer that an integral number is once it has been JSON; `None` where JSON keeps it as another number.
#[allow(clippy::cast_possible_truncation)] // in range: checked
pub fn as_integer(value: f64) -> Option<i64> {
    if value.fract() != 0.0 || value == 0.0 && value.is_sign_negative() {
        return None;
    }
    if value.abs() < 9_007_199_254_740_992.0 {
        return Some(value as i64);
    }
    // Beyond, the digits that JSON writes are not those of the exact value.
    json_float(value).parse().ok()
}

/// The integer that a field for whole numbers reads from a number with a point or an exponent: what JSON writes
/// of it, `-0` included, must be one (R-1521).
pub fn whole(value: f64) -> Option<i64> {
    if value == 0.0 {
        return Some(0);
    }
    as_integer(value)
}

/// A number as a map key becomes text (R-1512): the shortest form that is exact in 32 bits, with an exponent
/// below 1e-4 and from 1e6 up (`1e+06`, though `1000`); `.inf`, `-.inf`, `.nan`.
#[allow(clippy::cast_possible_truncation)] // going down to 32 bits is the rule
pub fn key_float(value: f64) -> String {
    let value = value as f32;
    if value.is_nan() {
        return ".nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 {
            ".inf".into()
        } else {
            "-.inf".into()
        };
    }
    let (sign, digits, point) = shortest(&format!("{value:e}"));
    let exponent = if value == 0.0 { 0 } else { point - 1 };
    if !(-4..EXPONENT_FROM).contains(&exponent) {
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!(
            "{sign}{}e{mark}{:02}",
            with_point(&digits, 1),
            exponent.abs()
        );
    }
    format!("{sign}{}", with_point(&digits, point))
}

/// From this power of ten up, Go's `%g` in its shortest form writes an exponent.
const EXPONENT_FROM: i32 = 6;

/// Sign, digits and the place of the decimal point of a number in scientific notation.
fn shortest(scientific: &str) -> (&'static str, String, i32) {
    let (sign, rest) = match scientific.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", scientific),
    };
    let (mantissa, exponent) = rest.split_once('e').unwrap_or((rest, "0"));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    (sign, digits, exponent.parse().unwrap_or(0) + 1)
}

/// The digits with the decimal point after the first `point` of them, filled up with zeros.
fn with_point(digits: &str, point: i32) -> String {
    let zeros = |n: i32| "0".repeat(usize::try_from(n).unwrap_or(0));
    let len = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    if point <= 0 {
        if digits.bytes().all(|digit| digit == b'0') {
            return "0".into();
        }
        return format!("0.{}{digits}", zeros(-point));
    }
    if point >= len {
        return format!("{digits}{}", zeros(point - len));
    }
    let (whole, part) = digits.split_at(usize::try_from(point).unwrap_or(0));
    format!("{whole}.{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_print_as_go_prints_json() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (0.5, "0.5"),
            (-1.25, "-1.25"),
            (100.0, "100"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (1.5e300, "1.5e+300"),
            (1e-6, "0.000001"),
            (1e-7, "1e-7"),
            (1.25e-9, "1.25e-9"),
        ] {
            assert_eq!(json_float(value), text);
        }
    }

    #[test]
    fn a_number_is_whole_if_the_json_that_go_writes_of_it_has_neither_point_nor_exponent() {
        for (value, found) in [
            (-0.0, Some(0)),
            (10.0, Some(10)),
            (-3.0, Some(-3)),
            (1e18, Some(1_000_000_000_000_000_000)),
            (1.5, None),
            (1e21, None),
            (9_223_372_036_854_775_808.0, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
        ] {
            assert_eq!(whole(value), found, "{value}");
        }
    }

    #[test]
    fn keys_print_as_go_prints_32_bit_floats() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.5, "1.5"),
            (1e3, "1000"),
            (123_456.0, "123456"),
            (1e6, "1e+06"),
            (1e10, "1e+10"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (1.234_567_891_234_5, "1.2345679"),
            (1e300, ".inf"),
            (f64::NEG_INFINITY, "-.inf"),
            (f64::NAN, ".nan"),
        ] {
            assert_eq!(key_float(value), text);
        }
    }
}
