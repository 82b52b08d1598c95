use super::*;
use crate::region::RegionCode;
use crate::{Coded, Sex};
use proptest::prelude::*;

const AS_OF: Date = Date::constant(2026, 11, 21);
const GOOD: &str = "3508126801809001";

fn nothing() -> Evidence {
    Evidence::default()
}

fn all() -> Evidence {
    Evidence {
        declared: Declared {
            birth_date: Some(Date::constant(1980, 1, 28)),
            sex: Some(Sex::Female),
            region: RegionCode::kemendagri(35_08_12),
            role: None,
        },
        ..Evidence::default()
    }
}

fn proposal(text: &str, evidence: &Evidence) -> Option<String> {
    repair(text, evidence, AS_OF).proposal().map(|c| c.nik.to_digits())
}

#[test]
fn what_is_certain() {
    let good = Nik::parse(GOOD).unwrap();
    assert_eq!(repair(GOOD, &nothing(), AS_OF).outcome, RepairOutcome::Clean(good));
    let found = repair(" 35.0812.680180.9001'", &nothing(), AS_OF);
    assert_eq!(found.outcome, RepairOutcome::Lossless(good));
    assert_eq!(found.findings().map(|f| f.code()).collect::<Vec<_>>(), ["nik.cleaned"]);
    assert_eq!(repair("NULL", &nothing(), AS_OF).outcome, RepairOutcome::Missing);
    assert_eq!(repair("0350812201009001", &nothing(), AS_OF).outcome, RepairOutcome::Temporary);
    assert_eq!(repair("1050245708909001", &nothing(), AS_OF).outcome, RepairOutcome::Legacy);
}

#[test]
fn what_is_never_guessed() {
    for text in ["3.50812E+15", "350812680180900", "3508126801800000", "35081268018090", "halo", "3,50812680180900E+15"]
    {
        assert_eq!(repair(text, &nothing(), AS_OF).outcome, RepairOutcome::Unrecoverable, "{text}");
    }
    for text in ["3.50812E+15", "3508126801800000"] {
        assert_eq!(repair(text, &all(), AS_OF).outcome, RepairOutcome::Unrecoverable, "{text}");
    }
    // fifteen digits, the date and all before it whole: the lost digit is one of the serial's
    assert_eq!(proposal("350812680180901", &all()), None);
}

#[test]
fn what_evidence_tells() {
    assert_eq!(proposal("3508126881809001", &all()).as_deref(), Some(GOOD)); // month 81
    assert_eq!(proposal("3508128801809001", &all()).as_deref(), Some(GOOD)); // day 88
    assert_eq!(proposal("3508926801809001", &all()).as_deref(), Some(GOOD)); // district 92
    assert_eq!(proposal("3508126810809001", &all()).as_deref(), None); // a possible month: October
    assert_eq!(proposal("3508120681809001", &all()).as_deref(), None); // two slips
    assert_eq!(proposal("350126801809001", &all()).as_deref(), Some(GOOD)); // a digit of the district is missing
    assert_eq!(proposal("35081268018099001", &all()).as_deref(), None); // 8099001: which 9 is too many matters not, which 0 does
    assert_eq!(proposal("35O8I268O1809OOl", &all()).as_deref(), Some(GOOD));
    let letters = repair("35O8I268O1809OOl", &nothing(), AS_OF);
    assert_eq!((letters.nik(), letters.candidates().len()), (None, 1));
    assert_eq!(letters.proposal(), None);
}

#[test]
fn what_another_register_tells() {
    let evidence = Evidence { other: Nik::parse(GOOD).ok(), ..Evidence::default() };
    for text in
        ["3.50813E+15", "3508126801800000", "3508126801809000", "350812680180901", "35081268809001", "3508126801809"]
    {
        let damaged = repair(text, &evidence, AS_OF);
        if damaged.nik().is_none() {
            assert_eq!(proposal(text, &evidence).as_deref(), Some(GOOD), "{text}");
        }
    }
    assert_eq!(proposal("3.60813E+15", &evidence), None);
}

#[test]
fn doubles_have_neighbours() {
    let found = repair("9109016801809004.0", &nothing(), AS_OF);
    assert_eq!(found.candidates().len(), 3);
    assert_eq!(found.proposal(), None);
    assert_eq!(
        found.findings().map(|f| f.code()).collect::<Vec<_>>(),
        ["nik.cleaned", "nik.float_rounded", "nik.repairable"]
    );
}

#[test]
fn debug_shows_no_person() {
    for text in [GOOD, "3508126881809001", "350126801809001"] {
        let found = repair(text, &all(), AS_OF);
        let candidates = found.candidates();
        let said = format!("{found:?} {candidates:?}");
        assert!(!said.contains("9001") && !said.contains("1980"), "{said}");
    }
}

proptest! {
    /// One wrong digit with all the evidence: the right number is among the candidates whenever the damage shows, and a proposal that
    /// agrees with birth date, sex and district is the right one.
    #[test]
    fn one_wrong_digit(place in 0usize..16, digit in 0u8..10) {
        let mut damaged = GOOD.as_bytes().to_vec();
        prop_assume!(damaged[place] != b'0' + digit);
        damaged[place] = b'0' + digit;
        let text = String::from_utf8(damaged).unwrap();
        let found = repair(&text, &all(), AS_OF);
        match &found.outcome {
            RepairOutcome::Clean(_) => {} // another possible number: not to be seen without looking at the declared facts
            RepairOutcome::Candidates(list) => {
                prop_assert!(list.iter().any(|c| c.nik.to_digits() == GOOD));
                if let Some(c) = found.proposal() {
                    prop_assert_eq!(c.nik.to_digits(), GOOD);
                }
            }
            RepairOutcome::Unrecoverable | RepairOutcome::Temporary | RepairOutcome::Legacy => {}
            other => prop_assert!(false, "{:?}", other),
        }
        prop_assert!(repair(&text, &nothing(), AS_OF).proposal().is_none());
    }

    #[test]
    fn candidates_are_valid_and_unlike_each_other(text in "[0-9OlSB]{15,17}") {
        for evidence in [nothing(), all()] {
            let found = repair(&text, &evidence, AS_OF);
            let mut seen = std::collections::BTreeSet::new();
            for c in found.candidates() {
                prop_assert!(c.nik.examine(&Declared::default(), AS_OF).is_valid());
                prop_assert!(seen.insert(c.nik));
            }
        }
    }

    #[test]
    fn never_panics(text in ".{0,40}") {
        let _ = repair(&text, &all(), AS_OF);
    }
}
