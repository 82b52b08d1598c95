//! The counts by place: small places put together, desa added up to kecamatan and kabupaten, small counts hidden.

use super::data::{AreaCounts, Place, ReportData};
use super::levels::Levels;
use super::suppress::{CellId, Net, Shown, Solved};
use super::words::{Both, say};
use bansos::Bilingual;
use std::collections::BTreeMap;

/// A kecamatan with its desa.
#[derive(Clone, Debug)]
pub(crate) struct Kecamatan {
    /// Its name as shown.
    pub(crate) name: Bilingual,
    /// Its code; empty for places put together or unknown.
    pub(crate) code: String,
    /// The sum of its desa.
    pub(crate) sum: AreaCounts,
    /// Its desa, by code.
    pub(crate) desa: Vec<Desa>,
}

/// A desa or kelurahan, or several small ones together.
#[derive(Clone, Debug)]
pub(crate) struct Desa {
    /// Its name as shown.
    pub(crate) name: Bilingual,
    /// Its code; empty for places put together or unknown.
    pub(crate) code: String,
    /// Its counts.
    pub(crate) counts: AreaCounts,
}

/// Every place, such that each has no family or at least `k`: a place so small that its families could be told is shown together
/// with others. So the families of a place can always be shown, and tables by class have a known whole.
pub(crate) fn fold(data: &ReportData, levels: &Levels, k: u64) -> Vec<Kecamatan> {
    let placed: Vec<_> = data.areas.iter().map(|a| (levels.place(a), a)).collect();
    // A code is the same place with or without its name beside it; without a code the name must do.
    let key = |p: &Place| Place {
        code: p.code.clone(),
        name: if p.code.is_empty() { p.name.clone() } else { String::new() },
    };
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for place in placed.iter().flat_map(|((top, leaf), _)| [top, leaf]).filter(|p| !p.name.is_empty()) {
        names.entry(&place.code).or_insert(&place.name);
    }
    let named = |place: &Place, kind: &str| match names.get(place.code.as_str()).filter(|_| !place.code.is_empty()) {
        Some(name) => name.both(),
        None => named(place, kind),
    };
    let mut by_kecamatan: BTreeMap<Place, BTreeMap<Place, AreaCounts>> = BTreeMap::new();
    for ((top, leaf), area) in &placed {
        let desa = by_kecamatan.entry(key(top)).or_default();
        add(desa.entry(key(leaf)).or_default(), area);
    }
    let mut all: Vec<Kecamatan> = by_kecamatan
        .into_iter()
        .map(|(place, desa)| {
            let parts = desa.into_iter().map(|(p, counts)| Part {
                count: 1,
                name: named(&p, &levels.leaf.id),
                code: p.code,
                counts,
            });
            let desa = merged(parts.collect(), k, &levels.leaves);
            let mut sum = AreaCounts::default();
            for d in &desa {
                add(&mut sum, &d.counts);
            }
            Kecamatan {
                name: named(&place, &levels.top.id),
                code: place.code,
                sum,
                desa: desa.into_iter().map(|p| Desa { name: p.name, code: p.code, counts: p.counts }).collect(),
            }
        })
        .collect();
    // The same for kecamatan; those put together are one desa of theirs.
    if all.iter().any(|x| small(x.sum.families, k)) {
        let parts =
            all.iter().map(|x| Part { count: 1, name: x.name.clone(), code: x.code.clone(), counts: x.sum.clone() });
        let kept = merged(parts.collect(), k, &levels.per);
        let mut again = Vec::new();
        for part in kept {
            match all.iter().position(|x| part.count == 1 && x.name == part.name && x.code == part.code) {
                Some(i) => again.push(all.swap_remove(i)),
                None => again.push(Kecamatan {
                    name: part.name.clone(),
                    code: String::new(),
                    sum: part.counts.clone(),
                    desa: vec![Desa { name: part.name, code: String::new(), counts: part.counts }],
                }),
            }
        }
        all = again;
    }
    // Unknown and put-together places come last.
    all.sort_by(|a, b| (a.code.is_empty(), &a.code, &a.name.id).cmp(&(b.code.is_empty(), &b.code, &b.name.id)));
    all
}

struct Part {
    count: u64,
    name: Bilingual,
    code: String,
    counts: AreaCounts,
}

fn small(families: u64, k: u64) -> bool {
    families > 0 && families < k
}

