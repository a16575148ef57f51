//! Quantity → text: the canonical form (R-1564). Source: `CanonicalizeBytes` and what it calls.

use super::decimal::Decimal;
use super::{Amount, Format, Quantity, suffix};

/// Digits with their sign, and an exponent.
type Written = (String, i32);

fn signed(number: &Decimal) -> String {
    let sign = if number.sign() < 0 { "-" } else { "" };
    format!("{sign}{}", number.magnitude.digits())
}

/// The largest exponent of ten that is a multiple of three and leaves no fraction.
fn by_thousands(mut number: Decimal) -> Written {
    let mut exponent = number
        .magnitude
        .take_factors(10)
        .saturating_sub(number.scale);
    let more = exponent.rem_euclid(3);
    number.magnitude.times_ten_to(more.unsigned_abs());
    exponent = exponent.saturating_sub(more);
    (signed(&number), exponent)
}

/// The largest exponent of 1024 that divides a whole number.
fn by_1024(mut number: Decimal) -> Written {
    let exponent = number.magnitude.take_factors(1024);
    (signed(&number), exponent)
}

/// The canonical form.
pub(super) fn write(quantity: &Quantity) -> String {
    if quantity.sign() == 0 {
        return "0".to_owned();
    }
    let number = quantity.amount.decimal();
    let mut format = quantity.format;
    if format == Format::BinarySi {
        let limit = Decimal::new(1024, 0);
        let is_small =
            number.compare(&limit).is_lt() && number.compare(&Decimal::new(-1024, 0)).is_gt();
        let whole = number
            .rounded(0)
            .filter(|whole| whole.compare(&number).is_eq());
        match whole {
            Some(whole) if !is_small => {
                let (digits, exponent) = by_1024(whole);
                return digits + &suffix::write(format, exponent.saturating_mul(10));
            }
            // A fraction would be lost.
            _ => format = Format::DecimalSi,
        }
    }
    let (digits, exponent) = by_thousands(number);
    digits + &suffix::write(format, exponent)
}

impl Amount {
    /// The amount in steps of `10^-places`, rounded up, as Go computes it; `None` where that does not fit.
    pub(super) fn scaled_up(&self, places: i32) -> Option<i64> {
        let decimal = self.decimal();
        let exact = decimal.rounded(places)?.as_i64()?;
        let Amount::Decimal(_) = self else {
            return Some(exact);
        };
        let drop = decimal.scale.saturating_sub(places);
        if drop <= 0 {
            return Some(exact);
        }
        // Go takes the low 64 bits of a number that is no larger than 2^63 (a negative one never is), divides
        // them, and adds one to whatever has a remainder: negative numbers come out wrong.
        let cut = decimal.magnitude.low_word().cast_signed();
        let unscaled = if decimal.negative {
            cut.wrapping_neg()
        } else {
            cut
        };
        let fits = decimal.negative || decimal.magnitude < i64::MAX.unsigned_abs().into();
        match 10_i64.checked_pow(drop.unsigned_abs()) {
            Some(divisor) if fits && drop < 19 => {
                let up = i64::from(unscaled % divisor != 0);
                (unscaled / divisor).checked_add(up)
            }
            _ if !decimal.negative => Some(exact),
            // The division of large numbers rounds down first.
            _ => {
                let exact_again = decimal.rounded(places)?;
                let has_rest = exact_again.compare(&decimal).is_ne();
                if has_rest {
                    exact.checked_add(1)
                } else {
                    Some(exact)
                }
            }
        }
    }
}
