//! Families: which listings of the sources are one real family.

use super::columns::Columns;
use super::household::Links;
use crate::clusters::Components;
use crate::count::count;
use bansos::household::FamilyRecord;
use bansos::person::{PersonRecord, Relation};
use bansos::source::Origin;
use bansos::text::name::Name;
use rustc_hash::FxHashMap;

/// Joins listings: the root listing of each listing's family.
///
/// Two listings are one family when they carry one card, or share two persons who are most of the smaller one. A listing
/// of one person (a P3KE head) joins the listing in which that person is the head. One shared person alone joins nothing:
/// a grown child may stand in two families.
///
/// A row that names no family goes with its person.
///
/// A family row may name a head whom no member row lists; a register that lists only heads finds its family by that name,
/// in the same village, where it is the only one.
pub(super) fn families(
    columns: &Columns,
    links: &Links,
    clusters: &[u32],
    persons: &[PersonRecord],
    records: &[FamilyRecord],
) -> Vec<u32> {
    let mut components = Components::new(columns.listings.len());
    for (p, q) in links.pairs() {
        if links.same_card(p, q) {
            components.join(p, q);
        }
    }
    let head = Relation::ALL.iter().position(|r| *r == Relation::Head).map_or(0, |i| i as u8 + 1);
    let mut rows: Vec<(u32, u32)> = clusters.iter().enumerate().map(|(i, c)| (*c, i as u32)).collect();
    rows.sort_unstable();
    // persons with rows in more than one listing
    let groups = || rows.chunk_by(|x, y| x.0 == y.0).filter(|group| group.len() > 1);
    by_shared_persons(columns, head, groups(), &mut components);
    with_their_persons(columns, groups(), &mut components);
    by_head_name(columns, head, persons, records, &mut components);
    (0..columns.listings.len() as u32).map(|l| components.root(l)).collect()
}

/// Joins listings that share most of the smaller one, and a single head with the family of which the person is the head.
fn by_shared_persons<'g>(
    columns: &Columns,
    head: u8,
    groups: impl Iterator<Item = &'g [(u32, u32)]>,
    components: &mut Components,
) {
    let size = |l: u32| columns.listings.members(l).len();
    let mut shared: Vec<(u32, u32)> = Vec::new();
    for group in groups {
        for (i, (_, a)) in group.iter().enumerate() {
            let x = &columns.traits[*a as usize];
            for (_, b) in &group[i + 1..] {
                let y = &columns.traits[*b as usize];
                if x.listing == y.listing || columns.is_loose(*a) || columns.is_loose(*b) {
                    continue;
                }
                shared.push((x.listing.min(y.listing), x.listing.max(y.listing)));
                let heads = x.relation == head && y.relation == head;
                if heads && (size(x.listing) == 1 || size(y.listing) == 1) {
                    components.join(x.listing, y.listing);
                }
            }
        }
    }
    let mut shared: Vec<((u32, u32), u32)> = count(shared).into_iter().collect();
    shared.sort_unstable();
    for ((p, q), n) in shared {
        let smaller = size(p).min(size(q)) as u32;
        if (n >= 2 && n * 2 >= smaller) || (n == 1 && smaller == 1 && size(p) == size(q)) {
            components.join(p, q);
        }
    }
}

/// Rows that name no family, and those whose damaged card nobody else has, go to the one that most rows of their person are in, of equal ones to that of the row whose content
/// comes first; where none names a family, they are one.
fn with_their_persons<'g>(
    columns: &Columns,
    groups: impl Iterator<Item = &'g [(u32, u32)]>,
    components: &mut Components,
) {
    let listing = |row: &u32| columns.traits[*row as usize].listing;
    let alone = sizes(columns, components);
    for group in groups {
        let (mut loose, settled): (Vec<u32>, Vec<u32>) =
            group.iter().map(|x| x.1).partition(|row| columns.is_loose(*row));
        let is_damaged = |row: &u32| columns.is_damaged(*row) && alone[components.root(listing(row)) as usize] == 1;
        let (damaged, settled): (Vec<u32>, Vec<u32>) = settled.into_iter().partition(is_damaged);
        // two damaged cards say nothing of each other
        let settled = if settled.is_empty() {
            damaged
        } else {
            loose.extend(damaged);
            settled
        };
        let mut votes: Vec<(u32, u32)> =
            settled.iter().map(|row| (components.root(listing(row)), columns.rank[*row as usize])).collect();
        votes.sort_unstable();
        let families = votes.chunk_by(|x, y| x.0 == y.0).filter_map(|of| Some((of.len(), *of.first()?)));
        let most = families.max_by_key(|(votes, (_, rank))| (*votes, std::cmp::Reverse(*rank)));
        let Some(target) = most.map(|(_, (family, _))| family).or_else(|| loose.first().map(listing)) else { continue };
        for row in &loose {
            components.join(target, listing(row));
        }
    }
}

