//! The `ballast` commands as other programs call them.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn ballast(arguments: &str, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ballast"))
        .args(arguments.split_whitespace())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    // A command refused for its usage ends without reading its input.
    child
        .stdin
        .take()
        .expect("piped")
        .write_all(input.as_bytes())
        .ok();
    child.wait_with_output().expect("it ends")
}

fn check(arguments: &str, input: &str, code: i32, stdout: &str, stderr: &str) {
    let output = ballast(arguments, input);
    assert_eq!(String::from_utf8_lossy(&output.stdout), stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains(stderr), "{errors}");
    assert_eq!(output.status.code(), Some(code), "{errors}");
}

const FORECAST: &str = "forecast --history - --freq M --horizon 2 --out -";

#[test]
fn forecasts_every_series_and_period_in_the_order_of_keys() {
    let history =
        "quantity,note,date,series\n4,x,2026-02-28,b\n4,x,2026-01-31,b\n0,,2026-02-28,a\n";
    let output = ballast(FORECAST, history);
    let text = String::from_utf8_lossy(&output.stdout);
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let starts: Vec<_> = rows.iter().map(|row| row[..3].join(",")).collect();
    let want = [
        "series,date,mean",
        "a,2026-03-31,0",
        "a,2026-04-30,0",
        "b,2026-03-31,4",
        "b,2026-04-30,4",
    ];
    assert_eq!(starts, want);
    assert_eq!(rows[1][3..], ["0", "0", "0", "0", "ses"]);
    // Two equal months do not make the third certain.
    let figure = |place: usize| rows[3][place].parse::<f64>().expect("a number");
    assert!(figure(5) < figure(3) && figure(3) < 4.0 && 4.0 < figure(4) && figure(4) < figure(6));
}

