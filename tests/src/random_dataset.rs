//! Random but reproducible datasets: every table the plan reads, with the awkward parts.
//!
//! At least 20 SKUs x 3 warehouses x 60 weeks, with events, returns and a gap without any
//! demand; late launches, ends of sale, claims on stock, overdue orders, goods without cost.

use engine::dataset::{Dataset, TABLES, Table, TableId, read_csv};
use engine::day::Day;
use engine::rng::{Draws, Stream};

/// Adds a formatted line to a text.
macro_rules! add_line {
    ($text:ident, $($format:tt)*) => {{
        $text.push_str(&format!($($format)*));
        $text.push('\n');
    }};
}

const CHANNELS: [&str; 3] = ["tmall", "douyin", "mini"];
const REGIONS: [&str; 4] = ["east", "south", "north", "west"];
const BUCKETS: [&str; 6] = [
    "unrestricted",
    "unrestricted",
    "blocked",
    "frozen",
    "reserved",
    "grade_b",
];

/// The dataset of a seed.
pub fn random_dataset(seed: u64) -> Dataset {
    let mut maker = Maker {
        draws: Stream::from_seed(seed).draws(),
        as_of: Day::from_number(20_000),
        skus: 0,
        warehouses: 0,
    };
    maker.skus = 20 + maker.below(11);
    maker.warehouses = 3 + maker.below(2);
    maker.as_of = maker.as_of + i32::try_from(maker.below(700)).unwrap_or(0);
    let texts = [
        (TableId::Company, maker.company()),
        (TableId::Skus, maker.sku_rows()),
        (TableId::Warehouses, maker.warehouse_rows()),
        (TableId::Serves, maker.serves_rows()),
        (TableId::Sourcing, maker.sourcing_rows()),
        (TableId::Demand, maker.demand_rows()),
        (TableId::Stock, maker.stock_rows()),
        (TableId::StockDaily, maker.daily_rows()),
        (TableId::OpenOrders, maker.order_rows()),
        (TableId::Returns, maker.return_rows()),
        (TableId::Counts, maker.count_rows()),
        (TableId::Events, maker.event_rows()),
    ];
    Dataset::from_tables(texts.iter().map(|(id, text)| table(*id, text)))
}

fn table(id: TableId, text: &str) -> Table {
    let name = TABLES
        .iter()
        .find(|def| def.id == id)
        .map_or("", |def| def.name);
    let read = read_csv(id, name, text.as_bytes());
    assert!(read.issues.is_empty(), "{:?}", read.issues.first());
    read.table
}

struct Maker {
    draws: Draws,
    as_of: Day,
    skus: u64,
    warehouses: u64,
}

impl Maker {
    fn below(&mut self, limit: u64) -> u64 {
        self.draws.next_u64() % limit.max(1)
    }

