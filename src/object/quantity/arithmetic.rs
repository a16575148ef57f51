//! Sums, differences, comparison and rounding. Source: `apimachinery/pkg/api/resource/quantity.go` and
//! `amount.go`; small amounts stay small where Go keeps them so, since the printed form shows it.

use std::cmp::Ordering;

use super::decimal::Decimal;
use super::{Amount, Quantity};

/// The sum of two small amounts, if it is one too.
fn small_sum(a: (i64, i32), b: (i64, i32)) -> Option<Amount> {
    let scaled = |(value, scale): (i64, i32), to: i32| {
        10_i64
            .checked_pow(scale.abs_diff(to))
            .and_then(|factor| value.checked_mul(factor))
    };
    let (value, scale) = match (a.0, b.0) {
        (_, 0) => a,
        (0, _) => b,
        _ => {
            let scale = a.1.min(b.1);
            (scaled(a, scale)?.checked_add(scaled(b, scale)?)?, scale)
        }
    };
    Some(Amount::Scaled { value, scale })
}

impl Amount {
    /// The amount as a decimal number.
    pub(super) fn decimal(&self) -> Decimal {
        match self {
            Amount::Scaled { value, scale } => Decimal::new(*value, scale.saturating_neg()),
            Amount::Decimal(decimal) => decimal.clone(),
        }
    }

    fn sum(&self, other: &Self) -> Option<Self> {
        if let (
            &Amount::Scaled { value, scale },
            &Amount::Scaled {
                value: other_value,
                scale: other_scale,
            },
        ) = (self, other)
            && let Some(sum) = small_sum((value, scale), (other_value, other_scale))
        {
            return Some(sum);
        }
        let sum = self.decimal().sum(&other.decimal())?;
        Some(Amount::Decimal(sum))
    }

    fn negated(&self) -> Self {
        if let &Amount::Scaled { value, scale } = self
            && let Some(value) = value.checked_neg()
        {
            return Amount::Scaled { value, scale };
        }
        Amount::Decimal(self.decimal().negated())
    }
}

impl Quantity {
    fn joined(&self, other: &Self, amount: &Amount) -> Option<Self> {
        let format = if self.sign() == 0 {
            other.format
        } else {
            self.format
        };
        let amount = self.amount.sum(amount)?;
        Some(Self::new(amount, None, format))
    }

    /// The sum, in the format of `self`, or of `other` where `self` is zero. `None` where it would have more
    /// than some thousand digits.
    pub fn checked_add(&self, other: &Self) -> Option<Self> {
        self.joined(other, &other.amount)
    }

    /// The difference; see [`Quantity::checked_add`].
    pub fn checked_sub(&self, other: &Self) -> Option<Self> {
        self.joined(other, &other.amount.negated())
    }

    /// The amount rounded up, away from zero, to thousandths (R-1405).
    #[must_use]
    pub fn rounded_to_milli(self) -> Self {
        let amount = match &self.amount {
            Amount::Scaled { scale, .. } if *scale >= -3 => return self,
            Amount::Scaled { value, scale } => {
                let rounded = Decimal::new(*value, scale.saturating_neg()).rounded(3);
                let value = rounded.and_then(|rounded| rounded.as_i64());
                value.map(|value| Amount::Scaled { value, scale: -3 })
            }
            Amount::Decimal(decimal) => decimal.rounded(3).map(Amount::Decimal),
        };
        match amount {
            Some(amount) => Self::new(amount, None, self.format),
            None => self,
        }
    }
}

impl Ord for Quantity {
    /// By amount, exactly, whatever the formats.
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.amount, &other.amount) {
            (
                Amount::Scaled { value, scale },
                Amount::Scaled {
                    value: other,
                    scale: other_scale,
                },
            ) if scale == other_scale => value.cmp(other),
            (own, other) => own.decimal().compare(&other.decimal()),
        }
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Quantity {}
