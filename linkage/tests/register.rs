//! Linkage of whole registers: what must hold whatever the order of rows, the number of threads, or what people decided.

use bansos::household::FamilyRecord;
use bansos::person::{PersonRecord, Relation, Sex};
use bansos::plumbing::Random;
use bansos::region::Residence;
use bansos::source::{Identifier, Origin, Source};
use bansos::{Date, FamilyCard, Nik};
use bansos_linkage::register::{Decision, DuplicateKind, Linkage, Settings, link};
use bansos_linkage::watch::{Progress, Stage, unwatched};
use std::ops::ControlFlow;
use std::sync::Arc;

const WORDS: [&str; 24] = [
    "SUKARDI",
    "WAGIYEM",
    "NGATINI",
    "SLAMET",
    "HARTONO",
    "SUMIATI",
    "LESTARI",
    "RAHAYU",
    "BAMBANG",
    "YULIANA",
    "AMINAH",
    "SUPARMAN",
    "KHOTIMAH",
    "SANTOSO",
    "WIBOWO",
    "PURNOMO",
    "KARTIKA",
    "MULYADI",
    "NURHAYATI",
    "SUTRISNO",
    "ROHMAH",
    "GHOFUR",
    "ANGGRAINI",
    "FIRMANSYAH",
];

/// Three registers of one small district, and the true person of every row.
fn registers(families: u64, seed: u64) -> (Vec<PersonRecord>, Vec<FamilyRecord>, Vec<u32>) {
    let mut dice = Random::new(seed);
    let (mut persons, mut listed, mut truth) = (Vec::new(), Vec::new(), Vec::new());
    let mut rows = [0u32; 3];
    let mut next = 0u32;
    for f in 0..families {
        let village = dice.below(6);
        let card = 35_08_16_01_01_10_9001 + f;
        let size = 1 + dice.below(5);
        let members: Vec<(u32, u64, String, Sex, Date, Relation)> = (0..size)
            .map(|i| {
                let (relation, sex, year) = match i {
                    0 => (Relation::Head, Sex::Male, 1950 + dice.below(40)),
                    1 => (Relation::Spouse, Sex::Female, 1950 + dice.below(40)),
                    _ => {
                        (Relation::Child, if dice.chance(50) { Sex::Male } else { Sex::Female }, 1995 + dice.below(25))
                    }
                };
                let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
                let written = day + if sex == Sex::Female { 40 } else { 0 };
                let nik = 35_08_16 * 10_000_000_000
                    + written * 100_000_000
                    + month * 1_000_000
                    + year % 100 * 10_000
                    + 9_001
                    + u64::from(next) % 900;
                let name = format!("{} {}", WORDS[dice.below(24) as usize], WORDS[dice.below(24) as usize]);
                next += 1;
                let date = Date::new(year as i16, month as i8, day as i8).unwrap();
                (next - 1, nik, name, sex, date, relation)
            })
            .collect();
        let mother = members.get(1).map(|m| m.2.clone());
        for (s, source) in [Source::Dtks, Source::P3ke, Source::Regsosek].into_iter().enumerate() {
            if dice.chance(25) {
                continue;
            }
            let residence = Arc::new(Residence {
                village_name: Some(format!("DESA {village}").as_str().into()),
                district_name: Some("YOSOWILANGUN".into()),
                ..Residence::default()
            });
            let key: bansos::Text = format!("{}-{f}", source.word()).as_str().into();
            for (id, nik, name, sex, date, relation) in &members {
                if source == Source::P3ke && *relation != Relation::Head {
                    continue;
                }
                rows[s] += 1;
                let mut p = PersonRecord::blank(Origin { source, file: s as u16, row: rows[s] });
                p.family_key = Some(key.clone());
                p.name = Some(if dice.chance(10) { name.replacen('A', "", 1) } else { name.clone() }.as_str().into());
                p.nik = if dice.chance(8) { None } else { Nik::from_u64(*nik) }.into();
                p.birth_date = if dice.chance(5) { Date::new(date.year(), 1, 1).ok() } else { Some(*date) };
                p.sex = Some(*sex);
                p.relation = Some(*relation);
                p.residence = residence.clone();
                if source != Source::P3ke {
                    p.family_card = FamilyCard::from_u64(card).into();
                    p.mother_name = mother.as_deref().filter(|_| *relation == Relation::Child).map(Into::into);
                }
                persons.push(p);
                truth.push(*id);
            }
            if source == Source::Regsosek {
                let mut family = FamilyRecord::blank(Origin { source, file: 9, row: f as u32 + 1 });
                family.family_key = Some(key);
                family.family_card = FamilyCard::from_u64(card).into();
                listed.push(family);
            }
        }
    }
    (persons, listed, truth)
}

fn linked(persons: &[PersonRecord], families: &[FamilyRecord], settings: &Settings) -> Linkage {
    link(persons, families, settings, &unwatched).unwrap()
}

/// The partition without its numbering: for each row the first row of its cluster.
fn partition(labels: &[u32]) -> Vec<usize> {
    labels.iter().map(|l| labels.iter().position(|x| x == l).unwrap()).collect()
}

