//! Methods of the textbooks that forecasts are compared with and never made of: one row each in [`REFERENCES`].
//!
//! They run on one series at a time, when somebody looks at it; scans never pay for them. Parameters
//! are those with the least squared error one period ahead in what was known at the origin.

use crate::num::count_f64;

/// One method: weight 0 in every forecast.
pub struct Reference {
    /// Stable name in files; no model has the same.
    pub id: &'static str,
    /// Name shown in Chinese.
    pub name_zh: &'static str,
    /// Name shown in English.
    pub name_en: &'static str,
    /// Publication it follows.
    pub source: &'static str,
    /// Fewest values it can forecast from, given the periods in a season; `None` where it needs a season.
    known_min: fn(usize) -> Option<usize>,
    /// What comes so many periods after the last known value, at least 1, given the periods in a season.
    forecast: fn(&[f64], usize, usize) -> f64,
}

impl Reference {
    /// The value `ahead` periods, at least 1, after the last of `known`; none is missing.
    ///
    /// `None` where it needs more values, or a season and there is none.
    #[must_use]
    pub fn forecast(&self, known: &[f64], season: usize, ahead: usize) -> Option<f64> {
        let enough = (self.known_min)(season)?;
        (known.len() >= enough && ahead > 0).then(|| (self.forecast)(known, season, ahead))
    }
}

/// Every method, simplest first.
pub const REFERENCES: &[Reference] = &[
    Reference {
        id: "damped_holt",
        name_zh: "阻尼霍尔特法",
        name_en: "Damped Holt",
        source: "Gardner & McKenzie (1985), Management Science 31, 1237-1246",
        known_min: |_| Some(2),
        forecast: |known, _, ahead| best_of(holt_sets(), |set| Holt::run(known, set)).ahead(ahead),
    },
    Reference {
        id: "holt_winters",
        name_zh: "霍尔特-温特斯法",
        name_en: "Holt-Winters",
        source: "Winters (1960), Management Science 6, 324-342; start as Hyndman & Athanasopoulos (2021), section 8.3",
        known_min: |season| (season > 1).then_some(2 * season),
        forecast: |known, season, ahead| {
            best_of(winters_sets(), |set| Winters::run(known, season, set)).ahead(ahead)
        },
    },
    Reference {
        id: "croston",
        name_zh: "克罗斯顿法",
        name_en: "Croston",
        source: "Croston (1972), Operational Research Quarterly 23, 289-303",
        known_min: |_| Some(1),
        forecast: |known, _, _| croston(known),
    },
    Reference {
        id: "sba",
        name_zh: "SBA 修正克罗斯顿法",
        name_en: "Syntetos-Boylan (SBA)",
        source: "Syntetos & Boylan (2005), IJF 21, 303-314, equation 3",
        known_min: |_| Some(1),
        forecast: |known, _, _| (1.0 - CROSTON_ALPHA / 2.0) * croston(known),
    },
];

/// Smoothing of sizes and intervals, in the middle of the 0.05 to 0.2 that Syntetos & Boylan (2005) advise.
const CROSTON_ALPHA: f64 = 0.1;

/// Size of demand over the interval between demands, each smoothed where there is demand.
fn croston(known: &[f64]) -> f64 {
    let (mut size, mut interval, mut periods) = (0.0, 0.0, 0.0);
    for value in known {
        periods += 1.0;
        if *value > 0.0 {
            // The first demand starts both.
            let alpha = if interval > 0.0 { CROSTON_ALPHA } else { 1.0 };
            size += alpha * (value - size);
            interval += alpha * (periods - interval);
            periods = 0.0;
        }
    }
    if interval > 0.0 { size / interval } else { 0.0 }
}

/// A method that ran through a history.
trait Smoothed {
    /// Sum of squared errors one period ahead.
    fn squares(&self) -> f64;
}

