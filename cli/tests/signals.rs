//! `ballast signals` and `ballast forecast --signals` as other programs call them.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn ballast(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ballast"));
    command.args(arguments).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A folder that is removed when it is let go.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ballast-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("writable");
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn day(week: usize) -> engine::day::Day {
    engine::day::Day::from_number(20_000 + 7 * i32::try_from(week).expect("small"))
}

/// Clicks double in every ninth week.
fn is_hot(week: usize) -> bool {
    week % 9 == 4
}

fn noise(week: usize) -> usize {
    week * 7_919 % 13
}

/// Demand doubles six weeks after clicks.
fn units(week: usize) -> usize {
    let is_wanted = week >= 6 && is_hot(week - 6);
    noise(week) + if is_wanted { 80 } else { 40 }
}

fn clicks() -> String {
    let rows = (0..104).map(|week| {
        let clicks = noise(week + 50) + if is_hot(week) { 200 } else { 100 };
        format!("{},gsc,milk,,clicks,{clicks}\n", day(week))
    });
    let rows: String = rows.collect();
    format!("date,source,keyword,region,metric,value\n{rows}")
}

fn dataset(name: &str) -> Folder {
    let folder = Folder::new(name);
    let rows = (0..104).map(|week| format!("{},A,web,cn,{}\n", day(week), units(week)));
    let rows: String = rows.collect();
    folder.write(
        "demand.csv",
        &format!("date,sku,channel,region,quantity\n{rows}"),
    );
    folder.write("signals.csv", &clicks());
    folder.write("skus.csv", "sku,category,name_en\nA,dairy,Fresh milk\n");
    folder.write(
        "leads.csv",
        "lead,stage,expected_qty,stage_on\n1,lead,5,2025-01-01\n",
    );
    folder
}

fn signals(folder: &Folder) -> Output {
    ballast(&[
        "signals",
        "--data",
        &folder.path(""),
        "--out",
        &folder.path("out"),
    ])
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(Path::new(&folder.path("out")).join(name)).expect(name)
}

#[test]
fn a_mapped_word_is_judged_and_others_are_suggested() {
    let folder = dataset("signals");
    let unmapped = signals(&folder);
    let errors = text(&unmapped.stderr);
    assert!(
        errors.contains("1 of 1 words are not in keywords.csv"),
        "{errors}"
    );
    let suggestions = read(&folder, "keyword_suggestions.csv");
    assert!(
        suggestions.contains("\nmilk,A,,contains,0."),
        "{suggestions}"
    );
    folder.write("keywords.csv", "keyword,category\nmilk,dairy\n");
    let judged = signals(&folder);
    assert_eq!(text(&judged.stdout), "1 signals judged, 1 accepted\n");
    let court = read(&folder, "court.csv");
    assert!(
        court.contains("\ngsc,milk,dairy,,,accepted,,52,6,"),
        "{court}"
    );
    assert!(read(&folder, "heat.csv").contains("\n,dairy,,"));
    for name in [
        "coverage.csv",
        "funnel.csv",
        "hits.csv",
        "regret.csv",
        "pipeline.csv",
    ] {
        assert!(read(&folder, name).lines().count() >= 1, "{name}");
    }
}

#[test]
fn posts_that_are_planned_have_hits_and_regret() {
    let folder = dataset("planned-posts");
    folder.write(
        "skus.csv",
        "sku,category,unit_cost,list_price\nA,dairy,2,5\nB,dairy,3,9\n",
    );
    let (old, ahead) = (day(90), day(110));
    folder.write(
        "campaigns.csv",
        &format!("post,published_on,skus\nold,{old},A\nnext,{ahead},A;B\n"),
    );
    let counts = (0..28).map(|after| format!("old,{},1000,9\n", old + after));
    let counts: String = counts.collect();
    folder.write(
        "campaign_days.csv",
        &format!("post,date,impressions,orders\n{counts}"),
    );
    let told = signals(&folder);
    assert!(told.status.success(), "{}", text(&told.stderr));
    let hits = read(&folder, "hits.csv");
    for sku in ["A", "B"] {
        let planned = format!("\nnext,{sku},{ahead},planned,,,");
        assert!(hits.contains(&planned), "{hits}");
    }
    assert!(
        hits.contains(&format!("\nold,A,{old},finished,252,base,")),
        "{hits}"
    );
    let regret = read(&folder, "regret.csv");
    assert!(regret.contains("\nnext,B,hit,flop,"), "{regret}");
    // A funnel tells what happened: a post that is planned has none.
    assert!(!read(&folder, "funnel.csv").contains("next"));
}

