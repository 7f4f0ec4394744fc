//! One SKU in one warehouse while it is simulated: layers, inbound goods, claims.

use std::collections::VecDeque;

/// Units that arrived together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layer {
    /// Day of the first receipt anywhere in the company; transfers and returns keep it.
    pub(super) origin: i32,
    /// Day of the receipt here.
    pub(super) received: i32,
    pub(super) cost_cents: i64,
    pub(super) units: i64,
}

impl Layer {
    fn key(&self) -> (i32, i32, i64) {
        (self.origin, self.received, self.cost_cents)
    }
}

/// Layers, oldest first: sold first in, first out.
#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    layers: VecDeque<Layer>,
    units: i64,
}

impl Layers {
    /// Units in all layers.
    pub(super) fn units(&self) -> i64 {
        self.units
    }

    /// The layers, oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Layer> {
        self.layers.iter()
    }

    /// The origin of the oldest goods.
    pub(super) fn oldest(&self) -> Option<i32> {
        self.layers.front().map(|layer| layer.origin)
    }

    /// Adds goods in their place; equal layers become one.
    pub(super) fn add(&mut self, layer: Layer) {
        if layer.units <= 0 {
            return;
        }
        self.units += layer.units;
        let place = self
            .layers
            .partition_point(|known| known.key() < layer.key());
        match self.layers.get_mut(place) {
            Some(known) if known.key() == layer.key() => known.units += layer.units,
            _ => self.layers.insert(place, layer),
        }
    }

    /// Takes the oldest units out, at most what there is, and hands each part to `part`.
    pub(super) fn take(&mut self, units: i64, mut part: impl FnMut(Layer)) {
        let mut left = units.min(self.units);
        while left > 0 {
            let Some(front) = self.layers.front_mut() else {
                return;
            };
            let taken = front.units.min(left);
            front.units -= taken;
            self.units -= taken;
            left -= taken;
            part(Layer {
                units: taken,
                ..*front
            });
            if front.units == 0 {
                self.layers.pop_front();
            }
        }
    }
}

/// Goods on their way.
#[derive(Clone, Debug)]
pub(super) struct Inbound {
    pub(super) ordered: i32,
    /// Promised day.
    pub(super) due: i32,
    /// Day on which they come.
    pub(super) arrives: i32,
    /// Whether it is an extra order for an event.
    pub(super) is_extra: bool,
    /// One layer for a purchase, the layers taken at the origin for a transfer.
    pub(super) parts: Vec<Layer>,
}

impl Inbound {
    pub(super) fn units(&self) -> i64 {
        self.parts.iter().map(|part| part.units).sum()
    }
}

/// One line of a stock count.
#[derive(Clone, Copy, Debug)]
pub(super) struct CountLine {
    pub(super) day: i32,
    pub(super) book: i64,
    pub(super) counted: i64,
}

/// One SKU in one warehouse.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    pub(super) warehouse: usize,
    /// The shelf of the warehouse it gets its goods from; `None` = from the supplier.
    pub(super) parent: Option<usize>,
    /// Good units.
    pub(super) good: Layers,
    /// Goods in other physical buckets, by bucket id.
    pub(super) held: Vec<(&'static str, Layer)>,
    pub(super) inbound: Vec<Inbound>,
    /// Claims on good units.
    pub(super) frozen: i64,
    pub(super) allocated: i64,
    pub(super) reserved: i64,
    /// Units a day expected from the master data.
    pub(super) expected: f64,
    /// Smoothed units sold a day, as the planner sees it.
    pub(super) average: f64,
    pub(super) sold_today: i64,
    pub(super) counts: Vec<CountLine>,
    /// Available at the end of each reported day since `daily_from`.
    pub(super) daily: Vec<i64>,
    pub(super) daily_from: i32,
}

impl Shelf {
    pub(super) fn new(warehouse: usize, parent: Option<usize>, expected: f64) -> Self {
        Self {
            warehouse,
            parent,
            good: Layers::default(),
            held: Vec::new(),
            inbound: Vec::new(),
            frozen: 0,
            allocated: 0,
            reserved: 0,
            expected,
            average: expected,
            sold_today: 0,
            counts: Vec::new(),
            daily: Vec::new(),
            daily_from: 0,
        }
    }

    /// Good units that are not claimed.
    pub(super) fn available(&self) -> i64 {
        self.good.units() - self.frozen - self.allocated - self.reserved
    }

    /// Available plus everything on its way.
    pub(super) fn position(&self) -> i64 {
        self.available() + self.inbound.iter().map(Inbound::units).sum::<i64>()
    }

    /// Takes the goods that arrive on a day.
    pub(super) fn receive(&mut self, day: i32, mut put: impl FnMut(&mut Self, Layer)) {
        let mut arrived = Vec::new();
        self.inbound.retain(|inbound| {
            let is_here = inbound.arrives <= day;
            if is_here {
                arrived.extend(inbound.parts.iter().copied());
            }
            !is_here
        });
        for part in arrived {
            put(
                self,
                Layer {
                    received: day,
                    ..part
                },
            );
        }
    }

    /// Sells up to `units` and returns how many; `take` says whether they leave today.
    pub(super) fn sell(&mut self, units: i64) -> i64 {
        let sold = units.min(self.available()).max(0);
        self.good.take(sold, |_layer| ());
        self.sold_today += sold;
        sold
    }

    /// Updates the planner's average with the day's sales; peaks are cut.
    pub(super) fn close_day(&mut self, memory_days: f64) {
        let sold = crate::units::Qty::from_units(self.sold_today).to_f64();
        let usual = sold.min(2.0 * self.average + 2.0);
        self.average += (usual - self.average) / memory_days;
        self.sold_today = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(origin: i32, units: i64) -> Layer {
        Layer {
            origin,
            received: origin,
            cost_cents: 100,
            units,
        }
    }

    #[test]
    fn the_oldest_goods_leave_first() {
        let mut layers = Layers::default();
        for part in [layer(5, 10), layer(2, 4), layer(5, 1)] {
            layers.add(part);
        }
        let mut taken = Vec::new();
        layers.take(6, |part| taken.push((part.origin, part.units)));
        assert_eq!(taken, [(2, 4), (5, 2)]);
        assert_eq!((layers.units(), layers.oldest()), (9, Some(5)));
        layers.take(100, |_part| ());
        assert_eq!((layers.units(), layers.oldest()), (0, None));
    }

    #[test]
    fn claims_cannot_be_sold() {
        let mut shelf = Shelf::new(0, None, 1.0);
        shelf.good.add(layer(0, 10));
        shelf.frozen = 7;
        assert_eq!(shelf.sell(5), 3);
        assert_eq!((shelf.available(), shelf.good.units()), (0, 7));
    }
}
