//! One task's share of the columns: plainly valid cells quickly, the others by the core.

use super::Part;
use super::cells::Cells;
use super::plain::{BLOCK, Classes, Path, Plain, numbers};
use bansos::nik::{Class, Declared, NikFlag};
use bansos::{Date, Nik, Sex, date};

/// Stands for null until the null bits are made.
pub(super) const NO_REGION: i32 = -1;
/// Stands for null until the null bits are made.
pub(super) const NO_DATE: i32 = i32::MIN;
/// Stands for null until the null bits are made.
pub(super) const NO_SEX: i8 = 0;

/// Days from a date in the 1900s to the same date in the 2000s: one less in January and February 1900, for 1900 was no leap
/// year. (29 February 1900, which never was, counts as the day after the 28th.)
const fn century(month_year: u32) -> i32 {
    if matches!(month_year, 100 | 200) { 36_524 } else { 36_525 }
}

/// What all tasks share.
pub(super) struct Worker {
    as_of: Date,
    today: i32,
    plain: Plain,
    calendar: Calendar,
}

impl Worker {
    pub(super) fn new(as_of: Date, path: Path) -> Self {
        Self { as_of, today: date::to_epoch_days(as_of), plain: Plain::new(as_of, path), calendar: Calendar::new() }
    }

    /// Fills a task's part.
    pub(super) fn fill(&self, cells: &Cells<'_>, mut part: Part<'_>) {
        let mut stage = [[0; 16]; BLOCK];
        let details = part.region.is_some() || part.birth_date.is_some() || part.sex.is_some() || part.flags.is_some();
        for start in (0..part.len).step_by(BLOCK) {
            let len = BLOCK.min(part.len - start);
            let packed = match cells.packed(part.start + start, len) {
                Some(packed) => packed,
                None => {
                    let Some(stage) = stage.get_mut(..len) else { return };
                    cells.stage(part.start + start, stage);
                    stage
                }
            };
            let mut classes = [[0; 8]; BLOCK / 8];
            let open = self.plain.judge(packed, &mut classes);
            self.open_ones(cells, part.start + start, packed, &open, &mut classes);
            if details {
                self.details(cells, &mut part, start, packed, &classes);
            }
            if let Some(to) = part.class.as_mut().and_then(|c| c.get_mut(start..start + len)) {
                to.copy_from_slice(classes.as_flattened().get(..len).unwrap_or_default());
            }
        }
    }

    /// What the block's own judge could not tell.
    fn open_ones(&self, cells: &Cells<'_>, start: usize, packed: &[[u8; 16]], open: &[u8], classes: &mut Classes) {
        for (byte, classes) in classes.iter_mut().enumerate() {
            let mut left = open.get(byte).copied().unwrap_or(0);
            while left != 0 {
                let k = left.trailing_zeros() as usize;
                left &= left - 1;
                if let (Some(cell), Some(class)) = (packed.get(byte * 8 + k), classes.get_mut(k)) {
                    *class = self.open_one(cell, || cells.get(start + byte * 8 + k)) as i8;
                }
            }
        }
    }