/// How many listings are one family, by its root.
fn sizes(columns: &Columns, components: &mut Components) -> Vec<u32> {
    let mut sizes = vec![0u32; columns.listings.len()];
    for l in 0..columns.listings.len() as u32 {
        sizes[components.root(l) as usize] += 1;
    }
    sizes
}

/// Joins a head who stands alone with the listing whose family row names that head and whose member rows lack one.
fn by_head_name(
    columns: &Columns,
    head: u8,
    persons: &[PersonRecord],
    records: &[FamilyRecord],
    components: &mut Components,
) {
    let alone = sizes(columns, components);
    let words = |text: Option<&str>| -> Vec<String> {
        let mut words = text.map(Name::read).unwrap_or_default().words;
        words.sort_unstable();
        words
    };
    // None: two families of one village name such a head
    let mut headless: FxHashMap<(u32, Vec<String>), Option<u32>> = FxHashMap::default();
    for ((f, l), village) in records.iter().zip(&columns.family_listing).zip(&columns.family_village) {
        let listed = columns.listings.members(*l).iter().any(|r| columns.traits[*r as usize].relation == head);
        let words = words(f.head_name.as_deref().filter(|_| !listed && *village != 0));
        if !words.is_empty() {
            headless.entry((*village, words)).and_modify(|x| *x = None).or_insert(Some(*l));
        }
    }
    if headless.is_empty() {
        return;
    }
    let mut found: Vec<(u32, u32)> = Vec::new();
    for (t, p) in columns.traits.iter().zip(persons) {
        let single = t.relation == head && columns.listings.members(t.listing).len() == 1;
        if single && alone[components.root(t.listing) as usize] == 1 {
            let key = (t.village, words(p.name.as_deref()));
            if let Some(Some(l)) = headless.get(&key) {
                found.push((*l, t.listing));
            }
        }
    }
    found.sort_unstable();
    // two heads of one name for one family: neither
    for group in found.chunk_by(|x, y| x.0 == y.0) {
        if let [(family, alone)] = group {
            components.join(*family, *alone);
        }
    }
}

/// Dense family numbers per listing, by the smallest origin of a person row, then of a family row.
pub(super) fn number(
    columns: &Columns,
    root: &[u32],
    persons: &[PersonRecord],
    families: &[FamilyRecord],
) -> (Vec<u32>, u32) {
    let mut first: Vec<Option<(u8, Origin)>> = vec![None; root.len()];
    let mut note = |listing: u32, kind: u8, origin: Origin| {
        let slot = &mut first[root[listing as usize] as usize];
        let new = (kind, origin);
        *slot = Some(slot.map_or(new, |old| old.min(new)));
    };
    for (t, p) in columns.traits.iter().zip(persons) {
        note(t.listing, 0, p.origin);
    }
    for (l, f) in columns.family_listing.iter().zip(families) {
        note(*l, 1, f.origin);
    }
    let mut all: Vec<((u8, Origin), u32)> =
        first.iter().enumerate().filter_map(|(l, o)| Some(((*o)?, l as u32))).collect();
    all.sort_unstable();
    let mut number = vec![0u32; root.len()];
    for (i, (_, l)) in all.iter().enumerate() {
        number[*l as usize] = i as u32;
    }
    (root.iter().map(|r| number[*r as usize]).collect(), all.len() as u32)
}
