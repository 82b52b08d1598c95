//! What each family got, why not the rest, and totals that close.

use super::Slate;
use crate::Rupiah;
use crate::message::Bilingual;

/// What a family got of one programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Allotment {
    /// A place.
    Given,
    /// Eligible, but quota or budget ended before: the position on the region's waiting list, from 1.
    Waiting(u32),
    /// Eligible, but has what the overlap rules exclude: the programme's place in the order, from 0.
    Excluded(u8),
    /// Not eligible.
    Ineligible,
    /// Facts are missing.
    Undetermined,
}

impl Allotment {
    /// The word for files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Waiting(_) => "waiting",
            Self::Excluded(_) => "excluded",
            Self::Ineligible => "ineligible",
            Self::Undetermined => "undetermined",
        }
    }
}

/// One programme in one region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Line {
    /// The region's quota, where it has one of its own.
    pub quota: Option<u64>,
    /// Families looked at.
    pub families: u64,
    /// Places given.
    pub given: u64,
    /// On the waiting list.
    pub waiting: u64,
    /// Eligible, but excluded by another programme.
    pub excluded: u64,
    /// Not eligible.
    pub ineligible: u64,
    /// Facts are missing.
    pub undetermined: u64,
    /// Rupiah of the year for the places given.
    pub rupiah: Rupiah,
}

impl Line {
    /// Whether every family stands in exactly one column, and no more places were given than there are.
    pub fn closes(&self) -> bool {
        let sum = self.given + self.waiting + self.excluded + self.ineligible + self.undetermined;
        sum == self.families && self.quota.is_none_or(|q| self.given <= q)
    }

    fn add(&mut self, other: &Self) {
        self.quota = match (self.quota, other.quota) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        self.families += other.families;
        self.given += other.given;
        self.waiting += other.waiting;
        self.excluded += other.excluded;
        self.ineligible += other.ineligible;
        self.undetermined += other.undetermined;
        self.rupiah += other.rupiah;
    }
}

/// The whole allocation.
#[derive(Clone, Debug)]
pub struct Allocation {
    programmes: Vec<String>,
    families: usize,
    regions: usize,
    places: Vec<Vec<Allotment>>,
    lines: Vec<Vec<Line>>,
    given: Vec<u32>,
}

impl Allocation {
    pub(super) fn new(families: usize, regions: usize, slates: &[Slate<'_>]) -> Self {
        let programmes = slates.iter().map(|s| s.programme.clone()).collect();
        Self { programmes, families, regions, places: Vec::new(), lines: Vec::new(), given: Vec::new() }
    }

    pub(super) fn add(&mut self, _programme: usize, places: Vec<Allotment>, lines: Vec<Line>) {
        self.places.push(places);
        self.lines.push(lines);
    }

    pub(super) fn set_given(&mut self, given: Vec<u32>) {
        self.given = given;
    }

    /// Programme ids in order of priority.
    pub fn programmes(&self) -> &[String] {
        &self.programmes
    }

    /// What a family got of a programme.
    pub fn place(&self, programme: usize, family: usize) -> Option<Allotment> {
        self.places.get(programme)?.get(family).copied()
    }

    /// All places of a programme, by family.
    pub fn places(&self, programme: usize) -> &[Allotment] {
        self.places.get(programme).map_or(&[], Vec::as_slice)
    }

    /// The line of a programme in a region.
    pub fn line(&self, programme: usize, region: usize) -> Option<Line> {
        self.lines.get(programme)?.get(region).copied()
    }

    /// A programme over all regions.
    pub fn total(&self, programme: usize) -> Line {
        let mut sum = Line::default();
        self.lines.get(programme).into_iter().flatten().for_each(|l| sum.add(l));
        sum
    }

    /// Number of regions.
    pub fn regions(&self) -> usize {
        self.regions
    }

    /// Whether every count closes: each family stands in one column of each programme, the places given are those in
    /// the lines, and no quota is passed.
    pub fn closes(&self) -> bool {
        let n = self.families as u64;
        (0..self.programmes.len()).all(|k| {
            let given = self.places(k).iter().filter(|p| **p == Allotment::Given).count() as u64;
            self.total(k).families == n
                && given == self.total(k).given
                && self.lines.get(k).is_some_and(|l| l.iter().all(Line::closes))
        })
    }

    /// How many families have exactly each set of programmes: (programmes as bits in order of priority, families),
    /// those with nothing left out, in order of the bits.
    pub fn composition(&self) -> Vec<(u32, u64)> {
        let mut counts = std::collections::BTreeMap::new();
        for g in self.given.iter().filter(|g| **g != 0) {
            *counts.entry(*g).or_insert(0u64) += 1;
        }
        counts.into_iter().collect()
    }

    /// Why a family did not get a programme, or that it did.
    pub fn explain(&self, programme: usize, family: usize) -> Option<Bilingual> {
        let name = |k: u8| self.programmes.get(usize::from(k)).map_or("?", String::as_str);
        let say = |id: String, en: String| Some(Bilingual { id: id.into(), en: en.into() });
        let me = self.programmes.get(programme)?;
        match self.place(programme, family)? {
            Allotment::Given => say(format!("mendapat {me}"), format!("gets {me}")),
            Allotment::Waiting(n) => say(
                format!("layak {me}, tetapi kuota atau anggaran habis; urutan tunggu ke-{n} di wilayahnya"),
                format!("eligible for {me}, but quota or budget ended; number {n} on the region's waiting list"),
            ),
            Allotment::Excluded(k) => say(
                format!("layak {me}, tetapi sudah mendapat {} yang tidak boleh bersamaan", name(k)),
                format!("eligible for {me}, but already has {}, which may not go together", name(k)),
            ),
            Allotment::Ineligible => say(format!("tidak layak {me}"), format!("not eligible for {me}")),
            Allotment::Undetermined => {
                say(format!("kelayakan {me} belum dapat ditentukan"), format!("undetermined for {me}"))
            }
        }
    }
}
