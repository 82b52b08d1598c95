//! How good a clustering is, where the truth is known: pairs, and B-cubed.

/// Pairs of rows that are one in truth, that were found to be one, and both.
///
/// ```
/// use bansos_linkage::measure::pairs;
/// // rows 0, 1, 2 are one person; 0 and 1 were found, and 2 was put together with 3
/// let p = pairs(&[7, 7, 7, 8], &[0, 0, 1, 1], |_, _| true);
/// assert_eq!((p.truth, p.found, p.both), (3, 2, 1));
/// assert_eq!(p.precision(), Some(0.5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    /// One in truth.
    pub truth: u64,
    /// Found to be one.
    pub found: u64,
    /// Both.
    pub both: u64,
}

impl Pairs {
    /// Share of the found pairs that are true; `None` where nothing was found.
    pub fn precision(self) -> Option<f64> {
        ratio(self.both, self.found)
    }

    /// Share of the true pairs that were found; `None` where there are none.
    pub fn recall(self) -> Option<f64> {
        ratio(self.both, self.truth)
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.both, self.truth + self.found)
    }
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Rows by label, each group in row order.
fn groups(labels: &[u32]) -> Vec<Vec<usize>> {
    let mut order: Vec<(u32, usize)> = labels.iter().copied().zip(0..).collect();
    order.sort_unstable();
    order.chunk_by(|a, b| a.0 == b.0).map(|g| g.iter().map(|(_, i)| *i).collect()).collect()
}

/// Every pair of rows with one label.
pub fn each_pair(labels: &[u32], mut see: impl FnMut(usize, usize)) {
    for group in groups(labels) {
        for (i, a) in group.iter().enumerate() {
            for b in group.get(i + 1..).unwrap_or(&[]) {
                see(*a, *b);
            }
        }
    }
}

/// Counts pairs of rows for which `which` holds. Labels are compared only within a list; time grows with the squares of
/// cluster sizes.
pub fn pairs(truth: &[u32], found: &[u32], which: impl Fn(usize, usize) -> bool) -> Pairs {
    let mut out = Pairs::default();
    each_pair(truth, |a, b| {
        if which(a, b) {
            out.truth += 1;
            out.both += u64::from(found.get(a).is_some() && found.get(a) == found.get(b));
        }
    });
    each_pair(found, |a, b| out.found += u64::from(which(a, b)));
    out
}

/// B-cubed precision and recall: for each row, the share of its found cluster that is truly with it, and the share of its
/// true cluster that was found with it; the mean over rows. Unlike pairs, a large cluster weighs no more than its rows.
pub fn b_cubed(truth: &[u32], found: &[u32]) -> (f64, f64) {
    let n = truth.len().min(found.len());
    if n == 0 {
        return (1.0, 1.0);
    }
    let both: Vec<u64> = truth.iter().zip(found).map(|(t, f)| u64::from(*t) << 32 | u64::from(*f)).collect();
    let mut sorted = both;
    sorted.sort_unstable();
    let sizes = |labels: &[u32]| -> std::collections::BTreeMap<u32, f64> {
        groups(labels).into_iter().filter_map(|g| Some((*labels.get(*g.first()?)?, g.len() as f64))).collect()
    };
    let (true_size, found_size) = (sizes(truth), sizes(found));
    let (mut p, mut r) = (0.0, 0.0);
    for g in sorted.chunk_by(|a, b| a == b) {
        let Some(key) = g.first() else { continue };
        let together = g.len() as f64;
        p += together * together / found_size.get(&(*key as u32)).copied().unwrap_or(1.0);
        r += together * together / true_size.get(&((key >> 32) as u32)).copied().unwrap_or(1.0);
    }
    (p / n as f64, r / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn b_cubed_of_a_known_case() {
        // truth {0,1,2} {3}; found {0,1} {2,3}
        let (p, r) = b_cubed(&[7, 7, 7, 8], &[0, 0, 1, 1]);
        assert!((p - 0.75).abs() < 1e-12, "{p}");
        assert!((r - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-12, "{r}");
    }

    proptest! {
        #[test]
        fn the_truth_itself_is_perfect(labels in proptest::collection::vec(0u32..6, 1..40)) {
            let p = pairs(&labels, &labels, |_, _| true);
            prop_assert_eq!(p.truth, p.both);
            prop_assert_eq!(p.found, p.both);
            let (bp, br) = b_cubed(&labels, &labels);
            prop_assert!((bp - 1.0).abs() < 1e-12 && (br - 1.0).abs() < 1e-12);
        }
    }
}
