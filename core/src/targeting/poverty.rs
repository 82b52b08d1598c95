//! What the transfer does: generosity, adequacy, poverty before and after.

/// Poverty by Foster, Greer and Thorbecke: head count, gap and squared gap, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Poverty {
    /// FGT0: the share of the weight below the line.
    pub headcount: f64,
    /// FGT1: the mean shortfall as a share of the line.
    pub gap: f64,
    /// FGT2: the mean squared shortfall.
    pub severity: f64,
}

#[allow(clippy::cast_precision_loss, reason = "means for display; weights are far below 2^53")]
fn f(weight: u64) -> f64 {
    weight as f64
}

/// Poverty over (welfare, weight) with a line above zero. Rows without a finite welfare are left out. `None` without
/// weight or with a line that is not above zero.
pub fn poverty(rows: &[(f64, u64)], line: f64) -> Option<Poverty> {
    let mut p = Poverty::default();
    let mut all = 0.0;
    for (welfare, weight) in rows.iter().filter(|r| r.0.is_finite()) {
        all += f(*weight);
        if *welfare < line {
            let short = (line - welfare) / line;
            p.headcount += f(*weight);
            p.gap += f(*weight) * short;
            p.severity += f(*weight) * short * short;
        }
    }
    let sound = all > 0.0 && line > 0.0 && line.is_finite();
    sound.then(|| Poverty { headcount: p.headcount / all, gap: p.gap / all, severity: p.severity / all })
}

/// Cost-benefit: by how much spending narrows the poverty gap, in rupiah of gap per rupiah spent. Rows are (welfare, weight)
/// of the same families before and after the transfer; `spending` is what it cost, administration with it if that is
/// meant. At most 1 where all of it fills gaps; `None` without weight, without a line above zero or without spending.
pub fn cost_benefit(before: &[(f64, u64)], after: &[(f64, u64)], line: f64, spending: f64) -> Option<f64> {
    let rupiah = |rows: &[(f64, u64)]| -> Option<f64> {
        let weight: f64 = rows.iter().filter(|r| r.0.is_finite()).map(|r| f(r.1)).sum();
        Some(poverty(rows, line)?.gap * line * weight)
    };
    let narrowed = rupiah(before)? - rupiah(after)?;
    (spending > 0.0 && spending.is_finite()).then(|| narrowed / spending)
}

/// Generosity: the mean, over the covered, of the benefit as a share of consumption with the benefit. Rows are (welfare
/// without the benefit, weight, benefit per head); only those with a benefit count. `None` where nobody is covered.
pub fn generosity(rows: &[(f64, u64, f64)]) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for (welfare, weight, benefit) in rows.iter().filter(|r| r.2 > 0.0 && (r.0 + r.2) > 0.0 && (r.0 + r.2).is_finite())
    {
        sum += f(*weight) * benefit / (welfare + benefit);
        all += f(*weight);
    }
    (all > 0.0).then(|| sum / all)
}

/// Adequacy as ASPIRE's glossary has it: the total transfer received by all beneficiaries of a group as a share of their
/// total welfare (with the transfer). `None` where nobody is covered.
pub fn adequacy(rows: &[(f64, u64, f64)]) -> Option<f64> {
    let (mut transfer, mut welfare) = (0.0, 0.0);
    for (w, weight, benefit) in rows.iter().filter(|r| r.2 > 0.0 && r.0.is_finite() && r.2.is_finite()) {
        transfer += f(*weight) * benefit;
        welfare += f(*weight) * (w + benefit);
    }
    (welfare > 0.0).then(|| transfer / welfare)
}

/// The distributional characteristic: Σ(λ·b)/Σb with λ = (line/welfare)^ε (Grosh et al. 2022). The larger ε, the more the
/// poorest count; ε = 0 gives 1. Rows are (welfare, weight, benefit per head); a welfare that is not above zero is left out.
pub fn distributional_characteristic(rows: &[(f64, u64, f64)], line: f64, epsilon: f64) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for (welfare, weight, benefit) in rows.iter().filter(|r| r.0 > 0.0 && r.0.is_finite() && r.2.is_finite()) {
        sum += f(*weight) * benefit * (line / welfare).powf(epsilon);
        all += f(*weight) * benefit;
    }
    (all != 0.0 && line > 0.0).then(|| sum / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poverty_by_hand() {
        // line 100; welfare 50 and 80 are poor
        let p = poverty(&[(50.0, 1), (80.0, 1), (100.0, 1), (200.0, 1)], 100.0).unwrap();
        assert!((p.headcount - 0.5).abs() < 1e-12);
        assert!((p.gap - (0.5 + 0.2) / 4.0).abs() < 1e-12);
        assert!((p.severity - (0.25 + 0.04) / 4.0).abs() < 1e-12);
        let after = poverty(&[(110.0, 1), (80.0, 1), (100.0, 1), (200.0, 1)], 100.0).unwrap();
        assert!(after.headcount < p.headcount && after.gap < p.gap);
        assert_eq!(poverty(&[], 100.0), None);
        assert_eq!(poverty(&[(1.0, 1)], 0.0), None);
    }

    #[test]
    fn generosity_and_adequacy_differ() {
        // one family of little welfare, one of much; both get 50
        let rows = [(50.0, 1, 50.0), (450.0, 1, 50.0), (900.0, 1, 0.0)];
        assert!((generosity(&rows).unwrap() - 0.3).abs() < 1e-12); // mean of 0.5 and 0.1
        assert!((adequacy(&rows).unwrap() - 100.0 / 600.0).abs() < 1e-12);
        assert_eq!(generosity(&[(1.0, 1, 0.0)]), None);
    }

    #[test]
    fn without_aversion_the_characteristic_is_one() {
        let rows = [(50.0, 1, 50.0), (450.0, 2, 50.0)];
        assert!((distributional_characteristic(&rows, 100.0, 0.0).unwrap() - 1.0).abs() < 1e-12);
        let poor = distributional_characteristic(&[(50.0, 1, 10.0)], 100.0, 1.0).unwrap();
        assert!((poor - 2.0).abs() < 1e-12);
    }
}
