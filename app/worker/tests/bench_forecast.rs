//! Half of 144,000 weekly series forecast in one worker of a real browser: what each of two workers of a
//! plan would do. Run by `cargo xtask bench forecast`; as a test it would fail on a busy machine.

#![cfg(target_arch = "wasm32")]

use engine::forecast::{
    Config, Frequency, GroupPartial, Kinship, Panel, Weighting, finish, reconcile_panel, scan,
};
use engine::num::{Poisson, cos, count_f64};
use engine::rng::Stream;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const SERIES: usize = 72_000;
const WEEKS: usize = 104;
const HORIZON: usize = 4;
const RUNS: usize = 7;

/// Poisson demand around a yearly wave; every second series sells seldom.
fn panel() -> Panel {
    let mut panel = Panel::new(Frequency::Weekly, Frequency::Weekly.season());
    for number in 0..SERIES {
        let stream = Stream::keyed(42, &[number as u64]);
        let level = match number % 2 {
            0 => 5.0 + 95.0 * stream.f64_at(0),
            _ => 0.2 + 0.8 * stream.f64_at(0),
        };
        let wave = 0.4 * stream.f64_at(1);
        let values = (0..WEEKS).map(|week| {
            let turn = count_f64(week) / 52.0 * std::f64::consts::TAU;
            let mean = level * (1.0 + wave * cos(turn));
            Poisson { mean }.quantile(stream.f64_at(2 + week as u64))
        });
        let kin = Kinship {
            category: (number % 40) as u32,
            region: (number % 8) as u32,
        };
        panel.push_member(values, Some(kin)).expect("it fits");
    }
    panel
}

fn now() -> f64 {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().expect("workers have a clock").now()
}

#[wasm_bindgen_test]
fn forecasts_of_half_a_large_company() {
    let panel = panel();
    let config = Config {
        horizon: HORIZON,
        lag: HORIZON,
        levels: vec![0.8, 0.95],
    };
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let start = now();
        let groups = GroupPartial::of(panel.members()).finish();
        let season = panel.season();
        let pool = scan(panel.members(), season, &config, &groups).finish(&config.levels);
        let scanned = now();
        let mut forecasts = finish(panel.members(), season, &config, &groups, &pool);
        let finished = now();
        reconcile_panel(&panel, &config, Weighting::Variances, &mut forecasts);
        let done = now();
        assert_eq!(forecasts.models.len(), SERIES);
        runs.push([
            done - start,
            scanned - start,
            finished - scanned,
            done - finished,
        ]);
    }
    runs.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let [total, scan, finish, reconcile] = runs[RUNS / 2];
    let per_thousand = finish / count_f64(SERIES) * 1_000.0;
    console_log!(
        "{SERIES} series x {WEEKS} weeks, {HORIZON} ahead, median of {RUNS}: {total:.0} ms = groups and scan \
         {scan:.0} + forecasts {finish:.0} ({per_thousand:.2} ms a thousand) + sums {reconcile:.0}"
    );
}
