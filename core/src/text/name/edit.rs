//! Edit distance of short words.

/// Optimal string alignment distance (insertion, deletion, substitution, transposition of neighbours) of two words of
/// at most 64 bytes; longer ones are compared on their first 64.
///
/// Hyyrö's bit-parallel form: one machine word holds a column of the table.
///
/// ```
/// use bansos::text::name::osa;
/// assert_eq!(osa(b"SLAMET", b"SLMAET"), 1);
/// assert_eq!(osa(b"SUYATNO", b"SUYATNI"), 1);
/// assert_eq!(osa(b"SITI", b""), 4);
/// ```
pub fn osa(a: &[u8], b: &[u8]) -> u32 {
    let a = a.get(..64).unwrap_or(a);
    let b = b.get(..64).unwrap_or(b);
    if a.is_empty() {
        return b.len() as u32;
    }
    let last = 1u64 << (a.len() - 1);
    // where each letter of `b` stands in `a`; words are short, so a scan beats a table of 256
    let positions = |c: u8| -> u64 {
        let mut bits = 0;
        for (i, x) in a.iter().enumerate() {
            bits |= u64::from(*x == c) << i;
        }
        bits
    };
    let (mut vp, mut vn, mut d0, mut pm_old) = (u64::MAX, 0u64, 0u64, 0u64);
    let mut distance = a.len() as u32;
    for c in b {
        let pm = positions(*c);
        let swapped = ((!d0 & pm) << 1) & pm_old;
        d0 = ((pm & vp).wrapping_add(vp) ^ vp) | pm | vn | swapped;
        let mut hp = vn | !(d0 | vp);
        let hn = vp & d0;
        distance += u32::from(hp & last != 0);
        distance -= u32::from(hn & last != 0);
        hp = hp << 1 | 1;
        vp = hn << 1 | !(d0 | hp);
        vn = hp & d0;
        pm_old = pm;
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The textbook table, for comparison.
    fn table(a: &[u8], b: &[u8]) -> u32 {
        let mut d = vec![vec![0u32; b.len() + 1]; a.len() + 1];
        for (i, row) in d.iter_mut().enumerate() {
            row[0] = i as u32;
        }
        for (j, cell) in d[0].iter_mut().enumerate() {
            *cell = j as u32;
        }
        for i in 1..=a.len() {
            for j in 1..=b.len() {
                let cost = u32::from(a[i - 1] != b[j - 1]);
                d[i][j] = (d[i - 1][j] + 1).min(d[i][j - 1] + 1).min(d[i - 1][j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    d[i][j] = d[i][j].min(d[i - 2][j - 2] + 1);
                }
            }
        }
        d[a.len()][b.len()]
    }

    proptest! {
        #[test]
        fn agrees_with_the_table(a in "[ABC]{0,12}", b in "[ABC]{0,12}") {
            prop_assert_eq!(osa(a.as_bytes(), b.as_bytes()), table(a.as_bytes(), b.as_bytes()));
        }

        #[test]
        fn symmetric(a in "[A-D]{0,20}", b in "[A-D]{0,20}") {
            prop_assert_eq!(osa(a.as_bytes(), b.as_bytes()), osa(b.as_bytes(), a.as_bytes()));
        }
    }
}
