//! Ages (R-1578). Source: apimachinery `pkg/util/duration`, `HumanDuration`.

use crate::object::value::Time;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const YEAR: i64 = 365 * DAY;

/// How long ago a time was, `<unknown>` without one.
pub fn age(time: Option<Time>, now: Time) -> String {
    match time.filter(|time| !time.is_zero()) {
        Some(time) => human_duration(now.unix().saturating_sub(time.unix())),
        None => "<unknown>".to_owned(),
    }
}

/// A duration in seconds as tables show it: one unit, or two where the first is small.
pub fn human_duration(seconds: i64) -> String {
    match seconds {
        ..-1 => "<invalid>".to_owned(),
        // Clocks that differ by up to two seconds are no error.
        -1 => "0s".to_owned(),
        _ if seconds < 2 * MINUTE => format!("{seconds}s"),
        _ if seconds < 10 * MINUTE => two((seconds, MINUTE, "m"), (1, "s")),
        _ if seconds < 3 * HOUR => format!("{}m", seconds / MINUTE),
        _ if seconds < 8 * HOUR => two((seconds, HOUR, "h"), (MINUTE, "m")),
        _ if seconds < 2 * DAY => format!("{}h", seconds / HOUR),
        _ if seconds < 8 * DAY => two((seconds, DAY, "d"), (HOUR, "h")),
        _ if seconds < 2 * YEAR => format!("{}d", seconds / DAY),
        _ if seconds < 8 * YEAR => two((seconds, YEAR, "y"), (DAY, "d")),
        _ => format!("{}y", seconds / YEAR),
    }
}

/// The whole of the large unit and what is left in the small one, which is not written when nothing is.
fn two((seconds, large, name): (i64, i64, &str), (small, small_name): (i64, &str)) -> String {
    let whole = seconds / large;
    match seconds % large / small {
        0 => format!("{whole}{name}"),
        rest => format!("{whole}{name}{rest}{small_name}"),
    }
}
