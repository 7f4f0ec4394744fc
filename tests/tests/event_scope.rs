//! Events that concern a part of the goods: learnt from these, and only theirs.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use engine::dataset::{Dataset, TableId, read_csv};
use engine::day::Day;
use engine::events::{
    Cells, CompanyEvents, DailyTotals, EventBook, EventSpan, Goods, Interval, Learnt, Limits,
    learn, learn_by_cell, unknown_scopes,
};
use engine::ids::{CategoryId, RegionId};
use engine::issue::Code;
use engine::master::Catalog;
use engine::plan::view::{Scope, event_factors, events_between};
use engine::plan::{Part, Plan, Settings, plan, plan_hash};
use engine::rng::{Draws, Stream};

const FIRST_DAY: Day = Day::from_number(19_000);
const CATEGORIES: usize = 4;
const CHANNELS: [&str; 3] = ["jd", "live", "tmall"];

fn between(draws: &mut Draws, low: f64, high: f64) -> f64 {
    low + (high - low) * draws.next_f64()
}

/// Roughly normal with variance one: twelve uniform draws.
fn normal(draws: &mut Draws) -> f64 {
    (0..12).map(|_| draws.next_f64()).sum::<f64>() - 6.0
}

/// Categories below two roots, one SKU each, three channels, two regions.
fn catalog() -> Catalog {
    let tables = [
        (
            TableId::Categories,
            "category,parent\nc0,food\nc1,food\nc2,\nc3,\nfood,\n".to_owned(),
        ),
        (
            TableId::Skus,
            "sku,category\ns0,c0\ns1,c1\ns2,c2\ns3,c3\ns4,c3\n".to_owned(),
        ),
        (
            TableId::Channels,
            format!("channel\n{}\n", CHANNELS.join("\n")),
        ),
        (TableId::Regions, "region\neast\nwest\n".to_owned()),
    ];
    let table = |(id, text): (TableId, String)| read_csv(id, "t.csv", text.as_bytes()).table;
    Catalog::new(&Dataset::from_tables(tables.map(table)))
}

/// Goods of a category and channel.
fn goods(catalog: &Catalog, category: usize, channel: usize) -> Goods {
    Goods {
        category: catalog.category_id(&format!("c{category}")).unwrap(),
        sku: catalog.sku_id(&format!("s{category}")),
        channel: catalog.channel_id(CHANNELS[channel]).unwrap(),
        region: RegionId(0),
    }
}

/// Two years and more of daily demand by category and channel, with events of all goods and one
/// of some.
struct Planted {
    cells: Cells,
    totals: DailyTotals,
    spans: Vec<EventSpan>,
    as_of: Day,
}

/// Of all goods: start in a year, days, factor. The first stands beside the event of some, which
/// is the kind after them.
const SALES: [(i32, i32, f64); 3] = [(96, 3, 1.8), (180, 10, 2.2), (300, 1, 0.7)];
const BRAND_DAY: (i32, i32) = (100, 2);
const KIND: u32 = SALES.len() as u32;

/// `scope` limits the last event, whose factor is `factor(category)` on goods inside.
fn planted(seed: u64, scope: &str, factor: impl Fn(usize) -> f64) -> Planted {
    let catalog = catalog();
    let limits = Limits::parse(scope, &catalog).unwrap();
    let cells = Cells::new(&catalog, vec![limits.clone()]);
    let days = 365 * 2 + 200;
    let mut spans = Vec::new();
    for year in 0..4 {
        for (kind, (start, length, _)) in (0..).zip(SALES) {
            let start = FIRST_DAY + (365 * year + start);
            spans.push(EventSpan::new(kind, start, start + (length - 1)));
        }
        let start = FIRST_DAY + (365 * year + BRAND_DAY.0);
        let span = EventSpan::new(KIND, start, start + (BRAND_DAY.1 - 1));
        spans.push(span.within(Some(0)));
    }
    let mut draws = Stream::keyed(seed, &[7]).draws();
    let mut values = vec![0.0; cells.count() * usize::try_from(days).unwrap()];
    for category in 0..CATEGORIES {
        for channel in 0..CHANNELS.len() {
            let goods = goods(&catalog, category, channel);
            let level = between(&mut draws, 3.0, 7.0).exp();
            let (weekend, noise) = (
                between(&mut draws, 0.8, 1.5),
                between(&mut draws, 0.03, 0.15),
            );
            let own = limits.hold(&goods).then(|| factor(category));
            for day in 0..days {
                let rhythm = if day % 7 > 4 { weekend } else { 1.0 };
                let of_year = day % 365;
                let on = |start: i32, length: i32| (start..start + length).contains(&of_year);
                // A day inside both belongs to the event of some.
                let lift = match own.filter(|_| on(BRAND_DAY.0, BRAND_DAY.1)) {
                    Some(factor) => factor,
                    None => SALES
                        .iter()
                        .find(|sale| on(sale.0, sale.1))
                        .map_or(1.0, |sale| sale.2),
                };
                let mood = (noise * normal(&mut draws) - 0.5 * noise * noise).exp();
                let mean = level * rhythm * lift * mood;
                let units = (mean + mean.sqrt() * normal(&mut draws)).round().max(0.0);
                let place = cells.of(&goods) * usize::try_from(days).unwrap();
                values[place + usize::try_from(day).unwrap()] += units;
            }
        }
    }
    Planted {
        totals: DailyTotals {
            first_day: FIRST_DAY,
            groups: cells.count(),
            values,
        },
        cells,
        spans,
        as_of: FIRST_DAY + (days - 1),
    }
}

