//! The rows as columns: fixed-size traits, names and places as numbers, listings as ranges.

use bansos::FamilyCard;
use bansos::dedup::{
    Birth, Digits, Traits,
    compare::{sex_code, text_key},
};
use bansos::household::FamilyRecord;
use bansos::person::{PersonRecord, Relation, Sex};
use bansos::region::{Level, RegionCode, Residence, Status, status};
use bansos::source::{Identifier, Origin, Source};
use bansos::text::name::{Name, NameBook, NameId};
use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::{BuildHasher as _, Hash, Hasher as _};
use std::sync::Arc;

/// Everything the engine needs of the records.
pub(super) struct Columns {
    /// Per person record.
    pub(super) traits: Vec<Traits>,
    /// Person records in the order of their content.
    pub(super) order: Vec<u32>,
    /// Per person record: its place in that order.
    pub(super) rank: Vec<u32>,
    pub(super) names: NameBook,
    pub(super) mothers: NameBook,
    pub(super) listings: Listings,
    /// Listing of each family record.
    pub(super) family_listing: Vec<u32>,
    /// Village of each family record.
    pub(super) family_village: Vec<u32>,
    /// Rows per source, in the order of [`Source::ALL`].
    pub(super) source_rows: Vec<u64>,
}

/// One family in one source, as that source lists it.
pub(super) struct Listings {
    /// Where each listing's members start; one more entry than listings.
    starts: Vec<u32>,
    /// Person records by listing.
    members: Vec<u32>,
    /// The source of each.
    pub(super) source: Vec<u8>,
    /// The card of each, as far as known: the first whole one among its rows.
    pub(super) card: Vec<Digits>,
    /// Whether it is a person's row that names no family, neither by key nor by card.
    pub(super) loose: Vec<bool>,
    /// Rows of persons that stand alone because their card is damaged.
    pub(super) damaged: Vec<bool>,
}

impl Listings {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.source.len()
    }

    /// Person records of a listing.
    pub(super) fn members(&self, listing: u32) -> &[u32] {
        let at = |i: usize| self.starts.get(i).copied().unwrap_or(0) as usize;
        self.members.get(at(listing as usize)..at(listing as usize + 1)).unwrap_or(&[])
    }
}

/// A number of anything hashable, the same in every run.
pub(super) fn hash32(value: impl Hash) -> u32 {
    let x = FxBuildHasher.hash_one(value);
    ((x >> 32) as u32 ^ x as u32).max(1)
}

impl Columns {
    pub(super) fn new(persons: &[PersonRecord], families: &[FamilyRecord]) -> Self {
        let (names, name_ids) = book(persons, |p| p.name.as_deref());
        let (mothers, mother_ids) = book(persons, |p| p.mother_name.as_deref());
        let places = Places::learn(persons, families);
        let (person_listing, family_listing, numbered) = number_listings(persons, families);
        let latest = persons
            .par_iter()
            .filter_map(|p| p.birth_date.map(|d| u32::from(d.year().unsigned_abs())))
            .filter(|y| *y <= 2100)
            .max()
            .unwrap_or(2026);
        let homes = places.of_all(persons);
        let traits: Vec<Traits> = persons
            .par_iter()
            .zip(&name_ids)
            .zip(&mother_ids)
            .zip(&person_listing)
            .zip(homes)
            .map(|((((p, name), mother), listing), home)| traits(p, *name, *mother, *listing, home, latest))
            .collect();
        // the number of the content lies beside the row: sorting does not step through memory
        let mut print: Vec<(u64, u32)> =
            traits.par_iter().enumerate().map(|(i, t)| (fingerprint(t, &names, &mothers), i as u32)).collect();
        print.par_sort_unstable_by(|x, y| {
            // rows of equal content are interchangeable
            let origin = |i: u32| persons[i as usize].origin;
            x.0.cmp(&y.0).then_with(|| origin(x.1).cmp(&origin(y.1)))
        });
        let order: Vec<u32> = print.into_iter().map(|(_, i)| i).collect();
        let mut rank = vec![0u32; order.len()];
        for (r, i) in order.iter().enumerate() {
            rank[*i as usize] = r as u32;
        }
        let mut source_rows = vec![0u64; Source::ALL.len()];
        for t in &traits {
            source_rows[usize::from(t.source)] += 1;
        }
        let listings = listings(&traits, &person_listing, numbered, families, &family_listing);
        let family_village = families.iter().map(|f| places.of(&f.residence).0).collect();
        Self { traits, order, rank, names, mothers, listings, family_listing, family_village, source_rows }
    }
}

