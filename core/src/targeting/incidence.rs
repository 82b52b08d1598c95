//! By decile: who is covered, and who gets the money.

use super::reach::Share;
use crate::{Decile, Rupiah};

/// One decile, or the families without one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DecileLine {
    /// Weight of everybody.
    pub weight: u128,
    /// Weight of the covered.
    pub covered: u128,
    /// Rupiah of the covered.
    pub benefit: i128,
    /// Families, whatever they weigh: for the suppression of small cells.
    pub families: u64,
    /// Families covered.
    pub families_covered: u64,
}

/// Coverage and benefits by decile. Parts of a register merge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Incidence {
    /// Deciles 1 to 10.
    pub deciles: [DecileLine; 10],
    /// Families without a decile: in no decile and in no denominator, but counted.
    pub unranked: DecileLine,
}

impl Incidence {
    /// Adds a family.
    pub fn add(&mut self, decile: Option<Decile>, weight: u64, covered: bool, benefit: Rupiah) {
        let line = decile.and_then(|d| self.deciles.get_mut(usize::from(d.get()) - 1));
        let line = line.unwrap_or(&mut self.unranked);
        line.weight += u128::from(weight);
        line.families += 1;
        if covered {
            line.covered += u128::from(weight);
            line.families_covered += 1;
            line.benefit += i128::from(benefit.0);
        }
    }

    /// Both together.
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        let pairs = self.deciles.iter_mut().chain([&mut self.unranked]);
        for (a, b) in pairs.zip(other.deciles.iter().chain([&other.unranked])) {
            a.weight += b.weight;
            a.covered += b.covered;
            a.benefit += b.benefit;
            a.families += b.families;
            a.families_covered += b.families_covered;
        }
        self
    }

    fn line(&self, decile: Decile) -> DecileLine {
        self.deciles.get(usize::from(decile.get()) - 1).copied().unwrap_or_default()
    }

    /// Coverage of a decile: w(C∩d)/w(d) (ADePT SP, ASPIRE).
    pub fn coverage(&self, decile: Decile) -> Option<Share> {
        Share::new(self.line(decile).covered, self.line(decile).weight)
    }

    /// Beneficiary incidence: the decile's share of the covered. w(C∩d)/w(C) (ADePT).
    pub fn beneficiary_incidence(&self, decile: Decile) -> Option<Share> {
        Share::new(self.line(decile).covered, self.deciles.iter().map(|l| l.covered).sum())
    }

    /// Benefit incidence: the decile's share of the money. Σb∩d/Σb (ADePT; Demery 2000).
    pub fn benefit_incidence(&self, decile: Decile) -> Option<Share> {
        let total: i128 = self.deciles.iter().map(|l| l.benefit).sum();
        (total != 0).then_some(Share { part: self.line(decile).benefit, whole: total })
    }
}

/// Planners' first question: families and rupiah at or under each decile, 1 to 10, if everybody there got the benefit that
/// `lines` holds for the covered.
pub fn budget_at_cut(incidence: &Incidence) -> [(u64, i128); 10] {
    let mut sum = (0, 0);
    incidence.deciles.map(|l| {
        sum.0 += l.families_covered;
        sum.1 += l.benefit;
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one_and_the_unranked_stay_out() {
        let mut all = Incidence::default();
        for i in 0..200u64 {
            let decile = Decile::new(u8::try_from(i % 11).unwrap()); // 0 is no decile
            all.add(decile, 1 + i % 4, i % 3 == 0, Rupiah(1000 * i64::try_from(i % 7).unwrap()));
        }
        let each = || (1..=10u8).filter_map(Decile::new);
        let sum = |f: &dyn Fn(Decile) -> Option<Share>| each().map(|d| f(d).unwrap().value()).sum::<f64>();
        assert!((sum(&|d| all.beneficiary_incidence(d)) - 1.0).abs() < 1e-12);
        assert!((sum(&|d| all.benefit_incidence(d)) - 1.0).abs() < 1e-12);
        assert!(all.unranked.families > 0);
        let [.., last] = budget_at_cut(&all);
        assert_eq!(last.0, all.deciles.iter().map(|l| l.families_covered).sum::<u64>());
        let doubled = all.merge(&all);
        assert_eq!(
            doubled.coverage(Decile::new(3).unwrap()).unwrap().value(),
            all.coverage(Decile::new(3).unwrap()).unwrap().value()
        );
    }

    #[test]
    fn nothing_paid_is_no_share() {
        assert_eq!(Incidence::default().benefit_incidence(Decile::new(1).unwrap()), None);
    }
}