impl Planted {
    fn learn(&self) -> EventBook {
        learn_by_cell(&self.totals, &self.cells, &self.spans, self.as_of)
    }
}

fn of_kind(book: &EventBook, kind: u32) -> Vec<Learnt> {
    book.learnt().filter(|it| it.kind == kind).collect()
}

/// Share of the intervals, of categories inside, that hold the planted factor: 80 and 95 %.
fn coverage(scope: &str, size: f64) -> (f64, f64, f64) {
    let (mut count, mut inner, mut outer) = (0.0, 0.0, 0.0);
    for seed in 0..200 {
        let mut draws = Stream::keyed(seed, &[8]).draws();
        let common = size * between(&mut draws, -0.5, 1.4);
        let truth: Vec<f64> = (0..CATEGORIES)
            .map(|_| (common + size * 0.15 * normal(&mut draws)).exp())
            .collect();
        let book = planted(seed, scope, |category| truth[category]).learn();
        for learnt in of_kind(&book, KIND) {
            // A category that only holds others sells nothing itself.
            let seen = learnt.group.filter(|_| learnt.occurrences > 0);
            let Some(category) = seen else { continue };
            let holds = |interval: Interval| {
                let truth = truth[category];
                f64::from(u8::from(interval.low <= truth && truth <= interval.high))
            };
            count += 1.0;
            inner += holds(learnt.interval80);
            outer += holds(learnt.interval95);
        }
    }
    (inner / count, outer / count, count)
}

#[test]
fn planted_effects_of_some_goods_are_inside_their_intervals_as_often_as_these_say() {
    for (scope, categories) in [
        ("category=c2;channel=tmall", 1.0),
        ("channel=tmall", 4.0),
        ("category=food;channel in (jd,live)", 2.0),
        ("sku in (s0,s3)", 2.0),
    ] {
        let (inner, outer, count) = coverage(scope, 1.0);
        assert_eq!(count, 200.0 * categories, "{scope}");
        assert!((0.70..=0.95).contains(&inner), "{scope} {inner}");
        assert!(outer >= 0.90, "{scope} {outer}");
    }
}

#[test]
fn where_nothing_is_planted_intervals_hold_one() {
    for scope in ["category=c2;channel=tmall", "channel=tmall"] {
        let (_, outer, _) = coverage(scope, 0.0);
        assert!(outer >= 0.90, "{scope} {outer}");
    }
}

