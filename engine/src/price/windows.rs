//! What a stretch sold against what the days around it say, and the same for stretches in which
//! nothing happened to the price.

use super::episodes::{Episode, episodes};
use super::history::{Days, Goods, Outlet};

/// Days on either side whose demand says what would have been sold.
const AROUND_DAYS: usize = 42;
/// Fewest of them, in mean days.
const AROUND_MIN: f64 = 14.0;
/// Fewest units sold on them: less says nothing.
const AROUND_UNITS_MIN: f64 = 3.0;
/// Units a day at which a day without a sale is rare, so that the ends of a stretch are known.
const STEADY_RATE: f64 = 3.0;
/// Days between the starts of windows in which nothing happened.
const QUIET_STEP: usize = 21;

/// Demand of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    /// Units sold.
    pub(super) sold: f64,
    /// Units that the days around expect.
    pub(super) expected: f64,
    /// Logarithm of price over what is usual; zero where nothing happened.
    pub(super) change: f64,
}

/// What is known of some goods.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Evidence {
    /// Place among the goods.
    pub(super) goods: usize,
    /// Place of the category.
    pub(super) group: usize,
    /// Stretches off the usual price that could be measured.
    pub(super) windows: Vec<Window>,
    /// Stretches as long, at the usual price.
    pub(super) quiet: Vec<Window>,
    /// Every stretch, measured or not.
    pub(super) episodes: Vec<Episode>,
}

impl Evidence {
    /// Of some goods; `None` where their prices never changed.
    pub(super) fn of(days: &Days, (place, goods): (usize, &Goods)) -> Option<Self> {
        let episodes = episodes(days, goods);
        if episodes.is_empty() {
            return None;
        }
        let scene = Scene::new(days, goods, &episodes);
        let windows = episodes.iter().filter_map(|it| scene.measure(it));
        let windows: Vec<Window> = windows.collect();
        let quiet = if windows.is_empty() {
            Vec::new()
        } else {
            scene.quiet(&episodes)
        };
        Some(Self {
            goods: place,
            group: goods.group,
            windows,
            quiet,
            episodes,
        })
    }
}

/// Days of some goods.
struct Scene {
    /// By outlet: units by day from the outlet's first sale on.
    outlets: Vec<Units>,
    /// What each day sells of a mean one; zero where an event touches it or nothing was there.
    open: Vec<f64>,
    /// Days of stretches off the usual price.
    is_changed: Vec<bool>,
}

struct Units {
    first: usize,
    /// After the last day.
    end: usize,
    days: Vec<f64>,
}

/// Units and days, in mean ones.
#[derive(Clone, Copy, Default)]
struct Sum {
    units: f64,
    days: f64,
}

impl Scene {
    fn new(days: &Days, goods: &Goods, episodes: &[Episode]) -> Self {
        let open = (0..days.count).map(|day| match days.is_event(goods.calendar, day) {
            true => 0.0,
            false => days.exposure(goods.group, day),
        });
        let mut open: Vec<f64> = open.collect();
        for (from, count) in &goods.closed {
            for day in open.iter_mut().skip(*from).take(*count) {
                *day = 0.0;
            }
        }
        let mut is_changed = vec![false; days.count];
        for episode in episodes {
            for day in is_changed
                .iter_mut()
                .skip(episode.first)
                .take(episode.days())
            {
                *day = true;
            }
        }
        let outlets = goods.outlets.iter().map(|outlet| {
            let mut units = vec![0.0; days.count];
            for sale in &outlet.sales {
                if let Some(day) = units.get_mut(sale.day) {
                    *day += sale.units;
                }
            }
            Units {
                first: outlet.sales.first().map_or(days.count, |sale| sale.day),
                end: end(outlet, days.count),
                days: units,
            }
        });
        Self {
            outlets: outlets.collect(),
            open,
            is_changed,
        }
    }

    /// A stretch against the days around it; `None` where too little is known of either.
    ///
    /// The price of a day is seen only where something was sold, so the first and the last day
    /// of a stretch are days on which something was: they are left out. What lies between is
    /// sold or not without regard to that, as the points of a Poisson process between its first
    /// and last one are.
    fn measure(&self, episode: &Episode) -> Option<Window> {
        let (first, days) = (episode.first, episode.days());
        let inner = (first + 1, days.saturating_sub(2));
        let (mut sold, mut expected) = (0.0, 0.0);
        let mut around = Sum::default();
        let mut ends: Vec<usize> = Vec::new();
        for place in &episode.outlets {
            let outlet = self.outlets.get(*place)?;
            let known = self.around(outlet, (first, days));
            if known.days < AROUND_MIN {
                continue;
            }
            around.units += known.units;
            around.days = f64::max(around.days, known.days);
            let inside = self.sum(outlet, inner, |_| true);
            sold += inside.units;
            expected += known.units / known.days * inside.days;
            ends.push(*place);
        }
        if around.units < AROUND_UNITS_MIN {
            return None;
        }
        // Whose every day shows its price.
        if around.units / around.days >= STEADY_RATE {
            (sold, expected) = (0.0, 0.0);
            for outlet in ends.iter().filter_map(|place| self.outlets.get(*place)) {
                let known = self.around(outlet, (first, days));
                let inside = self.sum(outlet, (first, days), |_| true);
                sold += inside.units;
                expected += known.units / known.days * inside.days;
            }
        }
        (expected > 0.0).then_some(Window {
            sold,
            expected,
            change: episode.change,
        })
    }

