//! Households from the keys of the registers that list households.

use crate::household::Ruta;
use crate::source::Source;
use std::collections::{HashMap, hash_map::Entry};

/// A row that says in which household a family lives.
#[derive(Clone, Copy, Debug)]
pub struct Home<'a> {
    /// The register.
    pub source: Source,
    /// Its key of the household.
    pub key: &'a str,
    /// The family, by its number.
    pub family: u32,
}

/// The households of a register, by the numbers of their families, in the order of the lowest number in each.
///
/// Only BDT and DTKS count households ([`Source::lists_ruta`]); families whose rows share a key there live together, and
/// so do families that two keys join. A family that only registers of families know is in no household: where it lives
/// is not known, and that is not the same as alone.
///
/// ```
/// use bansos::consolidate::{Home, consolidate_ruta};
/// use bansos::source::Source;
/// let home = |source, key, family| Home { source, key, family };
/// let ruta = consolidate_ruta([
///     home(Source::Dtks, "A", 5),
///     home(Source::Dtks, "A", 2), // two cards under one roof
///     home(Source::Bdt, "7", 3),
///     home(Source::Regsosek, "A", 9), // a key of families says nothing of households
/// ]);
/// let families: Vec<_> = ruta.iter().map(|r| r.keluarga().to_vec()).collect();
/// assert_eq!(families, [vec![2, 5], vec![3]]);
/// ```
pub fn consolidate_ruta<'a>(homes: impl IntoIterator<Item = Home<'a>>) -> Vec<Ruta<u32, u32>> {
    let mut first: HashMap<(Source, &str), u32> = HashMap::new();
    let mut parent: HashMap<u32, u32> = HashMap::new();
    for home in homes.into_iter().filter(|h| h.source.lists_ruta()) {
        parent.entry(home.family).or_insert(home.family);
        match first.entry((home.source, home.key)) {
            Entry::Vacant(new) => {
                new.insert(home.family);
            }
            Entry::Occupied(known) => join(&mut parent, *known.get(), home.family),
        }
    }
    let mut families: Vec<u32> = parent.keys().copied().collect();
    families.sort_unstable();
    let mut ruta: Vec<Vec<u32>> = Vec::new();
    let mut place: HashMap<u32, usize> = HashMap::new();
    for family in families {
        let at = *place.entry(root(&parent, family)).or_insert(ruta.len());
        match ruta.get_mut(at) {
            Some(known) => known.push(family),
            None => ruta.push(vec![family]),
        }
    }
    ruta.into_iter().filter_map(|families| Ruta::new(families, []).ok()).collect()
}

fn root(parent: &HashMap<u32, u32>, mut family: u32) -> u32 {
    while let Some(up) = parent.get(&family).filter(|up| **up != family) {
        family = *up;
    }
    family
}

/// The lower number becomes the root, so the walk is short and the result does not depend on the order of rows.
fn join(parent: &mut HashMap<u32, u32>, a: u32, b: u32) {
    let (a, b) = (root(parent, a), root(parent, b));
    parent.insert(a.max(b), a.min(b));
}
