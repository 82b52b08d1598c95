//! Comparisons of any shape: each test looks its values up.

use super::ladder::most_alike;
use super::op::{Metric, Op};
use super::scratch::Scratch;
use super::values::Values;

impl Values {
    pub(super) fn holds(&self, op: &Op, a: u32, b: u32, s: &mut Scratch) -> bool {
        let both = |part: usize| {
            let (x, y) = self.ids(part, a, b);
            (x != 0 && y != 0).then_some((x, y))
        };
        match op {
            Op::Else => true,
            Op::Exact(p) => both(*p).is_some_and(|(x, y)| x == y),
            Op::Alike(metric, p, least, lowest) => {
                both(*p).is_some_and(|(x, y)| x == y || self.alike(*metric, *p, (x, y), (*least, *lowest), s))
            }
            Op::Edits(metric, p, most) => {
                both(*p).is_some_and(|(x, y)| x == y || self.few_edits(*metric, *p, x, y, *most, s))
            }
            Op::Days(p, most) => {
                both(*p).is_some_and(|(x, y)| self.parts[*p].days_apart(x, y).is_some_and(|d| d <= *most))
            }
            Op::Number(p, most) => both(*p).is_some_and(|(x, y)| self.parts[*p].numbers_apart(x, y) <= *most),
            Op::Name(p, least) => both(*p).is_some_and(|(x, y)| x == y || self.parts[*p].likeness(x, y) <= *least),
            Op::Exchanged(p, q) => match (both(*p), both(*q)) {
                (Some((ap, bp)), Some((aq, bq))) => {
                    let (p, q) = (&self.parts[*p], &self.parts[*q]);
                    p.hash(ap) == q.hash(bq) && p.hash(bp) == q.hash(aq)
                }
                _ => false,
            },
            Op::All(of) => of.iter().all(|o| self.holds(o, a, b, s)),
            Op::Any(of) => of.iter().any(|o| self.holds(o, a, b, s)),
        }
    }

    /// Whether the similarity is at least so much; the letters alone often say that it cannot be.
    #[inline]
    fn alike(
        &self,
        metric: Metric,
        part: usize,
        (x, y): (u32, u32),
        (least, lowest): (f64, f64),
        s: &mut Scratch,
    ) -> bool {
        if s.memo.is_empty()
            && let Some((m, n, common)) = self.parts[part].common(x, y)
            && most_alike(metric, m, n, common) < least
        {
            return false;
        }
        self.measure(metric, part, (x, y), lowest, s) >= least
    }

    /// The same for edits: each byte that the other has not is one.
    #[inline]
    fn few_edits(&self, metric: Metric, part: usize, x: u32, y: u32, most: u32, s: &mut Scratch) -> bool {
        if s.memo.is_empty()
            && let Some((m, n, common)) = self.parts[part].common(x, y)
            && m.max(n) as u32 > common + most
        {
            return false;
        }
        self.measure(metric, part, (x, y), 0.0, s) <= f64::from(most)
    }

    /// A metric of two values, measured once a pair however many levels ask; a similarity below `lowest` may come out as any
    /// such number.
    fn measure(&self, metric: Metric, part: usize, (x, y): (u32, u32), lowest: f64, s: &mut Scratch) -> f64 {
        if let Some((_, _, value)) = s.memo.iter().find(|(m, p, _)| *m == metric && *p == part) {
            return *value;
        }
        let texts = &self.parts[part];
        let (pattern, other) = s.pattern(part, texts, x, y);
        let other = texts.bytes(other);
        let value = metric.of(pattern, other, lowest);
        s.memo.push((metric, part, value));
        value
    }
}