#[test]
fn goods_outside_have_a_factor_of_exactly_one_and_a_history_without_it() {
    let catalog = catalog();
    let panel = planted(3, "category=c2;channel=tmall", |_| 3.0);
    let book = panel.learn();
    let inside = panel.cells.of(&goods(&catalog, 2, 2));
    assert_ne!(inside, CategoryId(2).index());
    let bare = panel.spans.iter().filter(|it| it.kind != KIND);
    let bare: Vec<EventSpan> = bare.copied().collect();
    let without = learn_by_cell(&panel.totals, &panel.cells, &bare, panel.as_of);
    let owned = |book: &EventBook, cell: usize| -> Vec<i32> {
        let is_owned = |day: &i32| book.day_factor(cell, FIRST_DAY + *day) != 1.0;
        (0..365 * 4).filter(is_owned).collect()
    };
    for category in 0..CATEGORIES {
        for channel in 0..CHANNELS.len() {
            let cell = panel.cells.of(&goods(&catalog, category, channel));
            if cell == inside {
                continue;
            }
            // The same days as without it, and none of its own beyond the sale beside it.
            assert_eq!(owned(&book, cell), owned(&without, cell));
            let after = FIRST_DAY + (365 * 3 + BRAND_DAY.0 + 4);
            assert_eq!(book.day_factor(cell, after), 1.0);
            assert_eq!(book.period_error(cell, after, &[1.0 / 7.0; 7]), 0.0);
        }
    }
    let on = FIRST_DAY + (365 * 3 + BRAND_DAY.0);
    assert!((book.day_factor(inside, on) / 3.0 - 1.0).abs() < 0.2);
    assert!(book.period_error(inside, on, &[1.0 / 7.0; 7]) > 0.0);
    // Nobody outside is in what was learnt.
    let groups: Vec<Option<usize>> = of_kind(&book, KIND).iter().map(|it| it.group).collect();
    assert_eq!(groups, [Some(2), None]);
}

#[test]
fn a_day_belongs_to_one_event_inside_and_to_another_outside() {
    let catalog = catalog();
    let panel = planted(5, "channel=live", |_| 4.0);
    let book = panel.learn();
    // The sale lasts from 96 to 98 with days after it up to 101, the event of some from 100 to 101.
    let day = FIRST_DAY + (365 * 3 + 100);
    let [outside, inside] = [0, 1].map(|channel| panel.cells.of(&goods(&catalog, 0, channel)));
    assert!(book.day_factor(inside, day) > 3.0);
    assert!(book.day_factor(outside, day) < 1.2);
    let sale = FIRST_DAY + (365 * 3 + 97);
    for cell in [inside, outside] {
        assert!((book.day_factor(cell, sale) / 1.8 - 1.0).abs() < 0.15);
    }
    // The sale is one event for all of them.
    let all = of_kind(&book, 0).into_iter().find(|it| it.group.is_none());
    assert_eq!(all.unwrap().occurrences, 3);
}

#[test]
fn moving_it_moves_the_peak_of_its_goods_and_no_other() {
    let catalog = catalog();
    let panel = planted(11, "category=c1;channel=jd", |_| 5.0);
    let book = panel.learn();
    let start = FIRST_DAY + (365 * 3 + BRAND_DAY.0);
    let peak = |book: &EventBook, cell: usize| {
        let days = 365 * 3 + 85..365 * 3 + 120;
        let factor = |day: &i32| book.day_factor(cell, FIRST_DAY + *day);
        days.max_by(|a, b| factor(a).total_cmp(&factor(b))).unwrap()
    };
    let inside = panel.cells.of(&goods(&catalog, 1, 0));
    let later = book.moved(KIND, start, 3);
    assert_eq!(peak(&later, inside), peak(&book, inside) + 3);
    for category in 0..CATEGORIES {
        for channel in 0..CHANNELS.len() {
            let cell = panel.cells.of(&goods(&catalog, category, channel));
            if cell != inside {
                let same = |day: i32| {
                    let day = FIRST_DAY + day;
                    later.day_factor(cell, day) == book.day_factor(cell, day)
                };
                assert!((0..365 * 4).all(same));
            }
        }
    }
    assert_eq!(later.moved(KIND, start + 3, -3), book);
}

#[test]
fn limits_that_hold_for_everything_are_none() {
    let catalog = catalog();
    let all = "category in (food,c2,c3)";
    let panel = planted(2, all, |_| 2.0);
    let limited = panel.learn();
    let days = panel.totals.values.len() / panel.cells.count();
    // Their cells come after the empty ones of the categories.
    let mut values = vec![0.0; catalog.categories.len() * days];
    for category in 0..CATEGORIES {
        let cell = panel.cells.of(&goods(&catalog, category, 0));
        values[category * days..(category + 1) * days]
            .copy_from_slice(&panel.totals.values[cell * days..(cell + 1) * days]);
    }
    let totals = DailyTotals {
        groups: catalog.categories.len(),
        values,
        ..panel.totals
    };
    let spans: Vec<EventSpan> = panel.spans.iter().map(|it| it.within(None)).collect();
    let whole = learn(&totals, &spans, panel.as_of);
    for category in 0..CATEGORIES {
        let cell = panel.cells.of(&goods(&catalog, category, 0));
        for day in 0..365 * 4 {
            let day = FIRST_DAY + day;
            let (a, b) = (
                limited.day_factor(cell, day),
                whole.day_factor(category, day),
            );
            assert_eq!(a, b, "{category} {day}");
        }
    }
}

