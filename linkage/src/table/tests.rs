//! The result depends on the rows alone, new rows link as if they had always been there, and a model is data.

use super::*;
use crate::watch::{Progress, unwatched};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Invented rows: a name, a date, a place; about half stand twice, the second time with a slip.
fn rows(n: u64) -> Vec<[String; 4]> {
    const NAMES: [&str; 12] =
        ["SITI", "BUDI", "SLAMET", "WAGIYEM", "AGUS", "RINA", "DEWI", "JOKO", "SRI", "TUKIMAN", "YOHANES", "MARIA"];
    let mut out = Vec::new();
    for i in 0..n {
        let x = mix(i);
        let pick = |k: u64| NAMES[(x >> k) as usize % NAMES.len()];
        let name = format!("{} {}", pick(3), pick(17));
        let born = format!("{}-{:02}-{:02}", 1950 + (x >> 29) % 60, 1 + (x >> 37) % 12, 1 + (x >> 43) % 28);
        let place = format!("DESA {}", (x >> 51) % 40);
        let again = x.is_multiple_of(2);
        out.push([format!("{i}"), name.clone(), born.clone(), place.clone()]);
        if again {
            let slip = if x.is_multiple_of(3) { name.replacen('I', "Y", 1) } else { name };
            out.push([format!("{i}b"), slip, born, place]);
        }
    }
    out
}

const COLUMNS: [&str; 4] = ["unique_id", "name", "born", "place"];

fn table(rows: &[[String; 4]]) -> Table {
    let mut t = Table::new(COLUMNS.map(str::to_owned));
    rows.iter().for_each(|r| t.push(r.iter().map(|v| Some(v.as_str()))));
    t
}

fn settings() -> TableSettings {
    let mut s = example("name", "born");
    // everything is to be estimated
    s.prior = None;
    s.comparisons.iter_mut().flat_map(|c| &mut c.levels).for_each(|l| (l.m, l.u) = (None, None));
    s.comparisons[0].levels[0].frequency = Some("name".to_owned());
    s.blocking.push(vec![
        KeyPart::whole("place"),
        KeyPart { column: "born".to_owned(), take: Take::Part { from: 0, chars: 7 } },
    ]);
    s.random_pairs = 50_000;
    s
}

/// Clusters as sets of the rows' own names, and the trained prior.
fn run(rows: &[[String; 4]], settings: TableSettings) -> (Vec<Vec<String>>, f64, usize) {
    let mut linker = TableLinker::new(table(rows), settings).unwrap();
    let prior = linker.train(&unwatched).unwrap().prior;
    let pairs = linker.predict(&unwatched).unwrap();
    let mut sets: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (row, label) in linker.cluster(&pairs, &unwatched).unwrap().into_iter().enumerate() {
        sets.entry(label).or_default().push(rows[row][0].clone());
    }
    let mut all: Vec<Vec<String>> = sets.into_values().collect();
    all.iter_mut().for_each(|s| s.sort());
    all.sort();
    (all, prior, pairs.len())
}

#[test]
fn order_and_threads_change_nothing() {
    let mut rows = rows(3_000);
    let first = run(&rows, settings());
    assert!(first.2 > 1_000, "{} pairs", first.2);
    rows.sort_by_key(|r| mix(r[0].len() as u64 ^ columns::hash(r[0].as_bytes())));
    assert_eq!(run(&rows, settings()), first);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(one.install(|| run(&rows, settings())), first);
}

