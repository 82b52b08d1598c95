//! The usual comparison: equality of one part, then ever weaker tests of the same part. Its two values are looked up once.

use super::super::columns::Part;
use super::op::{Metric, Op};
use super::scratch::Scratch;
use crate::model::MISSING;
use bansos::text::name::Likeness;

/// Levels that all look at one part, the first being its equality and the last "else".
#[derive(Debug)]
pub(super) struct Ladder {
    pub(super) part: usize,
    /// The levels between the first and the last.
    steps: Vec<Step>,
}

/// The lengths of two values and the most letters they can have in common; `None` where that is not known.
pub(super) type Letters = Option<(usize, usize, u32)>;

#[derive(Clone, Copy, Debug)]
enum Step {
    Alike { metric: Metric, least: f64, lowest: f64 },
    Edits { metric: Metric, most: u32 },
    Days(f64),
    Number(f64),
    Name(Likeness),
}

impl Ladder {
    pub(super) fn of(ops: &[Op], needs: &[Vec<usize>]) -> Option<Self> {
        let [Op::Exact(part), between @ .., Op::Else] = ops else { return None };
        let alone = matches!(needs, [set] if set.as_slice() == [*part]);
        let steps = between.iter().map(|op| {
            let (of, step) = match *op {
                Op::Alike(metric, of, least, lowest) => (of, Step::Alike { metric, least, lowest }),
                Op::Edits(metric, of, most) => (of, Step::Edits { metric, most }),
                Op::Days(of, most) => (of, Step::Days(most)),
                Op::Number(of, most) => (of, Step::Number(most)),
                Op::Name(of, least) => (of, Step::Name(least)),
                _ => return None,
            };
            (of == *part).then_some(step)
        });
        let steps: Option<Vec<Step>> = steps.collect();
        alone.then_some(Self { part: *part, steps: steps? })
    }

    /// Whether there is nothing between equality and "else".
    pub(super) fn is_short(&self) -> bool {
        self.steps.is_empty()
    }

    /// The strongest level that two different values can reach, as far as their letters say.
    #[inline]
    pub(super) fn reach(&self, letters: Letters) -> usize {
        let Some((m, n, common)) = letters else { return 1 };
        let ruled_out = |step: &Step| match *step {
            Step::Alike { metric, least, .. } => most_alike(metric, m, n, common) < least,
            Step::Edits { most, .. } => m.max(n) as u32 > common + most,
            _ => false,
        };
        1 + self.steps.iter().take_while(|s| ruled_out(s)).count()
    }

    /// The level of two values of the part; 0 is a missing one.
    #[inline]
    pub(super) fn level(&self, part: &Part, x: u32, y: u32, letters: Option<Letters>, s: &mut Scratch) -> u8 {
        if x == 0 || y == 0 {
            return MISSING;
        }
        if x == y {
            return 0;
        }
        let mut values = PairValues { ladder: self, part, x, y, common: letters, known: [None; 4] };
        for (i, step) in self.steps.iter().enumerate() {
            let holds = match *step {
                Step::Alike { metric, least, lowest } => values.alike(metric, least, lowest, s),
                Step::Edits { metric, most } => values.few_edits(metric, most, s),
                Step::Days(most) => part.days_apart(x, y).is_some_and(|d| d <= most),
                Step::Number(most) => part.numbers_apart(x, y) <= most,
                Step::Name(least) => part.likeness(x, y) <= least,
            };
            if holds {
                return i as u8 + 1;
            }
        }
        self.steps.len() as u8 + 1
    }
}

/// Two values, and what has been found out about them.
struct PairValues<'a> {
    ladder: &'a Ladder,
    part: &'a Part,
    x: u32,
    y: u32,
    common: Option<Letters>,
    known: [Option<f64>; 4],
}

impl PairValues<'_> {
    #[inline]
    fn common(&mut self) -> Letters {
        *self.common.get_or_insert_with(|| self.part.common(self.x, self.y))
    }

    /// Whether the similarity is at least so much; the letters alone often say that it cannot be.
    #[inline]
    fn alike(&mut self, metric: Metric, least: f64, lowest: f64, s: &mut Scratch) -> bool {
        if self.known[metric as usize].is_none()
            && let Some((m, n, common)) = self.common()
            && most_alike(metric, m, n, common) < least
        {
            return false;
        }
        self.measure(metric, lowest, s) >= least
    }

    /// The same for edits: each byte that the other has not is one.
    #[inline]
    fn few_edits(&mut self, metric: Metric, most: u32, s: &mut Scratch) -> bool {
        if self.known[metric as usize].is_none()
            && let Some((m, n, common)) = self.common()
            && m.max(n) as u32 > common + most
        {
            return false;
        }
        self.measure(metric, 0.0, s) <= f64::from(most)
    }

    fn measure(&mut self, metric: Metric, lowest: f64, s: &mut Scratch) -> f64 {
        if let Some(value) = self.known[metric as usize] {
            return value;
        }
        let (pattern, other) = s.pattern(self.ladder.part, self.part, self.x, self.y);
        let value = metric.of(pattern, self.part.bytes(other), lowest);
        self.known[metric as usize] = Some(value);
        value
    }
}

/// The most that a similarity can be of texts of so many bytes with so many in common.
#[inline]
pub(super) fn most_alike(metric: Metric, m: usize, n: usize, common: u32) -> f64 {
    let c = f64::from(common);
    let jaro = if common == 0 { 0.0 } else { (c / m as f64 + c / n as f64 + 1.0) / 3.0 };
    // four equal letters in front add at most four tenths of what is missing, and nothing up to 0.7
    if metric == Metric::JaroWinkler && jaro > 0.7 { jaro + 0.4 * (1.0 - jaro) } else { jaro }
}
