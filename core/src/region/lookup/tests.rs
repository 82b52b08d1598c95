use super::super::kemendagri::{district_names, prefix_status};
use super::*;
use std::collections::BTreeMap;

fn code(n: u64) -> RegionCode {
    RegionCode::kemendagri(n).unwrap()
}

#[test]
fn the_table_has_what_the_decree_has() {
    let all: Vec<Status> = (0..1_000_000).map(prefix_status).collect();
    let count = |s| all.iter().filter(|x| **x == s).count();
    assert_eq!(PROVINCES.len(), EDITION.provinces as usize);
    assert_eq!(regencies().filter(|r| status(*r) == Status::Current).count(), EDITION.regencies as usize);
    assert_eq!(regencies().filter(|r| status(*r) == Status::Retired).count(), 36);
    assert_eq!(count(Status::Current), EDITION.districts as usize);
    assert_eq!(count(Status::Retired), 632);
    assert_eq!(count(Status::RetiredInferred), 694);
    // no district 00, anywhere
    assert!((0..10_000).all(|r| !prefix_status(r * 100).was_issued()));
}

#[test]
fn retired_districts_have_living_successors_with_names() {
    let mut seen = BTreeMap::new();
    for old in regencies().filter(|r| status(*r) == Status::Retired).flat_map(children) {
        let now = succession(old).unwrap();
        assert_eq!(status(now.successor), Status::Current, "{old}");
        assert_eq!(seen.insert(now.successor, old), None, "{old} and another became {}", now.successor);
        assert!(cfg!(not(feature = "district-names")) || name(old).is_some());
    }
    assert_eq!(seen.len(), 632);
    let to = |n| succession(code(n)).unwrap().successor.number();
    assert_eq!(to(92_05_05), 96_03_23);
    assert_eq!(to(92_05_24), 96_03_05);
    assert_eq!(to(64_04_12), 65_01_10);
    assert_eq!(to(91_01_01), 93_01_01);
    assert_eq!(succession(code(73_19_01)), None);
    assert_eq!(succession(code(73_19)).unwrap().successor, code(76_04));
}

#[test]
fn verdicts_that_others_get_wrong() {
    use Status::*;
    for (n, expected) in [
        (73_19_05, Unverified),      // Polewali Mamasa, old list unknown
        (91_01_99, Unverified),      // Merauke before the split, number not in the last list
        (96_01_60, Unverified),      // provisional numbers before April 2025
        (92_02_22, RetiredInferred), // between 21 and 31
        (92_02_35, Current),         // newest of 2025
        (31_71_00, UnknownDistrict),
        (31_71_09, UnknownDistrict),
        (31_99_01, UnknownRegency),
        (54_01_01, TimorTimur),
        (20_01_01, UnknownProvince),
        (97_01_01, UnknownProvince),
        (93_01_00, UnknownDistrict),
    ] {
        assert_eq!(prefix_status(n), expected, "{n}");
        assert_eq!(status(code(n.into())), expected, "{n}");
    }
}

#[test]
#[cfg(feature = "district-names")]
fn names() {
    assert_eq!(name(code(13_05_04)), Some("2 x 11 Anam Lingkuang"));
    assert_eq!(name(code(92_02_35)), Some("Moruj Mega"));
    assert_eq!(lookup(code(31_71)).unwrap().full_name().as_deref(), Some("Kota Administrasi Jakarta Pusat"));
    for regency in regencies().filter(|r| status(*r) == Status::Current) {
        assert!(children(regency).all(|d| name(d).is_some_and(|n| !n.trim().is_empty() && n.trim() == n)), "{regency}");
        let names = district_names(u16::try_from(regency.number()).unwrap()).unwrap().count();
        assert_eq!(names, children(regency).count());
    }
}

#[test]
fn codes_have_their_time() {
    let on = |n, y| in_force(code(n), Date::constant(y, 6, 1)).0;
    assert_eq!(on(65_01_01, 2009), CodeInForce::NotYet);
    assert_eq!(on(64_04_01, 2009), CodeInForce::Yes);
    assert_eq!(on(64_04_01, 2013), CodeInForce::Yes);
    assert_eq!(on(64_04_01, 2020), CodeInForce::Ended);
    assert_eq!(on(95_01_01, 2015), CodeInForce::NotYet);
    assert_eq!(on(95_01_01, 2023), CodeInForce::Yes);
    assert_eq!(on(72_01_24, 2018), CodeInForce::NotYet);
    assert_eq!(on(72_01_24, 2026), CodeInForce::Yes);
    assert_eq!(on(35_08_16, 2004), CodeInForce::Yes);
    assert_eq!(on(65, 2009), CodeInForce::NotYet);
    assert_eq!(on(99_01_01, 2020), CodeInForce::Never);
}
