//! Any cell and any evidence: repair returns, what it calls lossless has the cell's own digits in their order, candidates are
//! valid, differ, and are never certain, and no proposal is made without evidence.
#![no_main]

use bansos::nik::repair::{Evidence, RepairOutcome, repair};
use bansos::nik::Declared;
use bansos::region::RegionCode;
use bansos::{Date, FamilyCard, Nik, Sex, date};
use libfuzzer_sys::fuzz_target;

const AS_OF: Date = Date::constant(2026, 11, 21);

fuzz_target!(|input: (&str, Option<u16>, Option<bool>, Option<u32>, Option<u64>, Option<u64>)| {
    let (text, born, woman, place, card, other) = input;
    let declared = Declared {
        birth_date: born.and_then(|days| date::from_epoch_days(i32::from(days) - 25_567)),
        sex: woman.map(|w| if w { Sex::Female } else { Sex::Male }),
        region: place.and_then(|n| RegionCode::kemendagri(n.into())),
        role: None,
    };
    let evidence =
        Evidence { declared, family_card: card.and_then(FamilyCard::from_u64), other: other.and_then(Nik::from_u64) };
    let found = repair(text, &evidence, AS_OF);
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if let Some(nik) = found.nik() {
        assert!(nik.examine(&declared, AS_OF).is_valid());
        if text.is_ascii() && found.steps.iter().all(|s| s.word() != "scientific") {
            assert!(digits.starts_with(&nik.to_digits()));
        }
        assert!(found.candidates().is_empty());
    }
    if let RepairOutcome::Candidates(list) = &found.outcome {
        assert!(!list.is_empty());
        for (i, c) in list.iter().enumerate() {
            assert!(c.nik.examine(&declared, AS_OF).is_valid());
            assert!(list.iter().skip(i + 1).all(|d| d.nik != c.nik && d.weight <= c.weight));
        }
    }
    if let Some(proposal) = found.proposal() {
        assert!(declared.birth_date.is_some() || proposal.other_register == Some(true));
        assert_ne!(proposal.sex_agrees, Some(false));
    }
    // what is lossless once stays as it is
    if let Ok((nik, _)) = Nik::read(text) {
        assert_eq!(Nik::read(&nik.to_digits()).map(|(again, steps)| (again, steps.is_empty())), Ok((nik, true)));
    }
});
