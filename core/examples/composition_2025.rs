//! The composition of 2025 from rank, components and quotas: PKH only 398,714; Sembako only 8,675,797; both 9,601,286.
//!
//! A synthetic population of families in rank order is determined and sent through `allocate` with the quotas of the
//! built-in policy. In this population 9,601,286 of the poorest 18,277,083 families have a child at school, so a PKH
//! component (52.53 %), spread evenly, and the same share goes on behind them. Sembako goes by rank alone, PKH needs a
//! component: so PKH, whose 10 million places reach further down the ranking than the Sembako places do, ends with families
//! that have PKH only. Nothing else is assumed.
//!
//! `cargo run --release -p bansos --example composition_2025`
#![allow(clippy::print_stdout, reason = "a program whose result is a table")]

use bansos::allocation::{Families, Quota, Slate, allocate};
use bansos::eligibility::{FamilyFacts, Outcome, determine};
use bansos::person::{Attendance, PersonFacts, SchoolLevel};
use bansos::policy::Policy;
use bansos::programme::{builtin, ids};
use bansos::{Date, Decile, Rupiah};

const BOTH: u64 = 9_601_286;
const PKH_ONLY: u64 = 398_714;
const SEMBAKO_ONLY: u64 = 8_675_797;

/// How a family of two parents, with or without a pupil, stands to a programme.
fn stands(programme: &str, pupil: bool, on: Date) -> Result<(Outcome, Rupiah), Box<dyn std::error::Error>> {
    let born = |year| PersonFacts::nothing_special().with_birth(Date::constant(year, 2, 3));
    let at_school = born(2016).with_attendance(Attendance::Attending).with_school_level(SchoolLevel::Sd);
    let members = [born(1985), born(1988)].into_iter().chain(pupil.then_some(at_school));
    let family = FamilyFacts::from_members(members).with_decile(Decile::new(3));
    let programme = builtin(programme).ok_or("no such programme")?;
    let answer = determine(&family, programme, on, &Policy::builtin())?;
    Ok((answer.outcome, answer.amounts.year))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let on = Date::constant(2025, 10, 1);
    let policy = Policy::builtin();
    let quota = |id: &str| policy.at(id, on).map(|q| q.int().and_then(|n| u64::try_from(n).ok()).unwrap_or(0));
    let (pkh, sembako) = (quota("pkh.quota_families")?, quota("sembako.quota_families")?);

    // Rank r has a pupil when the evenly spread count passes a whole number there.
    let families = 19_500_000usize;
    let pupil = |r: u64| (r + 1) * BOTH / (BOTH + SEMBAKO_ONLY) > r * BOTH / (BOTH + SEMBAKO_ONLY);
    let column = |id| -> Result<(Vec<Outcome>, Vec<Rupiah>), Box<dyn std::error::Error>> {
        let (with, without) = (stands(id, true, on)?, stands(id, false, on)?);
        Ok((0..families as u64).map(|r| if pupil(r) { with } else { without }).unzip())
    };
    let (standing, pkh_year) = column(ids::PKH)?;
    let (everybody, sembako_year) = column(ids::SEMBAKO)?;
    let score: Vec<i64> = (0..families).map(|i| i64::try_from(i).unwrap_or(i64::MAX)).collect();
    let key: Vec<u64> = (0..families as u64).collect();
    let region = vec![0u32; families];

    let ranked = Families::new(&score, &key, &region)?;
    let slates = [
        Slate::new("pkh", &standing, &pkh_year).quota(Quota::National(pkh)),
        Slate::new("sembako", &everybody, &sembako_year).quota(Quota::National(sembako)),
    ];
    let done = allocate(&ranked, &slates, &policy, on)?;
    let count = |set: u32| done.composition().iter().find(|(s, _)| *s == set).map_or(0, |(_, n)| *n);
    println!("PKH only      {:>12}", count(0b01));
    println!("Sembako only  {:>12}", count(0b10));
    println!("both          {:>12}", count(0b11));
    println!("PKH           {:>12}  quota {pkh}", done.total(0).given);
    println!("Sembako       {:>12}  quota {sembako}", done.total(1).given);
    println!("a year        {} PKH, {} Sembako", done.total(0).rupiah, done.total(1).rupiah);
    assert_eq!((count(0b01), count(0b10), count(0b11)), (PKH_ONLY, SEMBAKO_ONLY, BOTH));
    assert!(done.closes());
    Ok(())
}

#[test]
fn the_composition_comes_out() {
    main().unwrap();
}
