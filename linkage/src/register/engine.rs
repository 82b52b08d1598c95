//! The run: columns, blocks, model, pairs, households, clusters, families.

use super::blocks::Blocks;
use super::columns::Columns;
use super::household::{Edge, Links};
use super::score::Scorer;
use super::{Counts, Decision, Ids, Linkage, Pair, Settings, check, duplicates, families, training};
use crate::clusters::{self, Bond};
use crate::watch::{LinkError, Stage, Watch, Work};
use bansos::household::FamilyRecord;
use bansos::person::PersonRecord;
use bansos::source::Origin;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// A stranger's pair from here on is sure enough to count as evidence for its family.
pub(super) const SURE: f32 = 8.0;

pub(super) fn run(
    persons: &[PersonRecord],
    families: &[FamilyRecord],
    settings: &Settings,
    watch: Watch<'_>,
) -> Result<Linkage, LinkError> {
    let rows = persons.len() as u64 + families.len() as u64;
    if rows >= u64::from(u32::MAX) {
        return Err(LinkError::TooMany { rows });
    }
    check(settings)?;
    let begin = |stage, total| Work::begin(watch, stage, total);
    begin(Stage::Prepare, rows)?;
    let columns = Columns::new(persons, families);
    begin(Stage::Block, 0)?;
    let blocks = Blocks::new(&columns, settings.block_cap);
    let mut counts = Counts { rules: blocks.counts.clone(), ..Counts::default() };
    begin(Stage::Train, 0)?;
    let model = training::fit(&columns, &blocks, settings, &mut counts);
    let scorer = Scorer::new(&columns, &model);
    let edges = candidates(&scorer, &blocks, settings.review_weight - 4.0, &mut counts, watch)?;
    drop(blocks);
    let work = begin(Stage::Cluster, persons.len() as u64)?;
    let links = Links::new(&columns, &edges, SURE);
    let pairs = judge(&scorer, &links, &edges, settings.review_weight);
    drop(edges);
    let decided = decisions(persons, &settings.decisions);
    let clusters = cluster(&scorer, &links, &pairs, &decided, settings, &mut counts, &work);
    work.end()?;
    begin(Stage::Families, 0)?;
    let family = families::families(&columns, &links, &clusters, persons, families);
    let (person, person_count) = number(&clusters, persons, |_| None);
    let (family_of_listing, family_count) = families::number(&columns, &family, persons, families);
    let mut accepted: Vec<Pair> = Vec::new();
    let mut review: Vec<Pair> = Vec::new();
    for p in pairs {
        if person[p.a as usize] == person[p.b as usize] {
            accepted.push(p);
        } else if !decided.contains_key(&key(p.a, p.b)) {
            // the grey zone, and pairs that weight would join and a constraint holds apart
            review.push(p);
        }
    }
    counts.edges = accepted.len() as u64;
    by_value(&mut review, &columns, &person, settings.match_weight);
    let duplicates = duplicates::find(persons, families, &columns, &scorer, &links, &person);
    Ok(Linkage {
        families: columns.traits.iter().map(|t| family_of_listing[t.listing as usize]).collect(),
        family_records: columns.family_listing.iter().map(|l| family_of_listing[*l as usize]).collect(),
        family_count,
        persons: person,
        person_count,
        edges: accepted,
        review,
        duplicates,
        model,
        counts,
        ids: Ids::default(),
    })
}

/// The pairs a decision teaches most about first: the uncertainty of the pair times the pairs of rows that the answer joins
/// or keeps apart. A pair that weight would join and a constraint holds apart is as uncertain as even odds. Ties in content
/// order.
fn by_value(review: &mut [Pair], columns: &Columns, person: &[u32], joins_from: f32) {
    let mut size = vec![0u32; person.iter().max().map_or(0, |m| *m as usize + 1)];
    person.iter().for_each(|p| size[*p as usize] += 1);
    let value = |p: &Pair| {
        let probability = 1.0 / (1.0 + (-p.weight).exp2());
        let uncertain = if p.weight >= joins_from { 0.25 } else { probability * (1.0 - probability) };
        uncertain * (size[person[p.a as usize] as usize] * size[person[p.b as usize] as usize]) as f32
    };
    let rank = |p: &Pair| (columns.rank[p.a as usize], columns.rank[p.b as usize]);
    review.par_sort_unstable_by(|x, y| value(y).total_cmp(&value(x)).then_with(|| rank(x).cmp(&rank(y))));
}

