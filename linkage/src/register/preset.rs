//! The model that needs no training: what is known of Indonesian registers, as shares.

use super::{Comparison, Model, Regime};
use bansos::dedup::preset::{FAMILY, OPEN, Preset};

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
    use bansos::dedup::ComparedField;

    #[test]
    fn agreement_speaks_for_and_contradiction_against() {
        let w = Model::default().open.weights();
        for field in ComparedField::ALL {
            let neutral = u8::from(*field == ComparedField::Birth);
            let last = (field.level_count() - 2) as u8 - neutral;
            assert!(w.of(*field as usize, 0) > 0.0, "{field:?}");
            assert!(w.of(*field as usize, last) < 0.0, "{field:?}");
            assert_eq!(w.of(*field as usize, last + 1 + neutral), 0.0, "missing weighs nothing: {field:?}");
        }
    }
}
