//! Least squares with a handful of columns.

/// The coefficients that leave the least squares of `targets`: rows of `columns` figures each.
///
/// Solves (X'WX + R) b = X'Wy, W the weights of the rows and R the ridge on the diagonal, by
/// elimination with the largest pivot. `None` where the columns say too little.
pub(super) fn least_squares(
    columns: usize,
    rows: impl Iterator<Item = (Vec<f64>, f64, f64)>,
    ridge: &[f64],
) -> Option<Vec<f64>> {
    let mut system = vec![vec![0.0; columns + 1]; columns];
    for (row, target, weight) in rows {
        for (line, left) in system.iter_mut().zip(&row) {
            let (product, sums) = line.split_last_mut()?;
            for (sum, right) in sums.iter_mut().zip(&row) {
                *sum += weight * left * right;
            }
            *product += weight * left * target;
        }
    }
    for (place, extra) in ridge.iter().enumerate() {
        *system.get_mut(place)?.get_mut(place)? += extra;
    }
    solve(system)
}

/// Smallest pivot against the largest figure of its column that still says something.
const PIVOT_MIN: f64 = 1e-10;

/// Solves a system whose last column is the right side.
fn solve(mut system: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let size = system.len();
    let scale = system.iter().flatten().fold(0.0_f64, |a, b| a.max(b.abs()));
    for column in 0..size {
        let size_of = |line: &Vec<f64>| line.get(column).map_or(0.0, |it| it.abs());
        let mut pivot = column;
        for line in column..size {
            if size_of(system.get(line)?) > size_of(system.get(pivot)?) {
                pivot = line;
            }
        }
        system.swap(column, pivot);
        let lead = system.get(column)?.clone();
        let head = *lead.get(column)?;
        if head.abs() <= PIVOT_MIN * scale {
            return None;
        }
        for (place, line) in system.iter_mut().enumerate() {
            if place == column {
                continue;
            }
            let factor = line.get(column)? / head;
            for (value, of_lead) in line.iter_mut().zip(&lead) {
                *value -= factor * of_lead;
            }
        }
    }
    let lines = system.iter().enumerate();
    let value = |(place, line): (usize, &Vec<f64>)| Some(line.last()? / line.get(place)?);
    lines.map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_found() {
        // y = 3 - 2 x, once with equal weights, once with a ridge that draws the slope to zero.
        let rows = || (0..5).map(|x| (vec![1.0, f64::from(x)], 3.0 - 2.0 * f64::from(x), 1.0));
        let found = least_squares(2, rows(), &[]).unwrap();
        assert!((found[0] - 3.0).abs() < 1e-12 && (found[1] + 2.0).abs() < 1e-12);
        let drawn = least_squares(2, rows(), &[0.0, 10.0]).unwrap();
        assert!((drawn[1] + 1.0).abs() < 1e-12, "{drawn:?}");
        let same = rows().map(|(row, y, w)| (vec![row[1], row[1]], y, w));
        assert_eq!(least_squares(2, same, &[]), None);
    }
}
