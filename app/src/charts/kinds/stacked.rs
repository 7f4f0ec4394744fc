//! Parts on top of each other.

use crate::charts::scene::Ink;
use crate::charts::spec::{Bucket, ChartSpec, Layer, LayerShape};

/// Bars of several parts on top of each other, one bar a bucket.
pub fn stacked(
    name: impl Into<String>,
    unit: impl Into<String>,
    buckets: Vec<Bucket>,
    parts: Vec<(String, Ink, Vec<f64>)>,
) -> ChartSpec {
    let mut base = vec![0.0; buckets.len()];
    let layers = parts
        .into_iter()
        .map(|(name, ink, values)| {
            let from = base.clone();
            for (level, value) in base.iter_mut().zip(&values) {
                *level += value;
            }
            Layer {
                name,
                ink,
                shape: LayerShape::Floats {
                    from,
                    to: base.clone(),
                },
            }
        })
        .collect();
    ChartSpec {
        name: name.into(),
        unit: unit.into(),
        buckets,
        layers,
        ..ChartSpec::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacked_parts_stand_on_each_other() {
        let buckets = vec![Bucket::default(); 2];
        let spec = stacked(
            "age",
            "",
            buckets,
            vec![
                ("0-30".to_owned(), Ink::age(0), vec![2.0, 1.0]),
                ("31-60".to_owned(), Ink::age(1), vec![3.0, 4.0]),
            ],
        );
        assert_eq!(
            spec.layers[1].shape,
            LayerShape::Floats {
                from: vec![2.0, 1.0],
                to: vec![5.0, 5.0]
            }
        );
        assert_eq!(spec.layers[1].figures(1), Some((4.0, None)));
    }
}