#[test]
fn finds_the_persons_of_a_small_district() {
    let (persons, families, truth) = registers(600, 1);
    let found = linked(&persons, &families, &Settings::default());
    let p = bansos_linkage::measure::pairs(&truth, &found.persons, |_, _| true);
    assert!(p.precision() >= Some(0.995), "{p:?}");
    assert!(p.recall() >= Some(0.99), "{p:?}");
    assert_eq!(found.persons.len(), persons.len());
    assert!(found.persons.iter().all(|c| *c < found.person_count));
    assert!(found.families.iter().chain(&found.family_records).all(|c| *c < found.family_count));
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let (persons, families, _) = registers(150, 2);
    let straight = linked(&persons, &families, &Settings::default());
    let mut dice = Random::new(3);
    let mut order: Vec<usize> = (0..persons.len()).collect();
    for i in (1..order.len()).rev() {
        order.swap(i, dice.below(i as u64 + 1) as usize);
    }
    let shuffled: Vec<PersonRecord> = order.iter().map(|i| persons[*i].clone()).collect();
    let mixed = linked(&shuffled, &families, &Settings::default());
    let mut back = vec![0u32; order.len()];
    let mut back_family = vec![0u32; order.len()];
    for (at, original) in order.iter().enumerate() {
        back[*original] = mixed.persons[at];
        back_family[*original] = mixed.families[at];
    }
    // the origin travels with the row, so even the numbers are the same
    assert_eq!(straight.persons, back);
    assert_eq!(straight.families, back_family);
    assert_eq!(straight.duplicates.len(), mixed.duplicates.len());
    assert_eq!(straight.model, mixed.model);
}

#[test]
fn threads_do_not_matter() {
    let (persons, families, _) = registers(200, 4);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| linked(&persons, &families, &Settings::default()))
    };
    let (one, three) = (run(1), run(3));
    assert_eq!(one.persons, three.persons);
    assert_eq!(one.families, three.families);
    assert_eq!(one.review, three.review);
    assert_eq!(one.edges, three.edges);
}

#[test]
fn decisions_bind() {
    let (persons, families, truth) = registers(60, 5);
    let before = linked(&persons, &families, &Settings::default());
    // part two rows that were one, join two that were not
    let one = (0..truth.len())
        .flat_map(|a| (a + 1..truth.len()).map(move |b| (a, b)))
        .find(|(a, b)| before.persons[*a] == before.persons[*b])
        .unwrap();
    let other = (0..truth.len())
        .flat_map(|a| (a + 1..truth.len()).map(move |b| (a, b)))
        .find(|(a, b)| {
            let p = &before.persons;
            p[*a] != p[*b] && p[*a] != p[one.0] && p[*b] != p[one.0]
        })
        .unwrap();
    let decide = |(a, b): (usize, usize), same| Decision { a: persons[a].origin, b: persons[b].origin, same };
    let settings = Settings { decisions: vec![decide(one, false), decide(other, true)], ..Settings::default() };
    let after = linked(&persons, &families, &settings);
    assert_ne!(after.persons[one.0], after.persons[one.1]);
    assert_eq!(after.persons[other.0], after.persons[other.1]);
    assert!(after.review.iter().all(|p| (p.a as usize, p.b as usize) != one && (p.b as usize, p.a as usize) != one));
}

#[test]
fn one_number_on_two_persons_is_a_conflict_not_a_merger() {
    let (mut persons, families, _) = registers(80, 6);
    // two heads of different families, in one register, get one NIK
    let heads: Vec<usize> = (0..persons.len())
        .filter(|i| persons[*i].relation == Some(Relation::Head) && persons[*i].origin.source == Source::Dtks)
        .take(2)
        .collect();
    persons[heads[1]].nik = persons[heads[0]].nik.clone();
    persons[heads[0]].name = Some("SUKARDI WIBOWO".into());
    persons[heads[1]].name = Some("BAMBANG FIRMANSYAH".into());
    let found = linked(&persons, &families, &Settings::default());
    assert_ne!(found.persons[heads[0]], found.persons[heads[1]]);
    let conflict = found
        .duplicates
        .iter()
        .find(|d| d.kind == DuplicateKind::NikShared && heads.iter().all(|h| d.rows.contains(&(*h as u32))));
    assert!(conflict.is_some_and(|c| !c.pairs.is_empty()));
}

#[test]
fn a_line_written_twice_is_found() {
    let (mut persons, families, _) = registers(80, 7);
    let at = persons.iter().position(|p| p.origin.source == Source::Regsosek && p.nik.value().is_some()).unwrap();
    let mut twin = persons[at].clone();
    twin.origin.row = 90_000;
    persons.push(twin);
    let found = linked(&persons, &families, &Settings::default());
    assert_eq!(found.persons[at], *found.persons.last().unwrap());
    assert!(found.duplicates.iter().any(|d| d.kind == DuplicateKind::EnteredTwice && d.rows.contains(&(at as u32))));
}

