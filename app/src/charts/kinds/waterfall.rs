//! How an amount comes about, step by step.

use crate::charts::scene::Ink;
use crate::charts::spec::{Bucket, ChartSpec, Layer, LayerShape, Note};
use crate::i18n::{change, number};

/// One step of a waterfall.
#[derive(Clone, Debug)]
pub struct WaterfallStep {
    pub name: String,
    /// The amount of a total, the change of any other step.
    pub value: f64,
    /// Stands on the axis.
    pub is_total: bool,
    pub ink: Ink,
}

/// The waterfall: totals on the axis, changes hanging between them, dotted connectors.
pub fn waterfall(
    name: impl Into<String>,
    unit: impl Into<String>,
    steps: Vec<WaterfallStep>,
    decimals: u8,
) -> ChartSpec {
    let count = steps.len();
    let only = |index: usize, value: f64| {
        let mut list = vec![f64::NAN; count];
        list[index] = value;
        list
    };
    let mut level = 0.0;
    let mut spec = ChartSpec {
        name: name.into(),
        unit: unit.into(),
        decimals,
        ..ChartSpec::default()
    };
    let mut levels = Vec::with_capacity(count);
    for (index, step) in steps.into_iter().enumerate() {
        let from = if step.is_total { 0.0 } else { level };
        level = from + step.value;
        levels.push(level);
        let text = if step.is_total {
            number(step.value, decimals)
        } else {
            change(step.value, decimals)
        };
        let top = from.max(level);
        spec.notes.push(Note {
            bucket: index,
            value: top,
            text,
            ink: Ink::TEXT,
            ring: false,
        });
        spec.buckets.push(Bucket {
            label: step.name.clone(),
            title: step.name.clone(),
            month: None,
        });
        let shape = LayerShape::Floats {
            from: only(index, from),
            to: only(index, level),
        };
        spec.layers.push(Layer {
            name: step.name,
            ink: step.ink,
            shape,
        });
    }
    levels.pop();
    spec.layers.push(Layer {
        name: String::new(),
        ink: Ink::TEXT_3,
        shape: LayerShape::Links { levels },
    });
    spec
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waterfall_ends_where_its_changes_lead() {
        let step = |name: &str, value, is_total| WaterfallStep {
            name: name.to_owned(),
            value,
            is_total,
            ink: Ink::ACTUAL,
        };
        let steps = vec![
            step("on hand", 4_860.0, true),
            step("frozen", -1_200.0, false),
            step("free", 3_660.0, true),
        ];
        let spec = waterfall("stock", "units", steps, 0);
        assert_eq!(spec.layers[1].figures(1), Some((-1_200.0, None)));
        assert_eq!(spec.layers[2].figures(2), Some((3_660.0, None)));
        assert_eq!(
            spec.layers[3].shape,
            LayerShape::Links {
                levels: vec![4_860.0, 3_660.0]
            }
        );
    }
}
