//! How often Indonesian social registers show each level: m and u that need no training, from what is known of the fields'
//! structure and of the damage that registers show. Estimation from the data starts here and falls back to it.
//!
//! Values are weights of levels among pairs where neither side is missing, to be divided by their sum; the last level,
//! missing, has none.

use super::{ComparedField, FIELDS};

/// (field, m of each level, u of each level), in the order of the field's levels without "missing".
pub type Preset = [(ComparedField, &'static [f64], &'static [f64]); FIELDS];

/// Between strangers. NIK: about nine in ten arrive whole; 1 in 250 is used by somebody else too. `worn`,
/// `region` and `serial` are conditional on an equal birth date, since the NIK repeats it (a slip against another person
/// of that day, sex and district). Dates: some
/// 20,000 are alive. Names: the frequency adjustment moves `equal` and `variant` from these averages.
pub const OPEN: Preset = [
    (
        ComparedField::Nik,
        &[0.90, 0.035, 0.010, 0.008, 0.004, 0.030, 0.010, 0.002],
        &[3e-7, 1e-3, 1e-3, 1e-2, 2e-2, 1.5e-2, 0.06, 0.89],
    ),
    (
        ComparedField::Birth,
        &[0.93, 0.010, 0.018, 0.020, 0.006, 0.005, 0.003, 0.008, 0.0],
        &[5e-5, 4e-5, 4e-4, 3e-4, 1e-3, 1e-4, 0.013, 0.985, 0.0],
    ),
    (ComparedField::Name, &[0.80, 0.06, 0.07, 0.03, 0.02, 0.02], &[2e-4, 1e-4, 3e-4, 5e-3, 0.05, 0.944]),
    (ComparedField::Mother, &[0.75, 0.08, 0.08, 0.03, 0.02, 0.04], &[4e-3, 1e-3, 2e-3, 1e-2, 0.04, 0.943]),
    (ComparedField::Sex, &[0.985, 0.008, 0.007], &[0.5, 0.01, 0.49]),
    (ComparedField::Card, &[0.90, 0.02, 0.08], &[1e-5, 2e-5, 1.0]),
    (ComparedField::Place, &[0.50, 0.40, 0.03, 0.07], &[2e-3, 1e-2, 0.06, 0.928]),
    (ComparedField::BirthPlace, &[0.97, 0.03], &[0.4, 0.6]),
    (ComparedField::Relation, &[0.52, 0.40, 0.06, 0.02], &[0.20, 0.17, 0.28, 0.35]),
    (ComparedField::Household, &[0.75, 0.12, 0.13], &[1e-5, 2e-4, 1.0]),
];

/// Between listings of one family. Card, village and the other members are what made it one family: they say nothing
/// more. Siblings share mother and
/// relation as surely as one person does, so that neither is evidence; a head and a spouse there is but one. 1 to 2 in 100
/// pairs share the date (`implied`: two members with one NIK seldom have one date too): twins, whose numbers are apart in the serial or, registered elsewhere, in the region.
pub const FAMILY: Preset = [
    (
        ComparedField::Nik,
        &[0.90, 0.035, 0.010, 0.008, 0.004, 0.030, 0.010, 0.002],
        &[3e-4, 2e-2, 2e-3, 0.15, 0.30, 0.03, 0.05, 0.45],
    ),
    (
        ComparedField::Birth,
        &[0.93, 0.010, 0.018, 0.020, 0.006, 0.005, 0.003, 0.008, 0.08],
        &[0.012, 1e-3, 2e-3, 2e-3, 4e-3, 2e-3, 0.02, 0.957, 0.01],
    ),
    (ComparedField::Name, &[0.80, 0.06, 0.07, 0.03, 0.02, 0.02], &[2e-3, 1e-3, 3e-3, 0.015, 0.12, 0.859]),
    (ComparedField::Mother, &[0.75, 0.08, 0.08, 0.03, 0.02, 0.04], &[0.56, 0.06, 0.06, 0.0225, 0.015, 0.2825]),
    (ComparedField::Sex, &[0.985, 0.008, 0.007], &[0.5, 0.01, 0.49]),
    (ComparedField::Card, &[0.90, 0.02, 0.08], &[0.90, 0.02, 0.08]),
    (ComparedField::Place, &[0.50, 0.40, 0.03, 0.07], &[0.50, 0.40, 0.03, 0.07]),
    (ComparedField::BirthPlace, &[0.97, 0.03], &[0.7, 0.3]),
    (ComparedField::Relation, &[0.52, 0.40, 0.06, 0.02], &[0.01, 0.40, 0.24, 0.35]),
    (ComparedField::Household, &[0.75, 0.12, 0.13], &[0.75, 0.12, 0.13]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_levels() {
        for preset in [OPEN, FAMILY] {
            for (field, (of, m, u)) in ComparedField::ALL.iter().zip(preset) {
                assert_eq!(*field, of);
                assert_eq!(m.len(), field.level_count() - 1, "{field:?}");
                assert_eq!(u.len(), field.level_count() - 1, "{field:?}");
            }
        }
    }
}
