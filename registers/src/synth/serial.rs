//! Synthetic identifiers: real districts and dates, serials 9000 to 9999 that no office issues, and never the same one twice.
//! A counter for each district and day takes a fixed amount of memory whatever the number of people.

use bansos::date;
use bansos::{Date, Sex};

const LEAST: u64 = 9000;
const SERIALS: u16 = 1000;

pub(super) struct Serials {
    first_day: i32,
    days: usize,
    used: Vec<u16>,
}

impl Serials {
    /// For `lanes` districts (twice as many for the two sexes) and the days between.
    pub(super) fn new(lanes: usize, from: Date, to: Date) -> Self {
        let first_day = date::to_epoch_days(from);
        let days = usize::try_from(date::to_epoch_days(to) - first_day + 1).unwrap_or(1);
        Self { first_day, days, used: vec![0; lanes * days] }
    }

    /// A serial of that lane and day; `None` when all thousand are gone.
    fn take(&mut self, lane: usize, day: Date) -> Option<u64> {
        let at = usize::try_from(date::to_epoch_days(day) - self.first_day).ok().filter(|d| *d < self.days)?;
        let used = self.used.get_mut(lane * self.days + at)?;
        if *used >= SERIALS {
            return None;
        }
        // from 9001 on, as serials start at 1; 9000 comes last
        *used += 1;
        Some(LEAST + u64::from(*used % SERIALS))
    }

    /// A NIK for one born that day in the district; where the day is full, the neighbouring lane's serials do not help, so
    /// the caller takes another day.
    pub(super) fn nik(&mut self, lane: usize, district: u64, born: Date, sex: Sex) -> Option<u64> {
        let female = u64::from(sex == Sex::Female);
        let serial = self.take(lane * 2 + usize::from(sex == Sex::Female), born)?;
        let day = u64::try_from(born.day()).ok()? + 40 * female;
        Some(number(district, day, born, serial))
    }

    /// A family card recorded that day.
    pub(super) fn card(&mut self, lane: usize, district: u64, recorded: Date) -> Option<u64> {
        let serial = self.take(lane, recorded)?;
        Some(number(district, u64::try_from(recorded.day()).ok()?, recorded, serial))
    }
}

fn number(district: u64, day: u64, date: Date, serial: u64) -> u64 {
    let month = u64::try_from(date.month()).unwrap_or(1);
    let year = u64::try_from(date.year()).unwrap_or(0) % 100;
    district * 10_000_000_000 + day * 100_000_000 + month * 1_000_000 + year * 10_000 + serial
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thousand_a_day_and_no_two_alike() {
        let day = Date::constant(1980, 1, 28);
        let mut serials = Serials::new(4, Date::constant(1980, 1, 1), Date::constant(1980, 12, 31));
        let mut all: Vec<u64> = (0..1000).map(|_| serials.nik(1, 350_812, day, Sex::Female).unwrap()).collect();
        assert_eq!(serials.nik(1, 350_812, day, Sex::Female), None);
        assert!(serials.nik(1, 350_812, day, Sex::Male).is_some());
        assert_eq!(all[0], 3_508_126_801_809_001);
        assert!(all.iter().all(|n| n % 10_000 >= 9000));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 1000);
    }
}
