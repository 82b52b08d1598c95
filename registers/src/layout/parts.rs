//! Values whose parts stand in columns of their own: a sex as two columns to tick, a birth date as day, month and year.

use crate::table::{Cells, decode};
use std::borrow::Cow;

/// The columns of one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Parts {
    /// `L | P`: the sex whose column has a mark.
    Ticked { male: usize, female: usize },
    /// Day, month and year of a date.
    Dated { day: usize, month: usize, year: usize },
    /// One of two numbers in a cell: `NIK / No. KK`.
    Number { at: usize, second: bool },
}

impl Parts {
    pub(crate) fn has(self, at: usize) -> bool {
        match self {
            Self::Ticked { male, female } => at == male || at == female,
            Self::Dated { day, month, year } => at == day || at == month || at == year,
            Self::Number { at: of, .. } => at == of,
        }
    }

    /// The value as one cell would have it, and whether a part is in another encoding.
    pub(crate) fn text<'r>(self, row: &'r Cells) -> (Cow<'r, str>, bool) {
        let cell = |at| row.get(at).map(decode).unwrap_or_default();
        match self {
            Self::Ticked { male, female } => (Cow::Borrowed(ticked(&cell(male).0, &cell(female).0)), false),
            Self::Dated { day, month, year } => {
                let parts = [cell(day), cell(month), cell(year)];
                (Cow::Owned(dated(&parts[0].0, &parts[1].0, &parts[2].0)), parts.iter().any(|(_, foreign)| *foreign))
            }
            Self::Number { at, second } => {
                let (text, foreign) = cell(at);
                (
                    Cow::Owned(numbers(&text).get(usize::from(second)).map(|n| (*n).to_owned()).unwrap_or_default()),
                    foreign,
                )
            }
        }
    }
}

/// `L`, `P`, nothing; of two marks what is no sex. A number marks too, and may be a count: the word for it is a number as well.
pub(super) fn ticked(male: &str, female: &str) -> &'static str {
    let number = |cell: &str| cell.bytes().any(|b| b.is_ascii_digit());
    match (is_mark(male), is_mark(female)) {
        (true, false) if number(male) => "1",
        (true, false) => "L",
        (false, true) if number(female) => "2",
        (false, true) => "P",
        (false, false) => "",
        (true, true) => "L P",
    }
}

/// Any cell but one that says no.
fn is_mark(cell: &str) -> bool {
    let cell = cell.trim();
    let no = |word: &&str| word.eq_ignore_ascii_case(cell);
    !cell.is_empty() && !["0", "-", "0.0", "TIDAK", "T", "N", "FALSE", "NULL"].iter().any(no)
}

/// `11-3-1965`; of a year alone the year.
pub(super) fn dated(day: &str, month: &str, year: &str) -> String {
    let bare = |cell: &str| cell.trim().trim_end_matches(".0").to_owned();
    let parts = [bare(day), bare(month), bare(year)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// The numbers of a cell that holds several, of sixteen digits or nearly.
pub(super) fn numbers(text: &str) -> Vec<&str> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| (14..=17).contains(&run.len()));
    runs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_cell() {
        assert_eq!((ticked("v", ""), ticked("", "x"), ticked("-", "0"), ticked("v", "v")), ("L", "P", "", "L P"));
        assert_eq!((ticked("4", ""), ticked("", "1")), ("1", "2"), "a line of totals is nobody by it");
        assert_eq!(dated("11", "3.0", "1965"), "11-3-1965");
        assert_eq!((dated("", "", "1965"), dated("11", "Maret", "1965")), ("1965".into(), "11-Maret-1965".into()));
    }
}
