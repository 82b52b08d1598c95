//! The sections of the page, in reading order.

pub(super) mod closing;
pub(super) mod duplicates;
pub(super) mod files;
pub(super) mod findings;
pub(super) mod method;
pub(super) mod places;
pub(super) mod programmes;
pub(super) mod ranking;
pub(super) mod receipt;
pub(super) mod registers;
pub(super) mod summary;
pub(super) mod targeting;
pub(super) mod verivali;

use crate::words::Both;
use bansos::Bilingual;

/// The name by which people know a register; one of the user's own keeps the name it came with.
pub(super) fn register(source: &str) -> String {
    use bansos::source::Source;
    match Source::from_word(source) {
        Some(Source::Other) | None => source.to_owned(),
        Some(known) => known.label(bansos::Lang::Id).to_owned(),
    }
}

/// What one row of a file stands for.
fn unit(unit: &str) -> Bilingual {
    match unit {
        "person" => Bilingual::new("satu baris satu orang", "a row is a person"),
        "family" => Bilingual::new("satu baris satu keluarga", "a row is a family"),
        "family_head" => Bilingual::new("satu baris per keluarga (kepala keluarga)", "one row per family (its head)"),
        other => other.both(),
    }
}
