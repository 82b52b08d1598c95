//! What a column shows as a whole that no cell can show by itself: a last digit that a spreadsheet dropped, months before days,
//! NIK and No. KK in each other's place, days counted from another year, a value that everybody has. It is said once for the file and undone where the file
//! proves it.

mod judge;
mod repeated;
mod tally;

use super::digits::{born, parts};
use crate::FileNote;
use bansos::date::{DateCell, DateStyle, new, read_as};
use bansos::source::Field;
use tally::shifted;

pub(super) use repeated::withhold;
pub(super) use tally::Tally;

/// How a file is read otherwise than it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Remedy {
    /// Months stand before days in dates that are written as texts.
    pub(super) month_first: bool,
    /// Both orders stand in the column: each cell by itself, and by the NIK beside it.
    pub(super) both_orders: bool,
    /// Cells that are days have day and month exchanged: a spreadsheet took `03/11` for 11 March on its way in.
    pub(super) swapped: bool,
    /// Days that are to be added to a date.
    pub(super) shift: i32,
    /// NIK and No. KK stand in each other's column.
    pub(super) exchanged: bool,
    pub(super) nik: Rounded,
    pub(super) card: Rounded,
}

/// Which numbers of a column lost their last digit to a spreadsheet: of those that end in 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rounded {
    #[default]
    None,
    /// Those whose cells are binary numbers.
    Numbers,
    /// All.
    All,
}

impl Rounded {
    pub(super) fn covers(self, number: u64, float: bool) -> bool {
        number.is_multiple_of(10) && (self == Self::All || (self == Self::Numbers && float))
    }
}

impl Remedy {
    /// A birth date of the column. What the NIK beside it says, as it is written, stays.
    pub(super) fn date(&self, text: &str, style: DateStyle, nik: Option<u64>) -> DateCell {
        let nik = nik.map(born);
        let agrees = |cell: &DateCell| cell.date.is_some_and(|date| nik == Some(parts(date)));
        let mut cell = read_as(text, style);
        if agrees(&cell) {
            return cell;
        }
        if self.month_first || self.both_orders {
            let other = read_as(text, DateStyle { month_first: !style.month_first, ..style });
            if cell.date.is_none() || (self.both_orders && agrees(&other)) {
                cell = other;
            }
        }
        if self.swapped
            && text.get(4..5) == Some("-")
            && let Some(date) = cell.date
        {
            cell.date = new(date.year().into(), date.day().into(), date.month().into()).or(cell.date);
        }
        if self.shift != 0 {
            cell.date = cell.date.and_then(|date| shifted(date, self.shift));
        }
        cell
    }

    /// What this has and the other has not.
    pub(super) fn since(self, other: Self) -> Self {
        Self {
            month_first: self.month_first && !other.month_first,
            both_orders: self.both_orders && !other.both_orders,
            swapped: self.swapped && !other.swapped,
            shift: if other.shift == 0 { self.shift } else { 0 },
            exchanged: self.exchanged && !other.exchanged,
            nik: if self.nik > other.nik { self.nik } else { Rounded::None },
            card: if self.card > other.card { self.card } else { Rounded::None },
        }
    }

    /// What is said of it, once for the file; columns by the names they have there.
    pub(super) fn notes(self, name: impl Fn(Field) -> String, tally: &Tally) -> Vec<FileNote> {
        let (nik, card, born) = (name(Field::Nik), name(Field::FamilyCard), name(Field::BirthDate));
        let column = || born.clone();
        let mut notes = Vec::new();
        if self.exchanged {
            notes.push(FileNote::Exchanged { nik: nik.clone(), card: card.clone() });
        }
        for (rounded, column, numbers) in [(self.nik, nik, tally.nik), (self.card, card, tally.card)] {
            if rounded != Rounded::None {
                notes.push(FileNote::LostDigits { column, percent: numbers.percent() });
            }
        }
        if self.month_first {
            notes.push(FileNote::MonthFirst { column: column() });
        }
        if self.both_orders {
            notes.push(FileNote::BothOrders { column: column() });
        }
        if self.swapped {
            notes.push(FileNote::SwappedDays { column: column() });
        }
        if self.shift != 0 {
            notes.push(FileNote::Shifted { column: column(), days: self.shift });
        }
        notes
    }

    /// Both: what was found is not taken back where, undone, it is no longer to be seen.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            month_first: self.month_first || other.month_first,
            both_orders: self.both_orders || other.both_orders,
            swapped: self.swapped || other.swapped,
            shift: if self.shift == 0 { other.shift } else { self.shift },
            exchanged: self.exchanged || other.exchanged,
            nik: self.nik.max(other.nik),
            card: self.card.max(other.card),
        }
    }
}
