//! The figures of a slice as plain values, from columns to what chart, table and panels show. Pure.

use protocol::columns::unpack;
use protocol::view::{SeriesEvent, SeriesHead, SuccessorLink};
use protocol::{Column, ColumnData};

/// Weeks of the time-phased plan.
pub const WEEKS_AHEAD: usize = 13;
/// Weeks of history in the chart.
pub const WEEKS_BACK: usize = 52;
/// Days of history in the chart.
pub const DAYS_BACK: usize = 182;
/// The same weekday a year before.
const YEAR_DAYS: i32 = 364;

/// History and forecast; every list has a value for each bucket, NaN where there is none.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Figures {
    /// First day of each bucket.
    pub days: Vec<i32>,
    pub actual: Vec<f64>,
    pub mean: Vec<f64>,
    /// The forecast before adjustments.
    pub statistical: Vec<f64>,
    /// The same without events, prices and signals.
    pub baseline: Vec<f64>,
    /// What signals add.
    pub signals: Vec<f64>,
    /// What planned changes of price add.
    pub prices: Vec<f64>,
    /// What forecasts see of replaced weeks.
    pub replaced: Vec<f64>,
    /// Demand of weeks that stand out.
    pub outlier: Vec<f64>,
    /// Demand of weeks in which stock-outs hid a good part.
    pub uncensored: Vec<f64>,
    pub lo80: Vec<f64>,
    pub hi80: Vec<f64>,
    pub lo95: Vec<f64>,
    pub hi95: Vec<f64>,
    /// The first bucket of the future.
    pub now: usize,
    /// Series summed up.
    pub series: u32,
    /// Id of the model of a single series.
    pub model: Option<String>,
    /// A fraction.
    pub wape: Option<f64>,
    /// A fraction; positive when the forecast was too high.
    pub bias: Option<f64>,
    pub events: Vec<SeriesEvent>,
    /// Goods before and after the one SKU of the slice.
    pub links: Vec<SuccessorLink>,
}

/// One week of the plan.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WeekAhead {
    /// Its bucket.
    pub bucket: usize,
    /// Its first day.
    pub day: i32,
    pub last_year: f64,
    pub mean: f64,
    pub statistical: f64,
    pub baseline: f64,
    pub signals: f64,
    pub prices: f64,
    pub lo80: f64,
    pub hi80: f64,
}

/// Sums over the weeks of the plan.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Totals {
    pub weeks: usize,
    pub mean: f64,
    /// `None` when a week has no counterpart a year before.
    pub last_year: Option<f64>,
}

impl Totals {
    /// The change against last year, in per cent.
    pub fn change(&self) -> Option<f64> {
        let before = self.last_year.filter(|before| *before > 0.0)?;
        Some((self.mean / before - 1.0) * 100.0)
    }
}

impl Figures {
    /// Reads an answer; `None` when a column is missing or of another kind.
    pub fn read(head: &SeriesHead, bufs: &[Vec<u8>]) -> Option<Self> {
        let columns = unpack(&head.columns, bufs).ok()?;
        let find = |name: &str| columns.iter().find(|column| column.name == name);
        let days = match &find("date")?.data {
            ColumnData::Day(days) => days.clone(),
            _ => return None,
        };
        let number = |name: &str| numbers(find(name)?);
        Some(Self {
            now: days.partition_point(|day| *day < head.first_forecast),
            days,
            actual: number("actual")?,
            mean: number("mean")?,
            statistical: number("statistical")?,
            baseline: number("baseline")?,
            signals: number("signals")?,
            prices: number("prices")?,
            replaced: number("replaced")?,
            outlier: number("outlier")?,
            uncensored: number("uncensored")?,
            lo80: number("lo80")?,
            hi80: number("hi80")?,
            lo95: number("lo95")?,
            hi95: number("hi95")?,
            series: head.series,
            model: head.model.clone(),
            wape: head.wape,
            bias: head.bias,
            events: head.events.clone(),
            links: head.links.clone(),
        })
    }

    /// Without the history older than so many buckets.
    #[must_use]
    pub fn newest(&self, history: usize) -> Self {
        let skip = self.now.saturating_sub(history);
        let rest = |values: &[f64]| values.iter().skip(skip).copied().collect();
        Self {
            days: self.days.iter().skip(skip).copied().collect(),
            actual: rest(&self.actual),
            mean: rest(&self.mean),
            statistical: rest(&self.statistical),
            baseline: rest(&self.baseline),
            signals: rest(&self.signals),
            prices: rest(&self.prices),
            replaced: rest(&self.replaced),
            outlier: rest(&self.outlier),
            uncensored: rest(&self.uncensored),
            lo80: rest(&self.lo80),
            hi80: rest(&self.hi80),
            lo95: rest(&self.lo95),
            hi95: rest(&self.hi95),
            now: self.now - skip,
            ..self.clone()
        }
    }

