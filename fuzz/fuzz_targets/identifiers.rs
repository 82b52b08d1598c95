//! Any text as a NIK, a family card, a date or a region code: read, examined and repaired without a panic.
#![no_main]

use bansos::region::{RegionCode, Scheme};
use bansos::{Date, FamilyCard, Nik, date, nik};
use libfuzzer_sys::fuzz_target;

const AS_OF: Date = Date::constant(2025, 12, 31);

fuzz_target!(|text: &str| {
    let cell = date::read(text);
    let declared = nik::Declared { birth_date: cell.date, ..nik::Declared::default() };
    let evidence = nik::repair::Evidence { declared, ..nik::repair::Evidence::default() };
    let repair = nik::repair(text, &evidence, AS_OF);
    // a number that is read reads again as itself
    if let Some(nik) = repair.read {
        assert_eq!(Nik::parse(&nik.to_digits()).ok(), Some(nik));
        nik.examine(&declared, AS_OF).findings().for_each(drop);
    }
    if let Ok((card, _)) = FamilyCard::read(text) {
        card.examine(repair.read, AS_OF).findings().for_each(drop);
    }
    for scheme in [Scheme::Kemendagri, Scheme::Bps] {
        if let Ok(code) = RegionCode::parse(scheme, text) {
            assert_eq!(RegionCode::parse(scheme, &code.to_string()), Ok(code));
        }
    }
});