#[test]
fn learns_the_events_of_a_folder() {
    let folder = std::env::temp_dir().join(format!("ballast-events-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let day = |number| engine::day::Day::from_number(20_000 + number);
    let units = |number| if [100, 150].contains(&number) { 80 } else { 20 };
    let rows = (0..200).map(|it| format!("{},A,web,cn,{}\n", day(it), units(it)));
    let demand = format!(
        "date,sku,channel,region,quantity\n{}",
        rows.collect::<String>()
    );
    let events = format!(
        "event,name_en,start,end,scope\nsale,Sale,{0},{0},\npart,Part,{1},{1},channel=web\n",
        day(100),
        day(150)
    );
    for (name, text) in [("demand.csv", &demand), ("events.csv", &events)] {
        std::fs::write(folder.join(name), text).expect("writable");
    }
    let output = ballast(&format!("events --data {}", folder.display()), "");
    std::fs::remove_dir_all(&folder).ok();
    let table = String::from_utf8(output.stdout).unwrap();
    // 80.5 / 20.5: half a unit is added to both sides.
    let all: Vec<_> = table
        .lines()
        .filter(|row| row.contains(",*,1,3.92"))
        .collect();
    let shown = all
        .iter()
        .map(|row| (row.starts_with("sale,Sale,Sale,*,"), row.ends_with(",web")));
    let shown: Vec<_> = shown.collect();
    assert_eq!(shown, [(false, true), (true, false)], "{table}");
    check(
        "events --data /none",
        "",
        1,
        "",
        "no table of a dataset in /none",
    );
}

#[test]
fn a_series_that_stopped_is_zero_or_missing_until_the_last_date() {
    let history = "sku,channel,region,category,date,quantity\n\
        s,c,r,k,2026-01-01,6\ns,c,r,k,2026-02-01,6\nt,c,r,k,2026-05-01,1\n";
    let mean = |gaps: &str| {
        let output = ballast(&format!("{FORECAST} {gaps}"), history);
        let table = String::from_utf8(output.stdout).unwrap();
        let row = table
            .lines()
            .find(|row| row.starts_with("s,c,r,2026-06-01"))
            .unwrap();
        row.split(',').nth(4).unwrap().parse::<f64>().unwrap()
    };
    assert_eq!(mean("--gaps missing"), 6.0);
    assert!(mean("--gaps zero") < 6.0 && mean("") < 6.0);
}

#[test]
fn refused_rows_are_named_and_nothing_is_written() {
    let history = "series,date,quantity\na,2026-01-01,1\na,2026-02-30,1\na,2026-02-01,much\n\
        ,2026-02-01,1\na,2026-01-01,3\na,2026-03-01,1,9\na,2026-04-01,-5\na,2026-05-01,1e308\n";
    for message in [
        "line 3, column date: not a date",
        "line 4, column quantity: not a number: \"much\"",
        "line 5, column series: key is empty",
        "line 6, column date: period stands twice, first on line 2",
        "line 7, column row:",
        "line 8, column quantity: below 0: \"-5\"",
        "line 9, column quantity: out of range: \"1e308\"",
        "7 rows refused, nothing written",
    ] {
        check(FORECAST, history, 1, "", message);
    }
    check(
        FORECAST,
        "series,quantity\na,1\n",
        1,
        "",
        "line 1, column date: column is missing",
    );
    check(
        FORECAST,
        "series,date,quantity\n",
        1,
        "",
        "the history has no rows",
    );
}

#[test]
fn a_date_off_the_grid_is_refused() {
    let history = "series,date,quantity\na,2026-01-05,1\na,2026-01-13,1\na,2026-01-20,1\n";
    let command = "forecast --history - --freq W --horizon 1 --out -";
    check(
        command,
        history,
        1,
        "",
        "line 2, column date: 2026-01-05 is not a whole number of periods",
    );
}

#[test]
fn wrong_usage_ends_with_two() {
    for arguments in [
        "forecast --history - --freq Y --horizon 2 --out -",
        "forecast --history - --freq M --horizon 0 --out -",
        "forecast --history - --freq M --horizon 2 --level 100 --out -",
        "forecast --freq M --horizon 2 --out -",
        "nonsense",
        "",
    ] {
        let output = ballast(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert!(
            output.stdout.is_empty() && !output.stderr.is_empty(),
            "{arguments}"
        );
    }
}

fn history(series: usize, months: usize) -> String {
    let mut table = "series,date,quantity\n".to_owned();
    for number in 0..series {
        for month in 0..months {
            let quantity = (number * 7 + month * month * 3) % 23;
            table += &format!(
                "s{number:03},{}-{:02}-01,{quantity}\n",
                2020 + month / 12,
                month % 12 + 1
            );
        }
    }
    table
}

#[test]
fn threads_change_no_byte() {
    let history = history(150, 40);
    let run = |threads| ballast(&format!("{FORECAST} --threads {threads}"), &history).stdout;
    let one = run(1);
    assert!(one.len() > 10_000 && one == run(2) && one == run(5));
}

#[test]
fn levels_name_their_columns() {
    let output = ballast(&format!("{FORECAST} --level 97.5,90"), &history(1, 30));
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(
        table.starts_with("series,date,mean,lo90,hi90,lo97.5,hi97.5,model\n"),
        "{table}"
    );
}

#[test]
fn a_backtest_ends_with_its_total() {
    let command = "backtest --history - --freq M --horizon 3 --origins 2 --out -";
    let output = ballast(command, &history(4, 40));
    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(
        rows[0],
        "series,n,mape,wape,smape,mase,rmsse,bias,coverage80,coverage95,model"
    );
    assert_eq!(rows.len(), 6);
    assert!(
        rows[1].starts_with("s000,6,") && rows[5].starts_with("*,24,"),
        "{table}"
    );
    check(command, &history(2, 4), 1, "", "no series is longer");
}

#[test]
fn a_bench_prints_one_object() {
    let output = ballast("bench forecast --series 20 --periods 30 --json", "");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (report["series"].as_u64(), report["seed"].as_u64()),
        (Some(20), Some(42))
    );
    assert!(report["series_per_second"].as_f64().unwrap() > 0.0);
}

#[test]
fn plans_with_decisions_and_says_what_they_did() {
    let folder = std::env::temp_dir().join(format!("ballast-decisions-{}", std::process::id()));
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("writable");
    };
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let day = |number| engine::day::Day::from_number(20_000 + number);
    let rows: String = (0..210)
        .map(|it| format!("{},A,web,cn,10\n{},B,web,cn,30\n", day(it), day(it)))
        .collect();
    let demand = format!("date,sku,channel,region,quantity\n{rows}");
    write("demand.csv", &demand);
    let decisions = format!(
        "kind,sku,from,to,value,before,after\n\
        percent,,{0},{1},20,,\nadd,A,{2},,7,70,77\n",
        day(210),
        day(223),
        day(203)
    );
    write("decisions.csv", &decisions);
    let (data, file) = (folder.display(), folder.join("decisions.csv"));
    let arguments = format!(
        "plan --data {data} --out {data}/out --decisions {}",
        file.display()
    );
    let output = ballast(&arguments, "");
    let table = std::fs::read_to_string(folder.join("out/adjustments.csv"));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    std::fs::remove_dir_all(&folder).ok();
    let table = table.expect(&errors);
    let lines: Vec<&str> = table.lines().collect();
    // A fifth of 280 a week, for two weeks.
    assert!(lines[1].starts_with("1,active,"), "{table}");
    assert!(lines[1].contains(",2,112"), "{table}");
    // Demand was 70, so adding 7 hurt by as much.
    assert!(lines[2].starts_with("2,past,"), "{table}");
    assert!(lines[2].ends_with(",1,70,-7"), "{table}");
}

/// Two articles over 80 weeks, one of them with a sale each spring.
fn small_company(name: &str) -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("ballast-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let day = |number| engine::day::Day::from_number(20_000 + number);
    let mut demand = "date,sku,channel,region,quantity\n".to_owned();
    for number in 0..560 {
        let units = 20 + number % 7 + if number % 365 == 100 { 90 } else { 0 };
        demand += &format!("{},A,web,cn,{units}\n", day(number));
        demand += &format!("{},B,web,cn,{}\n", day(number), 9 + number % 5);
    }
    let events = format!(
        "event,name_en,start,end\nsale,Sale,{0},{0}\nsale,Sale,{1},{1}\nsale,Sale,{2},{2}\n",
        day(100),
        day(465),
        day(575)
    );
    for (name, text) in [("demand.csv", &demand), ("events.csv", &events)] {
        std::fs::write(folder.join(name), text).expect("writable");
    }
    folder
}

#[test]
fn writes_parts_that_sum_and_leaves_a_stream_out() {
    let folder = small_company("parts");
    let at = folder.display();
    let plan = |out: &str, more: &str| {
        let output = ballast(&format!("plan --data {at} --out {at}/{out} {more}"), "");
        assert!(output.status.success(), "{output:?}");
        let read = |file: &str| std::fs::read_to_string(folder.join(out).join(file));
        (
            read("forecast.csv").expect("written"),
            read("forecast_parts.csv"),
        )
    };
    let figures = |text: &str| -> Vec<Vec<f64>> {
        let lines = text.lines().skip(1);
        let figure = |text: &str| text.parse().unwrap_or(f64::NAN);
        lines
            .map(|line| line.split(',').skip(4).map(figure).collect())
            .collect()
    };
    let (all, parts) = plan("all", "--parts");
    let parts = parts.expect("written");
    let head = "sku,channel,region,date,level,trend,season,lifecycle,events,price,campaign,pipeline,signals,adjustment,forecast";
    assert_eq!(parts.lines().next(), Some(head));
    let (less, none) = plan("less", "--without events");
    assert!(none.is_err());
    let mut lost = 0.0;
    let rows = figures(&all).into_iter().zip(figures(&less));
    for ((all, less), parts) in rows.zip(figures(&parts)) {
        let sum: f64 = parts[..10].iter().sum();
        assert!(
            (sum - parts[10]).abs() < 1e-9 && parts[10] == all[0],
            "{parts:?}"
        );
        assert!((all[0] - less[0] - parts[4]).abs() < 1e-9, "{parts:?}");
        lost += parts[4];
    }
    assert!(lost > 40.0, "{lost}");
    // As of an earlier date the first week is one of the past.
    let (then, _) = plan("then", "--as-of 2026-02-01");
    assert!(
        then.lines()
            .nth(1)
            .is_some_and(|line| line.contains("2026-02-02"))
    );
    check(
        &format!("plan --data {at} --out {at}/x --as-of soon"),
        "",
        2,
        "",
        "no date",
    );
    std::fs::remove_dir_all(&folder).ok();
}

#[test]
fn explains_the_models_of_a_series_and_the_steps_of_its_forecast() {
    let folder = small_company("explain");
    let at = folder.display();
    let run = |arguments: &str| {
        let output = ballast(&format!("explain {arguments} --data {at}"), "");
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let lines = text.lines().skip(1);
        lines
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect()
    };
    let models: Vec<Vec<String>> = run("models --sku A --channel web --region cn");
    let members = engine::forecast::MODELS.len();
    assert_eq!(models.len(), members + engine::forecast::REFERENCES.len());
    let of_textbooks = models.iter().skip(members);
    assert!(
        of_textbooks
            .clone()
            .all(|row| row[1] == "benchmark" && row[2] == "0")
    );
    let accuracy: Vec<Vec<String>> = run("accuracy --by channel");
    assert_eq!((accuracy.len(), accuracy[0][0].as_str()), (1, "web"));
    assert_eq!(accuracy[0][2], "1", "one channel has all of the error");
    let used = models.iter().filter(|row| row[2] == "1").count();
    assert_eq!((used, models[0][1].as_str()), (1, "benchmark"));
    let ladder: Vec<Vec<String>> = run("ladder");
    let figure = |row: usize, column: usize| ladder[row][column].parse::<f64>().unwrap_or(0.0);
    assert_eq!(ladder.len(), 5);
    let steps: f64 = (1..5).map(|row| figure(row, 2)).sum();
    assert!((figure(4, 1) - figure(0, 1) - steps).abs() < 1e-4);
    let unknown = format!("explain models --data {at} --sku Z --channel web --region cn");
    check(&unknown, "", 2, "", "--sku Z names no sku");
    let open = format!("explain models --data {at} --sku A");
    check(&open, "", 2, "", "--channel, --region: needed");
    std::fs::remove_dir_all(&folder).ok();
}

#[test]
fn refuses_a_date_before_the_data_and_names_the_flag_that_is_unknown() {
    let folder = small_company("unknown");
    let at = folder.display();
    let plan = format!("plan --data {at} --out {at}/x --as-of 2020-01-01");
    let said = "no series to plan as of 2020-01-01: demand starts on 2024-10-04";
    check(&plan, "", 1, "", said);
    let ladder = format!("explain ladder --data {at} --sku A --region mars --channel fair");
    let said = "--channel fair names no channel of the dataset; --region mars names no region";
    check(&ladder, "", 2, "", said);
    std::fs::remove_dir_all(&folder).ok();
}

#[test]
fn ends_quietly_where_nobody_reads_on() {
    let folder = small_company("closed");
    let at = folder.display();
    for command in [
        format!("plan --data {at} --out {at}/x"),
        format!("events --data {at}"),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ballast"))
            .args(command.split_whitespace())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!((output.status.code(), errors.as_ref()), (Some(0), ""));
    }
    std::fs::remove_dir_all(&folder).ok();
}

#[test]
fn says_which_orders_take_no_forecast() {
    let folder = small_company("orders");
    let orders = "order,at,channel,region,sku,quantity,due_on,status\n\
        1,2026-04-10T10:00:00+08:00,web,cn,A,3,,open\n\
        2,2026-04-10T10:00:00+08:00,web,cn,A,5,2026-04-01,open\n";
    std::fs::write(folder.join("sales_orders.csv"), orders).expect("writable");
    let output = ballast(&format!("consume --data {}", folder.display()), "");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        errors.contains("1 lines with 3 units not counted: no due_on\n"),
        "{errors}"
    );
    assert!(
        errors.contains("1 lines with 5 units not counted: due before they were placed\n"),
        "{errors}"
    );
    std::fs::remove_dir_all(&folder).ok();
}
