//! Fields that hold a number or a text: ports by number or name, `maxUnavailable` as number or percentage.

use std::fmt;
use std::num::IntErrorKind;

use crate::selector::quote::quote;

/// `intstr.IntOrString` of the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntOrString {
    /// A number.
    Int(i32),
    /// A text.
    Text(String),
}

/// Which way a percentage rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// To the next whole number above.
    Up,
    /// To the next whole number below.
    Down,
}

impl IntOrString {
    /// The number that this is of `total`: a number as it is, negative ones too, a percentage of the total.
    ///
    /// Source: `GetScaledValueFromIntOrPercent`, apimachinery `pkg/util/intstr` (R-1566).
    ///
    /// # Errors
    ///
    /// What the real code says where the text is no percentage.
    pub fn scaled(&self, total: i64, rounding: Rounding) -> Result<i64, String> {
        let text = match self {
            Self::Int(number) => return Ok(i64::from(*number)),
            Self::Text(text) => text,
        };
        let percent = percentage(text)
            .map_err(|detail| format!("invalid value for IntOrString: {detail}"))?;
        // The real code computes with floats too; beyond their range Go's answer is not defined.
        #[allow(clippy::cast_precision_loss)]
        let exact = percent as f64 * total as f64 / 100.0;
        let rounded = match rounding {
            Rounding::Up => exact.ceil(),
            Rounding::Down => exact.floor(),
        };
        #[allow(clippy::cast_possible_truncation)]
        Ok(rounded as i64)
    }
}

fn percentage(text: &str) -> Result<i64, String> {
    let Some(number) = text.strip_suffix('%') else {
        return Err("invalid type: string is not a percentage".to_owned());
    };
    number.parse().map_err(|error: std::num::ParseIntError| {
        let why = match error.kind() {
            IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => "value out of range",
            _ => "invalid syntax",
        };
        format!(
            "invalid value {}: strconv.Atoi: parsing {}: {why}",
            quote(text),
            quote(number)
        )
    })
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scaled(text: &str, total: i64, rounding: Rounding) -> Result<i64, String> {
        IntOrString::Text(text.to_owned()).scaled(total, rounding)
    }

    #[test]
    fn a_number_is_taken_as_it_is() {
        assert_eq!(IntOrString::Int(-3).scaled(10, Rounding::Up), Ok(-3));
    }

    #[test]
    fn a_percentage_rounds_the_way_that_is_asked_for() {
        assert_eq!(scaled("25%", 5, Rounding::Up), Ok(2));
        assert_eq!(scaled("25%", 5, Rounding::Down), Ok(1));
        assert_eq!(scaled("+010%", 10, Rounding::Down), Ok(1));
        assert_eq!(scaled("-10%", 5, Rounding::Up), Ok(0));
        assert_eq!(scaled("-10%", 5, Rounding::Down), Ok(-1));
        assert_eq!(
            scaled("9223372036854775807%", 7, Rounding::Up),
            Ok(645_636_042_579_834_368)
        );
    }

    #[test]
    fn what_is_no_percentage_is_told_in_the_words_of_the_real_code() {
        for (text, error) in [
            ("10", "invalid type: string is not a percentage"),
            (
                "%",
                "invalid value \"%\": strconv.Atoi: parsing \"\": invalid syntax",
            ),
            (
                "1.5%",
                "invalid value \"1.5%\": strconv.Atoi: parsing \"1.5\": invalid syntax",
            ),
            (
                "99999999999999999999%",
                "invalid value \"99999999999999999999%\": strconv.Atoi: parsing \
                 \"99999999999999999999\": value out of range",
            ),
        ] {
            let error = format!("invalid value for IntOrString: {error}");
            assert_eq!(scaled(text, 1, Rounding::Up), Err(error));
        }
    }
}
