//! What the counts prove.

use super::tally::{Numbers, TO_1904, Tally, Votes};
use super::{Remedy, Rounded};

/// A share of serials that end in 0 without damage, with room: a tenth is the rule.
const ZEROS: f64 = 0.12;

impl Tally {
    /// What has to be read otherwise.
    pub(in crate::read) fn remedy(&self) -> Remedy {
        if self.exchanged() {
            // first things first: what the numbers show is then of the other column
            return Remedy { exchanged: true, ..Remedy::default() };
        }
        let (nik, card) = (rounded(self.nik), rounded(self.card));
        let both_orders = self.order.usual >= 3
            && self.order.other >= 3
            && self.order.usual.min(self.order.other) * 10 >= self.order.usual.max(self.order.other);
        let moved = self.before.max(self.behind);
        let shift = match (moved >= 3 && moved * 10 >= (moved + self.same) * 3, self.before >= self.behind) {
            (false, _) => 0,
            (true, true) => TO_1904,
            (true, false) => -TO_1904,
        };
        Remedy {
            month_first: other_way(self.order),
            both_orders,
            swapped: other_way(self.swapped),
            shift,
            exchanged: false,
            nik,
            card,
        }
    }

    /// By the birth dates; where there are none, by the days that only a woman's NIK has.
    fn exchanged(&self) -> bool {
        let by_date = self.in_card >= 3 && self.in_card * 10 >= self.dated * 7 && self.in_nik * 10 <= self.dated;
        let by_women = self.dated == 0 && self.pairs >= 15 && self.woman_card * 5 >= self.pairs && self.woman_nik == 0;
        by_date || by_women
    }
}

/// Two cells are enough where nothing speaks against them.
fn other_way(votes: Votes) -> bool {
    (votes.other >= 2 && votes.usual == 0) || (votes.other >= 3 && votes.other * 10 >= (votes.other + votes.usual) * 9)
}

fn rounded(numbers: Numbers) -> Rounded {
    let (texts, floats) = (numbers.texts, numbers.floats);
    // a program that writes numbers writes other ends too; a spreadsheet has none
    let typed = floats.all > 0 && floats.zero == floats.all;
    #[allow(clippy::cast_precision_loss, reason = "counts of rows")]
    let (all, zero) = (texts.all as f64, texts.zero as f64);
    let share = zero / all.max(1.0);
    // how unlikely so many are where a tenth is the rule (Chernoff's bound); 1 in 100,000 files may be wronged
    let surprise = |p: f64, q: f64| if p > 0.0 { p * (p / q).ln() } else { 0.0 };
    let doubt = all * (surprise(share, ZEROS) + surprise(1.0 - share, 1.0 - ZEROS));
    if share >= 0.25 && doubt > 1e5_f64.ln() {
        Rounded::All
    } else if typed {
        Rounded::Numbers
    } else {
        Rounded::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::Nik;

    fn ends(zero: u64, all: u64, float: bool) -> Rounded {
        let mut numbers = Numbers::default();
        (0..all).for_each(|n| numbers.push(3_508_120_000_000_001 + n * 20 - u64::from(n < zero), float));
        rounded(numbers)
    }

    #[test]
    fn a_last_digit_that_is_lost() {
        assert_eq!(ends(7, 7, false), Rounded::All);
        assert_eq!(ends(30, 60, false), Rounded::All, "half a column");
        assert_eq!(
            (ends(2, 7, false), ends(9, 60, false), ends(3, 3, false)),
            (Rounded::None, Rounded::None, Rounded::None)
        );
        assert_eq!(ends(13_000, 100_000, false), Rounded::None, "here and there");
        assert_eq!((ends(2, 2, true), ends(2, 3, true)), (Rounded::Numbers, Rounded::None));
        assert!(
            Rounded::Numbers.covers(10, true) && !Rounded::Numbers.covers(10, false) && !Rounded::All.covers(11, true)
        );
    }

    #[test]
    fn the_order_of_day_and_month() {
        let order = |dates: &[&str]| {
            let mut tally = Tally::default();
            dates.iter().for_each(|date| tally.date(date, Nik::parse("3508120311659001").ok()));
            let Remedy { month_first, both_orders, swapped, .. } = tally.remedy();
            (month_first, both_orders, swapped)
        };
        assert_eq!(order(&["03/25/1990", "12/31/1980", "05/05/1990"]), (true, false, false));
        assert_eq!(order(&["25/03/1990", "31/12/1980", "03/04/1990", "04/25/1991"]), (false, false, false));
        assert_eq!(order(&["11/03/1965", "11/03/1965"]), (true, false, false), "the NIK says 3 November");
        assert_eq!(order(&["03/11/1965", "03/11/1965"]), (false, false, false));
        assert_eq!(order(&["1965-03-11", "1965-03-11"]), (false, false, true));
        let both = ["25/03/1990", "26/03/1990", "27/03/1990", "03/25/1990", "03/26/1990", "03/27/1990"];
        assert_eq!(order(&both), (false, true, false));
    }
}