    /// The events with the first and last bucket each touches, in buckets of so many days.
    pub fn marked(&self, bucket_days: i32) -> impl Iterator<Item = (&SeriesEvent, usize, usize)> {
        let start = move |day: i32| self.days.partition_point(|start| *start <= day);
        self.events.iter().filter_map(move |event| {
            let (from, to) = event.days;
            let shown = *self.days.first()?..*self.days.last()? + bucket_days;
            let is_shown = to >= shown.start && from < shown.end;
            is_shown.then(|| (event, start(from).saturating_sub(1), start(to) - 1))
        })
    }

    /// What was sold a year before each bucket of the future; none for the past.
    pub fn last_year(&self) -> Vec<f64> {
        let before = |(bucket, day): (usize, &i32)| {
            let past = self.days.get(..self.now).unwrap_or_default();
            let found = past.binary_search(&(day - YEAR_DAYS)).ok();
            let found = found.filter(|_| bucket >= self.now);
            found.map_or(f64::NAN, |at| value(&self.actual, at))
        };
        self.days.iter().enumerate().map(before).collect()
    }

    /// The next weeks, as many as are forecast.
    pub fn ahead(&self) -> Vec<WeekAhead> {
        let last_year = self.last_year();
        let week = |(bucket, day): (usize, &i32)| WeekAhead {
            bucket,
            day: *day,
            last_year: value(&last_year, bucket),
            mean: value(&self.mean, bucket),
            statistical: value(&self.statistical, bucket),
            baseline: value(&self.baseline, bucket),
            signals: value(&self.signals, bucket),
            prices: value(&self.prices, bucket),
            lo80: value(&self.lo80, bucket),
            hi80: value(&self.hi80, bucket),
        };
        let weeks = self.days.iter().enumerate().skip(self.now);
        weeks.take(WEEKS_AHEAD).map(week).collect()
    }

    /// First day and forecast of every week to come.
    pub fn weeks_ahead(&self) -> Vec<(i32, f64)> {
        let weeks = self.days.iter().zip(&self.mean).skip(self.now);
        weeks.map(|(day, mean)| (*day, *mean)).collect()
    }

    /// The events that have days from the first to the last of these.
    pub fn events_in(&self, (first, last): (i32, i32)) -> impl Iterator<Item = &SeriesEvent> {
        let is_in = move |event: &&SeriesEvent| event.days.0 <= last && event.days.1 >= first;
        self.events.iter().filter(is_in)
    }

    /// Half the width of the 80 % interval over the plan's weeks, as a share of the forecast.
    pub fn spread(&self) -> Option<f64> {
        let weeks = self.ahead();
        let mean: f64 = weeks.iter().map(|week| week.mean).sum();
        let width: f64 = weeks.iter().map(|week| week.hi80 - week.lo80).sum();
        (mean > 0.0 && width.is_finite()).then(|| width / 2.0 / mean)
    }

    /// Weeks without any demand among the newest year of history, and how many weeks that is.
    pub fn empty_weeks(&self) -> (usize, usize) {
        let history = self.newest(WEEKS_BACK);
        let past = history.actual.get(..history.now).unwrap_or_default();
        let empty = past.iter().filter(|value| **value == 0.0).count();
        (empty, past.len())
    }
}

/// Sums the weeks of the plan.
pub fn totals(weeks: &[WeekAhead]) -> Totals {
    let last_year: f64 = weeks.iter().map(|week| week.last_year).sum();
    Totals {
        weeks: weeks.len(),
        mean: weeks.iter().map(|week| week.mean).sum(),
        last_year: Some(last_year).filter(|sum| sum.is_finite() && !weeks.is_empty()),
    }
}

fn numbers(column: &Column) -> Option<Vec<f64>> {
    match &column.data {
        ColumnData::F64(values) => Some(values.clone()),
        _ => None,
    }
}

fn value(values: &[f64], at: usize) -> f64 {
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// How good a WAPE is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Grade {
    Met,
    Near,
    Missed,
}