    fn chance(&mut self, share: f64) -> bool {
        self.draws.next_f64() < share
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.below(words.len() as u64)).unwrap_or(0);
        words.get(index).copied().unwrap_or("")
    }

    fn days(&mut self, limit: u64) -> i32 {
        i32::try_from(self.below(limit)).unwrap_or(0)
    }

    fn company(&mut self) -> String {
        format!(
            "key,value\nas_of,{}\nbase_currency,CNY\nweek_start,mon\n",
            self.as_of
        )
    }

    fn sku_rows(&mut self) -> String {
        let mut text =
            "sku,category,pack_qty,moq,unit_cost,list_price,vat_rate,launch_date,end_date,successor\n"
                .to_owned();
        for sku in 0..self.skus {
            let category = self.below(4);
            let pack = [1, 6, 12, 24][usize::try_from(self.below(4)).unwrap_or(0)];
            let cents = 100 + self.below(20_000);
            let cost = if self.chance(0.9) {
                format!("{}.{:02}", cents / 100, cents % 100)
            } else {
                String::new()
            };
            let price = cents / 40 + 1;
            let launch = if self.chance(0.2) {
                (self.as_of - self.days(300)).to_string()
            } else {
                String::new()
            };
            let end = if self.chance(0.1) {
                (self.as_of + self.days(120)).to_string()
            } else {
                String::new()
            };
            // Goods that end go on as their neighbour, which may end too.
            let next = match end.is_empty() {
                true => String::new(),
                false => format!("S{:03}", (sku + 1) % self.skus),
            };
            let moq = self.below(60);
            add_line!(
                text,
                "S{sku:03},C{category},{pack},{moq},{cost},{price},0.13,{launch},{end},{next}"
            );
        }
        text
    }

    fn warehouse_rows(&mut self) -> String {
        let mut text = "warehouse,region,priority\n".to_owned();
        for warehouse in 0..self.warehouses {
            let region = self.pick(&REGIONS);
            add_line!(text, "W{warehouse},{region},{}", self.below(3));
        }
        text
    }

    fn serves_rows(&mut self) -> String {
        let mut text = "warehouse,region,channel,days,cost_unit\n".to_owned();
        for warehouse in 0..self.warehouses {
            for region in REGIONS {
                if self.chance(0.7) {
                    let days = 1 + self.below(4);
                    add_line!(text, "W{warehouse},{region},,{days},{}", self.below(9));
                }
                if self.chance(0.2) {
                    add_line!(text, "W{warehouse},{region},douyin,1,2");
                }
            }
        }
        text
    }

    fn sourcing_rows(&mut self) -> String {
        let mut text = "supplier,sku,lead_days,lead_sd,review_days,moq,multiple,price\n".to_owned();
        for sku in 0..self.skus {
            if self.chance(0.8) {
                let (lead, sd, review) = (2 + self.below(60), self.below(9), self.below(15));
                let (moq, multiple) = (self.below(100), 1 + self.below(24));
                add_line!(
                    text,
                    "P{},S{sku:03},{lead},{sd},{review},{moq},{multiple},9.5",
                    self.below(3)
                );
            }
        }
        text
    }

    /// Smooth, seasonal, intermittent and promoted goods; one run of weeks without any demand.
    fn demand_rows(&mut self) -> String {
        let mut text = "date,sku,channel,region,quantity,revenue\n".to_owned();
        let days = 62 * 7 + self.days(120);
        let gap = 100 + self.days(150);
        for sku in 0..self.skus {
            let mut rate = [0.05, 0.4, 2.0, 9.0][usize::try_from(self.below(4)).unwrap_or(0)];
            let mut start = self.days(u64::from(days.unsigned_abs()) / 3);
            if sku == 0 {
                // One sells from the first day on, so that the history is as long as promised.
                (rate, start) = (9.0, 0);
            }
            let channel = self.pick(&CHANNELS);
            let other = self.pick(&CHANNELS);
            for age in (0..days - start)
                .rev()
                .filter(|age| !(gap..gap + 24).contains(age))
            {
                let lift = if age % 180 < 4 { 5.0 } else { 1.0 };
                let weekly = if age % 7 < 2 { 1.6 } else { 0.8 };
                let quantity = (rate * lift * weekly * 2.0 * self.draws.next_f64()
                    + self.draws.next_f64())
                .floor();
                if quantity >= 1.0 {
                    let region = self.pick(&REGIONS);
                    let channel = if self.chance(0.8) { channel } else { other };
                    let day = self.as_of - age;
                    // Of every other one the price is what makes it sell.
                    let price = if lift > 1.0 && sku % 2 == 1 {
                        15.0
                    } else {
                        19.0
                    };
                    add_line!(
                        text,
                        "{day},S{sku:03},{channel},{region},{quantity},{}",
                        quantity * price
                    );
                }
            }
        }
        summed(&text)
    }

    fn stock_rows(&mut self) -> String {
        let mut text =
            "sku,warehouse,bucket,quantity,lot,origin_received_on,unit_cost\n".to_owned();
        for sku in 0..self.skus {
            for warehouse in 0..self.warehouses {
                for lot in 0..self.below(4) {
                    let bucket = self.pick(&BUCKETS);
                    let received = self.as_of - self.days(400);
                    let quantity = self.below(200);
                    add_line!(
                        text,
                        "S{sku:03},W{warehouse},{bucket},{quantity},L{lot},{received},7.25"
                    );
                }
            }
        }
        text
    }

    fn daily_rows(&mut self) -> String {
        let mut text = "date,sku,warehouse,available\n".to_owned();
        for sku in 0..self.skus / 4 {
            for age in 0..120 {
                let available = self.below(5).saturating_sub(1);
                add_line!(text, "{},S{sku:03},W0,{available}", self.as_of - age);
            }
        }
        text
    }

    fn order_rows(&mut self) -> String {
        let mut text = "order,kind,sku,warehouse,quantity,due_on\n".to_owned();
        for order in 0..self.skus {
            let (sku, warehouse) = (self.below(self.skus), self.below(self.warehouses));
            // Some are overdue.
            let due = self.as_of + self.days(60) - 10;
            let kind = self.pick(&["purchase", "transfer"]);
            add_line!(
                text,
                "PO{order},{kind},S{sku:03},W{warehouse},{},{due}",
                1 + self.below(300)
            );
        }
        text
    }

    fn return_rows(&mut self) -> String {
        let mut text = "rma,sku,warehouse,quantity,state,grade\n".to_owned();
        for rma in 0..30 {
            let sku = self.below(self.skus);
            let grade = self.pick(&["a", "b", "c", "s", ""]);
            add_line!(
                text,
                "R{rma},S{sku:03},W0,{},graded,{grade}",
                1 + self.below(3)
            );
        }
        text
    }

    fn count_rows(&mut self) -> String {
        let mut text = "count,at,warehouse,sku,book,counted\n".to_owned();
        for sku in 0..self.skus {
            let (book, off) = (self.below(200), self.below(3));
            add_line!(
                text,
                "CN1,{}T09:00:00+08:00,W0,S{sku:03},{book},{}",
                self.as_of,
                book + off
            );
        }
        text
    }

    fn event_rows(&mut self) -> String {
        let mut text = "event,kind,start,end,recurring,scope\n".to_owned();
        for event in ["618", "1111"] {
            let start = self.as_of - self.days(400);
            add_line!(text, "{event},promo,{start},{},fixed,", start + 3);
        }
        // Of every third dataset, one is of a part of the goods, beside it.
        if self.as_of.number() % 3 == 0 {
            let (start, channel) = (self.as_of + -200, CHANNELS[0]);
            add_line!(
                text,
                "brand,promo,{start},{},fixed,category=C1;channel={channel}",
                start + 1
            );
            let start = start + -100;
            add_line!(text, "brand,promo,{start},{start},,sku=S003");
        }
        text
    }
}

