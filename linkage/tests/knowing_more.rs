//! Knowing more never finds fewer: a register with one more column finds every true pair that it finds without.

use bansos::person::{PersonRecord, Relation, Sex};
use bansos::plumbing::Random;
use bansos::region::RegionCode;
use bansos::source::{Origin, Source};
use bansos::{Date, FamilyCard, Nik};
use bansos_linkage::register::{Settings, link};
use bansos_linkage::watch::unwatched;
use std::collections::BTreeSet;
use std::sync::Arc;

const NAMES: [&str; 20] = [
    "ANDI", "RINA", "SUTRISNO", "SUMARNI", "NGATINI", "HADI", "BUDI", "SANTOSO", "DEWI", "LESTARI", "AGUS", "SALIM",
    "WAHYU", "SITI", "ROHMAH", "EKO", "PRASETYO", "YANTI", "JOKO", "MARYAM",
];
const TOWNS: [&str; 4] = ["LUMAJANG", "JEMBER", "PROBOLINGGO", "MALANG"];

/// One person as the world has them.
struct Known {
    row: PersonRecord,
    village: u64,
    town: &'static str,
    street: u64,
    mother: String,
}

/// A column that somebody adds: to the register, to the list beside it, or to both.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Added {
    VillageName,
    VillageCode,
    District,
    Address,
    BirthPlace,
    Mother,
    Relation,
}

impl Added {
    const ALL: [Self; 7] = [
        Self::VillageName,
        Self::VillageCode,
        Self::District,
        Self::Address,
        Self::BirthPlace,
        Self::Mother,
        Self::Relation,
    ];

    fn fill(self, row: &mut PersonRecord, of: &Known, relation: Relation) {
        let mut home = (*row.residence).clone();
        let text = |text: String| Some(text.as_str().into());
        match self {
            Self::VillageName => home.village_name = text(format!("DESA {}", of.village)),
            Self::VillageCode => home.region = RegionCode::kemendagri(35_08_16_2001 + of.village),
            Self::District => home.district_name = text("KEDUNGJAJANG".to_owned()),
            Self::Address => home.address = text(format!("RT {:02}", of.street)),
            Self::BirthPlace => row.birth_place = Some(of.town.into()),
            Self::Mother => row.mother_name = text(of.mother.clone()),
            Self::Relation => row.relation = Some(relation),
        }
        row.residence = Arc::new(home);
    }
}

/// A register of one kecamatan, and how a list beside it has some of its persons: a digit of the NIK mistyped, another serial,
/// no NIK, a letter of the name left out.
fn world(seed: u64) -> (Vec<Known>, Vec<(usize, PersonRecord)>) {
    let mut dice = Random::new(seed);
    let mut known = Vec::new();
    for n in 0..400u64 {
        let name = |dice: &mut Random| format!("{} {}", NAMES[dice.below(20) as usize], NAMES[dice.below(20) as usize]);
        let female = dice.chance(50);
        let (year, month, day) = (1940 + dice.below(80), 1 + dice.below(12), 1 + dice.below(28));
        let written = day + if female { 40 } else { 0 };
        let nik =
            35_08_16_00_00_00_0000 + written * 100_000_000 + month * 1_000_000 + year % 100 * 10_000 + 9000 + n % 1000;
        let mut row = PersonRecord::blank(Origin { source: Source::Dtks, file: 0, row: n as u32 + 1 });
        row.nik = Nik::from_u64(nik).into();
        row.family_card = FamilyCard::from_u64(35_08_16_01_05_21_9000 + n / 3).into();
        row.name = Some(name(&mut dice).as_str().into());
        row.sex = Some(if female { Sex::Female } else { Sex::Male });
        row.birth_date = Date::new(year as i16, month as i8, day as i8).ok();
        let (village, town, street) = (n / 3 % 9, TOWNS[dice.below(4) as usize], dice.below(12));
        let mother = name(&mut dice);
        known.push(Known { row, village, town, street, mother });
    }
    let again = (1..=60).map(|n| {
        let at = dice.below(400) as usize;
        let mut row = known[at].row.clone();
        row.origin = Origin { source: Source::Other, file: 1, row: n };
        row.family_card = None::<FamilyCard>.into();
        let nik = row.nik.value().map_or(0, Nik::to_u64);
        row.nik = match dice.below(4) {
            0 => Nik::from_u64(nik / 10 * 10 + (nik + 3) % 10).into(),
            1 => Nik::from_u64(nik / 10_000 * 10_000 + 9_000 + dice.below(900)).into(),
            2 => None::<Nik>.into(),
            _ => row.nik,
        };
        if dice.chance(30) {
            row.name = row.name.map(|name| name.replacen(['A', 'I'], "", 1).as_str().into());
        }
        (at, row)
    });
    let again = again.collect();
    (known, again)
}

/// The true pairs that are joined, or stand before somebody for review.
fn found(known: &[Known], again: &[(usize, PersonRecord)], added: &[(Added, [bool; 2])]) -> BTreeSet<usize> {
    let relation = |at: usize| [Relation::Head, Relation::Spouse, Relation::Child][at % 3];
    let filled = |row: &PersonRecord, at: usize, side: usize| {
        let mut row = row.clone();
        for (column, _) in added.iter().filter(|(_, sides)| sides[side]) {
            column.fill(&mut row, &known[at], relation(at));
        }
        row
    };
    let register = known.iter().enumerate().map(|(at, of)| filled(&of.row, at, 0));
    let persons: Vec<PersonRecord> = register.chain(again.iter().map(|(at, row)| filled(row, *at, 1))).collect();
    let linked = link(&persons, &[], &Settings::default(), &unwatched).unwrap();
    let review: BTreeSet<(u32, u32)> = linked.review.iter().map(|p| (p.a.min(p.b), p.a.max(p.b))).collect();
    let pair = |n: usize, at: usize| (at as u32, (known.len() + n) as u32);
    let is_found = |n: usize, at: usize| {
        let (a, b) = pair(n, at);
        linked.persons[a as usize] == linked.persons[b as usize] || review.contains(&(a, b))
    };
    again.iter().enumerate().filter(|(n, (at, _))| is_found(*n, *at)).map(|(n, _)| n).collect()
}

#[test]
fn one_more_column_never_lowers_what_is_found() {
    let both = [true, true];
    let bases: [&[(Added, [bool; 2])]; 2] = [&[], &[(Added::VillageName, both), (Added::District, both)]];
    let mut lost = Vec::new();
    for seed in 1..=2 {
        let (known, again) = world(seed);
        for base in bases {
            let without = found(&known, &again, base);
            assert!(without.len() * 10 >= again.len() * 8, "{} of {}", without.len(), again.len());
            for column in Added::ALL.into_iter().filter(|column| !base.iter().any(|(have, _)| have == column)) {
                for sides in [both, [true, false], [false, true]] {
                    let with = found(&known, &again, &[base, &[(column, sides)]].concat());
                    if let Some(n) = without.difference(&with).next() {
                        lost.push(format!("seed {seed}, {column:?} {sides:?} on {base:?}: row {n}"));
                    }
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}
