//! Times to the second, as the API keeps them. Source: `metav1.Time`, RFC 3339.

use std::fmt;

use super::rfc3339;

/// A time: seconds since 1970 in UTC. Fractions are not kept, as in storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    seconds: i64,
}

pub(super) const DAY: i64 = 86_400;

/// Days from 0000-03-01 to 1970-01-01.
const EPOCH_DAYS: i64 = 719_468;

/// Days of 400 years.
const ERA: i64 = 146_097;

impl Time {
    /// Go's zero time, which stands for none: the first second of the year 1.
    pub const ZERO: Self = Self {
        seconds: -62_135_596_800,
    };

    /// A time from seconds since 1970.
    pub fn from_unix(seconds: i64) -> Self {
        Self { seconds }
    }

    /// Seconds since 1970.
    pub fn unix(self) -> i64 {
        self.seconds
    }

    /// Milliseconds since 1970.
    pub fn unix_millis(self) -> i64 {
        self.seconds.saturating_mul(1_000)
    }

    /// Whether this is Go's zero time.
    pub fn is_zero(self) -> bool {
        self == Self::ZERO
    }

    /// Reads RFC 3339 as Go's `time.Parse` does; `None` where it refuses.
    pub fn parse(text: &str) -> Option<Self> {
        rfc3339::parse(text.as_bytes()).ok()
    }
}

/// Days since 1970. The year begins in March here, so that the day that comes and goes is the last one.
pub(super) fn days_to(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_DAYS
}

impl fmt::Display for Time {
    /// In UTC, as the API writes it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.seconds.div_euclid(DAY) + EPOCH_DAYS;
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = (from_march + 2) % 12 + 1;
        let year = year + era * 400 + i64::from(month <= 2);
        let second = self.seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_in_utc_to_the_second() {
        for (text, written) in [
            ("2026-11-24T20:55:00Z", "2026-11-24T20:55:00Z"),
            ("2026-11-24T20:55:00.999Z", "2026-11-24T20:55:00Z"),
            ("2024-02-29T23:30:00-01:00", "2024-03-01T00:30:00Z"),
            ("2025-01-01T00:30:00+01:00", "2024-12-31T23:30:00Z"),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
            ("1900-03-01T00:00:00Z", "1900-03-01T00:00:00Z"),
            ("2026-11-24T2:55:00Z", "2026-11-24T02:55:00Z"),
            ("2026-11-24T20:55:00,123-24:60", "2026-11-25T21:55:00Z"),
        ] {
            assert_eq!(Time::parse(text).unwrap().to_string(), written);
        }
        assert_eq!(Time::parse("1970-01-02T00:00:01Z").unwrap().unix(), 86_401);
        assert!(Time::parse("0001-01-01T00:00:00Z").unwrap().is_zero());
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-11-24",
            "2026-11-24 20:55:00Z",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T20:55:00",
            "2026-11-24T20:55:00.Z",
            "2026-11-24T20:55Z",
            "2026-11-24T20:55:00+1:00",
        ] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
    }
}
