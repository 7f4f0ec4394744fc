//! Moments in the time zone of the browser.

use super::format::day_iso;

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

/// A moment given in milliseconds since 1970: `2026-05-11 14:03`.
pub fn local_time(unix_ms: u64) -> String {
    let unix_ms = i64::try_from(unix_ms).unwrap_or(i64::MAX);
    moment(unix_ms, offset_minutes(unix_ms))
}

/// Minutes that the clock of the browser is ahead of UTC at that moment.
#[cfg(target_arch = "wasm32")]
fn offset_minutes(unix_ms: i64) -> i64 {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(unix_ms as f64));
    -(date.get_timezone_offset() as i64)
}

#[cfg(not(target_arch = "wasm32"))]
fn offset_minutes(_unix_ms: i64) -> i64 {
    0
}

fn moment(unix_ms: i64, offset_minutes: i64) -> String {
    let minutes = unix_ms.div_euclid(MINUTE_MS) + offset_minutes;
    let (day, minute) = (
        minutes.div_euclid(DAY_MINUTES),
        minutes.rem_euclid(DAY_MINUTES),
    );
    format!(
        "{} {:02}:{:02}",
        day_iso(day as i32),
        minute / 60,
        minute % 60
    )
}

#[cfg(test)]
mod tests {
    use super::moment;

    #[test]
    fn a_moment_moves_with_the_time_zone() {
        // 2026-05-11 00:30 UTC.
        let ms = (20_584 * 24 * 60 + 30) * 60_000;
        assert_eq!(moment(ms, 0), "2026-05-11 00:30");
        assert_eq!(moment(ms, 8 * 60), "2026-05-11 08:30");
        assert_eq!(moment(ms, -5 * 60), "2026-05-10 19:30");
    }
}
