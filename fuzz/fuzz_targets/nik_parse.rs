//! Any text and any day: parsing and examining return, the short way and the long way to a verdict agree, valid means no error, and
//! nothing said repeats the number.
#![no_main]

use bansos::nik::{Class, Declared};
use bansos::{Coded, Date, FamilyCard, Lang, Nik, Severity, date, family_card};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, u16)| {
    let (text, days) = input;
    // 1970 to 2149
    let Some(as_of) = date::from_epoch_days(i32::from(days)) else { return };
    let class = Class::from_text(text, as_of);
    if let Ok(nik) = Nik::parse(text) {
        assert_eq!(nik.to_digits(), text);
        look(nik, class, as_of);
    } else {
        assert!(!class.is_valid());
    }
    if let Ok(card) = FamilyCard::parse(text) {
        let found = card.examine(None, as_of);
        let errors = found.findings().any(|f| f.severity() == Severity::Error);
        assert_eq!(found.is_valid(), !errors);
    }
});

fn look(nik: Nik, class: Class, as_of: Date) {
    let found = nik.examine(&Declared::default(), as_of);
    assert_eq!(found.is_valid(), found.class().is_valid());
    assert_eq!(Class::from_nik(nik, as_of), found.class());
    assert!(nik.to_u64() == 0 || class == found.class());
    let mut errors = false;
    for finding in found.findings() {
        errors |= finding.severity() == Severity::Error;
        for lang in [Lang::Id, Lang::En] {
            assert!(!finding.message(lang).contains(&nik.to_digits()));
        }
    }
    assert_eq!(found.is_valid(), !errors);
}
