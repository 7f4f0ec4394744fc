//! From a laid-out chart to the marks of its drawing. Pure.

use super::decimate::decimate;
use super::layout::Layout;
use super::scene::{Anchor, Dash, Ink, Label, Mark, Point};
use super::spec::{ChartSpec, EventMark, Layer, LayerShape, Note};
use std::ops::Range;

/// Every mark in the order of painting: ground, fills, lines, words.
pub(super) fn scene(spec: &ChartSpec, layout: &Layout) -> Vec<Mark> {
    let mut marks = Vec::new();
    ground(spec, layout, &mut marks);
    for layer in &spec.layers {
        draw_layer(layer, layout, &mut marks);
    }
    axes(spec, layout, &mut marks);
    events(spec, layout, &mut marks);
    for note in spec
        .notes
        .iter()
        .filter(|note| layout.window.contains(&note.bucket))
    {
        draw_note(note, layout, &mut marks);
    }
    marks
}

fn ground(spec: &ChartSpec, layout: &Layout, marks: &mut Vec<Mark>) {
    for tick in &layout.y_ticks {
        let ink = if tick.value == 0.0 {
            Ink::ZERO
        } else {
            Ink::GRID
        };
        marks.push(level(layout, tick.at, ink, 1.0, Dash::Solid));
    }
    if let Some(value) = spec.red_below.filter(|value| *value > layout.low) {
        let (from, to) = (
            (layout.left, layout.y(value)),
            (layout.right, layout.bottom),
        );
        marks.push(Mark::Box {
            from,
            to,
            ink: Ink::ZONE,
            opacity: 1.0,
            outlined: false,
        });
    }
    for event in &spec.events {
        if let Some((left, right)) = span(layout, event.from..event.to + 1) {
            let (from, to) = ((left, layout.top), (right, layout.bottom));
            marks.push(Mark::Box {
                from,
                to,
                ink: event.ink,
                opacity: 0.08,
                outlined: false,
            });
        }
    }
    for line in &spec.lines {
        marks.push(level(
            layout,
            layout.y(line.value),
            line.ink,
            1.2,
            Dash::Dashed,
        ));
    }
}

fn level(layout: &Layout, y: f64, ink: Ink, width: f64, dash: Dash) -> Mark {
    Mark::Path {
        points: vec![(layout.left, y), (layout.right, y)],
        ink,
        width,
        dash,
    }
}

fn draw_layer(layer: &Layer, layout: &Layout, marks: &mut Vec<Mark>) {
    let ink = layer.ink;
    match &layer.shape {
        LayerShape::Band { low, high } => {
            for run in runs(low, layout) {
                let upper = line_points(high, run.clone(), layout);
                let lower = line_points(low, run, layout);
                let points = upper.into_iter().chain(lower.into_iter().rev()).collect();
                marks.push(Mark::Area { points, ink });
            }
        }
        LayerShape::Line {
            values,
            dash,
            width,
            hollow,
        } => {
            for run in runs(values, layout) {
                let points = decimate(line_points(values, run, layout));
                marks.push(Mark::Path {
                    points,
                    ink,
                    width: *width,
                    dash: *dash,
                });
            }
            for bucket in hollow
                .iter()
                .copied()
                .filter(|bucket| layout.window.contains(bucket))
            {
                if let Some(value) = values.get(bucket).filter(|value| value.is_finite()) {
                    marks.push(Mark::Ring {
                        centre: (layout.x(bucket), layout.y(*value)),
                        radius: 3.5,
                        ink,
                    });
                }
            }
        }
        LayerShape::Bars {
            values,
            outlined,
            place,
            of,
        } => {
            let zeros = vec![0.0; values.len()];
            bars(
                layout,
                (&zeros, values),
                (*place, *of),
                ink,
                *outlined,
                marks,
            );
        }
        LayerShape::Floats { from, to } => bars(layout, (from, to), (0, 1), ink, false, marks),
        LayerShape::Links { levels } => links(layout, levels, ink, marks),
    }
}

fn links(layout: &Layout, levels: &[f64], ink: Ink, marks: &mut Vec<Mark>) {
    let reach = layout.step() * 0.36;
    for (bucket, level) in levels
        .iter()
        .enumerate()
        .filter(|(bucket, _)| layout.window.contains(bucket))
    {
        let y = layout.y(*level);
        let points = vec![
            (layout.x(bucket) + reach, y),
            (layout.x(bucket + 1) - reach, y),
        ];
        marks.push(Mark::Path {
            points,
            ink,
            width: 1.0,
            dash: Dash::Dotted,
        });
    }
}

