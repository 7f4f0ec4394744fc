//! `ballast bench netting`: items netted a second.

use super::{Failure, median};
use engine::num::{Poisson, count_f64};
use engine::replenish::{LotRules, NettingRecord, NettingRules, TimeBucket, Unmet};
use engine::rng::Stream;
use std::num::NonZeroUsize;
use std::time::Instant;

/// Net generated items.
#[derive(clap::Args)]
pub struct BenchNetting {
    /// Items: SKUs at locations.
    #[arg(long, default_value = "60000")]
    items: NonZeroUsize,
    /// Buckets of each.
    #[arg(long, default_value = "26")]
    buckets: NonZeroUsize,
    /// Seed of the generated data.
    #[arg(long, default_value = "42")]
    seed: u64,
    /// Times to net; the median is printed.
    #[arg(long, default_value = "7")]
    repeat: NonZeroUsize,
}

struct Generated {
    on_hand: f64,
    buckets: Vec<TimeBucket>,
    rules: NettingRules,
}

impl BenchNetting {
    /// Generates, nets on one thread, prints.
    ///
    /// # Errors
    /// If the engine refuses an item.
    pub fn run(&self) -> Result<(), Failure> {
        let items: Vec<Generated> = (0..self.items.get())
            .map(|number| self.generate(number as u64))
            .collect();
        let mut record = NettingRecord::default();
        let mut seconds = Vec::new();
        let (mut messages, mut receipts) = (0, 0.0);
        for _ in 0..self.repeat.get() {
            (messages, receipts) = (0, 0.0);
            let start = Instant::now();
            for item in &items {
                record
                    .net(item.on_hand, &item.buckets, &item.rules)
                    .map_err(|error| Failure::Refused(error.to_string()))?;
                messages += record.messages.len();
                receipts += record
                    .buckets
                    .iter()
                    .map(|row| row.planned_receipt)
                    .sum::<f64>();
            }
            seconds.push(start.elapsed().as_secs_f64());
        }
        let seconds = median(seconds);
        let count = count_f64(self.items.get());
        say!(
            "{} items x {} buckets, seed {}, one thread, median of {}",
            self.items,
            self.buckets,
            self.seed,
            self.repeat
        );
        say!("{messages} messages, {receipts} units planned");
        say!(
            "total {seconds:.3} s   {:.3} ms for 1,000 items   {:.0} items a second",
            seconds / count * 1e6,
            count / seconds
        );
        Ok(())
    }

    /// Four to six weeks of stock, a receipt under way for most, lots of a dozen with a minimum.
    fn generate(&self, number: u64) -> Generated {
        let stream = Stream::keyed(self.seed, &[number]);
        let mean = 2.0 + 58.0 * stream.f64_at(0);
        let due = (6.0 * stream.f64_at(1)).floor();
        let demand = Poisson { mean };
        let bucket = |at: usize| TimeBucket {
            requirement: demand.quantile(stream.f64_at(10 + at as u64)),
            scheduled_receipt: if count_f64(at) == due {
                (3.0 * mean).floor()
            } else {
                0.0
            },
            safety_stock: mean.ceil(),
        };
        Generated {
            on_hand: (5.0 * mean * stream.f64_at(2)).floor(),
            buckets: (0..self.buckets.get()).map(bucket).collect(),
            rules: NettingRules {
                lead_time: 2 + (number % 5) as usize,
                lot: LotRules {
                    moq: mean.ceil(),
                    pack: 12.0,
                    max_order: Some(40.0 * mean),
                    ..LotRules::default()
                },
                cover: 4,
                unmet: Unmet::Backordered,
            },
        }
    }
}
