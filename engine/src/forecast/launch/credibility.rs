//! How much of a group's mean is the group's own.

use crate::num::{count_f64, larger};

/// Mean and number of the observations of a group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Observed {
    pub(super) count: f64,
    pub(super) sum: f64,
    pub(super) squares: f64,
}

impl Observed {
    pub(super) fn add(&mut self, value: f64) {
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    pub(super) fn mean(&self) -> f64 {
        self.sum / larger(self.count, 1.0)
    }
}

/// Means of groups drawn to the mean of all observations: `Z x mean + (1 - Z) x overall` with
/// `Z = n / (n + s^2 / a)`, the variance within groups `s^2` and between them `a` by moments.
/// Where groups differ no more than chance makes them, all of them are the overall mean.
///
/// Source: Buhlmann and Straub (1970), Mitteilungen der Vereinigung schweizerischer
/// Versicherungsmathematiker 70, 111-133.
pub(super) fn credible_means(groups: &[Observed]) -> Vec<f64> {
    let count: f64 = groups.iter().map(|group| group.count).sum();
    let sum: f64 = groups.iter().map(|group| group.sum).sum();
    let overall = sum / larger(count, 1.0);
    let known = count_f64(groups.iter().filter(|group| group.count > 0.0).count());
    let (mut inside, mut between, mut squares) = (0.0, 0.0, 0.0);
    for group in groups {
        inside += larger(group.squares - group.sum * group.mean(), 0.0);
        let distance = group.mean() - overall;
        between += group.count * distance * distance;
        squares += group.count * group.count;
    }
    let within = inside / larger(count - known, 1.0);
    let effective = count - squares / larger(count, 1.0);
    let among = (between - (known - 1.0) * within) / larger(effective, 1e-9);
    let mean = |group: &Observed| {
        if group.count == 0.0 || among <= 0.0 || effective <= 0.0 {
            return overall;
        }
        let own = group.count / (group.count + within / among);
        own * group.mean() + (1.0 - own) * overall
    };
    groups.iter().map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observed(values: &[f64]) -> Observed {
        let mut group = Observed::default();
        values.iter().for_each(|value| group.add(*value));
        group
    }

    #[test]
    fn equal_groups_are_the_overall_mean() {
        let groups = [observed(&[1.0, 3.0]), observed(&[3.0, 1.0]), observed(&[])];
        assert_eq!(credible_means(&groups), [2.0, 2.0, 2.0]);
    }

    #[test]
    fn the_weights_are_those_of_buhlmann_and_straub() {
        // Within: (0.5 + 0.5) / 2 = 0.5. Between: (2 x 25 + 2 x 25 - 0.5) / (4 - 8 / 4) = 49.75.
        let means = credible_means(&[observed(&[0.5, 1.5]), observed(&[10.5, 11.5])]);
        let own = 2.0 / (2.0 + 0.5 / 49.75);
        assert!((means[0] - (own * 1.0 + (1.0 - own) * 6.0)).abs() < 1e-12);
        assert!((means[1] - (own * 11.0 + (1.0 - own) * 6.0)).abs() < 1e-12);
    }
}