#[test]
fn an_event_of_other_goods_each_year_is_one_event() {
    let catalog = catalog();
    let limits = ["channel=jd", "channel=tmall"].map(|it| Limits::parse(it, &catalog).unwrap());
    let cells = Cells::new(&catalog, limits.to_vec());
    let days = 800;
    let mut values = vec![0.0; cells.count() * days];
    let span = |day: i32, limits: u16| {
        let day = FIRST_DAY + day;
        EventSpan::new(7, day, day).within(Some(limits))
    };
    let spans = [span(100, 0), span(465, 1), span(830, 0), span(830, 1)];
    for category in 0..CATEGORIES {
        for (channel, code) in CHANNELS.into_iter().enumerate() {
            let cell = cells.of(&goods(&catalog, category, channel));
            for day in 0..days {
                let is_on = matches!((day, code), (100, "jd") | (465, "tmall"));
                values[cell * days + day] += if is_on { 300.0 } else { 100.0 };
            }
        }
    }
    let totals = DailyTotals {
        first_day: FIRST_DAY,
        groups: cells.count(),
        values,
    };
    let book = learn_by_cell(&totals, &cells, &spans, FIRST_DAY + 799);
    let learnt = of_kind(&book, 7);
    let all = learnt.last().unwrap();
    assert_eq!((all.group, all.occurrences), (None, 2));
    assert!((all.factor - 3.0).abs() < 0.05, "{all:?}");
    assert_eq!(book.limits(7).len(), 2);
    let on = FIRST_DAY + 830;
    for (channel, factor) in [(0, 3.0), (1, 1.0), (2, 3.0)] {
        let cell = cells.of(&goods(&catalog, 0, channel));
        assert!((book.day_factor(cell, on) - factor).abs() < 0.05);
    }
}

/// Goods of two categories in two channels, 70 a week each; `sale` days sell four times as much
/// where `scope` holds.
fn company(scope: &str) -> Dataset {
    let day = |day: i32| Day::from_number(20_000 - 700 + day);
    let starts = [100, 464, 707];
    let is_inside = |sku: &str, channel: &str| match scope {
        "category=c;channel=t" => (sku, channel) == ("A", "t"),
        "sku=B" => sku == "B",
        _ => true,
    };
    let mut demand = "date,sku,channel,region,quantity,price\n".to_owned();
    for on in 0..=700 {
        for sku in ["A", "B"] {
            for channel in ["t", "w"] {
                for region in ["e", "f"] {
                    let mood = (on * 7 + i32::from(sku.as_bytes()[0])) % 5;
                    let sale = starts.contains(&on) && is_inside(sku, channel);
                    let units = (18 + mood) * if sale { 4 } else { 1 };
                    demand += &format!("{},{sku},{channel},{region},{units},10\n", day(on));
                }
            }
        }
    }
    let mut events = "event,kind,name_zh,name_en,start,end,pre_days,post_days,scope\n".to_owned();
    for start in starts {
        let day = day(start);
        let scope = match scope.contains(',') {
            true => format!("\"{scope}\""),
            false => scope.to_owned(),
        };
        events += &format!("brand,promo,品牌日,Brand day,{day},{day},0,0,{scope}\n");
    }
    let tables = [
        (TableId::Skus, "sku,category\nA,c\nB,d\n".to_owned()),
        (TableId::Demand, demand),
        (TableId::Events, events),
    ];
    let table = |(id, text): (TableId, String)| {
        let read = read_csv(id, "t.csv", text.as_bytes());
        assert!(read.issues.is_empty(), "{:?}", read.issues);
        read.table
    };
    Dataset::from_tables(tables.map(table))
}

/// Units that events add to the first weeks of a plan, by SKU and channel.
fn added(plan: &Plan) -> Vec<(String, String, f64)> {
    let mut added: Vec<(String, String, f64)> = Vec::new();
    for series in &plan.series {
        let sku = plan.catalog.sku(series.key.sku).unwrap().code.clone();
        let channel = &plan.catalog.channels[series.key.channel.index()].code;
        let parts = plan.parts(series);
        let events = parts.iter().map(|it| it[Part::Events as usize].to_f64());
        added.push((sku, channel.clone(), events.sum()));
    }
    added
}

