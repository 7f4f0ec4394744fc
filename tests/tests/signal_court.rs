//! The court of signals keeps what it promises: of a hundred signals without meaning at least
//! ninety-five stay outside, heard one by one or together; planted leads are found at their lag
//! and lower the error; losers are listed with what they would have cost.

use engine::num::{exp, sqrt};
use engine::rng::{Draws, Stream};
use engine::signals::{
    Case, CourtRules, Hearing, Petition, Reason, Ruling, Verdict, hear, rule_on,
};

const WEEKS: usize = 104;

/// Roughly normal with variance one: twelve uniform draws.
fn normal(draws: &mut Draws) -> f64 {
    (0..12).map(|_| draws.next_f64()).sum::<f64>() - 6.0
}

fn poisson(draws: &mut Draws, mean: f64) -> f64 {
    let (floor, mut product, mut count) = (exp(-mean), draws.next_f64(), 0.0);
    while product > floor {
        product *= draws.next_f64();
        count += 1.0;
    }
    count
}

/// A heat index that forgets slowly: log deviations of so much memory and variance `sd`^2.
fn heat(draws: &mut Draws, weeks: usize, memory: f64, sd: f64) -> Vec<f64> {
    let mut deviation = sd * normal(draws);
    let next = |_| {
        deviation = memory * deviation + sd * sqrt(1.0 - memory * memory) * normal(draws);
        deviation
    };
    (0..weeks).map(next).collect()
}

/// Weekly demand of so many goods of eight a week, following a signal `lag` weeks after it.
fn goods(draws: &mut Draws, signal: &[f64], beta: f64, lag: usize, count: usize) -> Vec<Vec<f64>> {
    let mut one = |_| {
        let mean = 8.0 * exp(0.3 * normal(draws));
        let week = |week: usize| {
            let follows = week
                .checked_sub(lag)
                .map_or(0.0, |from| beta * signal[from]);
            poisson(draws, mean * exp(follows))
        };
        (0..signal.len()).map(week).collect()
    };
    (0..count).map(&mut one).collect()
}

fn index(deviations: &[f64]) -> Vec<f64> {
    deviations.iter().map(|it| 100.0 * exp(*it)).collect()
}

fn slices(goods: &[Vec<f64>]) -> Vec<&[f64]> {
    goods.iter().map(Vec::as_slice).collect()
}

/// Goods that follow a mood of their own, and a signal that has nothing to do with it. With a
/// season, both peak every year, at times of their own.
fn noise(seed: u64, count: usize, memory: f64, season: f64) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut draws = Stream::keyed(seed, &[1]).draws();
    let mut wave = |values: &mut [f64]| {
        let start = draws.next_f64();
        for (week, value) in values.iter_mut().enumerate() {
            let turn = std::f64::consts::TAU * (week as f64 / 52.0 + start);
            *value += season * engine::num::sin(turn);
        }
    };
    let mut own = Stream::keyed(seed, &[2]).draws();
    let mut mood = heat(&mut own, WEEKS, 0.9, 0.2);
    wave(&mut mood);
    let goods = goods(&mut own, &mood, 1.0, 0, count);
    let mut signal = heat(&mut own, WEEKS, memory, 0.6);
    wave(&mut signal);
    (index(&signal), goods)
}

fn planted(seed: u64, count: usize, beta: f64, lag: usize) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut draws = Stream::keyed(seed, &[3]).draws();
    let signal = heat(&mut draws, WEEKS, 0.8, 0.6);
    let goods = goods(&mut draws, &signal, beta, lag, count);
    (index(&signal), goods)
}

/// Every ruling says what the signal would have cost.
fn is_listed(ruling: &Ruling) -> bool {
    let comparison = &ruling.comparison;
    comparison.periods >= 40
        && comparison.wape_with().is_some_and(|wape| wape > 0.1)
        && comparison.cost().is_finite()
}

#[test]
fn of_a_hundred_random_signals_heard_alone_ninety_five_stay_outside() {
    for (count, memory, season) in [(1, 0.0, 0.0), (1, 0.8, 0.0), (10, 0.5, 0.0), (10, 0.8, 0.5)] {
        let mut entered = 0;
        for seed in 0..100 {
            let (signal, goods) = noise(seed, count, memory, season);
            let case = Case {
                signal: &signal,
                series: slices(&goods),
            };
            let ruling = &hear(&[case], &CourtRules::WEEKLY, Hearing::Whole)[0];
            assert!(is_listed(ruling), "{ruling:?}");
            entered += usize::from(ruling.is_accepted());
        }
        println!("{count} goods, memory {memory}, season {season}: {entered} of 100 entered");
        assert!(entered <= 5, "{count} {memory} {season}: {entered}");
    }
}

