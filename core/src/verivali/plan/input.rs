//! Places, officers, targets.

use crate::Date;
use crate::ranking::Decile;

/// A desa or kelurahan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PlanVillage {
    /// Its kecamatan, as an index of the caller's.
    pub district: u32,
    /// Latitude and longitude in degrees (WGS 84).
    pub at: Option<(f64, f64)>,
}

impl PlanVillage {
    /// A place of a kecamatan, without coordinates.
    pub const fn new(district: u32) -> Self {
        Self { district, at: None }
    }
}

/// One who visits (pendamping, petugas).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The desa of residence, as an index into the places.
    pub home: u32,
    /// Visits on one working day.
    pub per_day: u16,
    /// Absences, first and last day.
    pub away: Vec<(Date, Date)>,
}

impl Officer {
    /// One who is never away.
    pub const fn new(home: u32, per_day: u16) -> Self {
        Self { home, per_day, away: Vec::new() }
    }

    /// Visits that can be made on a day.
    pub(super) fn on(&self, day: Date) -> u64 {
        if self.away.iter().any(|(from, to)| *from <= day && day <= *to) { 0 } else { self.per_day.into() }
    }

    /// Visits that can be made on these days.
    pub(super) fn capacity(&self, days: &[Date]) -> u64 {
        days.iter().map(|day| self.on(*day)).sum()
    }
}

/// A family, or a person, to be visited once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Where, as an index into the places.
    pub place: u32,
    /// Welfare decile of the family.
    pub decile: Option<Decile>,
    /// Chance, in thousandths, that the family is on the list wrongly.
    pub doubt: u16,
    /// Day of the newest record; `None`: older than anybody knows.
    pub recorded: Option<Date>,
    /// The officer an earlier plan gave it to.
    pub keep: Option<u32>,
}

impl Target {
    /// A target of which nothing else is known.
    pub const fn new(place: u32) -> Self {
        Self { place, decile: None, doubt: 0, recorded: None, keep: None }
    }
}
