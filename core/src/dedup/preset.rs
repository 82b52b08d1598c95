//! The model for Indonesian social registers that needs no training: m and u from what is known of the fields'
//! structure and of the damage that registers show. Estimation from the data starts here and falls back to it.
//!
//! Values are shares among pairs where neither side is missing; the last level, missing, carries no weight.

use super::level::Field;
use super::model::{Comparison, Model, Regime};

/// (field, m of each level, u of each level), in the order of the field's levels without "missing".
type Preset = [(Field, &'static [f64], &'static [f64]); super::FIELDS];

/// Between strangers. NIK: about nine in ten arrive whole; 1 in 250 is borne by somebody else too. `worn`,
/// `region` and `serial` are conditional on an equal birth date, since the NIK repeats it (a slip against another person
/// of that day, sex and district). Dates: some
/// 20,000 are alive. Names: the frequency adjustment moves `equal` and `variant` from these averages.
const OPEN: Preset = [
    (
        Field::Nik,
        &[0.90, 0.035, 0.010, 0.008, 0.004, 0.030, 0.010, 0.002],
        &[3e-7, 1e-3, 1e-3, 1e-2, 2e-2, 1.5e-2, 0.06, 0.89],
    ),
    (
        Field::Birth,
        &[0.93, 0.010, 0.018, 0.020, 0.006, 0.005, 0.003, 0.008, 0.0],
        &[5e-5, 4e-5, 4e-4, 3e-4, 1e-3, 1e-4, 0.013, 0.985, 0.0],
    ),
    (Field::Name, &[0.80, 0.06, 0.07, 0.03, 0.02, 0.02], &[2e-4, 1e-4, 3e-4, 5e-3, 0.05, 0.944]),
    (Field::Mother, &[0.75, 0.08, 0.08, 0.03, 0.02, 0.04], &[4e-3, 1e-3, 2e-3, 1e-2, 0.04, 0.943]),
    (Field::Sex, &[0.985, 0.008, 0.007], &[0.5, 0.01, 0.49]),
    (Field::Card, &[0.90, 0.02, 0.08], &[1e-5, 2e-5, 1.0]),
    (Field::Place, &[0.50, 0.40, 0.03, 0.07], &[2e-3, 1e-2, 0.06, 0.928]),
    (Field::BirthPlace, &[0.97, 0.03], &[0.4, 0.6]),
    (Field::Relation, &[0.52, 0.40, 0.06, 0.02], &[0.20, 0.17, 0.28, 0.35]),
    (Field::Household, &[0.75, 0.12, 0.13], &[1e-5, 2e-4, 1.0]),
];

/// Between listings of one family. Card, village and the other members are what made it one family: they say nothing
/// more. Siblings share mother and
/// relation as surely as one person does, so that neither speaks for; a head and a spouse there is but one. 1 to 2 in 100
/// pairs share the date (`implied`: two members with one NIK seldom have one date too): twins, whose numbers are apart in the serial or, registered elsewhere, in the region.
const FAMILY: Preset = [
    (
        Field::Nik,
        &[0.90, 0.035, 0.010, 0.008, 0.004, 0.030, 0.010, 0.002],
        &[3e-4, 2e-2, 2e-3, 0.15, 0.30, 0.03, 0.05, 0.45],
    ),
    (
        Field::Birth,
        &[0.93, 0.010, 0.018, 0.020, 0.006, 0.005, 0.003, 0.008, 0.08],
        &[0.012, 1e-3, 2e-3, 2e-3, 4e-3, 2e-3, 0.02, 0.957, 0.01],
    ),
    (Field::Name, &[0.80, 0.06, 0.07, 0.03, 0.02, 0.02], &[2e-3, 1e-3, 3e-3, 0.015, 0.12, 0.859]),
    (Field::Mother, &[0.75, 0.08, 0.08, 0.03, 0.02, 0.04], &[0.56, 0.06, 0.06, 0.0225, 0.015, 0.2825]),
    (Field::Sex, &[0.985, 0.008, 0.007], &[0.5, 0.01, 0.49]),
    (Field::Card, &[0.90, 0.02, 0.08], &[0.90, 0.02, 0.08]),
    (Field::Place, &[0.50, 0.40, 0.03, 0.07], &[0.50, 0.40, 0.03, 0.07]),
    (Field::BirthPlace, &[0.97, 0.03], &[0.7, 0.3]),
    (Field::Relation, &[0.52, 0.40, 0.06, 0.02], &[0.01, 0.40, 0.24, 0.35]),
    (Field::Household, &[0.75, 0.12, 0.13], &[0.75, 0.12, 0.13]),
];

impl Default for Model {
    fn default() -> Self {
        Self {
            edition: "bansos 2026-11, untrained".to_owned(),
            open: regime(&OPEN, 0.6, 0.01),
            family: regime(&FAMILY, 0.8, 0.02),
            listing: regime(&FAMILY, 0.02, 0.02),
        }
    }
}

fn regime(preset: &Preset, expected_across: f64, expected_within: f64) -> Regime {
    let comparisons =
        preset.iter().map(|(field, m, u)| Comparison { field: *field, m: share(m), u: share(u) }).collect();
    Regime { expected_across, expected_within, comparisons }
}

/// Shares that sum to one.
fn share(values: &[f64]) -> Vec<f64> {
    let total: f64 = values.iter().sum();
    values.iter().map(|v| v / total).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_levels() {
        let model = Model::default();
        for regime in [&model.open, &model.family, &model.listing] {
            for (field, c) in Field::ALL.iter().zip(&regime.comparisons) {
                assert_eq!(*field, c.field);
                assert_eq!(c.m.len(), field.level_count() - 1, "{field:?}");
                assert_eq!(c.u.len(), field.level_count() - 1, "{field:?}");
            }
        }
    }

    #[test]
    fn agreement_speaks_for_and_contradiction_against() {
        let w = Model::default().open.weights();
        for field in Field::ALL {
            let neutral = u8::from(*field == Field::Birth);
            let last = (field.level_count() - 2) as u8 - neutral;
            assert!(w.of(*field, 0) > 0.0, "{field:?}");
            assert!(w.of(*field, last) < 0.0, "{field:?}");
            assert_eq!(w.of(*field, last + 1 + neutral), 0.0, "missing weighs nothing: {field:?}");
        }
    }
}
