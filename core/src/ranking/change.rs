//! Two editions of a ranking side by side: who moved, and how far.

/// A family's decile in two editions; `None`: not ranked, or not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DecileChange {
    /// Before.
    pub from: Option<u8>,
    /// After.
    pub to: Option<u8>,
}

/// How many families went from which decile to which.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Transition {
    /// Row: decile before; column: decile after. Index 0 is *not ranked or not there*.
    pub matrix: [[u64; 11]; 11],
    /// In the same decile in both.
    pub stayed: u64,
    /// In a poorer decile than before.
    pub poorer: u64,
    /// In a richer decile than before.
    pub richer: u64,
    /// Moved by more than one decile.
    pub far: u64,
    /// Ranked only in the later edition.
    pub entered: u64,
    /// Ranked only in the earlier edition.
    pub left: u64,
    /// In the poorest `line` deciles before, not after; those who would lose a programme with that cap.
    pub crossed_up: u64,
    /// In the poorest `line` deciles after, not before.
    pub crossed_down: u64,
}

/// Counts the moves between two editions. `line` is the highest decile a programme takes in (4 for PKH in 2025), for
/// the two counts of families that cross it. A decile outside 1..=10 counts as not ranked.
///
/// ```
/// use bansos::ranking::{DecileChange, compare};
/// let families = [(Some(4), Some(5)), (Some(1), Some(1)), (Some(7), None)].map(|(from, to)| DecileChange { from, to });
/// let moves = compare(families, 4);
/// assert_eq!((moves.richer, moves.stayed, moves.left, moves.crossed_up), (1, 1, 1, 1));
/// assert_eq!(moves.matrix[4][5], 1);
/// ```
pub fn compare(families: impl IntoIterator<Item = DecileChange>, line: u8) -> Transition {
    let mut all = Transition::default();
    for DecileChange { from, to } in families {
        let (from, to) = (from.filter(is_decile), to.filter(is_decile));
        let (row, column) = (from.unwrap_or(0), to.unwrap_or(0));
        if let Some(cell) = all.matrix.get_mut(usize::from(row)).and_then(|r| r.get_mut(usize::from(column))) {
            *cell += 1;
        }
        match (from, to) {
            (Some(a), Some(b)) => {
                all.stayed += u64::from(a == b);
                all.poorer += u64::from(b < a);
                all.richer += u64::from(b > a);
                all.far += u64::from(a.abs_diff(b) > 1);
                all.crossed_up += u64::from(a <= line && b > line);
                all.crossed_down += u64::from(a > line && b <= line);
            }
            (None, Some(_)) => all.entered += 1,
            (Some(_), None) => all.left += 1,
            (None, None) => {}
        }
    }
    all
}

fn is_decile(d: &u8) -> bool {
    (1..=10).contains(d)
}