impl Grade {
    /// At most 20 % is met, at most 30 % near.
    pub fn of(wape: f64) -> Self {
        match wape {
            wape if wape <= 0.2 => Self::Met,
            wape if wape <= 0.3 => Self::Near,
            _ => Self::Missed,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Near => "near",
            Self::Missed => "missed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::columns::pack;

    /// Sixty weeks of history 1, 2, 3 ... and twenty of forecast: 100 with limits 80 and 130.
    fn answer() -> (SeriesHead, Vec<Vec<u8>>) {
        let (past, future) = (60_usize, 20_usize);
        let all = |before: fn(usize) -> f64, after: f64| {
            let history = (0..past).map(before);
            let values = history.chain(std::iter::repeat_n(after, future)).collect();
            ColumnData::F64(values)
        };
        let none = |_| f64::NAN;
        let days = (0..80).map(|week| 20_000 + 7 * week).collect();
        let columns = [
            Column::new("date", ColumnData::Day(days)),
            Column::new("actual", all(|week| week as f64, f64::NAN)),
            Column::new("lo80", all(none, 80.0)),
            Column::new("hi80", all(none, 130.0)),
            Column::new("lo95", all(none, 60.0)),
            Column::new("hi95", all(none, 150.0)),
            Column::new("baseline", all(none, 90.0)),
            Column::new("signals", all(none, 0.0)),
            Column::new("prices", all(none, 0.0)),
            Column::new("statistical", all(none, 95.0)),
            Column::new("replaced", all(none, f64::NAN)),
            Column::new("outlier", all(none, f64::NAN)),
            Column::new("uncensored", all(none, f64::NAN)),
            Column::new("mean", all(none, 100.0)),
        ];
        let (columns, bufs) = pack(&columns);
        let head = SeriesHead {
            columns,
            series: 3,
            model: None,
            first_forecast: 20_000 + 7 * 60,
            wape: Some(0.2),
            bias: None,
            events: Vec::new(),
            links: Vec::new(),
        };
        (head, bufs)
    }

    fn figures() -> Figures {
        let (head, bufs) = answer();
        Figures::read(&head, &bufs).expect("all columns are there")
    }

    #[test]
    fn an_answer_is_parted_at_the_first_forecast() {
        let figures = figures();
        assert_eq!((figures.now, figures.days.len()), (60, 80));
        assert_eq!(figures.actual[59], 59.0);
        assert_eq!(figures.mean[60], 100.0);
        let (head, mut bufs) = answer();
        bufs.pop();
        assert_eq!(Figures::read(&head, &bufs), None);
    }

    #[test]
    fn last_year_is_fifty_two_weeks_back() {
        let last_year = figures().last_year();
        assert_eq!(last_year[60], 8.0);
        assert_eq!(last_year[79], 27.0);
        assert!(last_year[59].is_nan());
    }

    #[test]
    fn the_plan_is_thirteen_weeks_with_their_sums() {
        let weeks = figures().ahead();
        assert_eq!(weeks.len(), 13);
        assert_eq!((weeks[0].last_year, weeks[0].hi80), (8.0, 130.0));
        let totals = totals(&weeks);
        // 8 + 9 + ... + 20
        assert_eq!((totals.mean, totals.last_year), (1_300.0, Some(182.0)));
        assert_eq!(totals.change().map(f64::round), Some(614.0));
        // Half of 50 around 100.
        assert_eq!(figures().spread(), Some(0.25));
    }

    #[test]
    fn a_shorter_history_keeps_its_place_in_time() {
        let newest = figures().newest(10);
        assert_eq!((newest.now, newest.days.len()), (10, 30));
        assert_eq!(newest.days[0], 20_000 + 7 * 50);
        assert_eq!(newest.actual[9], 59.0);
        // A year before lies outside now, so nothing is claimed.
        assert_eq!(totals(&newest.ahead()).last_year, None);
        assert_eq!(figures().newest(200).days, figures().days);
    }

    #[test]
    fn weeks_without_demand_are_counted_over_a_year() {
        let mut figures = figures();
        figures.actual[3] = 0.0;
        figures.actual[40] = 0.0;
        assert_eq!(figures.empty_weeks(), (1, 52));
        assert_eq!(Figures::default().empty_weeks(), (0, 0));
        assert_eq!(Figures::default().spread(), None);
    }

    #[test]
    fn events_mark_the_buckets_they_touch() {
        let event = |from, to| SeriesEvent {
            names: Default::default(),
            is_promotion: true,
            days: (from, to),
            concerns: Default::default(),
        };
        let mut figures = figures().newest(10);
        let first = figures.days[0];
        figures.events = vec![
            event(first - 9, first - 1),
            event(first - 3, first + 2),
            event(first + 13, first + 14),
            event(first + 7 * 30, first + 7 * 31),
        ];
        let marked: Vec<_> = figures.marked(7).map(|(_, from, to)| (from, to)).collect();
        assert_eq!(marked, [(0, 0), (1, 2)]);
        let near = [(-4, -4), (-1, 0), (3, 12), (3, 13)];
        let counts = near.map(|(from, to)| figures.events_in((first + from, first + to)).count());
        assert_eq!(counts, [1, 2, 0, 1]);
    }

    #[test]
    fn grades_have_their_limits_inside() {
        let grades = [0.0, 0.2, 0.201, 0.3, 0.301].map(Grade::of);
        use Grade::{Met, Missed, Near};
        assert_eq!(grades, [Met, Met, Near, Near, Missed]);
    }
}
