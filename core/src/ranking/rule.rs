//! The arithmetic of a place: integers of 128 bits, nothing rounded.

use super::{Rule, Scale};

/// The largest total weight of a group: a hundred times twice it still fits 128 bits. 2^64 families of 2^55 members each
/// stay below it.
pub const WEIGHT_LIMIT: u128 = u128::MAX / 256;

/// A stretch of the line: the weight before it, its own, and the total of its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// B: the weight of everyone before.
    pub before: u128,
    /// w: its own weight; of a whole run where ties stay together.
    pub own: u128,
    /// T: the weight of the group.
    pub total: u128,
}

/// The part, 1..=10 or 1..=100, that a stretch falls in. `None` where the group weighs nothing at all (or more than
/// [`WEIGHT_LIMIT`]): then there is no line to cut.
///
/// ```
/// use bansos::ranking::{Rule, Scale, Span, place};
/// // a family of 6 whose stretch, persons 8 to 14 of 100, lies across the first cut
/// let span = Span { before: 8, own: 6, total: 100 };
/// assert_eq!(place(Rule::Start, Scale::Deciles, span), Some(1));
/// assert_eq!(place(Rule::Upper, Scale::Deciles, span), Some(2));
/// assert_eq!(place(Rule::Midpoint, Scale::Deciles, span), Some(2)); // its middle is person 11
/// assert_eq!(place(Rule::Start, Scale::Percentiles, span), Some(9));
/// ```
#[inline]
pub fn place(rule: Rule, scale: Scale, span: Span) -> Option<u8> {
    let Span { before, own, total } = span;
    if total == 0 || total > WEIGHT_LIMIT || before > total || own > total {
        return None;
    }
    let parts = u128::from(scale.parts());
    let part = match rule {
        Rule::Start => parts * before / total + 1,
        Rule::Upper => (parts * (before + own)).div_ceil(total),
        Rule::Midpoint => parts * (2 * before + own) / (2 * total) + 1,
    };
    u8::try_from(part.clamp(1, parts)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deciles(rule: Rule, weights: &[u128]) -> Vec<u8> {
        let total = weights.iter().sum();
        let mut before = 0;
        let of = |own: &u128| {
            let part = place(rule, Scale::Deciles, Span { before, own: *own, total });
            before += own;
            part.unwrap()
        };
        weights.iter().map(of).collect()
    }

    #[test]
    fn fewer_than_ten_families_keep_the_scale() {
        assert_eq!(deciles(Rule::Start, &[1, 1, 1]), [1, 4, 7]);
        assert_eq!(deciles(Rule::Upper, &[1, 1, 1]), [4, 7, 10]);
        assert_eq!(deciles(Rule::Midpoint, &[1, 1, 1]), [2, 6, 9]);
        assert_eq!(deciles(Rule::Start, &[1]), [1]);
        assert_eq!(deciles(Rule::Upper, &[1]), [10]);
    }

    #[test]
    fn a_zero_weight_takes_a_place_and_moves_no_boundary() {
        assert_eq!(deciles(Rule::Start, &[0, 1, 0, 1, 0]), [1, 1, 6, 6, 10]);
        assert_eq!(deciles(Rule::Upper, &[0, 1, 0, 1, 0]), [1, 5, 5, 10, 10]);
        assert_eq!(place(Rule::Start, Scale::Deciles, Span { before: 0, own: 0, total: 0 }), None);
    }

    #[test]
    fn weights_near_the_limit_are_exact() {
        let total = WEIGHT_LIMIT;
        let at = |before| place(Rule::Midpoint, Scale::Percentiles, Span { before, own: 1, total });
        assert_eq!(at(total - 1), Some(100));
        assert_eq!(at(total / 2), Some(51));
        assert_eq!(at(total / 2 - 1), Some(50));
        assert_eq!(place(Rule::Start, Scale::Deciles, Span { before: 0, own: 1, total: total + 1 }), None);
    }
}
