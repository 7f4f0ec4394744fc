//! Campaigns and leads as streams: what is planted is found and counts, what is not stays outside,
//! and a stream left out takes exactly its share away.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use ballast_tests::plan_files::bytes;
use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::plan::adjust::Decisions;
use engine::plan::{Part, Plan, Settings, Streams, judged_inflows, plan, plan_decided};
use engine::rng::{Draws, Stream};
use engine::signals::{Hearing, Inflow, InflowRow};
use engine::units::Qty;

/// Days of history; the date of the plan is the last one.
const DAYS: i32 = 7 * 110;
const START: i32 = 20_000;
const SKUS: [&str; 6] = ["A0", "A1", "A2", "B0", "B1", "B2"];

fn day(after: i32) -> Day {
    Day::from_number(START + after)
}

/// Demand that sells anyhow, and what comes on top by SKU and day.
fn demand(draws: &mut Draws, extra: &[Vec<f64>]) -> String {
    let mut text = "date,sku,channel,region,quantity\n".to_owned();
    for (sku, extra) in SKUS.iter().zip(extra) {
        for (after, extra) in (0..DAYS).zip(extra) {
            let units = (4.0 + 8.0 * draws.next_f64() + extra).round();
            for (region, share) in [("east", 0.75), ("west", 0.25)] {
                let units = (units * share).round();
                text += &format!("{},{sku},web,{region},{units}\n", day(after));
            }
        }
    }
    text
}

fn dataset(tables: &[(TableId, &str)]) -> Dataset {
    let skus = "sku,category\nA0,milk\nA1,milk\nA2,milk\nB0,toys\nB1,toys\nB2,toys\n";
    let company = format!("key,value\nas_of,{}\n", day(DAYS - 1));
    let master = [
        (TableId::Company, company.as_str()),
        (TableId::Skus, skus),
        (TableId::Regions, "region\neast\nwest\n"),
        (TableId::Channels, "channel\nweb\n"),
    ];
    let tables = master.iter().chain(tables);
    let read = |(id, text): &(TableId, &str)| {
        let found = read_csv(*id, id.name(), text.as_bytes());
        assert!(found.issues.is_empty(), "{:?}", found.issues);
        found.table
    };
    Dataset::from_tables(tables.map(read))
}

/// A post about each kind of goods every eight weeks, the last ones planned; orders bring demand,
/// or have nothing to do with it.
fn campaigns(seed: u64, is_true: bool) -> Vec<(TableId, String)> {
    let mut draws = Stream::from_seed(seed).draws();
    let mut extra = vec![vec![0.0; DAYS as usize]; SKUS.len()];
    let mut posts = "post,published_on,skus\n".to_owned();
    let mut days = "post,date,orders\n".to_owned();
    for (place, sku) in SKUS.iter().enumerate() {
        let mut published = (draws.next_f64() * 40.0) as i32;
        let mut number = 0;
        while published < DAYS + 20 {
            posts += &format!("{sku}-{number},{},{sku}\n", day(published));
            let kind = draws.next_f64();
            let total = match () {
                () if kind < 0.3 => 40.0,
                () if kind < 0.75 => 120.0,
                () => 420.0,
            };
            for after in 0..28.min(DAYS - published) {
                let orders = (total * 0.16 * 0.84_f64.powi(after)).round();
                days += &format!("{sku}-{number},{},{orders}\n", day(published + after));
                if is_true {
                    extra[place][(published + after) as usize] += orders;
                }
            }
            number += 1;
            published += 35 + (draws.next_f64() * 42.0) as i32;
        }
    }
    let demand = demand(&mut draws, &extra);
    vec![
        (TableId::Demand, demand),
        (TableId::Campaigns, posts),
        (TableId::CampaignDays, days),
    ]
}