impl Columns {
    /// Whether a row of a person names no family.
    pub(super) fn is_loose(&self, row: u32) -> bool {
        self.listing_is(&self.listings.loose, row)
    }

    /// Whether a row stands alone because its card is damaged.
    pub(super) fn is_damaged(&self, row: u32) -> bool {
        self.listing_is(&self.listings.damaged, row)
    }

    fn listing_is(&self, flags: &[bool], row: u32) -> bool {
        let listing = self.traits.get(row as usize).map(|t| t.listing as usize);
        listing.and_then(|l| flags.get(l)).copied().unwrap_or(false)
    }
}

/// The distinct names of a column, read once each.
fn book<'a>(
    persons: &'a [PersonRecord],
    text: impl Fn(&'a PersonRecord) -> Option<&'a str>,
) -> (NameBook, Vec<NameId>) {
    let mut index: FxHashMap<&str, u32> = FxHashMap::default();
    let mut counts: Vec<u32> = Vec::new();
    let mut distinct: Vec<&str> = Vec::new();
    let mut raw: Vec<u32> = Vec::with_capacity(persons.len());
    for p in persons {
        let t = text(p).unwrap_or("");
        let at = *index.entry(t).or_insert_with(|| {
            distinct.push(t);
            counts.push(0);
            distinct.len() as u32 - 1
        });
        counts[at as usize] += 1;
        raw.push(at);
    }
    drop(index);
    let mut book = NameBook::default();
    let mut ids: Vec<NameId> = Vec::with_capacity(distinct.len());
    // a chunk at a time, so that a million parsed names are never held together
    for (texts, counts) in distinct.chunks(65_536).zip(counts.chunks(65_536)) {
        let read: Vec<Name> = texts.par_iter().map(|t| Name::read(t)).collect();
        ids.extend(read.iter().zip(counts).map(|(name, n)| book.add(name, if name.is_empty() { 0 } else { *n })));
    }
    book.weigh();
    (book, raw.into_iter().map(|r| ids[r as usize]).collect())
}

/// Village and district codes, and what names they go by where some source gives both.
struct Places {
    villages: FxHashMap<(u32, u32), u32>,
    districts: FxHashMap<u32, u32>,
    /// Whether any row has a code without a name, of its village, and of its district.
    nameless: (bool, bool),
}

impl Places {
    fn learn(persons: &[PersonRecord], families: &[FamilyRecord]) -> Self {
        let mut places =
            Self { villages: FxHashMap::default(), districts: FxHashMap::default(), nameless: (false, false) };
        let mut seen: FxHashMap<*const Residence, ()> = FxHashMap::default();
        let all = persons.iter().map(|p| &p.residence).chain(families.iter().map(|f| &f.residence));
        let mut before = std::ptr::null();
        for r in all {
            // the rows of a family share their home
            if std::ptr::eq(std::mem::replace(&mut before, Arc::as_ptr(r)), Arc::as_ptr(r))
                || seen.insert(Arc::as_ptr(r), ()).is_some()
            {
                continue;
            }
            let (village, district) = coded(r);
            let (d, v) = (text_key(&r.district_name), text_key(&r.village_name));
            places.nameless.0 |= village != 0 && (d == 0 || v == 0);
            places.nameless.1 |= district != 0 && d == 0;
            // one name for two codes says nothing
            if d != 0 && v != 0 && village != 0 {
                let slot = places.villages.entry((d, v)).or_insert(village);
                if *slot != village {
                    *slot = 0;
                }
            }
            if d != 0 && district != 0 {
                let slot = places.districts.entry(d).or_insert(district);
                if *slot != district {
                    *slot = 0;
                }
            }
        }
        places
    }