pub(super) fn key(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

/// All candidate pairs, once each; those kept reach `least` before families are looked at.
fn candidates(
    scorer: &Scorer<'_>,
    blocks: &Blocks,
    least: f32,
    counts: &mut Counts,
    watch: Watch<'_>,
) -> Result<Vec<Edge>, LinkError> {
    let columns = scorer.columns;
    let listing = |row: u32| columns.traits[row as usize].listing;
    let work = Work::begin(watch, Stage::Compare, blocks.counts.iter().map(|c| c.pairs).sum())?;
    let mut all = Vec::new();
    for rule in 0..blocks.rules() {
        let found = blocks.list(rule, columns).fold(
            &work,
            || (Vec::new(), 0u64),
            |(kept, compared), a, b| {
                if listing(a) == listing(b) || blocks.made_before(rule, a, b) {
                    return;
                }
                *compared += 1;
                if let Some((weight, _)) = scorer.stranger(a, b, least) {
                    kept.push(Edge { a, b, weight });
                }
            },
        );
        work.end()?;
        for (mut kept, compared) in found {
            all.append(&mut kept);
            counts.compared += compared;
        }
    }
    Ok(all)
}

/// Every pair worth keeping, with what the families say: strangers' pairs, all pairs of linked listings, and the pairs
/// inside each listing.
fn judge(scorer: &Scorer<'_>, links: &Links, edges: &[Edge], least: f32) -> Vec<Pair> {
    let columns = scorer.columns;
    let listing = |row: u32| columns.traits[row as usize].listing;
    let linked = links.pairs();
    let mut pairs: Vec<Pair> = edges
        .par_iter()
        .filter(|e| linked.binary_search(&key(listing(e.a), listing(e.b))).is_err())
        .map(|e| scorer.pair(e.a, e.b, links))
        .filter(|p| p.weight >= least)
        .collect();
    pairs.par_extend(linked.par_iter().flat_map_iter(|(p, q)| {
        let (left, right) = (columns.listings.members(*p), columns.listings.members(*q));
        left.iter()
            .flat_map(move |a| right.iter().map(move |b| (*a, *b)))
            .map(|(a, b)| scorer.pair(a, b, links))
            .filter(move |x| x.weight >= least)
    }));
    pairs.par_extend((0..columns.listings.len() as u32).into_par_iter().flat_map_iter(|l| {
        let m = columns.listings.members(l);
        // an institution is no family; its rows were compared as candidates of their blocks
        let m = if m.len() > 200 { &m[..0] } else { m };
        m.iter()
            .enumerate()
            .flat_map(move |(i, a)| m[i + 1..].iter().map(move |b| (*a, *b)))
            .map(|(a, b)| scorer.pair(a, b, links))
            .filter(move |x| x.weight >= least)
    }));
    pairs
}

/// What people decided, by rows.
fn decisions(persons: &[PersonRecord], decisions: &[Decision]) -> FxHashMap<(u32, u32), bool> {
    if decisions.is_empty() {
        return FxHashMap::default();
    }
    let rows: FxHashMap<Origin, u32> = persons.iter().enumerate().map(|(i, p)| (p.origin, i as u32)).collect();
    decisions.iter().filter_map(|d| Some((key(*rows.get(&d.a)?, *rows.get(&d.b)?), d.same))).collect()
}

/// Clusters: per row, the row of lowest rank in its cluster.
fn cluster(
    scorer: &Scorer<'_>,
    links: &Links,
    pairs: &[Pair],
    decided: &FxHashMap<(u32, u32), bool>,
    settings: &Settings,
    counts: &mut Counts,
    work: &Work<'_>,
) -> Vec<u32> {
    let columns = scorer.columns;
    let n = columns.traits.len();
    let strong: Vec<(u32, u32, f32)> = pairs
        .iter()
        .filter(|p| p.weight >= settings.match_weight && decided.get(&key(p.a, p.b)) != Some(&false))
        .map(|p| (p.a, p.b, p.weight))
        .chain(decided.iter().filter(|(_, same)| **same).map(|((a, b), _)| (*a, *b, f32::INFINITY)))
        .collect();
    let bond = |a: u32, b: u32| match decided.get(&key(a, b)) {
        Some(true) => Bond::MustLink,
        Some(false) => Bond::CannotLink,
        None => scorer.bond(&scorer.pair(a, b, links), settings.match_weight),
    };
    let rank = |r: u32| columns.rank[r as usize];
    let (label, held_apart) = clusters::constrained(n, &strong, settings.match_weight, &rank, &bond, work);
    counts.held_apart += held_apart;
    label
}

/// Dense numbers for labels, by the smallest origin of each.
pub(super) fn number(
    labels: &[u32],
    persons: &[PersonRecord],
    extra: impl Fn(u32) -> Option<Origin>,
) -> (Vec<u32>, u32) {
    let mut first: FxHashMap<u32, Origin> = FxHashMap::default();
    for (l, p) in labels.iter().zip(persons) {
        first
            .entry(*l)
            .and_modify(|o| *o = (*o).min(p.origin))
            .or_insert_with(|| extra(*l).unwrap_or(p.origin).min(p.origin));
    }
    let mut all: Vec<(Origin, u32)> = first.into_iter().map(|(l, o)| (o, l)).collect();
    all.par_sort_unstable();
    let index: FxHashMap<u32, u32> = all.iter().enumerate().map(|(i, (_, l))| (*l, i as u32)).collect();
    (labels.iter().map(|l| index[l]).collect(), all.len() as u32)
}