/// Leads that become cases a week after contact and are won, four in five, five to nine weeks after that,
/// within three days of the day stated; more of them in some months than in others. Won ones are
/// ordered, or have nothing to do with demand.
fn leads(seed: u64, is_true: bool) -> Vec<(TableId, String)> {
    let mut draws = Stream::from_seed(seed).draws();
    let mut extra = vec![vec![0.0; DAYS as usize]; SKUS.len()];
    let mut text = "lead,region,stage,sku,expected_qty,stage_on,expected_close\n".to_owned();
    for number in 0..420 {
        let wave = f64::from(number % 42) / 42.0;
        let bunched = wave * wave;
        let contact = (f64::from(number / 42) + bunched) * f64::from(DAYS) / 10.0;
        let contact = contact as i32;
        let place = (draws.next_f64() * 6.0) as usize % SKUS.len();
        let units = 40.0 + (draws.next_f64() * 120.0).round();
        let end = contact + 42 + (draws.next_f64() * 28.0) as i32;
        let stated = end - 3 + (draws.next_f64() * 7.0) as i32;
        let is_won = draws.next_f64() < 0.8;
        let stages = [
            ("lead", contact),
            ("opportunity", contact + 7),
            (if is_won { "won" } else { "lost" }, end),
        ];
        for (stage, on) in stages.into_iter().filter(|(_, on)| *on < DAYS) {
            let sku = SKUS[place];
            text += &format!(
                "L{number},east,{stage},{sku},{units},{},{}\n",
                day(on),
                day(stated)
            );
        }
        if is_won && is_true && end < DAYS {
            extra[place][end as usize] += units;
        }
    }
    let demand = demand(&mut draws, &extra);
    vec![(TableId::Demand, demand), (TableId::Leads, text)]
}

fn company(tables: &[(TableId, String)]) -> Dataset {
    let tables: Vec<(TableId, &str)> = tables
        .iter()
        .map(|(id, text)| (*id, text.as_str()))
        .collect();
    dataset(&tables)
}

fn rulings(dataset: &Dataset, plan: &Plan) -> Vec<InflowRow> {
    let span = (plan.as_of, plan.settings.horizon_weeks);
    let company = (dataset, &plan.catalog);
    judged_inflows(company, span, &plan.lifts, Hearing::Whole).rows
}

fn without(stream: Inflow) -> Decisions {
    Decisions {
        streams: Streams {
            has_campaign: stream != Inflow::Campaign,
            has_pipeline: stream != Inflow::Pipeline,
            ..Streams::default()
        },
        ..Decisions::default()
    }
}

/// A true stream passes the court, its bars are there and sum up, and it can be left out.
fn check_counts(dataset: &Dataset, stream: Inflow, part: Part) -> Plan {
    let settings = Settings::default();
    let base = plan(dataset, &settings).unwrap();
    let rows = rulings(dataset, &base);
    assert_eq!(rows.len(), 2);
    for row in &rows {
        let ruling = &row.ruling;
        assert!(row.stream == stream && ruling.is_accepted(), "{ruling:?}");
        assert!(ruling.comparison.with < ruling.comparison.without);
        let engine = ruling.engine.unwrap();
        assert!(engine.with < engine.without, "{engine:?}");
        println!(
            "{stream:?} worth {:.2} ({:.2}); WAPE {:.1} -> {:.1}, engine {:.1} -> {:.1}",
            ruling.beta,
            ruling.beta_error,
            100.0 * ruling.comparison.wape_without().unwrap(),
            100.0 * ruling.comparison.wape_with().unwrap(),
            100.0 * engine.wape_without().unwrap(),
            100.0 * engine.wape_with().unwrap(),
        );
        assert!((ruling.beta - 1.0).abs() < 0.2, "{ruling:?}");
    }
    let less = plan_decided(dataset, &settings, &without(stream)).unwrap();
    let mut lost = Qty::ZERO;
    for (with, less_one) in base.series.iter().zip(&less.series) {
        let both = base.parts(with).into_iter().zip(less.parts(less_one));
        for (week, (parts, left)) in both.enumerate() {
            let share = parts[part as usize];
            assert_eq!(parts.iter().copied().sum::<Qty>(), with.mean[week]);
            assert_eq!(left.iter().copied().sum::<Qty>(), less_one.mean[week]);
            assert_eq!(with.mean[week] - less_one.mean[week], share);
            assert_eq!(left[part as usize], Qty::ZERO);
            let ends = [
                with.lo95[week],
                with.lo80[week],
                with.mean[week],
                with.hi80[week],
                with.hi95[week],
            ];
            assert!(ends.is_sorted() && ends[0] >= Qty::ZERO, "{ends:?}");
            lost += Qty::from_thousandths(share.thousandths().abs());
        }
    }
    assert!(!lost.is_zero());
    base
}