fn bars(
    layout: &Layout,
    (from, to): (&[f64], &[f64]),
    (place, of): (usize, usize),
    ink: Ink,
    outlined: bool,
    marks: &mut Vec<Mark>,
) {
    let room = layout.step() * 0.72;
    let width = (room / of.max(1) as f64).max(1.0);
    for bucket in layout.window.clone() {
        let (Some(start), Some(end)) = (from.get(bucket), to.get(bucket)) else {
            continue;
        };
        if !start.is_finite() || !end.is_finite() || start == end {
            continue;
        }
        let left = layout.x(bucket) - room / 2.0 + place as f64 * width;
        let gap = if of > 1 { 1.0 } else { 0.0 };
        let (from, to) = (
            (left, layout.y(*start)),
            (left + width - gap, layout.y(*end)),
        );
        marks.push(Mark::Box {
            from,
            to,
            ink,
            opacity: 1.0,
            outlined,
        });
    }
}

fn axes(spec: &ChartSpec, layout: &Layout, marks: &mut Vec<Mark>) {
    let mut label = |text: &str, at: Point, anchor, ink, strong| {
        marks.push(Mark::Label(Label {
            text: text.to_owned(),
            at,
            anchor,
            ink,
            strong,
            halo: false,
        }));
    };
    for tick in &layout.y_ticks {
        label(
            &tick.text,
            (layout.left - 8.0, tick.at),
            Anchor::End,
            Ink::TEXT_3,
            false,
        );
    }
    label(&spec.unit, (0.0, 8.0), Anchor::Start, Ink::TEXT_3, false);
    let below = layout.height - 9.0;
    for tick in &layout.x_ticks {
        label(
            &tick.text,
            (tick.at, below),
            Anchor::Middle,
            Ink::TEXT_3,
            false,
        );
    }
    for line in &spec.lines {
        label(
            &line.label,
            (layout.right + 6.0, layout.y(line.value)),
            Anchor::Start,
            line.ink,
            true,
        );
    }
    if let Some(now) = spec.now.filter(|now| layout.window.contains(now)) {
        let x = layout.edge(now);
        let points = vec![(x, layout.top), (x, layout.bottom)];
        marks.push(Mark::Path {
            points,
            ink: Ink::TEXT_3,
            width: 1.0,
            dash: Dash::Solid,
        });
    }
}

/// A bar for each event; where names would meet, those of the longest events are written.
fn events(spec: &ChartSpec, layout: &Layout, marks: &mut Vec<Mark>) {
    let Some(top) = layout.strip else { return };
    let seen = |event: &'_ EventMark| span(layout, event.from..event.to + 1);
    for event in &spec.events {
        if let Some((left, right)) = seen(event) {
            marks.push(Mark::Box {
                from: (left, top),
                to: (right.max(left + 4.0), top + 7.0),
                ink: event.ink,
                opacity: 1.0,
                outlined: false,
            });
        }
    }
    let mut longest_first: Vec<&EventMark> = spec.events.iter().collect();
    longest_first.sort_by_key(|event| event.from.abs_diff(event.to));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    for event in longest_first.into_iter().rev() {
        let Some((left, right)) = seen(event) else {
            continue;
        };
        let half = half_width(&event.name);
        let most = (layout.right - half).max(layout.left + half);
        let middle = f64::midpoint(left, right).clamp(layout.left + half, most);
        let room = (middle - half - 6.0, middle + half + 6.0);
        if taken
            .iter()
            .all(|other| room.1 < other.0 || room.0 > other.1)
        {
            taken.push((middle - half, middle + half));
            marks.push(Mark::Label(Label {
                text: event.name.clone(),
                at: (middle, top + 15.0),
                anchor: Anchor::Middle,
                ink: Ink::TEXT_2,
                strong: false,
                halo: false,
            }));
        }
    }
}

/// About half the width of an 11 px name.
fn half_width(name: &str) -> f64 {
    let letters = name.chars();
    letters
        .map(|letter| if letter.is_ascii() { 3.2 } else { 5.8 })
        .sum()
}

