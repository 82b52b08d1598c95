//! Who is meant and who is covered: the four cells and every share made of them.

/// A share with its numerator and denominator, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Share {
    /// What is counted; negative where a difference is counted.
    pub part: i128,
    /// Out of how much; never zero.
    pub whole: i128,
}

impl Share {
    pub(super) fn new(part: u128, whole: u128) -> Option<Self> {
        Self::signed(i128::try_from(part).ok()?, whole)
    }

    fn signed(part: i128, whole: u128) -> Option<Self> {
        let whole = i128::try_from(whole).ok()?;
        (whole != 0).then_some(Self { part, whole })
    }

    /// As a number: 0.25 is a quarter.
    #[allow(clippy::cast_precision_loss, reason = "a ratio for display; the exact parts stand beside it")]
    pub fn value(self) -> f64 {
        self.part as f64 / self.whole as f64
    }
}

/// One family (or person, or group) before the measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// How much it weighs: its persons, or 1 to count families.
    pub weight: u64,
    /// Whether it is in the group the programme is meant for.
    pub meant: bool,
    /// Whether the programme covers it.
    pub covered: bool,
}

/// The four cells of targeting. Cells of parts of a register add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Reach {
    /// Meant and covered.
    pub meant_covered: u128,
    /// Meant and not covered.
    pub meant_missed: u128,
    /// Not meant, yet covered.
    pub other_covered: u128,
    /// Not meant and not covered.
    pub other_missed: u128,
}

impl Reach {
    /// Of rows.
    pub fn from_rows(rows: impl IntoIterator<Item = Row>) -> Self {
        let mut all = Self::default();
        for row in rows {
            all.add(row);
        }
        all
    }

    /// Adds a row.
    pub fn add(&mut self, row: Row) {
        let cell = match (row.meant, row.covered) {
            (true, true) => &mut self.meant_covered,
            (true, false) => &mut self.meant_missed,
            (false, true) => &mut self.other_covered,
            (false, false) => &mut self.other_missed,
        };
        *cell += u128::from(row.weight);
    }