#[test]
fn nothing_and_one_row_are_answered() {
    let none = linked(&[], &[], &Settings::default());
    assert_eq!((none.person_count, none.family_count), (0, 0));
    let one = linked(&registers(1, 8).0[..1], &[], &Settings::default());
    assert_eq!((one.person_count, one.family_count), (1, 1));
    assert_eq!(one.person_id(0), "P000001");
}

#[test]
fn empty_rows_stay_apart() {
    // rows of which nothing is known are nobody's duplicates
    let persons: Vec<PersonRecord> =
        (1..=300).map(|row| PersonRecord::blank(Origin { source: Source::Other, file: 0, row })).collect();
    let found = linked(&persons, &[], &Settings::default());
    assert_eq!(found.person_count, 300);
    assert_eq!(partition(&found.persons), (0..300).collect::<Vec<_>>());
}

#[test]
fn a_watcher_can_stop_the_run() {
    let (persons, families, _) = registers(20, 9);
    let stop = |s: Progress| if s.stage == Stage::Compare { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let code = link(&persons, &families, &Settings::default(), &stop).map(|_| ()).unwrap_err();
    assert_eq!(bansos::Coded::code(&code), "link.cancelled");
}

#[test]
fn settings_that_make_no_sense_are_refused() {
    let (persons, families, _) = registers(5, 10);
    for settings in [
        Settings { review_weight: 9.0, match_weight: 3.0, ..Settings::default() },
        Settings { block_cap: 0, ..Settings::default() },
    ] {
        assert!(link(&persons, &families, &settings, &unwatched).is_err());
    }
}

#[test]
fn a_heap_on_one_date_does_not_blow_up_or_merge() {
    // a broken import: one row in five carries 1 January 1970, no NIK
    let (mut persons, families, truth) = registers(500, 11);
    let mut dice = Random::new(12);
    for p in &mut persons {
        if dice.chance(20) {
            p.birth_date = Date::new(1970, 1, 1).ok();
            p.nik = Identifier::default();
        }
    }
    let settings = Settings { block_cap: 40, ..Settings::default() };
    let found = linked(&persons, &families, &settings);
    let p = bansos_linkage::measure::pairs(&truth, &found.persons, |_, _| true);
    assert!(p.precision() >= Some(0.99), "{p:?}");
    assert!(found.counts.compared < 40 * persons.len() as u64, "{}", found.counts.compared);
    assert!(found.counts.rules.iter().any(|r| r.split > 0), "the heap was split, and counted");
}

#[test]
fn a_row_that_names_no_family_goes_with_its_person() {
    let (mut persons, families, _) = registers(80, 13);
    let before = linked(&persons, &families, &Settings::default());
    let known: Vec<usize> = (0..persons.len())
        .filter(|i| persons[*i].origin.source == Source::Dtks && persons[*i].nik.value().is_some())
        .step_by(9)
        .collect();
    let recipient = |of: &PersonRecord, row| {
        let mut p = PersonRecord::blank(Origin { source: Source::Other, file: 20, row });
        (p.nik, p.name, p.residence) = (of.nik.clone(), of.name.clone(), of.residence.clone());
        p
    };
    let mut stranger = PersonRecord::blank(Origin { source: Source::Other, file: 20, row: 9000 });
    stranger.nik = Nik::from_u64(35_08_16_50_01_71_9944).into();
    stranger.name = Some("PONIRAH".into());
    let first = persons.len();
    // two stages of one list
    for (stage, of) in [(0, &known), (1000, &known)] {
        let rows: Vec<PersonRecord> = (1..).zip(of).map(|(n, i)| recipient(&persons[*i], stage + n)).collect();
        persons.extend(rows);
    }
    let again = recipient(&stranger, 9001);
    persons.extend([stranger, again]);
    let found = linked(&persons, &families, &Settings::default());
    assert!(known.len() > 10);
    for (at, row) in known.iter().chain(&known).zip(first..) {
        assert_eq!(found.persons[*at], found.persons[row]);
        let own: Vec<u32> =
            (0..first).filter(|i| found.persons[*i] == found.persons[row]).map(|i| found.families[i]).collect();
        assert!(own.contains(&found.families[row]));
    }
    // whoever is in no register has one family, with one person
    assert_eq!((found.person_count, found.family_count), (before.person_count + 1, before.family_count + 1));
    let listed = |d: &&bansos_linkage::register::Duplicate| d.rows.iter().any(|r| *r as usize >= first);
    assert!(found.duplicates.iter().filter(listed).all(|d| d.kind != DuplicateKind::TwoFamilies));
}

#[test]
fn a_row_that_is_a_family_and_its_head_is_one_family() {
    let origin = Origin { source: Source::Other, file: 0, row: 1 };
    let (mut head, mut family) = (PersonRecord::blank(origin), FamilyRecord::blank(origin));
    (head.name, head.relation) = (Some("SITI ROHMAH".into()), Some(Relation::Head));
    family.head_name.clone_from(&head.name);
    let found = linked(&[head], &[family], &Settings::default());
    assert_eq!((found.family_count, found.families, found.family_records), (1, vec![0], vec![0]));
}