    /// Village, district and address of each person, looked up once for rows that follow each other and share their home.
    fn of_all(&self, persons: &[PersonRecord]) -> Vec<(u32, u32, u32)> {
        persons
            .par_chunks(4096)
            .flat_map_iter(|chunk| {
                let mut before: Option<(&Arc<Residence>, (u32, u32, u32))> = None;
                chunk.iter().map(move |p| {
                    let home = match before {
                        Some((r, home)) if Arc::ptr_eq(r, &p.residence) => home,
                        _ => self.of(&p.residence),
                    };
                    before = Some((&p.residence, home));
                    home
                })
            })
            .collect()
    }

    /// Village, district and address of a residence.
    fn of(&self, r: &Residence) -> (u32, u32, u32) {
        let (mut village, mut district) = coded(r);
        let (d, v) = (text_key(&r.district_name), text_key(&r.village_name));
        if village == 0 && d != 0 && v != 0 {
            village = match self.villages.get(&(d, v)) {
                Some(code) => *code,
                // a name that no code goes with is no code's village, unless codes stand without their names
                None if self.nameless.0 => 0,
                None => hash32((d, v)),
            };
        }
        if district == 0 && d != 0 {
            district = match self.districts.get(&d) {
                Some(code) => *code,
                None if self.nameless.1 => 0,
                None => d,
            };
        }
        (village, district, text_key(&r.address))
    }
}

fn coded(r: &Residence) -> (u32, u32) {
    let Some(code) = r.region else { return (0, 0) };
    let of = |level: Level| {
        if code.level() < level { None } else { code.at(level) }.map_or(0, |c| hash32((c.scheme(), c.number())))
    };
    (of(Level::Village), of(Level::District))
}

fn traits(
    p: &PersonRecord,
    name: NameId,
    mother: NameId,
    listing: u32,
    (village, district, address): (u32, u32, u32),
    latest: u32,
) -> Traits {
    let nik = Digits::from_nik(&p.nik);
    let nik_birth = Birth::of_nik(nik, latest);
    let declared = p.birth_date.map_or(Birth::NONE, Birth::new);
    let fits = nik.known_in(0, 12) == 12
        && district_known(nik)
        && (declared.is_none() || (!nik_birth.is_none() && declared.fits_nik(nik_birth)));
    Traits {
        nik,
        card: Digits::from_card(&p.family_card),
        birth: if declared.is_none() { nik_birth } else { declared },
        nik_birth,
        name,
        mother,
        village,
        district,
        address,
        birth_place: text_key(&p.birth_place),
        listing,
        sex: sex_code(p.sex),
        nik_sex: match nik.female() {
            Some(true) => sex_code(Some(Sex::Female)),
            Some(false) => sex_code(Some(Sex::Male)),
            None => 0,
        },
        relation: p.relation.and_then(|r| Relation::ALL.iter().position(|x| *x == r)).map_or(0, |i| i as u8 + 1),
        source: p.origin.source as u8,
        sound: fits && nik.whole(),
        fits,
    }
}
/// Whether the NIK's district is or once was one. A number that names no district was mistyped.
fn district_known(nik: Digits) -> bool {
    let Some(code) = nik.district().and_then(RegionCode::kemendagri) else { return false };
    !matches!(status(code), Status::UnknownDistrict | Status::UnknownRegency | Status::UnknownProvince)
}

fn fingerprint(t: &Traits, names: &NameBook, mothers: &NameBook) -> u64 {
    let mut h = FxBuildHasher.build_hasher();
    (t.nik.bits(), t.card.bits(), t.birth.bits(), names.fingerprint(t.name), mothers.fingerprint(t.mother))
        .hash(&mut h);
    (t.village, t.address, t.birth_place, t.sex, t.relation, t.source).hash(&mut h);
    h.finish()
}