    /// Both together.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            meant_covered: self.meant_covered + other.meant_covered,
            meant_missed: self.meant_missed + other.meant_missed,
            other_covered: self.other_covered + other.other_covered,
            other_missed: self.other_missed + other.other_missed,
        }
    }

    /// w(P): the group meant.
    pub fn meant(self) -> u128 {
        self.meant_covered + self.meant_missed
    }
    /// w(not P): all others.
    pub fn not_meant(self) -> u128 {
        self.other_covered + self.other_missed
    }
    /// w(C): the covered.
    pub fn covered(self) -> u128 {
        self.meant_covered + self.other_covered
    }
    /// W: everybody.
    pub fn everybody(self) -> u128 {
        self.meant() + self.not_meant()
    }

    /// Coverage: covered out of everybody. w(C)/W (ADePT SP, ASPIRE).
    pub fn coverage(self) -> Option<Share> {
        Share::new(self.covered(), self.everybody())
    }
    /// Coverage of the group meant: w(P∩C)/w(P).
    pub fn coverage_of_meant(self) -> Option<Share> {
        Share::new(self.meant_covered, self.meant())
    }
    /// Exclusion error, undercoverage: missed out of those meant. w(P∖C)/w(P) (Grosh et al. 2022, ch. 7).
    pub fn exclusion_error(self) -> Option<Share> {
        Share::new(self.meant_missed, self.meant())
    }
    /// Inclusion error, leakage: not meant out of the covered. w(C∖P)/w(C) (Grosh et al. 2022, ch. 7).
    pub fn inclusion_error_of_covered(self) -> Option<Share> {
        Share::new(self.other_covered, self.covered())
    }
    /// Inclusion error of the non-poor: covered out of those not meant. w(C∖P)/w(¬P); papers on proxy means tests with a
    /// fixed cut-off often mean this one.
    pub fn inclusion_error_of_not_meant(self) -> Option<Share> {
        Share::new(self.other_covered, self.not_meant())
    }
    /// Total error: both mistakes out of everybody (IRIS; Schreiner's scorecards).
    pub fn total_error(self) -> Option<Share> {
        Share::new(self.meant_missed + self.other_covered, self.everybody())
    }
    /// Total accuracy: one minus the total error.
    pub fn total_accuracy(self) -> Option<Share> {
        Share::new(self.meant_covered + self.other_missed, self.everybody())
    }
    /// Balanced poverty accuracy criterion: [w(P∩C) − |w(P∖C) − w(C∖P)|]/w(P) (IRIS/USAID, Schreiner).
    pub fn bpac(self) -> Option<Share> {
        let gap = self.meant_missed.abs_diff(self.other_covered);
        let part = i128::try_from(self.meant_covered).ok()? - i128::try_from(gap).ok()?;
        Share::signed(part, self.meant())
    }
    /// Targeting differential of the World Bank's book of 2022: 1 − exclusion error − inclusion error of the covered.
    /// From 1 (perfect) to −1 (exactly the wrong ones).
    pub fn targeting_differential_grosh(self) -> Option<f64> {
        Some(1.0 - self.exclusion_error()?.value() - self.inclusion_error_of_covered()?.value())
    }
    /// Targeting differential of Ravallion (WPS 4385): coverage of those meant minus coverage of all others; 0 for a
    /// programme that covers everybody.
    pub fn targeting_differential_ravallion(self) -> Option<f64> {
        Some(self.coverage_of_meant()?.value() - self.inclusion_error_of_not_meant()?.value())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(meant_covered: u128, meant_missed: u128, other_covered: u128, other_missed: u128) -> Reach {
        Reach { meant_covered, meant_missed, other_covered, other_missed }
    }

    /// Table 7.4 of Grosh et al. 2022 for the poorest 20 %: perfect 100, half right 0, the wrong ones −100, everybody 20.
    #[test]
    fn the_books_differential() {
        let td = |r: Reach| (r.targeting_differential_grosh().unwrap() * 100.0).round();
        assert_eq!(td(cells(20, 0, 0, 80)), 100.0);
        assert_eq!(td(cells(10, 10, 10, 70)), 0.0);
        assert_eq!(td(cells(0, 20, 20, 60)), -100.0);
        assert_eq!(td(cells(20, 0, 80, 0)), 20.0);
    }

    /// A universal programme for the poorest 40 %: the book gives 40, Ravallion 0.
    #[test]
    fn two_differentials_by_name() {
        let universal = cells(40, 0, 60, 0);
        assert!((universal.targeting_differential_grosh().unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(universal.targeting_differential_ravallion(), Some(0.0));
    }

    #[test]
    fn two_inclusion_errors_by_name() {
        let r = cells(30, 10, 20, 40);
        assert_eq!(r.inclusion_error_of_covered(), Some(Share { part: 20, whole: 50 }));
        assert_eq!(r.inclusion_error_of_not_meant(), Some(Share { part: 20, whole: 60 }));
        assert_eq!(r.total_error().unwrap().value() + r.total_accuracy().unwrap().value(), 1.0);
        assert_eq!(r.bpac(), Some(Share { part: 20, whole: 40 }));
    }

    #[test]
    fn nothing_covered_is_no_error_of_zero() {
        let r = cells(0, 10, 0, 10);
        assert_eq!(r.inclusion_error_of_covered(), None);
        assert_eq!(r.targeting_differential_grosh(), None);
        assert_eq!(Reach::default().coverage(), None);
    }

    #[test]
    fn parts_add_up() {
        let rows: Vec<Row> =
            (0..100u64).map(|i| Row { weight: i % 5, meant: i % 3 == 0, covered: i % 7 < 3 }).collect();
        let (a, b) = rows.split_at(37);
        assert_eq!(
            Reach::from_rows(a.iter().copied()).merge(Reach::from_rows(b.iter().copied())),
            Reach::from_rows(rows.iter().copied())
        );
    }
}
