//! Whole numbers without sign and of any size, as far as quantities need them.
//!
//! Every operation walks the words once for a small factor or divisor; no general division is needed, since
//! quantities are scaled by powers of ten and of 1024 only.

use std::cmp::Ordering;

/// The largest power of ten that fits a word, and its exponent.
const STEP: (u32, u32) = (1_000_000_000, 9);

/// A whole number: words of 32 bits, the least significant first, none of them a leading zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Magnitude(Vec<u32>);

/// The lower word.
#[allow(clippy::cast_possible_truncation)] // cutting is the point
fn low(value: u64) -> u32 {
    value as u32
}

impl From<u64> for Magnitude {
    fn from(value: u64) -> Self {
        let mut made = Self(vec![low(value), low(value >> 32)]);
        made.trim();
        made
    }
}

impl Magnitude {
    /// Reads decimal digits; anything else in `digits` is passed over.
    pub(super) fn from_digits(digits: &str) -> Self {
        let mut made = Self::default();
        let (mut part, mut factor) = (0, 1);
        for digit in digits.bytes().filter(u8::is_ascii_digit) {
            part = part * 10 + u32::from(digit - b'0');
            factor *= 10;
            if factor == STEP.0 {
                made.multiply(factor, part);
                (part, factor) = (0, 1);
            }
        }
        made.multiply(factor, part);
        made
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn trim(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    /// `self * factor + carry`.
    pub(super) fn multiply(&mut self, factor: u32, carry: u32) {
        let mut carry = u64::from(carry);
        for word in &mut self.0 {
            carry += u64::from(*word) * u64::from(factor);
            *word = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
        self.trim();
    }

    /// Divides by `divisor`, which must not be zero, and gives the remainder.
    pub(super) fn divide(&mut self, divisor: u32) -> u32 {
        let divisor = u64::from(divisor.max(1));
        let mut rest = 0;
        for word in self.0.iter_mut().rev() {
            rest = rest << 32 | u64::from(*word);
            *word = low(rest / divisor);
            rest %= divisor;
        }
        self.trim();
        low(rest)
    }

    /// Multiplies by ten to the power of `exponent`. The caller bounds the exponent.
    pub(super) fn times_ten_to(&mut self, mut exponent: u32) {
        while exponent > 0 && !self.is_zero() {
            let step = exponent.min(STEP.1);
            self.multiply(10_u32.pow(step), 0);
            exponent -= step;
        }
    }

    /// Divides by ten to the power of `exponent`; whether something was cut off.
    pub(super) fn over_ten_to(&mut self, mut exponent: u32) -> bool {
        let mut inexact = false;
        while exponent > 0 && !self.is_zero() {
            let step = exponent.min(STEP.1);
            inexact |= self.divide(10_u32.pow(step)) != 0;
            exponent -= step;
        }
        inexact
    }

    /// Takes the factor out as often as it divides the number; how often it did.
    pub(super) fn take_factors(&mut self, factor: u32) -> i32 {
        let mut times = 0;
        while !self.is_zero() {
            let mut quotient = self.clone();
            if quotient.divide(factor) != 0 {
                break;
            }
            *self = quotient;
            times += 1;
        }
        times
    }

    pub(super) fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut carry = 0;
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        for (word, other) in self.0.iter_mut().zip(others) {
            carry += u64::from(*word) + u64::from(other);
            *word = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    /// Takes away `other`, which must not be larger.
    pub(super) fn subtract(&mut self, other: &Self) {
        let mut borrow = 0;
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        for (word, other) in self.0.iter_mut().zip(others) {
            let taken = u64::from(other) + borrow;
            let from = u64::from(*word);
            borrow = u64::from(from < taken);
            *word = low((from + (borrow << 32)) - taken);
        }
        self.trim();
    }

    /// The decimal digits; `0` for zero.
    pub(super) fn digits(&self) -> String {
        let mut rest = self.clone();
        let mut parts = vec![];
        while !rest.is_zero() {
            parts.push(rest.divide(STEP.0));
        }
        let Some(first) = parts.pop() else {
            return "0".to_owned();
        };
        let mut made = first.to_string();
        for part in parts.into_iter().rev() {
            made.push_str(&format!("{part:09}"));
        }
        made
    }

    /// The number as words of 64 bits, the least significant first.
    pub(super) fn words(&self) -> Vec<u64> {
        let pairs = self.0.chunks(2);
        pairs
            .map(|pair| {
                let mut words = pair.iter().map(|&word| u64::from(word));
                words.next().unwrap_or(0) | words.next().unwrap_or(0) << 32
            })
            .collect()
    }

    /// The number, if it fits 64 bits.
    pub(super) fn as_u64(&self) -> Option<u64> {
        match self.words().as_slice() {
            [] => Some(0),
            [word] => Some(*word),
            _ => None,
        }
    }

    /// The lowest 64 bits.
    pub(super) fn low_word(&self) -> u64 {
        self.words().first().copied().unwrap_or(0)
    }
}

impl Ord for Magnitude {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_length = self.0.len().cmp(&other.0.len());
        by_length.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Magnitude {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LARGE: &str = "123456789012345678901234567890";

    #[test]
    fn digits_are_read_and_written_back() {
        for digits in ["0", "7", "4294967296", "18446744073709551616", LARGE] {
            assert_eq!(Magnitude::from_digits(digits).digits(), digits);
        }
        assert_eq!(Magnitude::from_digits("000012").digits(), "12");
        assert_eq!(Magnitude::from_digits("").digits(), "0");
    }

    #[test]
    fn sums_and_differences_carry_over_words() {
        let mut sum = Magnitude::from(u64::MAX);
        sum.add(&Magnitude::from(1));
        assert_eq!(sum.digits(), "18446744073709551616");
        assert_eq!(sum.words(), [0, 1]);
        sum.subtract(&Magnitude::from(1));
        assert_eq!(sum, Magnitude::from(u64::MAX));
        assert_eq!(sum.as_u64(), Some(u64::MAX));
    }

    #[test]
    fn powers_of_ten_go_in_and_out() {
        let mut number = Magnitude::from_digits(LARGE);
        number.times_ten_to(25);
        assert_eq!(number.digits(), format!("{LARGE}{}", "0".repeat(25)));
        assert!(!number.over_ten_to(25));
        assert!(number.over_ten_to(20));
        assert_eq!(number.digits(), "1234567890");
        assert!(number.over_ten_to(4_000_000_000));
        assert!(number.is_zero());
    }

    #[test]
    fn factors_are_counted() {
        let mut number = Magnitude::from(12_000);
        assert_eq!(number.take_factors(10), 3);
        assert_eq!(number.digits(), "12");
        assert_eq!(Magnitude::default().take_factors(10), 0);
    }
}