/// Puts together what is too small, and if that is still too small, the smallest other with it.
fn merged(mut parts: Vec<Part>, k: u64, kind: &Bilingual) -> Vec<Part> {
    let (mut little, mut rest): (Vec<Part>, Vec<Part>) = {
        let mut little = Vec::new();
        let mut rest = Vec::new();
        for part in parts.drain(..) {
            if small(part.counts.families, k) { little.push(part) } else { rest.push(part) }
        }
        (little, rest)
    };
    if little.is_empty() {
        return rest;
    }
    while little.iter().map(|p| p.counts.families).sum::<u64>() < k {
        let next =
            rest.iter().enumerate().filter(|(_, p)| p.counts.families > 0).min_by_key(|(_, p)| p.counts.families);
        let Some((i, _)) = next else { break };
        little.push(rest.remove(i));
    }
    let mut counts = AreaCounts::default();
    for p in &little {
        add(&mut counts, &p.counts);
    }
    let n = little.iter().map(|p| p.count).sum::<u64>();
    let name = match &little[..] {
        [only] => only.name.clone(),
        _ => say!("{n} {kind} kecil digabung", "{n} small {kind} together", n = n, kind = kind),
    };
    rest.push(Part { count: n, name, code: String::new(), counts });
    rest
}

fn named(place: &Place, kind: &str) -> Bilingual {
    match (place.name.is_empty(), place.code.is_empty()) {
        (false, _) => place.name.both(),
        (true, false) => say!("{kind} {code}", "{kind} {code}", kind = kind, code = place.code),
        (true, true) => Bilingual::new("Wilayah tidak dikenal", "Place not known"),
    }
}

/// Adds the counts of one place to another's.
pub(crate) fn add(to: &mut AreaCounts, from: &AreaCounts) {
    fn maps<K: Ord + Clone>(to: &mut BTreeMap<K, u64>, from: &BTreeMap<K, u64>) {
        for (key, n) in from {
            *to.entry(key.clone()).or_default() += n;
        }
    }
    fn tens(to: &mut [u64; 10], from: &[u64; 10]) {
        for (a, b) in to.iter_mut().zip(from) {
            *a += b;
        }
    }
    to.rows += from.rows;
    to.persons += from.persons;
    to.families += from.families;
    maps(&mut to.findings, &from.findings);
    maps(&mut to.registers, &from.registers);
    tens(&mut to.deciles, &from.deciles);
    tens(&mut to.decile_persons, &from.decile_persons);
    to.unranked += from.unranked;
    to.unranked_persons += from.unranked_persons;
    maps(&mut to.verivali, &from.verivali);
    for (code, o) in &from.decisions {
        let t = to.decisions.entry(code.clone()).or_default();
        t.eligible += o.eligible;
        t.ineligible += o.ineligible;
        t.undetermined += o.undetermined;
        t.amount_year += o.amount_year;
        t.receives_ineligible += o.receives_ineligible;
        t.eligible_not_receiving += o.eligible_not_receiving;
    }
}

/// Counts in columns, by place, as they may be shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    /// By kecamatan, desa, column; empty where the table stops at the kecamatan.
    pub(crate) desa: Vec<Vec<Vec<Shown>>>,
    /// By kecamatan, column.
    pub(crate) kecamatan: Vec<Vec<Shown>>,
    /// By column.
    pub(crate) all: Vec<Shown>,
}

impl Grid {
    /// One cell of a kecamatan.
    pub(crate) fn at(&self, kecamatan: usize, column: usize) -> Shown {
        self.kecamatan.get(kecamatan).and_then(|r| r.get(column)).copied().unwrap_or(Shown::Withheld)
    }

    /// One cell of a desa.
    pub(crate) fn desa_at(&self, kecamatan: usize, desa: usize, column: usize) -> Shown {
        let row = self.desa.get(kecamatan).and_then(|k| k.get(desa));
        row.and_then(|r| r.get(column)).copied().unwrap_or(Shown::Withheld)
    }

    /// One cell of the whole.
    pub(crate) fn total(&self, column: usize) -> Shown {
        self.all.get(column).copied().unwrap_or(Shown::Withheld)
    }

    /// The greatest shown count of a column over the kecamatan.
    pub(crate) fn greatest(&self, column: usize) -> u64 {
        self.kecamatan.iter().filter_map(|r| r.get(column)?.exact()).max().unwrap_or(0)
    }
}

