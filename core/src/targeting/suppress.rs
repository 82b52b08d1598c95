//! Small cells: a count below the limit is not shown, nor what would let it be worked out.

/// A count as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Cell {
    /// The count.
    Shown(u64),
    /// Below the limit.
    Small,
    /// Large enough, but together with the total it would tell a small cell.
    Hidden,
}

/// Suppresses counts from 1 to `least`−1. Where exactly one cell of a line would be hidden while the line's total is shown,
/// the smallest other cell that is not zero is hidden too, so that the small one cannot be worked out by subtraction.
///
/// ```
/// use bansos::targeting::{suppress, Cell};
/// assert_eq!(suppress(&[120, 3, 40, 0], 5), [Cell::Shown(120), Cell::Small, Cell::Hidden, Cell::Shown(0)]);
/// assert_eq!(suppress(&[120, 3, 2], 5), [Cell::Shown(120), Cell::Small, Cell::Small]);
/// ```
pub fn suppress(line: &[u64], least: u64) -> Vec<Cell> {
    let small = |n: u64| n > 0 && n < least;
    let mut out: Vec<Cell> = line.iter().map(|n| if small(*n) { Cell::Small } else { Cell::Shown(*n) }).collect();
    if line.iter().filter(|n| small(**n)).count() == 1 {
        let other = line.iter().enumerate().filter(|(_, n)| **n >= least.max(1)).min_by_key(|(i, n)| (**n, *i));
        if let Some(slot) = other.and_then(|(i, _)| out.get_mut(i)) {
            *slot = Cell::Hidden;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_small_count_is_shown_or_left_alone(line in prop::collection::vec(0u64..30, 0..8), least in 1u64..12) {
            let out = suppress(&line, least);
            prop_assert_eq!(out.len(), line.len());
            let hidden = out.iter().filter(|c| !matches!(c, Cell::Shown(_))).count();
            for (n, c) in line.iter().zip(&out) {
                if let Cell::Shown(m) = c {
                    prop_assert!(n == m && (*n == 0 || *n >= least));
                }
            }
            let others = line.iter().filter(|n| **n >= least).count();
            prop_assert!(hidden != 1 || others == 0);
        }
    }
}