#[test]
fn a_plan_lifts_goods_inside_and_no_others() {
    for scope in ["category=c;channel=t", "sku=B", "region=e"] {
        let dataset = company(scope);
        let plan = plan(&dataset, &Settings::default()).unwrap();
        let limits = Limits::parse(scope, &plan.catalog).unwrap();
        for (series, (sku, channel, units)) in plan.series.iter().zip(added(&plan)) {
            let inside = limits.hold(&Goods {
                category: plan.catalog.sku(series.key.sku).unwrap().category,
                sku: Some(series.key.sku),
                channel: series.key.channel,
                region: series.key.region,
            });
            if inside {
                assert!(units > 30.0, "{scope} {sku} {channel} {units}");
            } else {
                assert_eq!(units, 0.0, "{scope} {sku} {channel}");
            }
        }
        assert!(!plan.series.is_empty());
    }
}

#[test]
fn limits_of_all_goods_plan_as_none_do() {
    let whole = plan(&company(""), &Settings::default()).unwrap();
    let limited = plan(&company("channel in (t,w)"), &Settings::default()).unwrap();
    assert!(added(&whole).iter().all(|(.., units)| *units > 30.0));
    assert_eq!(added(&whole), added(&limited));
    for (a, b) in whole.series.iter().zip(&limited.series) {
        assert_eq!((&a.key, &a.mean), (&b.key, &b.mean));
    }
    assert_ne!(plan_hash(&whole), plan_hash(&limited));
}

#[test]
fn views_say_whom_an_event_concerns() {
    let dataset = company("category=c;channel=t");
    let plan = plan(&dataset, &Settings::default()).unwrap();
    let from = (plan.as_of - 30, plan.as_of + 30);
    let seen = |sku: &str, channel: &str| {
        let scope = Scope {
            sku: plan.catalog.sku_id(sku),
            channel: plan.catalog.channel_id(channel),
            ..Scope::default()
        };
        let factors = event_factors(&plan, scope);
        let spans = events_between(&plan, &dataset, scope, from);
        (factors.len(), spans.len())
    };
    assert_eq!(seen("A", "t"), (1, 1));
    assert_eq!(seen("A", "w"), (0, 0));
    assert_eq!(seen("B", "t"), (0, 0));
    let all = event_factors(&plan, Scope::default());
    assert_eq!(all[0].concerns[0].en, "c · t");
    assert!((all[0].learnt.factor / 4.0 - 1.0).abs() < 0.1, "{all:?}");
}

#[test]
fn a_scope_that_is_not_known_is_named_and_does_nothing() {
    let events = "event,start,end,scope\n\
                  a,2026-01-01,2026-01-01,channel=tmal\n\
                  b,2026-01-01,2026-01-01,brand=x\n\
                  c,2026-01-01,2026-01-01,\"channel in (t,nowhere)\"\n\
                  c,2026-01-01,2026-01-01,channel=t\n";
    let read = read_csv(TableId::Events, "events.csv", events.as_bytes());
    let refused = |issues: &[engine::issue::Issue]| -> Vec<(Code, u64, String)> {
        let place = |it: &engine::issue::Issue| (it.code, it.place.line, it.place.column.clone());
        issues.iter().map(place).collect()
    };
    assert_eq!(
        refused(&read.issues),
        [(Code::BadScope, 3, "scope".to_owned())]
    );
    let demand = "date,sku,channel,region,quantity\n2026-01-01,A,t,e,5\n2026-02-01,A,t,e,5\n";
    let demand = read_csv(TableId::Demand, "demand.csv", demand.as_bytes());
    let dataset = Dataset::from_tables([demand.table, read.table.clone()]);
    let issues = unknown_scopes(&dataset, "events.csv", &read.scopes);
    assert_eq!(
        refused(&issues),
        [
            (Code::UnknownScope, 2, "scope".to_owned()),
            (Code::UnknownScope, 4, "scope".to_owned())
        ]
    );
    assert_eq!(issues[1].params[0].1, "nowhere");
    let catalog = Catalog::new(&dataset);
    let company = CompanyEvents::learn(&dataset, &catalog, dataset.as_of().unwrap());
    let codes = company.refused.iter().map(|(kind, code)| {
        let (event, _) = &company.events[*kind as usize];
        (event.as_str(), code.as_str())
    });
    assert_eq!(codes.collect::<Vec<_>>(), [("a", "tmal"), ("c", "nowhere")]);
    // Of the rows left, one is limited to a channel, and none is of all goods.
    let spans = company.book.spans();
    assert_eq!(
        spans.iter().map(|it| it.limits).collect::<Vec<_>>(),
        [Some(0)]
    );
}