#[test]
fn of_a_hundred_random_signals_heard_together_with_a_true_one_only_that_enters() {
    let (truth, goods) = planted(7, 5, 0.8, 5);
    let noise: Vec<Vec<f64>> = (0..100).map(|seed| noise(seed, 1, 0.5, 0.0).0).collect();
    let scope: Vec<usize> = (0..goods.len()).collect();
    let petition = |signal: &Vec<f64>| Petition {
        signal: signal.clone(),
        scope: scope.clone(),
    };
    let petitions: Vec<Petition> = noise.iter().chain([&truth]).map(petition).collect();
    let rulings = rule_on(&petitions, &goods, &CourtRules::WEEKLY, Hearing::Whole);
    let (last, others) = rulings.split_last().expect("a hundred and one");
    assert!(last.is_accepted() && last.lag == 5, "{last:?}");
    let entered = others.iter().filter(|ruling| ruling.is_accepted()).count();
    assert!(entered <= 5, "{entered}");
    assert!(rulings.iter().all(is_listed));
    // The planning forecast itself is better with the true one.
    let engine = last.engine.expect("asked");
    assert!(engine.with < 0.85 * engine.without, "{engine:?}");
    // Heard only for winners, the same ones win.
    let winners = rule_on(&petitions, &goods, &CourtRules::WEEKLY, Hearing::Winners);
    let names =
        |rulings: &[Ruling]| -> Vec<bool> { rulings.iter().map(Ruling::is_accepted).collect() };
    assert_eq!(names(&rulings), names(&winners));
}

#[test]
fn planted_leads_are_found_at_their_lag_and_lower_the_error() {
    for count in [1, 10] {
        let (mut found, mut lower, mut entered) = (0, 0, 0);
        let (mut without, mut with) = (0.0, 0.0);
        for seed in 0..10 {
            let lag = 4 + usize::try_from(seed % 8).expect("small");
            let (signal, goods) = planted(seed, count, 0.8, lag);
            let case = Case {
                signal: &signal,
                series: slices(&goods),
            };
            let ruling = &hear(&[case], &CourtRules::WEEKLY, Hearing::Whole)[0];
            let comparison = &ruling.comparison;
            found += usize::from(ruling.lag == lag);
            lower += usize::from(comparison.cost() < 0.0);
            entered += usize::from(ruling.is_accepted());
            without += comparison.wape_without().expect("demand") / 10.0;
            with += comparison.wape_with().expect("demand") / 10.0;
        }
        println!("{count} goods: lag {found}, entered {entered}, WAPE {without:.3} to {with:.3}");
        assert!(
            found >= 9 && lower >= 9 && entered >= 9,
            "{found} {lower} {entered}"
        );
        assert!(with < 0.75 * without, "{without} {with}");
    }
}

#[test]
fn two_words_for_one_thing_count_once() {
    let (truth, goods) = planted(3, 8, 0.8, 6);
    let twin: Vec<f64> = truth.iter().map(|value| 3.0 * value).collect();
    let petition = |signal: &[f64]| Petition {
        signal: signal.to_vec(),
        scope: (0..goods.len()).collect(),
    };
    let petitions = [petition(&truth), petition(&twin)];
    let rulings = rule_on(&petitions, &goods, &CourtRules::WEEKLY, Hearing::Whole);
    assert!(rulings[0].is_accepted(), "{:?}", rulings[0].verdict);
    assert_eq!(rulings[1].verdict, Verdict::Rejected(Reason::Redundant));
}

#[test]
fn factors_follow_the_signal_and_fade_beyond_it() {
    let (mut signal, goods) = planted(5, 10, 0.8, 6);
    // The newest week is twice as hot.
    let newest = signal.last_mut().expect("weeks");
    *newest = 250.0;
    let case = Case {
        signal: &signal,
        series: slices(&goods),
    };
    let ruling = hear(&[case], &CourtRules::WEEKLY, Hearing::Whole).remove(0);
    let ahead: Vec<f64> = ruling.factors.ahead().take(26).collect();
    assert!(ahead[5] > 1.4, "{ahead:?}");
    // It acts six weeks later, and from then on is drawn to 1.
    assert!(ahead[6] < ahead[5] && ahead[10] < ahead[6], "{ahead:?}");
    assert!((ahead[25] - 1.0).abs() < 0.1, "{ahead:?}");
}