#[test]
fn new_rows_link_as_if_they_had_been_there() {
    let rows = rows(2_000);
    let (old, new) = rows.split_at(rows.len() - 150);
    for clustering in [Clustering::Mean, Clustering::Components] {
        let mut linker = TableLinker::new(table(old), TableSettings { clustering, ..settings() }).unwrap();
        linker.train(&unwatched).unwrap();
        let pairs = linker.predict(&unwatched).unwrap();
        let labels = linker.cluster(&pairs, &unwatched).unwrap();
        let grown = linker.grow(new.iter().map(|r| r.iter().map(|v| Some(v.as_str()))), &pairs, &labels).unwrap();
        assert!(grown.pairs.len() > 20, "{}", grown.pairs.len());
        let all = linker.predict(&unwatched).unwrap();
        let mut sum: Vec<(u32, u32)> = pairs.iter().chain(&grown.pairs).map(|p| (p.a, p.b)).collect();
        sum.sort_unstable();
        assert_eq!(all.iter().map(|p| (p.a, p.b)).collect::<Vec<_>>(), sum, "each pair once");
        assert_eq!(linker.cluster(&all, &unwatched).unwrap(), grown.labels);
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_saved_table_takes_rows_as_if_it_had_never_been_away() {
    let rows = rows(1_200);
    let (old, rest) = rows.split_at(1_000);
    let (one, two) = rest.split_at(rest.len() / 2);
    let values = |part: &[[String; 4]]| -> Vec<Vec<Option<String>>> {
        part.iter().map(|r| r.iter().map(|v| Some(v.clone())).collect()).collect()
    };
    fn lent(rows: &[Vec<Option<String>>]) -> impl Iterator<Item = impl Iterator<Item = Option<&str>>> {
        rows.iter().map(|r| r.iter().map(Option::as_deref))
    }
    let mut linker = TableLinker::new(table(old), settings()).unwrap();
    linker.train(&unwatched).unwrap();
    let mut pairs = linker.predict(&unwatched).unwrap();
    let mut labels = linker.cluster(&pairs, &unwatched).unwrap();
    let saved = linker.save(&pairs, &labels);
    let (mut again, mut pairs_again, mut labels_again) =
        TableLinker::restore(linker.settings().clone(), &saved).unwrap();
    assert_eq!((&pairs_again, &labels_again), (&pairs, &labels));
    for batch in [values(one), values(two)] {
        let stayed = linker.grow(lent(&batch), &pairs, &labels).unwrap();
        let returned = again.grow(lent(&batch), &pairs_again, &labels_again).unwrap();
        assert!(!stayed.pairs.is_empty());
        assert_eq!((&stayed.pairs, &stayed.labels), (&returned.pairs, &returned.labels));
        pairs.extend(stayed.pairs);
        pairs_again.extend(returned.pairs);
        (labels, labels_again) = (stayed.labels, returned.labels);
        // away and back between the batches
        let saved = again.save(&pairs_again, &labels_again);
        again = TableLinker::restore(linker.settings().clone(), &saved).unwrap().0;
    }
    let longer = [&saved[..], b"\0"].concat();
    for broken in [&saved[..saved.len() / 2], &longer, b"something else", b""] {
        assert!(matches!(TableLinker::restore(linker.settings().clone(), broken), Err(TableError::State)));
    }
}

#[test]
fn a_capped_block_is_split_not_dropped() {
    // one birth date for everybody: rows of equal names still meet
    let mut rows = rows(1_500);
    rows.iter_mut().for_each(|r| r[2] = "1970-01-01".to_owned());
    let mut plain = settings();
    plain.blocking.truncate(1);
    let capped = TableSettings { block_cap: 100, ..plain.clone() };
    let mut linker = TableLinker::new(table(&rows), capped).unwrap();
    linker.train(&unwatched).unwrap();
    let pairs = linker.predict(&unwatched).unwrap();
    let whole = TableLinker::new(table(&rows), plain).unwrap();
    let (split, all) = (&linker.counts()[0], &whole.counts()[0]);
    assert_eq!((split.split, all.split), (1, 0));
    assert_eq!((split.largest, split.rows), (all.largest, all.rows), "as it stood before splitting");
    assert!(all.pairs > 20 * split.pairs);
    let meets = pairs.iter().filter(|p| rows[p.a as usize][1] == rows[p.b as usize][1]).count();
    assert!(meets > 500, "{meets}");
}

#[test]
fn a_watcher_sees_how_far_it_is_and_can_stop_it() {
    let mut linker = TableLinker::new(table(&rows(2_000)), settings()).unwrap();
    let far = std::sync::Mutex::new(BTreeMap::new());
    let watch = |p: Progress| {
        far.lock()
            .unwrap()
            .entry(p.stage)
            .and_modify(|(done, _)| *done = p.done.max(*done))
            .or_insert((p.done, p.total));
        ControlFlow::Continue(())
    };
    linker.train(&watch).unwrap();
    let pairs = linker.predict(&watch).unwrap();
    linker.cluster(&pairs, &watch).unwrap();
    let far = far.into_inner().unwrap();
    assert_eq!(far.keys().copied().collect::<Vec<_>>(), [Stage::Train, Stage::Compare, Stage::Cluster]);
    let (done, total) = far[&Stage::Compare];
    assert!(done == total && total > 2_000, "{done} of {total}");
    let at =
        |stage| move |p: Progress| if p.stage == stage { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    assert_eq!(linker.train(&at(Stage::Train)).map(|_| ()), Err(LinkError::Cancelled));
    assert_eq!(linker.predict(&at(Stage::Compare)), Err(LinkError::Cancelled));
    assert_eq!(linker.cluster(&pairs, &at(Stage::Cluster)), Err(LinkError::Cancelled));
    assert_eq!(linker.predict(&unwatched).unwrap(), pairs, "a stopped run leaves nothing behind");
}

#[test]
fn missing_says_nothing_and_frequency_says_something() {
    let mut linker = TableLinker::new(table(&rows(2_000)), settings()).unwrap();
    linker.train(&unwatched).unwrap();
    let pairs = linker.predict(&unwatched).unwrap();
    for p in pairs.iter().take(200) {
        let steps = linker.waterfall(p);
        let sum: f32 = steps.iter().map(|s| s.1).sum();
        assert!((sum - p.weight).abs() < 1e-3, "{steps:?} {}", p.weight);
    }
    let mut t = table(&[]);
    t.push([Some("1"), Some("SITI"), None, None]);
    t.push([Some("2"), Some("SITI"), Some("1970-01-02"), None]);
    let linker = TableLinker::new(t, example("name", "born")).unwrap();
    let p = linker.pair(0, 1);
    assert_eq!((p.vector.level(0), p.vector.level(1)), (0, MISSING));
}

#[test]
fn what_cannot_be_run_is_refused() {
    let refused = |s: TableSettings| TableLinker::new(table(&rows(5)), s).map(|_| ()).unwrap_err();
    assert!(matches!(refused(TableSettings { comparisons: Vec::new(), ..settings() }), TableError::NoComparison));
    assert!(matches!(refused(TableSettings { blocking: Vec::new(), ..settings() }), TableError::NoBlocking));
    assert!(matches!(refused(TableSettings { link_type: LinkType::LinkOnly, ..settings() }), TableError::NoSource));
    let mut other = settings();
    other.blocking[0][0].column = "absent".to_owned();
    assert!(matches!(refused(other), TableError::NoColumn { .. }));
    for none in [0.0, 1.0, -0.1, 2.0, 1e308, f64::NAN, f64::INFINITY] {
        assert!(matches!(refused(TableSettings { prior: Some(none), ..settings() }), TableError::Prior));
        for side in ["m", "u"] {
            let mut other = settings();
            let level = &mut other.comparisons[1].levels[2];
            *(if side == "m" { &mut level.m } else { &mut level.u }) = Some(none);
            // by name, with the place
            let told = refused(other).to_string();
            assert_eq!(
                told,
                format!("{side} at the level \"else\" of the comparison born must be more than 0 and less than 1")
            );
        }
    }
    let endless = TableSettings { threshold: f32::NAN, ..settings() };
    assert!(matches!(refused(endless), TableError::Threshold));
}

/// Heaps of equal rows, each heap another person.
fn heaps(persons: usize, rows: usize) -> Vec<[String; 4]> {
    let one = |person: usize, row: usize| {
        let born = format!("{}-{:02}-{:02}", 1950 + person % 50, 1 + person % 12, 1 + person % 28);
        [format!("{person}-{row}"), format!("NAMA{person} KELUARGA{person}"), born, format!("DESA {person}")]
    };
    (0..persons).flat_map(|p| (0..rows).map(move |r| one(p, r))).collect()
}

#[test]
fn one_person_in_many_rows_is_one_person() {
    let clusters = |rows: &[[String; 4]], settings: TableSettings| {
        let mut linker = TableLinker::new(table(rows), settings).unwrap();
        let pairs = linker.predict(&unwatched).unwrap();
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        for label in linker.cluster(&pairs, &unwatched).unwrap() {
            *sizes.entry(label).or_default() += 1;
        }
        sizes.into_values().collect::<Vec<_>>()
    };
    let plain = TableSettings { threshold: 5.0, ..example("name", "born") };
    assert_eq!(clusters(&heaps(24, 50), plain.clone()), [50; 24]);
    // more than are laid out as a square
    assert_eq!(clusters(&heaps(3, 1_100), plain.clone()), [1_100; 3]);
    // more than a block may have
    let capped = TableSettings { block_cap: 40, ..plain.clone() };
    assert_eq!(clusters(&heaps(5, 130), capped.clone()), [130; 5]);
    let connected = TableSettings { clustering: Clustering::Components, ..capped };
    assert_eq!(clusters(&heaps(5, 130), connected), [130; 5]);
}

#[test]
fn a_giant_block_is_split_by_itself() {
    let rows = heaps(1, 5_200);
    let linker = TableLinker::new(table(&rows), example("name", "born")).unwrap();
    let count = &linker.counts()[0];
    assert_eq!((count.split, count.largest), (1, 5_200));
    assert!(count.pairs <= crate::blocks::pairs_of(5_000) + crate::blocks::pairs_of(200));
}