/// Exclusive classes that make up a known whole in every place (outcomes of families, deciles, …), down to the desa or, with
/// `desa` false, the kecamatan.
pub(crate) fn classes(places: &[Kecamatan], k: u64, desa: bool, of: impl Fn(&AreaCounts) -> Vec<u64>) -> Grid {
    let mut net = Net::new(k);
    let mut lowest: Vec<Vec<Vec<CellId>>> = Vec::new();
    let mut rows: Vec<Vec<CellId>> = Vec::new();
    // The first class is what the table is read for.
    let row = |net: &mut Net, counts: &AreaCounts, level| {
        let ids: Vec<CellId> = of(counts).into_iter().map(|n| net.cell(n, level)).collect();
        if let Some(first) = ids.first() {
            net.prefer(*first);
        }
        ids
    };
    for kec in places {
        let sums = row(&mut net, &kec.sum, 1);
        if desa {
            let cells: Vec<Vec<CellId>> = kec
                .desa
                .iter()
                .map(|d| {
                    let cells = row(&mut net, &d.counts, 0);
                    net.sum(None, &cells);
                    cells
                })
                .collect();
            for (c, &sum) in sums.iter().enumerate() {
                let parts: Vec<CellId> = cells.iter().filter_map(|r| r.get(c).copied()).collect();
                net.sum(Some(sum), &parts);
            }
            lowest.push(cells);
        } else {
            // Where desa are given, this sum follows from theirs.
            net.sum(None, &sums);
        }
        rows.push(sums);
    }
    let all = over(&mut net, 2, &rows, places, &of);
    read(&net.solve(), &lowest, &rows, &all)
}

/// Counts by code in groups: desa show the groups only, kecamatan the groups and the codes, so that codes add up to their group
/// and groups over the places. The whole of a group is not known from elsewhere.
pub(crate) fn coded<C>(
    places: &[Kecamatan],
    k: u64,
    groups: &[Vec<C>],
    of: impl Fn(&AreaCounts, &C) -> u64,
    guard: impl Fn(&AreaCounts, u64) -> bool,
) -> (Grid, Grid) {
    let mut net = Net::new(k);
    let group_sum = |counts: &AreaCounts, codes: &[C]| codes.iter().map(|c| of(counts, c)).sum::<u64>();
    let mut desa: Vec<Vec<Vec<CellId>>> = Vec::new();
    let mut by_group: Vec<Vec<CellId>> = Vec::new();
    let mut by_code: Vec<Vec<CellId>> = Vec::new();
    for kec in places {
        let cell = |net: &mut Net, counts: &AreaCounts, codes: &[C], level| {
            let n = group_sum(counts, codes);
            let id = net.cell(n, level);
            if guard(counts, n) {
                net.guard(id);
            }
            id
        };
        let sums: Vec<CellId> = groups.iter().map(|g| cell(&mut net, &kec.sum, g, 2)).collect();
        let rows: Vec<Vec<CellId>> =
            kec.desa.iter().map(|d| groups.iter().map(|g| cell(&mut net, &d.counts, g, 0)).collect()).collect();
        let mut codes_row = Vec::new();
        for (g, (&sum, codes)) in sums.iter().zip(groups).enumerate() {
            let parts: Vec<CellId> = rows.iter().filter_map(|r| r.get(g).copied()).collect();
            net.sum(Some(sum), &parts);
            let parts: Vec<CellId> = codes.iter().map(|c| net.cell(of(&kec.sum, c), 1)).collect();
            net.sum(Some(sum), &parts);
            codes_row.extend(parts);
        }
        desa.push(rows);
        by_group.push(sums);
        by_code.push(codes_row);
    }
    let codes: Vec<&C> = groups.iter().flatten().collect();
    let all_codes = over(&mut net, 3, &by_code, places, |a| codes.iter().map(|c| of(a, c)).collect());
    let whole = whole(places);
    let mut all_groups = Vec::new();
    let mut taken = 0;
    for codes in groups {
        let sum = net.cell(group_sum(&whole, codes), 4);
        let parts: Vec<CellId> = all_codes.iter().skip(taken).take(codes.len()).copied().collect();
        net.sum(Some(sum), &parts);
        taken += codes.len();
        all_groups.push(sum);
    }
    let solved = net.solve();
    (read(&solved, &desa, &by_group, &all_groups), read(&solved, &[], &by_code, &all_codes))
}

/// The whole: the sum over all places.
pub(crate) fn whole(places: &[Kecamatan]) -> AreaCounts {
    let mut all = AreaCounts::default();
    for kec in places {
        add(&mut all, &kec.sum);
    }
    all
}

/// Columns of a kecamatan table added up; says so in the net.
fn over(
    net: &mut Net,
    level: u32,
    rows: &[Vec<CellId>],
    places: &[Kecamatan],
    of: impl Fn(&AreaCounts) -> Vec<u64>,
) -> Vec<CellId> {
    let mut all = Vec::new();
    for (c, n) in of(&whole(places)).into_iter().enumerate() {
        let total = net.cell(n, level);
        let parts: Vec<CellId> = rows.iter().filter_map(|r| r.get(c).copied()).collect();
        net.sum(Some(total), &parts);
        all.push(total);
    }
    all
}

