//! What the families say: two listings that share sure members, or a card, are one family, and then each of their pairs
//! is judged as within a family.

use super::columns::Columns;
use rustc_hash::FxHashMap;

/// A sure pair of strangers' rows, and its weight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) weight: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Link {
    /// Sure pairs between the two, each row counted once.
    sure: u32,
    /// The first of them.
    first: (u32, u32),
    card: bool,
    /// The two live in one village.
    near: bool,
}

/// Pairs of listings that are one family.
#[derive(Default)]
pub(super) struct Links {
    map: FxHashMap<(u32, u32), Link>,
}

/// A card on more listings than this is no card of a family.
const CARD_CAP: usize = 12;

impl Links {
    /// From sure edges between listings and from equal cards.
    pub(super) fn new(columns: &Columns, edges: &[Edge], sure: f32) -> Self {
        let listing = |row: u32| columns.traits[row as usize].listing;
        let mut all: Vec<(u32, u32, u32, u32, f32)> = edges
            .iter()
            .filter(|e| e.weight >= sure)
            .filter_map(|e| {
                let (p, q) = (listing(e.a), listing(e.b));
                (p != q).then_some(if p < q { (p, q, e.a, e.b, e.weight) } else { (q, p, e.b, e.a, e.weight) })
            })
            .collect();
        // strongest first inside a pair of listings; ties by content
        all.sort_unstable_by(|x, y| {
            (x.0, x.1).cmp(&(y.0, y.1)).then(y.4.total_cmp(&x.4)).then_with(|| {
                let r = |row: u32| columns.rank[row as usize];
                (r(x.2), r(x.3)).cmp(&(r(y.2), r(y.3)))
            })
        });
        let mut map: FxHashMap<(u32, u32), Link> = FxHashMap::default();
        for group in all.chunk_by(|x, y| (x.0, x.1) == (y.0, y.1)) {
            let mut link = Link { near: true, ..Link::default() };
            let (mut left, mut right): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
            for (_, _, a, b, _) in group {
                if left.contains(a) || right.contains(b) {
                    continue;
                }
                if link.sure == 0 {
                    link.first = (*a, *b);
                    let (x, y) = (&columns.traits[*a as usize], &columns.traits[*b as usize]);
                    link.near = x.village == 0 || y.village == 0 || x.village == y.village;
                }
                left.push(*a);
                right.push(*b);
                link.sure += 1;
            }
            if let Some((p, q, ..)) = group.first() {
                map.insert((*p, *q), link);
            }
        }
        let mut cards: Vec<(u64, u32)> = columns
            .listings
            .card
            .iter()
            .enumerate()
            .filter(|(_, c)| c.whole())
            .map(|(l, c)| (c.bits(), l as u32))
            .collect();
        cards.sort_unstable();
        for group in cards.chunk_by(|x, y| x.0 == y.0) {
            if group.len() > CARD_CAP {
                continue;
            }
            for (i, (_, p)) in group.iter().enumerate() {
                for (_, q) in &group[i + 1..] {
                    map.entry((*p, *q)).or_default().card = true;
                }
            }
        }
        Self { map }
    }

    /// Whether two listings are known to be one family by more than the pair itself.
    pub(super) fn one_family(&self, p: u32, q: u32, a: u32, b: u32) -> bool {
        let (key, pair) = if p < q { ((p, q), (a, b)) } else { ((q, p), (b, a)) };
        // the rows may have come in either order
        let swapped = (pair.1, pair.0);
        self.map
            .get(&key)
            .is_some_and(|l| l.card || l.sure >= 2 || (l.sure == 1 && l.near && l.first != pair && l.first != swapped))
    }

    /// Pairs of listings, in no order.
    pub(super) fn pairs(&self) -> Vec<(u32, u32)> {
        let mut all: Vec<(u32, u32)> = self.map.keys().copied().collect();
        all.sort_unstable();
        all
    }

    /// Whether two listings carry one card.
    pub(super) fn same_card(&self, p: u32, q: u32) -> bool {
        self.map.get(&(p.min(q), p.max(q))).is_some_and(|l| l.card)
    }
}
