//! What a worker keeps between pairs.

use super::super::columns::Part;
use super::op::Metric;
use bansos::text::metric::Pattern;

/// What a worker keeps between pairs.
#[derive(Debug, Default)]
pub(in crate::table) struct Scratch {
    /// Per part the value last prepared.
    patterns: Vec<(u32, Pattern)>,
    pub(super) memo: Vec<(Metric, usize, f64)>,
}

impl Scratch {
    /// The pattern of one of two values, and the other: the first row of a block is compared with all the others, so that its
    /// pattern stays.
    #[inline]
    pub(super) fn pattern(&mut self, part: usize, texts: &Part, x: u32, y: u32) -> (&Pattern, u32) {
        if self.patterns.len() <= part {
            self.patterns.resize_with(part + 1, Default::default);
        }
        let (held, pattern) = &mut self.patterns[part];
        let (one, other) = if *held == y { (y, x) } else { (x, y) };
        if *held != one {
            pattern.set(texts.bytes(one));
            *held = one;
        }
        (pattern, other)
    }
}