/// The run with the least squared errors; the first among equals.
fn best_of<const N: usize, T: Smoothed + Default>(
    sets: impl IntoIterator<Item = [f64; N]>,
    run: impl Fn([f64; N]) -> T,
) -> T {
    let better = |best: Option<T>, next: T| match best {
        Some(best) if best.squares() <= next.squares() => Some(best),
        _ => Some(next),
    };
    let best = sets.into_iter().map(run).fold(None, better);
    best.unwrap_or_default()
}

/// Alpha, beta as a share of alpha, phi.
fn holt_sets() -> impl Iterator<Item = [f64; 3]> {
    let alphas = [0.05, 0.1, 0.2, 0.3, 0.45, 0.65, 0.9];
    let pairs = |alpha| [0.02, 0.1, 0.3, 0.6].map(|share| [alpha, share]);
    let all = |[alpha, share]: [f64; 2]| [0.8, 0.9, 0.98].map(|phi| [alpha, alpha * share, phi]);
    alphas.into_iter().flat_map(pairs).flat_map(all)
}

/// A level and a damped slope.
#[derive(Debug, Default)]
struct Holt {
    level: f64,
    slope: f64,
    damping: f64,
    squares: f64,
}

impl Holt {
    /// Starts at the first value with its step to the second one.
    fn run(known: &[f64], [alpha, beta, damping]: [f64; 3]) -> Self {
        let first = known.first().copied().unwrap_or(0.0);
        let second = known.get(1).copied().unwrap_or(first);
        let mut state = Self {
            level: first,
            slope: second - first,
            damping,
            squares: 0.0,
        };
        for value in known.iter().skip(1) {
            let (ahead, slope) = (state.ahead(1), damping * state.slope);
            let error = value - ahead;
            state.level = ahead + alpha * error;
            state.slope = slope + beta * error;
            state.squares += error * error;
        }
        state
    }

    fn ahead(&self, ahead: usize) -> f64 {
        let factors = std::iter::successors(Some(self.damping), |it| Some(it * self.damping));
        self.level + self.slope * factors.take(ahead).sum::<f64>()
    }
}

impl Smoothed for Holt {
    fn squares(&self) -> f64 {
        self.squares
    }
}

/// Alpha, beta, gamma.
fn winters_sets() -> impl Iterator<Item = [f64; 3]> {
    let alphas = [0.05, 0.15, 0.3, 0.5, 0.8];
    let pairs = |alpha| [0.0, 0.02, 0.1].map(|share| [alpha, alpha * share]);
    let all = |[alpha, beta]: [f64; 2]| [0.05, 0.15, 0.3, 0.6].map(|gamma| [alpha, beta, gamma]);
    alphas.into_iter().flat_map(pairs).flat_map(all)
}

/// A level, a slope, and what each period of a season adds.
#[derive(Debug, Default)]
struct Winters {
    level: f64,
    slope: f64,
    /// From the period after the last known value on.
    season: Vec<f64>,
    squares: f64,
}

impl Winters {
    /// Starts at the mean of the first season, with the step to that of the second one, and with
    /// what the first season has above its mean.
    fn run(known: &[f64], season: usize, [alpha, beta, gamma]: [f64; 3]) -> Self {
        let periods = count_f64(season);
        let (first, rest) = known.split_at(season.min(known.len()));
        let mean = |values: &[f64]| values.iter().sum::<f64>() / periods;
        let level = mean(first);
        let second = mean(rest.get(..season).unwrap_or(first));
        let mut state = Self {
            level,
            slope: (second - level) / periods,
            season: first.iter().map(|value| value - level).collect(),
            squares: 0.0,
        };
        for value in rest {
            let (before, ahead) = (state.season.first().copied(), state.ahead(1));
            let error = value - ahead;
            state.level += state.slope + alpha * error;
            state.slope += beta * error;
            if let (Some(place), Some(before)) = (state.season.first_mut(), before) {
                *place = before + gamma * (1.0 - alpha) * error;
            }
            state.season.rotate_left(1);
            state.squares += error * error;
        }
        state
    }