    /// Windows at the usual price, as long as the stretches are, over all outlets.
    fn quiet(&self, episodes: &[Episode]) -> Vec<Window> {
        let all: usize = episodes.iter().map(Episode::days).sum();
        let days = (all / episodes.len().max(1)).max(1);
        let mut windows = Vec::new();
        let mut first = 0;
        while first + days <= self.open.len() {
            let is_free = |day: usize| {
                self.is_changed.get(day) == Some(&false)
                    && self.open.get(day).is_some_and(|share| *share > 0.0)
            };
            if !(first..first + days).all(is_free) {
                first += 1;
                continue;
            }
            let (mut sold, mut expected) = (0.0, 0.0);
            let mut units = 0.0;
            for outlet in &self.outlets {
                let known = self.around(outlet, (first, days));
                if known.days < AROUND_MIN {
                    continue;
                }
                units += known.units;
                let inside = self.sum(outlet, (first, days), |_| true);
                sold += inside.units;
                expected += known.units / known.days * inside.days;
            }
            if units >= AROUND_UNITS_MIN {
                windows.push(Window {
                    sold,
                    expected,
                    change: 0.0,
                });
            }
            first += QUIET_STEP.max(days);
        }
        windows
    }

    /// Days at the usual price around a window.
    fn around(&self, outlet: &Units, (first, days): (usize, usize)) -> Sum {
        let from = first.saturating_sub(AROUND_DAYS);
        let usual = |day: usize| {
            (day < first || day >= first + days) && self.is_changed.get(day) == Some(&false)
        };
        let count = first + days + AROUND_DAYS - from;
        self.sum(outlet, (from, count), usual)
    }

    fn sum(
        &self,
        outlet: &Units,
        (from, count): (usize, usize),
        is_wanted: impl Fn(usize) -> bool,
    ) -> Sum {
        let mut sum = Sum::default();
        let start = from.max(outlet.first);
        let count = (from + count).min(outlet.end).saturating_sub(start);
        let both = outlet.days.iter().zip(&self.open).enumerate();
        for (day, (units, open)) in both.skip(start).take(count) {
            if *open > 0.0 && is_wanted(day) {
                sum.units += units;
                sum.days += open;
            }
        }
        sum
    }
}

/// After the last day of an outlet: of one that sold nothing for longer than is looked around, the last sale.
fn end(outlet: &Outlet, count: usize) -> usize {
    let last = outlet.sales.last().map_or(0, |sale| sale.day + 1);
    match last + AROUND_DAYS < count {
        true => last,
        false => count,
    }
}

/// How squared errors of windows at the usual price grow with what they expect: a share of it,
/// and a share of its square.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Noise {
    /// Variance over mean, as of single sales.
    pub(super) scatter: f64,
    /// Variance over the square of the mean, as of moods that all customers share.
    pub(super) swing: f64,
    /// Windows that say so.
    pub(super) windows: usize,
}

impl Noise {
    /// From windows at the usual price, by weighted least squares of squared errors over the mean
    /// on the mean, as the variance function of a quasi-likelihood.
    ///
    /// Source: McCullagh & Nelder (1989), Generalized Linear Models, ch. 9.
    pub(super) fn of<'a>(windows: impl Iterator<Item = &'a Window>) -> Self {
        let (mut w, mut wx, mut wy, mut wxx, mut wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        let mut count = 0;
        for window in windows.filter(|it| it.expected > 0.0) {
            let (x, error) = (window.expected, window.sold - window.expected);
            let y = error * error / x;
            let weight = 1.0 / ((1.0 + 0.05 * x) * (1.0 + 0.05 * x));
            w += weight;
            wx += weight * x;
            wy += weight * y;
            wxx += weight * x * x;
            wxy += weight * x * y;
            count += 1;
        }
        let spread = w * wxx - wx * wx;
        let slope = if spread > 1e-9 * w * wxx {
            f64::max((w * wxy - wx * wy) / spread, 0.0)
        } else {
            0.0
        };
        Self {
            scatter: if w > 0.0 {
                f64::max((wy - slope * wx) / w, SCATTER_MIN)
            } else {
                1.0
            },
            swing: slope,
            windows: count,
        }
    }

    /// Variance of one elasticity measured on a window where it is about `elasticity`.
    pub(super) fn of_elasticity(&self, window: &Window, multiple: f64) -> f64 {
        let square = window.change * window.change;
        (self.scatter / (window.expected * multiple) + self.swing) / square
    }
}

/// Least variance over mean: nothing is sold without any chance.
const SCATTER_MIN: f64 = 0.05;