fn read(solved: &Solved, desa: &[Vec<Vec<CellId>>], kecamatan: &[Vec<CellId>], all: &[CellId]) -> Grid {
    let row = |ids: &Vec<CellId>| ids.iter().map(|&id| solved.get(id)).collect::<Vec<_>>();
    Grid {
        desa: desa.iter().map(|k| k.iter().map(row).collect()).collect(),
        kecamatan: kecamatan.iter().map(row).collect(),
        all: all.iter().map(|&id| solved.get(id)).collect(),
    }
}

/// Columns whose totals are decided elsewhere: no column is broken down where its total is not shown. With `exclusive`, the
/// columns of a place make up a whole that is known.
pub(crate) fn breakdown(
    places: &[Kecamatan],
    k: u64,
    totals: &[Shown],
    exclusive: bool,
    of: impl Fn(&AreaCounts) -> Vec<u64>,
) -> Grid {
    let mut net = Net::new(k);
    let rows: Vec<Vec<CellId>> =
        places.iter().map(|kec| of(&kec.sum).into_iter().map(|n| net.cell(n, 1)).collect()).collect();
    for (c, total) in totals.iter().enumerate() {
        let parts: Vec<CellId> = rows.iter().filter_map(|r: &Vec<CellId>| r.get(c).copied()).collect();
        if total.exact().is_some() {
            net.sum(None, &parts);
        }
    }
    if exclusive {
        for row in &rows {
            net.sum(None, row);
        }
    }
    let mut grid = read(&net.solve(), &[], &rows, &[]);
    for row in &mut grid.kecamatan {
        for (shown, total) in row.iter_mut().zip(totals) {
            if total.exact().is_none() {
                *shown = Shown::Withheld;
            }
        }
    }
    grid.all = totals.to_vec();
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(kec: &str, desa: &str, families: u64) -> AreaCounts {
        let place = |name: &str| Place { code: name.to_owned(), name: name.to_owned() };
        AreaCounts {
            kecamatan: place(kec),
            desa: place(desa),
            families,
            persons: families * 3,
            ..AreaCounts::default()
        }
    }

    fn fold_of(areas: Vec<AreaCounts>) -> Vec<Kecamatan> {
        let data = ReportData { areas, ..ReportData::default() };
        fold(&data, &Levels::of(&data.areas), 5)
    }

    #[test]
    fn places_add_up_and_none_is_too_small() {
        let areas =
            vec![area("A", "a", 3), area("A", "b", 1), area("A", "c", 40), area("A", "d", 9), area("B", "e", 2)];
        let folded = fold_of(areas);
        assert_eq!(whole(&folded).families, 55);
        let families: Vec<u64> = folded.iter().flat_map(|x| x.desa.iter().map(|d| d.counts.families)).collect();
        assert!(families.iter().all(|n| *n == 0 || *n >= 5), "{families:?}");
        // a + b are 4, so d goes with them; B (2) takes the smallest other kecamatan with it.
        assert_eq!(folded.len(), 1);
        assert_eq!(folded[0].name.id, "2 kecamatan kecil digabung");
    }

    #[test]
    fn a_place_without_families_stays_and_an_unknown_one_comes_last() {
        let folded = fold_of(vec![area("", "", 12), area("A", "a", 0), area("A", "b", 30)]);
        assert_eq!(folded[0].desa.len(), 2);
        assert_eq!(folded[1].name.en, "Place not known");
    }

    #[test]
    fn the_same_desa_given_twice_is_one() {
        let folded = fold_of(vec![area("A", "a", 10), area("A", "a", 7)]);
        assert_eq!(folded[0].desa.len(), 1);
        assert_eq!(folded[0].sum.families, 17);
    }

    #[test]
    fn a_code_without_its_name_is_the_same_place() {
        let mut nameless = area("A", "a", 6);
        nameless.desa.name.clear();
        nameless.kecamatan.name.clear();
        let mut other = area("A", "a", 10);
        other.desa.name = "Tegalrejo".into();
        let folded = fold_of(vec![nameless, other]);
        assert_eq!(folded[0].desa.len(), 1);
        assert_eq!((&*folded[0].name.id, &*folded[0].desa[0].name.id), ("A", "Tegalrejo"));
    }

    #[test]
    fn hidden_totals_hide_their_breakdown() {
        let folded = fold_of(vec![area("A", "a", 10), area("B", "b", 20)]);
        let grid = breakdown(&folded, 5, &[Shown::Withheld, Shown::Exact(30)], false, |a| vec![1, a.families]);
        assert_eq!(grid.kecamatan, [[Shown::Withheld, Shown::Exact(10)], [Shown::Withheld, Shown::Exact(20)]]);
    }
}
