//! The concentration curve, its index, and the CGH index.

/// A point of a curve: shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Point {
    /// Cumulative share of the weight, poorest first.
    pub population: f64,
    /// Cumulative share of the benefits.
    pub benefit: f64,
}

/// Groups of equal welfare, poorest first: (weight, benefit).
fn groups(rows: &[(f64, u64, i64)]) -> Vec<(u128, i128)> {
    let mut sorted: Vec<&(f64, u64, i64)> = rows.iter().filter(|r| r.0.is_finite()).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut all: Vec<(f64, u128, i128)> = Vec::new();
    for (welfare, weight, benefit) in sorted {
        // -0 and 0 are one welfare
        match all.last_mut() {
            Some(last) if last.0 == *welfare => {
                last.1 += u128::from(*weight);
                last.2 += i128::from(*benefit);
            }
            _ => all.push((*welfare, u128::from(*weight), i128::from(*benefit))),
        }
    }
    all.into_iter().map(|(_, w, b)| (w, b)).collect()
}

#[allow(clippy::cast_precision_loss, reason = "shares for a curve; sums are exact before the division")]
fn share(part: i128, whole: i128) -> f64 {
    part as f64 / whole as f64
}

/// The concentration curve: cumulative share of benefits against cumulative share of weight, families ranked by welfare
/// before the transfer, poorest first; equal welfare is one straight segment (Lambert). Rows are (welfare, weight,
/// benefit); those without a finite welfare are left out. `None` where no weight or no benefit is left.
pub fn concentration_curve(rows: &[(f64, u64, i64)]) -> Option<Vec<Point>> {
    let groups = groups(rows);
    let weight = groups.iter().map(|g| i128::try_from(g.0).unwrap_or(0)).sum::<i128>();
    let benefit = groups.iter().map(|g| g.1).sum::<i128>();
    if weight == 0 || benefit == 0 {
        return None;
    }
    let mut points = vec![Point { population: 0.0, benefit: 0.0 }];
    let (mut w, mut b) = (0, 0);
    for g in &groups {
        w += i128::try_from(g.0).unwrap_or(0);
        b += g.1;
        points.push(Point { population: share(w, weight), benefit: share(b, benefit) });
    }
    Some(points)
}

/// The concentration index: 2·Σ(b·R)/Σb − 1 with R the fractional rank, ties sharing theirs (Kakwani, Wagstaff).
/// −1 … 1; negative is pro-poor, 0 is everybody alike.
pub fn concentration_index(rows: &[(f64, u64, i64)]) -> Option<f64> {
    let groups = groups(rows);
    let weight: u128 = groups.iter().map(|g| g.0).sum();
    let benefit: i128 = groups.iter().map(|g| g.1).sum();
    if weight == 0 || benefit == 0 {
        return None;
    }
    // R of a group is the weight before it plus half its own, over all weight: 2·R is a whole number over the weight.
    let mut before = 0u128;
    let mut sum = 0f64;
    for (w, b) in groups {
        let twice = i128::try_from(2 * before + w).unwrap_or(i128::MAX);
        sum += share(b, benefit) * share(twice, i128::try_from(weight).unwrap_or(i128::MAX));
        before += w;
    }
    Some(sum - 1.0)
}

/// The Coady–Grosh–Hoddinott index: the share of benefits that goes to the poorest part of the weight, divided by that
/// part (`poorest` = 0.4 for the usual 40 %). 1 is neutral; the median programme of Coady, Grosh and Hoddinott (2004) had
/// 1.25. The family on the cut is divided in proportion.
///
/// # Errors
/// `targeting.part_out_of_range` unless 0 < `poorest` ≤ 1.
pub fn cgh_index(rows: &[(f64, u64, i64)], poorest: f64) -> Result<Option<f64>, TargetingError> {
    if !(poorest > 0.0 && poorest <= 1.0) {
        return Err(TargetingError::PartOutOfRange);
    }
    let Some(points) = concentration_curve(rows) else { return Ok(None) };
    let mut last = Point { population: 0.0, benefit: 0.0 };
    for p in points {
        if p.population >= poorest {
            let width = p.population - last.population;
            let inside = if width > 0.0 { (poorest - last.population) / width } else { 0.0 };
            return Ok(Some((last.benefit + inside * (p.benefit - last.benefit)) / poorest));
        }
        last = p;
    }
    Ok(Some(last.benefit / poorest))
}

codes! {
    /// Why a measure cannot be taken.
    #[derive(Copy, thiserror::Error)]
    pub enum TargetingError {
        /// The part of the population is not between 0 and 1.
        PartOutOfRange = "targeting.part_out_of_range", Error,
            id: "bagian penduduk harus lebih dari 0 dan paling tinggi 1",
            en: "the part of the population must be above 0 and at most 1";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ten(benefit: impl Fn(i64) -> i64) -> Vec<(f64, u64, i64)> {
        (0..10).map(|i| (f64::from(i), 1, benefit(i64::from(i)))).collect()
    }

    #[test]
    fn everybody_alike_is_neutral() {
        let rows = ten(|_| 5);
        assert!(concentration_index(&rows).unwrap().abs() < 1e-12);
        assert!((cgh_index(&rows, 0.4).unwrap().unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn all_to_the_poorest() {
        let rows = ten(|i| i64::from(i == 0));
        assert!((concentration_index(&rows).unwrap() + 0.9).abs() < 1e-12); // −(1 − 1/n)
        assert!((cgh_index(&rows, 0.4).unwrap().unwrap() - 2.5).abs() < 1e-12);
        assert!((cgh_index(&rows, 0.05).unwrap().unwrap() - 10.0).abs() < 1e-12); // half of the first family
    }

    #[test]
    fn half_the_money_to_the_poorest_forty() {
        // a programme of CGH 1.25: the poorest 40 % get 50 %
        let rows = ten(|i| if i < 4 { 15 } else { 10 });
        assert!((cgh_index(&rows, 0.4).unwrap().unwrap() - 1.25).abs() < 1e-12);
    }

    #[test]
    fn ties_are_one_segment_and_the_order_of_rows_does_not_matter() {
        let a = [(1.0, 2, 30), (1.0, 1, 0), (2.0, 3, 10), (f64::NAN, 9, 99)];
        let b = [(2.0, 3, 10), (f64::NAN, 9, 99), (1.0, 1, 0), (1.0, 2, 30)];
        assert_eq!(concentration_curve(&a), concentration_curve(&b));
        assert_eq!(concentration_curve(&a).unwrap().len(), 3);
        assert_eq!(concentration_index(&a), concentration_index(&b));
    }

    #[test]
    fn nothing_to_share_is_no_curve() {
        assert_eq!(concentration_curve(&[(1.0, 0, 5)]), None);
        assert_eq!(concentration_index(&ten(|_| 0)), None);
        assert_eq!(cgh_index(&ten(|_| 1), 0.0), Err(TargetingError::PartOutOfRange));
    }
}