/// A listing is what one source says of one family: the rows that share its key; without a key, its card; without
/// either, a row stands alone, with the family that it may describe at the same time.
fn number_listings<'a>(
    persons: &'a [PersonRecord],
    families: &'a [FamilyRecord],
) -> (Vec<u32>, Vec<u32>, Numbering<'a>) {
    let mut n = Numbering::default();
    let of_persons = persons.iter().map(|p| n.person(p)).collect();
    let of_families = families.iter().map(|f| n.family(f)).collect();
    (of_persons, of_families, n)
}

#[derive(PartialEq, Eq, Hash)]
enum ListingKey<'a> {
    Own(Source, &'a str),
    Card(Source, u64),
}

#[derive(Default)]
struct Numbering<'a> {
    index: FxHashMap<ListingKey<'a>, u32>,
    /// Rows of persons that stand alone.
    alone: FxHashMap<Origin, u32>,
    /// Per listing.
    source: Vec<u8>,
    loose: Vec<bool>,
    damaged: Vec<bool>,
}

impl<'a> Numbering<'a> {
    fn person(&mut self, p: &'a PersonRecord) -> u32 {
        if let Some(listing) = self.shared(p.origin.source, p.family_key.as_deref(), &p.family_card) {
            return listing;
        }
        let listing = self.begin(p.origin.source);
        self.alone.insert(p.origin, listing);
        let damaged = Digits::names_a_family(&p.family_card);
        self.set_loose(listing, !damaged);
        if let Some(slot) = self.damaged.get_mut(listing as usize) {
            *slot = damaged;
        }
        listing
    }

    fn family(&mut self, f: &'a FamilyRecord) -> u32 {
        if let Some(listing) = self.shared(f.origin.source, f.family_key.as_deref(), &f.family_card) {
            return listing;
        }
        // a row may stand for a family and its head
        match self.alone.get(&f.origin).copied() {
            Some(listing) => {
                self.set_loose(listing, false);
                listing
            }
            None => self.begin(f.origin.source),
        }
    }

    /// The listing of a key or a card. The files of one source are parts of one register: its member and family files share
    /// their keys.
    fn shared(&mut self, source: Source, key: Option<&'a str>, card: &Identifier<FamilyCard>) -> Option<u32> {
        let key = match key {
            Some(key) => ListingKey::Own(source, key),
            None => ListingKey::Card(source, Digits::card_as_written(card)?),
        };
        if let Some(listing) = self.index.get(&key) {
            return Some(*listing);
        }
        let listing = self.begin(source);
        self.index.insert(key, listing);
        Some(listing)
    }

    fn begin(&mut self, source: Source) -> u32 {
        self.source.push(source as u8);
        self.loose.push(false);
        self.damaged.push(false);
        self.source.len() as u32 - 1
    }

    fn set_loose(&mut self, listing: u32, loose: bool) {
        if let Some(slot) = self.loose.get_mut(listing as usize) {
            *slot = loose;
        }
    }
}

fn listings(
    traits: &[Traits],
    person_listing: &[u32],
    Numbering { source, loose, damaged, .. }: Numbering<'_>,
    families: &[FamilyRecord],
    family_listing: &[u32],
) -> Listings {
    let mut starts = vec![0u32; source.len() + 1];
    for l in person_listing {
        starts[*l as usize + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut next = starts.clone();
    let mut members = vec![0u32; person_listing.len()];
    for (i, l) in person_listing.iter().enumerate() {
        members[next[*l as usize] as usize] = i as u32;
        next[*l as usize] += 1;
    }
    let mut card = vec![Digits::NONE; source.len()];
    for (t, l) in traits.iter().zip(person_listing) {
        let slot = &mut card[*l as usize];
        if !slot.whole() && !t.card.is_none() {
            *slot = t.card;
        }
    }
    for (f, l) in families.iter().zip(family_listing) {
        let slot = &mut card[*l as usize];
        if !slot.whole() {
            let own = Digits::from_card(&f.family_card);
            if !own.is_none() {
                *slot = own;
            }
        }
    }
    Listings { starts, members, source, card, loose, damaged }
}