#[test]
fn a_folder_without_signals_is_refused() {
    let folder = Folder::new("no-signals");
    folder.write(
        "demand.csv",
        "date,sku,channel,region,quantity\n2026-01-01,A,web,cn,1\n",
    );
    let refused = signals(&folder);
    assert_eq!(refused.status.code(), Some(1));
    let errors = text(&refused.stderr);
    assert!(
        errors.contains("none of signals.csv, campaign_days.csv and leads.csv"),
        "{errors}"
    );
}

fn forecast(folder: &Folder, history: &str, signals: Option<&str>) -> Output {
    let base = [
        "forecast",
        "--history",
        history,
        "--freq",
        "W",
        "--horizon",
        "8",
    ];
    let signals = signals.map(|name| folder.path(name));
    let more = signals.iter().flat_map(|path| ["--signals", path.as_str()]);
    ballast(
        &base
            .into_iter()
            .chain(["--out", "-"])
            .chain(more)
            .collect::<Vec<_>>(),
    )
}

/// Means of a forecast in a file of one series and category.
fn mean(output: &Output) -> Vec<f64> {
    let table = text(&output.stdout);
    let rows = table.lines().skip(1);
    let figure = |row: &str| row.split(',').nth(2)?.parse().ok();
    let mean = |row: &str| figure(row).expect("a mean");
    rows.map(mean).collect()
}

#[test]
fn an_accepted_signal_moves_the_forecast_and_a_refused_one_does_not() {
    let folder = Folder::new("forecast-signals");
    let rows = (0..104).map(|week| format!("A,dairy,{},{}\n", day(week), units(week)));
    let rows: String = rows.collect();
    folder.write(
        "history.csv",
        &format!("series,category,date,quantity\n{rows}"),
    );
    folder.write("signals.csv", &clicks());
    let flat = clicks().replace("clicks,2", "clicks,1");
    folder.write("flat.csv", &flat);
    folder.write(
        "bad.csv",
        "date,source,keyword,metric,value\n2026-01-01,gsc,milk,clicks,many\n",
    );
    let history = folder.path("history.csv");
    let forecast = |signals: Option<&str>| forecast(&folder, &history, signals);
    let plain = forecast(None);
    let lifted = forecast(Some("signals.csv"));
    let said = text(&lifted.stderr);
    assert!(
        said.contains("signal milk of gsc for dairy: accepted, lag 6"),
        "{said}"
    );
    // The last week is hot: six weeks later, in the sixth week ahead, demand doubles.
    let (plain_mean, lifted_mean) = (mean(&plain), mean(&lifted));
    assert!(
        lifted_mean[5] > 1.5 * plain_mean[5],
        "{lifted_mean:?} {plain_mean:?}"
    );
    assert!(
        lifted_mean[4] < 1.1 * plain_mean[4],
        "{lifted_mean:?} {plain_mean:?}"
    );
    let refused = forecast(Some("flat.csv"));
    assert!(
        text(&refused.stderr).contains("rejected"),
        "{}",
        text(&refused.stderr)
    );
    assert_eq!(text(&refused.stdout), text(&plain.stdout));
    let bad = forecast(Some("bad.csv"));
    assert_eq!(bad.status.code(), Some(1));
    assert!(
        text(&bad.stderr).contains("1 rows or columns refused"),
        "{}",
        text(&bad.stderr)
    );
}
