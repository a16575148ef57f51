//! Numbers that may be a percentage: `maxUnavailable` and `maxSurge` (R-802).

use std::num::IntErrorKind;

use crate::selector::quote::quote;

/// `intstr.IntOrString`, where a text should be a percentage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntOrPercent {
    /// A number, taken as it is, negative ones too.
    Int(i32),
    /// A text as written, such as `25%`.
    Text(String),
}

impl IntOrPercent {
    /// The number that this is of `total`; percentages are rounded up. The error is the text that the real
    /// code gives.
    ///
    /// Source: `GetScaledValueFromIntOrPercent`, apimachinery `pkg/util/intstr`.
    pub fn scaled(&self, total: usize) -> Result<i64, String> {
        let text = match self {
            Self::Int(value) => return Ok(i64::from(*value)),
            Self::Text(text) => text,
        };
        let invalid = |detail: &str| format!("invalid value for IntOrString: {detail}");
        let Some(number) = text.strip_suffix('%') else {
            return Err(invalid("invalid type: string is not a percentage"));
        };
        let percent: i64 = number.parse().map_err(|error: std::num::ParseIntError| {
            let kind = match error.kind() {
                IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
                _ => "invalid syntax",
            };
            let (whole, number) = (quote(text), quote(number));
            invalid(&format!(
                "invalid value {whole}: strconv.Atoi: parsing {number}: {kind}"
            ))
        })?;
        // The real code reckons in floating point too; what is too large for the type ends at its limit here.
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
        let scaled = (percent as f64 * total as f64 / 100.0).ceil() as i64;
        Ok(scaled)
    }
}

/// The value that may not be there: an error text of the real code (R-803).
pub(super) fn scaled_or_nil(value: Option<&IntOrPercent>, total: usize) -> Result<i64, String> {
    let value = value.ok_or("nil value for IntOrString")?;
    value.scaled(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(text: &str, total: usize) -> Result<i64, String> {
        IntOrPercent::Text(text.into()).scaled(total)
    }

    #[test]
    fn percentages_round_up_and_numbers_stay() {
        // R-802
        assert_eq!(IntOrPercent::Int(-3).scaled(10), Ok(-3));
        for (text, total, wanted) in [
            ("50%", 5, 3),
            ("1%", 1, 1),
            ("0%", 7, 0),
            ("100%", 600, 600),
            ("33%", 0, 0),
            ("-50%", 5, -2),
            ("+10%", 10, 1),
            ("9223372036854775807%", 5_000, i64::MAX),
        ] {
            assert_eq!(scaled(text, total), Ok(wanted), "{text} of {total}");
        }
    }

    #[test]
    fn a_text_that_is_no_percentage_is_an_error_in_the_real_codes_words() {
        for (text, wanted) in [
            ("5", "invalid type: string is not a percentage"),
            ("", "invalid type: string is not a percentage"),
            (
                "x%",
                r#"invalid value "x%": strconv.Atoi: parsing "x": invalid syntax"#,
            ),
            (
                "%",
                r#"invalid value "%": strconv.Atoi: parsing "": invalid syntax"#,
            ),
            (
                "9223372036854775808%",
                r#"invalid value "9223372036854775808%": strconv.Atoi: parsing "9223372036854775808": value out of range"#,
            ),
        ] {
            let wanted = format!("invalid value for IntOrString: {wanted}");
            assert_eq!(scaled(text, 10), Err(wanted));
        }
        assert_eq!(
            scaled_or_nil(None, 1),
            Err("nil value for IntOrString".into())
        );
    }
}