#[test]
fn true_campaigns_count() {
    let told = company(&campaigns(1, true));
    let base = check_counts(&told, Inflow::Campaign, Part::Campaign);
    // Orders follow: a place needs more in its week than without the stream.
    let less = plan_decided(&told, &Settings::default(), &without(Inflow::Campaign)).unwrap();
    let demand = |plan: &Plan| -> f64 {
        let weeks = plan.places.iter().flat_map(|it| &it.weekly_demand);
        weeks.sum()
    };
    let units = |plan: &Plan| -> f64 {
        let means = plan.series.iter().flat_map(|it| &it.mean);
        means.map(|units| units.to_f64()).sum()
    };
    assert!(units(&base) > units(&less));
    let added = (units(&base) - units(&less)) - (demand(&base) - demand(&less));
    assert!(base.places.is_empty() || added.abs() < 1.0, "{added}");
}

/// Goods that no post was about so far take part by what posts are worth in their category.
#[test]
fn the_first_post_about_goods_counts() {
    let mut tables = campaigns(1, true);
    let kept = |text: &str| -> String {
        let lines = text.lines().filter(|line| !line.starts_with("A2-"));
        lines.map(|line| line.to_owned() + "\n").collect()
    };
    for (_, text) in &mut tables[1..] {
        *text = kept(text);
    }
    let none = plan(&company(&tables), &Settings::default()).unwrap();
    tables[1].1 += &format!("FIRST,{},A2\n", day(DAYS + 7));
    let first = plan(&company(&tables), &Settings::default()).unwrap();
    let brings = |plan: &Plan| -> f64 {
        let sku = plan.catalog.sku_id("A2").unwrap();
        let own = plan.series.iter().filter(|one| one.key.sku == sku);
        let parts = own.flat_map(|one| plan.parts(one));
        parts
            .map(|parts| parts[Part::Campaign as usize].to_f64())
            .sum()
    };
    assert_eq!(brings(&none), 0.0);
    // Posts of 40, 120 and 420 with .3, .45 and .25: about 170 each.
    assert!(
        (100.0..260.0).contains(&brings(&first)),
        "{}",
        brings(&first)
    );
}

#[test]
fn true_leads_count() {
    check_counts(&company(&leads(1, true)), Inflow::Pipeline, Part::Pipeline);
}

/// Streams that say nothing are refused, and leave a plan as it is without their files.
#[test]
fn streams_that_say_nothing_are_refused() {
    let (mut heard, mut accepted) = (0, 0);
    for seed in 0..12 {
        for make in [campaigns, leads] {
            let tables = make(100 + seed, false);
            let told = company(&tables);
            let made = plan(&told, &Settings::default()).unwrap();
            let rows = rulings(&told, &made);
            assert_eq!(rows.len(), 2);
            heard += rows.len();
            let let_in = rows.iter().filter(|row| row.ruling.is_accepted()).count();
            accepted += let_in;
            if let_in == 0 && seed < 2 {
                assert!(made.inflows.is_empty());
                let silent = plan(&company(&tables[..1]), &Settings::default()).unwrap();
                assert_eq!(bytes(&silent), bytes(&made));
            }
        }
    }
    println!("{accepted} of {heard} accepted");
    assert!(heard == 48 && accepted <= 2, "{accepted} of {heard}");
}

/// A plan as of an earlier date sees nothing of what came of posts and leads later.
#[test]
fn what_came_later_is_not_seen() {
    for (tables, is_late) in [(campaigns(1, true), 1), (leads(1, true), 5)] {
        let then = day(DAYS - 1 - 56);
        let settings = Settings {
            as_of: Some(then),
            ..Settings::default()
        };
        let cut = |(id, text): &(TableId, String)| {
            let is_kept = |line: &&str| {
                let mut fields = line.split(',');
                let place = match id {
                    TableId::Campaigns => return true,
                    TableId::Demand => 0,
                    _ => is_late,
                };
                let on = fields.nth(place).and_then(Day::parse_iso);
                on.is_none_or(|on| on <= then)
            };
            let kept: Vec<&str> = text.lines().filter(is_kept).collect();
            (*id, kept.join("\n") + "\n")
        };
        let early: Vec<(TableId, String)> = tables.iter().map(cut).collect();
        let full = plan(&company(&tables), &settings).unwrap();
        let early = plan(&company(&early), &settings).unwrap();
        assert!(!full.inflows.is_empty());
        assert_eq!(full.inflows, early.inflows);
        assert_eq!(bytes(&full)[0], bytes(&early)[0]);
    }
}
