//! Quantities of resources: `100m`, `1.5Gi`, `12e6` (R-1560 to R-1565).
//!
//! Uses nothing of the other rooms. The inner parts of a quantity are kept as Go keeps them, since the template's
//! hash runs over their printed form (R-756).

mod arithmetic;
mod canonical;
mod decimal;
mod magnitude;
mod parse;
mod suffix;

use std::fmt;
use std::str::FromStr;

use decimal::Decimal;

/// How a quantity is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `12e6`.
    DecimalExponent,
    /// `12Mi`.
    BinarySi,
    /// `12M`.
    DecimalSi,
}

impl Format {
    /// Go's name for it.
    pub fn name(self) -> &'static str {
        match self {
            Format::DecimalExponent => "DecimalExponent",
            Format::BinarySi => "BinarySI",
            Format::DecimalSi => "DecimalSI",
        }
    }
}

/// Why a text is no quantity; printed as the API server says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// It does not have the form of one.
    Format,
    /// The suffix is not known.
    Suffix,
    /// The number can't be read.
    Numeric,
    /// It has more digits than the planner computes with. Go would compute with them, or run out of memory.
    TooLarge,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            QuantityError::Format => {
                "quantities must match the regular expression \
                 '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            }
            QuantityError::Suffix => "unable to parse quantity's suffix",
            QuantityError::Numeric => "unable to parse numeric part of quantity",
            QuantityError::TooLarge => "a quantity of more than 4096 digits is not computed",
        })
    }
}

impl std::error::Error for QuantityError {}

/// The number, in the two forms that Go keeps.
#[derive(Clone, Debug)]
enum Amount {
    /// `value · 10^scale`.
    Scaled { value: i64, scale: i32 },
    /// What does not fit, or was not tried.
    Decimal(Decimal),
}

impl Amount {
    fn zero() -> Self {
        Amount::Scaled { value: 0, scale: 0 }
    }
}

/// A quantity. Two are equal, and ordered, by their amounts: `1000m` equals `1`.
///
/// ```
/// use daemonset_planner::object::Quantity;
///
/// let half: Quantity = "0.5Gi".parse()?;
/// assert_eq!(half.to_string(), "512Mi");
/// assert_eq!(half.value(), Some(536_870_912));
/// assert!(half > "500M".parse()?);
/// # Ok::<(), daemonset_planner::object::QuantityError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Quantity {
    amount: Amount,
    /// The text as it was written, where reading kept it (R-1563).
    kept: Option<Box<str>>,
    format: Format,
}

impl Quantity {
    fn new(amount: Amount, kept: Option<&str>, format: Format) -> Self {
        Self {
            amount,
            kept: kept.map(Into::into),
            format,
        }
    }

    /// Zero, as a `null` is read: printed `0`.
    pub fn zero() -> Self {
        Self::new(Amount::zero(), None, Format::DecimalSi)
    }

    /// How it is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// -1, 0 or 1.
    pub fn sign(&self) -> i8 {
        match &self.amount {
            Amount::Scaled { value, .. } => match value {
                0 => 0,
                1.. => 1,
                _ => -1,
            },
            Amount::Decimal(decimal) => decimal.sign(),
        }
    }

    /// The canonical form, whatever text was kept (R-1564).
    pub fn canonical(&self) -> String {
        canonical::write(self)
    }

    /// The amount rounded up to a whole number; `None` where that does not fit 64 bits (R-1565).
    pub fn value(&self) -> Option<i64> {
        self.amount.scaled_up(0)
    }

    /// The amount rounded up to thousandths; `None` where that does not fit 64 bits (R-1565).
    pub fn milli_value(&self) -> Option<i64> {
        self.amount.scaled_up(3)
    }

    /// The inner parts as `spew` prints them (R-756, R-757), without the type in front.
    pub fn go_dump(&self) -> String {
        let (value, scale, decimal) = match &self.amount {
            Amount::Scaled { value, scale } => (*value, *scale, None),
            Amount::Decimal(decimal) => (0, 0, Some(decimal)),
        };
        let decimal = decimal.map_or_else(
            || "<nil>".to_owned(),
            |decimal| {
                let words: Vec<String> = decimal
                    .magnitude
                    .words()
                    .iter()
                    .map(u64::to_string)
                    .collect();
                let words = if words.is_empty() {
                    "<nil>".to_owned()
                } else {
                    format!("[{}]", words.join(" "))
                };
                format!(
                    "{{unscaled:(big.Int){{neg:(bool){} abs:(big.nat){words}}} scale:(inf.Scale){}}}",
                    decimal.negative, decimal.scale
                )
            },
        );
        format!(
            "{{i:(resource.int64Amount){{value:(int64){value} scale:(resource.Scale){scale}}} \
             d:(resource.infDecAmount){{Dec:(*inf.Dec){decimal}}} s:(string){} Format:(resource.Format){}}}",
            self.kept.as_deref().unwrap_or_default(),
            self.format.name()
        )
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads a text without white space around it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse::parse(text)
    }
}

impl fmt::Display for Quantity {
    /// The kept text, else the canonical form: what is stored and sent (R-1563).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kept {
            Some(text) => f.write_str(text),
            None => f.write_str(&self.canonical()),
        }
    }
}

#[cfg(test)]
mod tests;