fn draw_note(note: &Note, layout: &Layout, marks: &mut Vec<Mark>) {
    let (x, y) = (layout.x(note.bucket), layout.y(note.value));
    if note.ring {
        marks.push(Mark::Ring {
            centre: (x, y),
            radius: 4.0,
            ink: note.ink,
        });
    }
    let half = half_width(&note.text) + 4.0;
    let (anchor, x) = match x {
        x if x + half > layout.right => (Anchor::End, layout.right),
        x if x - half < layout.left => (Anchor::Start, layout.left + 4.0),
        x => (Anchor::Middle, x),
    };
    let at = (x, (y - 12.0).max(layout.top - 8.0));
    marks.push(Mark::Label(Label {
        text: note.text.clone(),
        at,
        anchor,
        ink: note.ink,
        strong: true,
        halo: true,
    }));
}

/// The part of a bucket range that is in sight, as pixels.
fn span(layout: &Layout, buckets: Range<usize>) -> Option<(f64, f64)> {
    let start = buckets.start.max(layout.window.start);
    let end = buckets.end.min(layout.window.end);
    (start < end).then(|| (layout.edge(start), layout.edge(end)))
}

/// The unbroken stretches of finite values in sight.
fn runs(values: &[f64], layout: &Layout) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in layout.window.clone() {
        if !values.get(index).is_some_and(|value| value.is_finite()) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == index => run.end = index + 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

fn line_points(values: &[f64], run: Range<usize>, layout: &Layout) -> Vec<Point> {
    run.filter_map(|index| Some((layout.x(index), layout.y(*values.get(index)?))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::layout::Sheet;
    use super::super::spec::Bucket;
    use super::*;
    use crate::i18n::Language;

    fn marks(layers: Vec<LayerShape>) -> Vec<Mark> {
        let buckets = vec![Bucket::default(); 6];
        let layers = layers
            .into_iter()
            .map(|shape| Layer {
                name: String::new(),
                ink: Ink::ACTUAL,
                shape,
            })
            .collect();
        let spec = ChartSpec {
            buckets,
            layers,
            ..ChartSpec::default()
        };
        let sheet = Sheet {
            width: 600.0,
            height: 300.0,
            language: Language::En,
        };
        let layout = Layout::new(&spec, 0..6, sheet, &|_| 20.0);
        scene(&spec, &layout)
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let values = vec![1.0, 2.0, f64::NAN, 3.0, 4.0, 5.0];
        let line = LayerShape::Line {
            values,
            dash: Dash::Solid,
            width: 2.0,
            hollow: vec![4],
        };
        let drawn = marks(vec![line]);
        let lengths: Vec<_> = drawn
            .iter()
            .filter_map(|mark| match mark {
                Mark::Path { points, width, .. } if *width == 2.0 => Some(points.len()),
                _ => None,
            })
            .collect();
        assert_eq!(lengths, [2, 3]);
        assert_eq!(
            drawn
                .iter()
                .filter(|mark| matches!(mark, Mark::Ring { .. }))
                .count(),
            1
        );
    }

    #[test]
    fn bars_stand_on_zero_side_by_side() {
        let bars = |values: Vec<f64>, place| LayerShape::Bars {
            values,
            outlined: false,
            place,
            of: 2,
        };
        let drawn = marks(vec![bars(vec![4.0; 6], 0), bars(vec![-2.0; 6], 1)]);
        let boxes: Vec<_> = drawn
            .iter()
            .filter_map(|mark| match mark {
                Mark::Box { from, to, .. } => Some((*from, *to)),
                _ => None,
            })
            .collect();
        assert_eq!(boxes.len(), 12);
        let (first, seventh) = (boxes[0], boxes[6]);
        assert_eq!(first.0.1, seventh.0.1);
        assert!(first.1.1 < first.0.1 && seventh.1.1 > seventh.0.1 && first.1.0 <= seventh.0.0);
    }

    #[test]
    fn a_band_closes_on_itself() {
        let band = LayerShape::Band {
            low: vec![1.0; 6],
            high: vec![2.0; 6],
        };
        let area = marks(vec![band]).into_iter().find_map(|mark| match mark {
            Mark::Area { points, .. } => Some(points),
            _ => None,
        });
        let points = area.expect("the band is drawn");
        assert_eq!(points.len(), 12);
        assert_eq!(
            points.first().map(|point| point.0),
            points.last().map(|point| point.0)
        );
    }
}
