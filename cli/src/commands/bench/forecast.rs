//! `ballast bench forecast`: series forecast a second.

use super::super::panel_options::parse_frequency;
use super::Failure;
use super::median;
use super::memory::peak_bytes;
use crate::partitions::forecast_timed;
use engine::forecast::{Config, Frequency, Panel};
use engine::num::{Poisson, cos, count_f64};
use engine::rng::Stream;
use std::num::NonZeroUsize;
use std::time::Instant;

/// Forecast generated demand, half of it intermittent.
#[derive(clap::Args)]
pub struct BenchForecast {
    /// Series to generate.
    #[arg(long, default_value = "10000")]
    series: NonZeroUsize,
    /// Length of a period: D, W, M or Q.
    #[arg(long = "freq", default_value = "W", value_parser = parse_frequency)]
    frequency: Frequency,
    /// Periods of history.
    #[arg(long, default_value = "104")]
    periods: NonZeroUsize,
    /// Periods ahead.
    #[arg(long, default_value = "8")]
    horizon: NonZeroUsize,
    /// Threads.
    #[arg(long, default_value = "1")]
    workers: NonZeroUsize,
    /// Seed of the generated data.
    #[arg(long, default_value = "42")]
    seed: u64,
    /// Times to forecast; medians are printed.
    #[arg(long, default_value = "7")]
    repeat: NonZeroUsize,
    /// Print one JSON object instead of a table.
    #[arg(long)]
    json: bool,
}

impl BenchForecast {
    /// Generates, forecasts, prints.
    ///
    /// # Errors
    /// If the panel would be too large.
    pub fn run(&self) -> Result<(), Failure> {
        let start = Instant::now();
        let panel = self.generate()?;
        let generate_seconds = start.elapsed().as_secs_f64();
        let config = Config {
            horizon: self.horizon.get(),
            lag: 1,
            levels: vec![0.8, 0.95],
        };
        let forecast = || forecast_timed(&panel, &config, self.workers.get());
        let runs = (0..self.repeat.get()).map(|_| {
            let timed = forecast();
            [timed.scan_seconds, timed.finish_seconds]
        });
        let runs: Vec<[f64; 2]> = runs.collect();
        let seconds = [0, 1].map(|stage| median(runs.iter().map(|run| run[stage]).collect()));
        self.print(generate_seconds, seconds);
        Ok(())
    }

    fn print(&self, generate_seconds: f64, [scan_seconds, finish_seconds]: [f64; 2]) {
        let seconds = scan_seconds + finish_seconds;
        let series_per_second = count_f64(self.series.get()) / seconds;
        let report = serde_json::json!({
            "bench": "forecast",
            "seed": self.seed,
            "series": self.series,
            "frequency": self.frequency.code(),
            "periods": self.periods,
            "horizon": self.horizon,
            "workers": self.workers,
            "repeat": self.repeat,
            "seconds": {
                "generate": generate_seconds,
                "scan": scan_seconds,
                "finish": finish_seconds,
                "total": seconds,
            },
            "series_per_second": series_per_second,
            "peak_bytes": peak_bytes(),
        });
        if self.json {
            say!("{report}");
            return;
        }
        say!(
            "{} series x {} periods ({}), {} ahead, seed {}, {} workers, median of {}",
            self.series,
            self.periods,
            self.frequency.code(),
            self.horizon,
            self.seed,
            self.workers,
            self.repeat
        );
        say!("scan      {:8.3} s", scan_seconds);
        say!("finish    {:8.3} s", finish_seconds);
        say!("total     {seconds:8.3} s   {series_per_second:.0} series a second");
    }

    /// Poisson demand around a yearly wave; every second series sells seldom.
    fn generate(&self) -> Result<Panel, Failure> {
        let mut panel = Panel::new(self.frequency, self.frequency.season());
        let season = count_f64(self.frequency.season());
        for number in 0..self.series.get() {
            let stream = Stream::keyed(self.seed, &[number as u64]);
            let level = if number % 2 == 0 {
                5.0 + 95.0 * stream.f64_at(0)
            } else {
                0.2 + 0.8 * stream.f64_at(0)
            };
            let wave = 0.4 * stream.f64_at(1);
            let values = (0..self.periods.get()).map(|period| {
                let turn = count_f64(period) / season * std::f64::consts::TAU;
                let mean = level * (1.0 + wave * cos(turn));
                Poisson { mean }.quantile(stream.f64_at(2 + period as u64))
            });
            panel
                .push(values)
                .ok_or_else(|| Failure::Usage("too many series".to_owned()))?;
        }
        Ok(panel)
    }
}