    fn open_one<'a>(&self, cell: &[u8; 16], whole: impl FnOnce() -> Option<&'a [u8]>) -> Class {
        match numbers(cell) {
            Some([0, 0]) => Class::Empty,
            Some([high, low]) => Nik::from_u64(u64::from(high) * 100_000_000 + u64::from(low))
                .map_or(Class::Charset, |nik| Class::from_nik(nik, self.as_of)),
            // sixteen bytes, not all digits, and one of them 1 to 9: neither empty nor of another length
            None if cell.iter().any(|b| matches!(b, b'1'..=b'9')) => Class::Charset,
            None => self.class_of(whole()),
        }
    }

    fn class_of(&self, cell: Option<&[u8]>) -> Class {
        match cell.map(std::str::from_utf8) {
            None => Class::Empty,
            Some(Ok(text)) => Class::from_text(text, self.as_of),
            Some(Err(_)) => Class::Charset,
        }
    }

    /// The other columns.
    fn details(&self, cells: &Cells<'_>, part: &mut Part<'_>, start: usize, packed: &[[u8; 16]], classes: &Classes) {
        for ((k, cell), class) in packed.iter().enumerate().zip(classes.as_flattened()) {
            let is_plain = *class == Class::Valid as i8 && self.plain.is_usual();
            let detail = match numbers(cell).filter(|_| is_plain) {
                Some(numbers) => self.plainly(numbers),
                None => self.slowly(cells.get(part.start + start + k)),
            };
            let place = start + k;
            put(&mut part.region, place, detail.region);
            put(&mut part.birth_date, place, detail.birth_date);
            put(&mut part.sex, place, detail.sex);
            put(&mut part.flags, place, detail.flags);
        }
    }

    /// Of a plainly valid cell.
    fn plainly(&self, [high, low]: [u32; 2]) -> Detail {
        let (day, month_year) = ((high % 100) as i32, low / 10_000);
        let (sex, day) = if day > 40 { (2, day - 40) } else { (1, day) };
        let older = self.calendar.month(month_year) + day - 1;
        let younger = older + century(month_year);
        let birth_date = if younger <= self.today { younger } else { older };
        let ambiguous = younger <= self.today && self.plausible(older, day, month_year);
        Detail {
            region: (high / 100) as i32,
            birth_date,
            sex,
            flags: if ambiguous { NikFlag::CenturyAmbiguous.bit() } else { 0 }
                | if high == low { NikFlag::Suspicious.bit() } else { 0 },
        }
    }

    /// Whether a birth in the 1900s is a real day and not too long ago.
    fn plausible(&self, older: i32, day: i32, month_year: u32) -> bool {
        let (month, yy) = (month_year / 100, month_year % 100);
        if yy == 0 && month == 2 && day == 29 {
            return false;
        }
        // surely too old or surely not, by days alone; the days between are left to the calendar
        let age = self.today - older;
        let limit = i32::from(bansos::nik::MAX_AGE) + 1;
        if age < limit * 365 {
            return true;
        }
        if age > limit * 366 {
            return false;
        }
        date::from_epoch_days(older)
            .and_then(|born| date::age_on(born, self.as_of))
            .is_some_and(|age| age <= bansos::nik::MAX_AGE)
    }

    /// Of any cell, by the core.
    fn slowly(&self, cell: Option<&[u8]>) -> Detail {
        let text = cell.map(std::str::from_utf8);
        let nik = match text {
            Some(Ok(text)) => Nik::parse(text).ok().filter(|n| n.to_u64() != 0),
            _ => None,
        };
        let Some(nik) = nik else {
            let flag = match self.class_of(cell) {
                Class::Empty => NikFlag::Empty,
                Class::Length => NikFlag::Length,
                _ => NikFlag::Charset,
            };
            return Detail { region: NO_REGION, birth_date: NO_DATE, sex: NO_SEX, flags: flag.bit() };
        };
        let found = nik.examine(&Declared::default(), self.as_of);
        Detail {
            region: i32::try_from(nik.to_u64() / 10_000_000_000).unwrap_or(NO_REGION),
            birth_date: found.birth.likely().map_or(NO_DATE, date::to_epoch_days),
            sex: match found.sex {
                Some(Sex::Male) => 1,
                Some(Sex::Female) => 2,
                None => NO_SEX,
            },
            flags: found.flags(),
        }
    }
}

struct Detail {
    region: i32,
    birth_date: i32,
    sex: i8,
    flags: i32,
}

fn put<T>(column: &mut Option<&mut [T]>, place: usize, value: T) {
    if let Some(place) = column.as_mut().and_then(|c| c.get_mut(place)) {
        *place = value;
    }
}

/// The first day of every month of 1900 to 1999, in days since 1970; by month x 100 + year.
struct Calendar(Box<[i32; 1_300]>);

impl Calendar {
    fn new() -> Self {
        let mut days = Box::new([0; 1_300]);
        for (at, first) in days.iter_mut().enumerate() {
            let day = i32::try_from(at / 100).ok().zip(i32::try_from(at % 100).ok());
            let date = day.and_then(|(month, year)| date::new(1900 + year, month, 1));
            *first = date.map_or(0, date::to_epoch_days);
        }
        Self(days)
    }

    fn month(&self, month_year: u32) -> i32 {
        self.0.get(month_year as usize).copied().unwrap_or(0)
    }
}