    fn ahead(&self, ahead: usize) -> f64 {
        let place = (ahead - 1) % self.season.len().max(1);
        let season = self.season.get(place).copied().unwrap_or(0.0);
        self.level + count_f64(ahead) * self.slope + season
    }
}

impl Smoothed for Winters {
    fn squares(&self) -> f64 {
        self.squares
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::MODELS;
    use proptest::prelude::*;

    const SEASON: usize = 4;

    fn of(id: &str) -> &'static Reference {
        REFERENCES.iter().find(|it| it.id == id).unwrap()
    }

    #[test]
    fn ids_are_their_own() {
        for (place, one) in REFERENCES.iter().enumerate() {
            let others = REFERENCES.iter().skip(place + 1).map(|it| it.id);
            let mut others = others.chain(MODELS.iter().map(|it| it.id));
            assert!(others.all(|other| other != one.id), "{}", one.id);
            assert!(!one.source.is_empty() && !one.name_zh.is_empty());
        }
    }

    /// Demand of 3 after three periods, then of 5 after two: size 3 + 0.1 x 2, interval 3 - 0.1.
    #[test]
    fn croston_by_hand() {
        let known = [0.0, 0.0, 3.0, 0.0, 5.0, 0.0];
        let croston = of("croston").forecast(&known, 1, 4).unwrap();
        assert!((croston - 3.2 / 2.9).abs() < 1e-12);
        let sba = of("sba").forecast(&known, 1, 4).unwrap();
        assert!((sba - 0.95 * 3.2 / 2.9).abs() < 1e-12);
    }

    /// A line with a season on it is known after two seasons.
    #[test]
    fn a_season_on_a_line_goes_on() {
        let value = |at: usize| 50.0 + 2.0 * count_f64(at) + [6.0, -1.0, -9.0, 4.0][at % SEASON];
        let known: Vec<f64> = (0..40).map(value).collect();
        for ahead in 1..=9 {
            let forecast = of("holt_winters").forecast(&known, SEASON, ahead).unwrap();
            assert!(
                (forecast - value(39 + ahead)).abs() < 1.0,
                "{ahead}: {forecast}"
            );
        }
        assert_eq!(of("holt_winters").forecast(&known[..7], SEASON, 1), None);
        assert_eq!(of("holt_winters").forecast(&known, 1, 1), None);
    }

    #[test]
    fn a_damped_slope_fades() {
        let climbing: Vec<f64> = (0..30).map(count_f64).collect();
        let damped = |ahead| of("damped_holt").forecast(&climbing, 1, ahead).unwrap();
        let steps = [
            damped(1) - 29.0,
            damped(2) - damped(1),
            damped(3) - damped(2),
        ];
        assert!(
            steps[0] > steps[1] && steps[1] > steps[2] && steps[2] > 0.5,
            "{steps:?}"
        );
    }

    proptest! {
        /// What never changes goes on, nothing stays nothing, and units are units.
        #[test]
        fn every_method_keeps_its_contract(
            values in prop::collection::vec(0_u32..40, 1..60),
            level in 0_u32..90,
            ahead in 1_usize..20,
        ) {
            for one in REFERENCES {
                let flat = vec![f64::from(level); values.len()];
                if let Some(forecast) = one.forecast(&flat, SEASON, ahead) {
                    let expected = f64::from(level) * if one.id == "sba" { 0.95 } else { 1.0 };
                    prop_assert!((forecast - expected).abs() < 1e-9, "{}: {forecast}", one.id);
                }
                let known: Vec<f64> = values.iter().map(|it| f64::from(*it)).collect();
                let more: Vec<f64> = known.iter().map(|it| 8.0 * it).collect();
                let pair = (one.forecast(&known, SEASON, ahead), one.forecast(&more, SEASON, ahead));
                if let (Some(one), Some(more)) = pair {
                    prop_assert!(one.is_finite() && (8.0 * one - more).abs() <= 1e-9 * more.abs().max(1.0));
                }
            }
        }
    }
}
