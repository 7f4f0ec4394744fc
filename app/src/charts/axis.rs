//! Ticks on round numbers, and how many labels fit. Pure.

/// Four to six round values that cover a span, fewer where they would come closer than `least`.
pub(super) fn round_ticks(low: f64, high: f64, least: f64) -> Vec<f64> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite()) {
        return vec![low];
    }
    let rough = span / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| span / step <= 6.0 + 1e-9)
        .unwrap_or(10.0 * power)
        .max(least);
    let first = (low / step).floor() as i64;
    let last = (high / step).ceil() as i64;
    (first..=last).map(|tick| tick as f64 * step).collect()
}

/// How many labels to skip so that the rest keep `gap` pixels apart; 1 keeps all.
pub(super) fn label_stride(step: f64, widest: f64, gap: f64) -> usize {
    let wanted = ((widest + gap) / step.max(0.01)).ceil().max(1.0) as usize;
    [1, 2, 4, 8, 13, 26, 52]
        .into_iter()
        .find(|stride| *stride >= wanted)
        .unwrap_or(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_the_span() {
        assert_eq!(
            round_ticks(0.0, 17_900.0, 1.0),
            [0.0, 5_000.0, 10_000.0, 15_000.0, 20_000.0]
        );
        assert_eq!(
            round_ticks(-86.4, 257.0, 1.0),
            [-100.0, 0.0, 100.0, 200.0, 300.0]
        );
        assert_eq!(
            round_ticks(0.0, 1.0, 0.0),
            [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]
        );
        assert_eq!(round_ticks(0.0, 1.0, 1.0), [0.0, 1.0]);
        assert_eq!(round_ticks(3.0, 3.0, 1.0), [3.0]);
        for scale in 1..2_000 {
            let ticks = round_ticks(0.0, f64::from(scale), 0.0);
            assert!((3..=7).contains(&ticks.len()), "{scale}: {ticks:?}");
        }
    }

    #[test]
    fn labels_keep_apart() {
        assert_eq!(label_stride(40.0, 24.0, 8.0), 1);
        assert_eq!(label_stride(12.0, 24.0, 8.0), 4);
    }
}
