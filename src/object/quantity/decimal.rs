//! Decimal numbers of any size: a whole number over a power of ten. Source: `gopkg.in/inf.v0`.

use std::cmp::Ordering;

use super::magnitude::Magnitude;

/// A quantity with more digits is an error where it is read, and a sum with more is not computed; Go would try.
pub(super) const MAX_DIGITS: u32 = 4096;

/// `± magnitude / 10^scale`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) negative: bool,
    pub(super) magnitude: Magnitude,
    pub(super) scale: i32,
}

impl Decimal {
    pub(super) fn new(value: i64, scale: i32) -> Self {
        Self {
            negative: value < 0,
            magnitude: Magnitude::from(value.unsigned_abs()),
            scale,
        }
    }

    /// -1, 0 or 1.
    pub(super) fn sign(&self) -> i8 {
        match (self.magnitude.is_zero(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    /// The same number with another scale, rounded away from zero where digits are cut off. `None` beyond
    /// [`MAX_DIGITS`].
    pub(super) fn rounded(&self, scale: i32) -> Option<Self> {
        let mut made = self.clone();
        made.scale = scale;
        if scale >= self.scale {
            let more = scale.abs_diff(self.scale);
            if more > MAX_DIGITS && !made.magnitude.is_zero() {
                return None;
            }
            made.magnitude.times_ten_to(more);
        } else if made.magnitude.over_ten_to(self.scale.abs_diff(scale)) {
            made.magnitude.add(&Magnitude::from(1));
        }
        Some(made)
    }

    /// How the numbers compare, exactly.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let by_sign = self.sign().cmp(&other.sign());
        if by_sign.is_ne() || self.sign() == 0 {
            return by_sign;
        }
        let by_size = self.compare_size(other);
        if self.negative {
            by_size.reverse()
        } else {
            by_size
        }
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        if self.scale == other.scale {
            return self.magnitude.cmp(&other.magnitude);
        }
        // Where the first digit stands decides, else the digits themselves: no power of ten is made.
        let (own, others) = (self.magnitude.digits(), other.magnitude.digits());
        let point = |digits: &str, scale: i32| {
            i64::try_from(digits.len()).unwrap_or(i64::MAX) - i64::from(scale)
        };
        let by_place = point(&own, self.scale).cmp(&point(&others, other.scale));
        by_place.then_with(|| own.trim_end_matches('0').cmp(others.trim_end_matches('0')))
    }

    /// The sum, with the larger scale of the two. `None` beyond [`MAX_DIGITS`].
    pub(super) fn sum(&self, other: &Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let (mut made, other) = (self.rounded(scale)?, other.rounded(scale)?);
        if made.negative == other.negative {
            made.magnitude.add(&other.magnitude);
        } else if made.magnitude >= other.magnitude {
            made.magnitude.subtract(&other.magnitude);
        } else {
            let taken = std::mem::replace(&mut made, other).magnitude;
            made.magnitude.subtract(&taken);
        }
        if made.magnitude.is_zero() {
            made.negative = false;
        }
        Some(made)
    }

    pub(super) fn negated(mut self) -> Self {
        self.negative = !self.negative && !self.magnitude.is_zero();
        self
    }

    /// The whole number, if this is one without a fraction (scale 0) that fits 64 bits with a sign.
    pub(super) fn as_i64(&self) -> Option<i64> {
        let size = self.magnitude.as_u64()?;
        if self.negative {
            0_i64.checked_sub_unsigned(size)
        } else {
            i64::try_from(size).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_different_scales_compare_exactly() {
        let compare =
            |a: (i64, i32), b: (i64, i32)| Decimal::new(a.0, a.1).compare(&Decimal::new(b.0, b.1));
        assert_eq!(compare((10, 1), (1, 0)), Ordering::Equal);
        assert_eq!(compare((11, 1), (1, 0)), Ordering::Greater);
        assert_eq!(compare((-11, 1), (-1, 0)), Ordering::Less);
        assert_eq!(compare((0, 5), (0, -5)), Ordering::Equal);
        assert_eq!(compare((1, i32::MIN), (1, i32::MAX)), Ordering::Greater);
        assert_eq!(compare((120, 3), (12, 2)), Ordering::Equal);
        assert_eq!(compare((109, 3), (11, 2)), Ordering::Less);
    }

    #[test]
    fn cut_digits_round_away_from_zero() {
        assert_eq!(Decimal::new(1, 10).rounded(9), Some(Decimal::new(1, 9)));
        assert_eq!(Decimal::new(-11, 1).rounded(0), Some(Decimal::new(-2, 0)));
        assert_eq!(Decimal::new(20, 1).rounded(0), Some(Decimal::new(2, 0)));
        assert_eq!(
            Decimal::new(1, i32::MAX).rounded(0),
            Some(Decimal::new(1, 0))
        );
    }

    #[test]
    fn no_number_grows_without_bound() {
        assert_eq!(Decimal::new(1, i32::MIN).rounded(9), None);
        assert_eq!(Decimal::new(1, i32::MIN).sum(&Decimal::new(1, 0)), None);
        let zero = Decimal::new(0, i32::MIN).rounded(9);
        assert_eq!(zero.map(|zero| zero.sign()), Some(0));
    }

    #[test]
    fn signs_meet_in_a_sum() {
        let sum = |a: i64, b: i64| Decimal::new(a, 0).sum(&Decimal::new(b, 0)).unwrap();
        assert_eq!(sum(5, -7), Decimal::new(-2, 0));
        assert_eq!(sum(-5, 7), Decimal::new(2, 0));
        assert_eq!(sum(-5, -7), Decimal::new(-12, 0));
        assert_eq!(sum(5, -5), Decimal::new(0, 0));
    }
}
