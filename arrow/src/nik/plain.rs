//! Cells that need no second look: sixteen digits and a district in force, so that day and serial alone decide. Of the others the core
//! says what they are.

use super::table::Bitmap;
use super::{avx2, table};
use bansos::Date;
use bansos::nik::Class;

/// How cells are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// One at a time.
    Scalar,
    /// Eight at a time.
    Avx2,
}

impl Path {
    /// The fastest that this processor has.
    pub fn best() -> Self {
        if avx2::is_there() { Self::Avx2 } else { Self::Scalar }
    }
}

/// Reference dates of which every day of a calendar has been in some century (29 February 2000 came last), and nobody born in the
/// 2000s is too old.
const USUAL: std::ops::Range<Date> = Date::constant(2000, 2, 29)..Date::constant(2100, 1, 1);

/// Cells judged together.
pub(super) const BLOCK: usize = 256;

/// One bit for each of up to [`BLOCK`] cells, eight to a byte.
pub(super) type Bits = [u8; BLOCK / 8];

/// Classes of up to [`BLOCK`] cells.
pub(super) type Classes = [[i8; 8]; BLOCK / 8];

/// Judges blocks.
pub(super) struct Plain {
    path: Path,
    current: &'static Bitmap,
    /// Whether anything can be said on this day.
    possible: bool,
}

impl Plain {
    pub(super) fn new(as_of: Date, path: Path) -> Self {
        let path = if path == Path::Avx2 && !avx2::is_there() { Path::Scalar } else { path };
        Self { path, current: table::current(), possible: USUAL.contains(&as_of) }
    }

    /// Whether the reference date is one of those for which a valid date needs no second look.
    pub(super) const fn is_usual(&self) -> bool {
        self.possible
    }

    /// The class of every cell that has sixteen digits and a district in force. The others have their bit in what is returned.
    pub(super) fn judge(&self, cells: &[[u8; 16]], classes: &mut Classes) -> Bits {
        let mut open = [u8::MAX; BLOCK / 8];
        if !self.possible {
            return open;
        }
        let done = match self.path {
            Path::Avx2 => {
                let (eights, _) = cells.as_chunks::<8>();
                avx2::judge(eights, self.current, classes, &mut open);
                eights.len() * 8
            }
            Path::Scalar => 0,
        };
        for (k, cell) in cells.iter().enumerate().skip(done) {
            let class = classes.get_mut(k / 8).and_then(|c| c.get_mut(k % 8));
            if let (Some(answer), Some(class), Some(open)) = (one(cell, self.current), class, open.get_mut(k / 8)) {
                *class = answer as i8;
                *open &= !(1 << (k % 8));
            }
        }
        open
    }
}

/// The class of one cell, where it has sixteen digits and a district in force.
fn one(cell: &[u8; 16], current: &Bitmap) -> Option<Class> {
    let [high, low] = numbers(cell)?;
    let (prefix, day) = (high / 100, high % 100);
    let (month, year, serial) = (low / 1_000_000, low / 10_000 % 100, low % 10_000);
    let day = if day > 40 { day - 40 } else { day };
    current.get((prefix / 32) as usize).filter(|w| *w >> (prefix % 32) & 1 != 0)?;
    Some(match (is_day(day, month, year), serial) {
        (false, _) => Class::DateImpossible,
        (true, 0) => Class::SerialZero,
        (true, _) => Class::Valid,
    })
}

/// A day of the calendar in any century: years ending in 00 have a 29 February because 2000 has one.
pub(super) fn is_day(day: u32, month: u32, year: u32) -> bool {
    const DAYS: [u8; 16] = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0];
    let last = DAYS.get(month as usize).copied().unwrap_or(0);
    day.wrapping_sub(1) < u32::from(last) && !(month == 2 && day == 29 && !year.is_multiple_of(4))
}

/// The first and the last eight digits as numbers, where all are digits.
pub(super) fn numbers(cell: &[u8; 16]) -> Option<[u32; 2]> {
    const ZEROS: u128 = 0x3030_3030_3030_3030_3030_3030_3030_3030;
    const SIXES: u128 = 0x0606_0606_0606_0606_0606_0606_0606_0606;
    const HIGH: u128 = ZEROS | 0xc0c0_c0c0_c0c0_c0c0_c0c0_c0c0_c0c0_c0c0;
    let word = u128::from_le_bytes(*cell);
    // a digit is 0x30 to 0x39: its upper half is 3, and stays 3 when 6 is added
    if word & HIGH != ZEROS || word.wrapping_add(SIXES) & HIGH != ZEROS {
        return None;
    }
    let digits = word ^ ZEROS;
    Some([eight(digits as u64), eight((digits >> 64) as u64)])
}

/// Eight digits, the first in the lowest byte, folded in pairs, fours and eights.
const fn eight(v: u64) -> u32 {
    let pairs = v.wrapping_mul(10).wrapping_add(v >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    fours.wrapping_mul(10_000).wrapping_add(fours >> 32) as u32
}