/// Rows with one key added up, as an import would.
fn summed(text: &str) -> String {
    let mut lines = text.lines();
    let mut sums: std::collections::BTreeMap<String, (f64, f64)> =
        std::collections::BTreeMap::new();
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let [day, sku, channel, region, quantity, revenue] = cells.as_slice() else {
            continue;
        };
        let sum = sums
            .entry([*day, *sku, *channel, *region].join(","))
            .or_default();
        sum.0 += quantity.parse().unwrap_or(0.0);
        sum.1 += revenue.parse().unwrap_or(0.0);
    }
    for (key, (quantity, revenue)) in sums {
        out.push_str(&format!("\n{key},{quantity},{revenue}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dataset_holds_what_is_promised() {
        for seed in 0..40 {
            let dataset = random_dataset(seed);
            let rows = |id, column: &str| {
                let table = dataset.table(id).expect("a table");
                (0..table.len())
                    .filter_map(|row| table.text(column, row))
                    .count()
            };
            assert!(rows(TableId::Skus, "sku") >= 20, "seed {seed}");
            assert!(rows(TableId::Warehouses, "warehouse") >= 3, "seed {seed}");
            assert!(rows(TableId::Events, "event") > 0, "seed {seed}");
            assert!(rows(TableId::Returns, "rma") > 0, "seed {seed}");
            let demand = dataset.table(TableId::Demand).expect("demand");
            let days: std::collections::BTreeSet<i32> =
                demand.days("date").iter().copied().collect();
            let (first, last) = (days.first(), days.last());
            let span = last.zip(first).map_or(0, |(last, first)| last - first + 1);
            assert!(span >= 60 * 7, "seed {seed}: {span} days");
            let gap = days.iter().zip(days.iter().skip(1)).map(|(a, b)| b - a);
            assert!(gap.max() >= Some(24), "seed {seed}");
        }
    }
}
