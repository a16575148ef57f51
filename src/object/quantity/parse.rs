//! Text → quantity. Source: `apimachinery/pkg/api/resource/quantity.go` (R-758, R-1560 to R-1563).

use super::decimal::{Decimal, MAX_DIGITS};
use super::magnitude::Magnitude;
use super::{Amount, Format, Quantity, QuantityError, suffix};

/// The finest scale that a quantity keeps: billionths.
const NANO: i32 = 9;

/// The letters that a suffix may begin with, known or not.
const SUFFIX_LETTERS: &str = "eEinumkKMGTP";

/// How many decimal digits always fit a whole number of 64 bits.
const SAFE_DIGITS: usize = 18;

/// The parts of a text that has the form of a quantity.
struct Parts<'a> {
    negative: bool,
    /// The digits before the point without leading zeros, `0` if none are left.
    whole: &'a str,
    /// The digits after the point.
    fraction: &'a str,
    /// Whether there is a digit at all.
    has_digits: bool,
    suffix: &'a str,
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

fn parts(text: &str) -> Result<Parts<'_>, QuantityError> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, rest) = split_digits(unsigned);
    let whole = digits.trim_start_matches('0');
    let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), split_digits);
    let after_letters = suffix.trim_start_matches(|c| SUFFIX_LETTERS.contains(c));
    let exponent = after_letters
        .strip_prefix(['-', '+'])
        .unwrap_or(after_letters);
    if !split_digits(exponent).1.is_empty() {
        return Err(QuantityError::Format);
    }
    Ok(Parts {
        negative,
        whole: if whole.is_empty() { "0" } else { whole },
        fraction,
        // Nothing but a sign is zero, and so is a point after a zero.
        has_digits: rest.is_empty() || !digits.is_empty() || !fraction.is_empty(),
        suffix,
    })
}

/// Reads a quantity.
pub(super) fn parse(text: &str) -> Result<Quantity, QuantityError> {
    if text.is_empty() {
        return Err(QuantityError::Format);
    }
    let parts = parts(text)?;
    if parts.whole.len() + parts.fraction.len() > MAX_DIGITS as usize {
        return Err(QuantityError::TooLarge);
    }
    let (format, exponent) = suffix::read(parts.suffix).ok_or(QuantityError::Suffix)?;
    if text == "0" {
        return Ok(Quantity::new(Amount::zero(), Some(text), format));
    }
    if let Some(quantity) = small(text, &parts, format, exponent) {
        return Ok(quantity);
    }
    if !parts.has_digits {
        return Err(QuantityError::Numeric);
    }
    large(&parts, format, exponent)
}

/// What fits 64 bits by the count of its digits alone (R-758, steps 2 and 3).
fn small(text: &str, parts: &Parts<'_>, format: Format, exponent: i32) -> Option<Quantity> {
    let digits = parts.whole.len() + parts.fraction.len();
    let fraction = i32::try_from(parts.fraction.len()).ok()?;
    let (room, scale, factor) = if format == Format::BinarySi {
        if fraction > 0 {
            return None;
        }
        let bits = u32::try_from(exponent).ok()?;
        // 2^20 takes about six digits.
        let taken = usize::try_from(bits * 3 / 10).ok()? + 1;
        (15_usize.checked_sub(taken)?, 0, 1_i64.checked_shl(bits)?)
    } else {
        (SAFE_DIGITS, exponent, 1)
    };
    let scale = scale.checked_sub(fraction)?;
    if digits > room || scale < -NANO {
        return None;
    }
    let shifted = format!("{}{}", parts.whole, parts.fraction);
    let number: i64 = shifted.parse().ok()?;
    let value = number.checked_mul(factor)?;
    let value = if parts.negative { -value } else { value };
    // The text is kept where a quick look takes it for the canonical form; it often isn't (R-1563).
    let kept = if format == Format::BinarySi {
        number & 7 != 0
    } else {
        scale % 3 == 0 && !shifted.ends_with("000") && !shifted.starts_with('0')
    };
    let amount = Amount::Scaled { value, scale };
    Some(Quantity::new(amount, kept.then_some(text), format))
}

/// Everything else (R-758, step 4).
fn large(parts: &Parts<'_>, mut format: Format, exponent: i32) -> Result<Quantity, QuantityError> {
    let digits = format!("{}{}", parts.whole, parts.fraction);
    let mut magnitude = Magnitude::from_digits(&digits);
    let mut scale = i32::try_from(parts.fraction.len()).map_err(|_| QuantityError::TooLarge)?;
    if format == Format::BinarySi {
        for _ in 0..exponent / 10 {
            magnitude.multiply(1024, 0);
        }
    } else {
        scale = scale.saturating_sub(exponent);
    }
    let mut size = Decimal {
        negative: false,
        magnitude,
        scale,
    };
    if size.sign() != 0 {
        size = size.rounded(NANO).ok_or(QuantityError::TooLarge)?;
    }
    if format == Format::BinarySi {
        let most = Decimal::new(i64::MAX, 0);
        if size.compare(&most).is_gt() {
            size = most;
        }
        if size.sign() > 0 && size.compare(&Decimal::new(1, 0)).is_lt() {
            format = Format::DecimalSi;
        }
    }
    if parts.negative {
        size = size.negated();
    }
    Ok(Quantity::new(Amount::Decimal(size), None, format))
}
