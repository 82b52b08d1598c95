//! Any name and any code: search returns at most ten places in force, best first, inside the place asked for; codes read what they
//! write; what is known of a code hangs together.
#![no_main]

use bansos::region::{self, Level, RegionCode, Scheme, Status};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, u8, Option<u64>, &str)| {
    let (text, level, within, code) = input;
    let level = Level::ALL[usize::from(level) % Level::ALL.len()];
    let within = within.and_then(RegionCode::kemendagri);
    let found = region::search(text, level, within);
    assert!(found.len() <= 10);
    for pair in found.windows(2) {
        assert!(pair[0].score >= pair[1].score && pair[0].code != pair[1].code);
    }
    for m in &found {
        assert_eq!((m.code.level(), region::status(m.code)), (level, Status::Current));
        assert!(m.score <= 1000 && within.is_none_or(|w| m.code.is_within(w)));
    }
    for scheme in [Scheme::Kemendagri, Scheme::Bps] {
        let Ok(code) = RegionCode::parse(scheme, code) else { continue };
        assert_eq!(RegionCode::parse(scheme, &code.to_string()), Ok(code));
        assert_eq!(region::lookup(code).is_some(), region::status(code).was_issued());
        if let Some(s) = region::succession(code) {
            assert_eq!(region::status(s.successor), Status::Current);
            assert!(region::status(code) == Status::Retired || code.level() == Level::District);
        }
        if let Some(other) = region::bridge(code) {
            assert_ne!(other.scheme(), scheme);
        }
    }
});
