//! The facts of each row held against each other.

use bansos::nik::NikFinding;
use bansos::source::Noticed;
use bansos::{Date, Finding};
use bansos_registers::Intake;
use rayon::prelude::*;

/// Holds the facts of each row against each other and adds what is noticed to the row's findings.
///
/// That a NIK names another place than today's address is normal after a move and would be said of every second row, so it
/// is left out here.
pub fn check(intake: &mut Intake, as_of: Date) {
    intake.persons.par_iter_mut().for_each(|row| {
        let noticed = bansos::person::check(row, as_of);
        let moved = |n: &Noticed| matches!(n.finding, Finding::Nik(NikFinding::RegionDiffers { .. }));
        row.findings.extend(noticed.into_iter().filter(|n| !moved(n)));
    });
}
