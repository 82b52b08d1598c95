//! The facts of each row held against each other.

use crate::choices::choices;
use bansos::{Coded, Date};
use bansos_registers::Intake;
use rayon::prelude::*;

/// Holds the facts of each row against each other and adds what is noticed to the row's findings, but for the findings
/// that [`choices`] leaves out.
pub fn check(intake: &mut Intake, as_of: Date) {
    let left_out = |code: &str| choices().leave_out.iter().any(|l| l.code == code);
    intake.persons.par_iter_mut().for_each(|row| {
        let noticed = bansos::person::check(row, as_of);
        row.findings.extend(noticed.into_iter().filter(|n| !left_out(n.finding.code())));
    });
}
