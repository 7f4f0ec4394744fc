//! Fewer points, same picture: the lowest and highest of each pixel column, in their order. Pure.

use super::scene::Point;

/// Points of a line, at most about two a pixel column.
pub(super) fn decimate(points: Vec<Point>) -> Vec<Point> {
    let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
        return points;
    };
    if points.len() as f64 <= 2.0 * (last.0 - first.0).max(1.0) {
        return points;
    }
    let mut kept: Vec<Point> = vec![first];
    let mut column: Option<(f64, Point, Point)> = None;
    for point in points {
        let place = point.0.floor();
        column = match column {
            Some((at, low, high)) if at == place => {
                let low = if point.1 < low.1 { point } else { low };
                Some((at, low, if point.1 > high.1 { point } else { high }))
            }
            full => {
                push_column(&mut kept, full);
                Some((place, point, point))
            }
        };
    }
    push_column(&mut kept, column);
    kept.push(last);
    kept
}

fn push_column(kept: &mut Vec<Point>, column: Option<(f64, Point, Point)>) {
    if let Some((_, low, high)) = column {
        let (first, second) = if low.0 <= high.0 {
            (low, high)
        } else {
            (high, low)
        };
        kept.push(first);
        if first != second {
            kept.push(second);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::decimate;

    #[test]
    fn peaks_survive() {
        let mut points: Vec<_> = (0..10_000)
            .map(|index| (f64::from(index) / 100.0, 0.0))
            .collect();
        points[5_555].1 = 9.0;
        points[7_777].1 = -9.0;
        let kept = decimate(points);
        assert!(kept.len() < 410, "{}", kept.len());
        assert!(kept.iter().any(|point| point.1 == 9.0));
        assert!(kept.iter().any(|point| point.1 == -9.0));
        assert!(kept.is_sorted_by(|a, b| a.0 <= b.0));
    }

    #[test]
    fn sparse_lines_stay_as_they_are() {
        let points = vec![(0.0, 1.0), (50.0, 2.0), (100.0, 3.0)];
        assert_eq!(decimate(points.clone()), points);
    }
}
