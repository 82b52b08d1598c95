//! What `bansos dedupe` writes. Rows are named by their own identifier.

use bansos_linkage::measure;
use bansos_linkage::model::MISSING;
use bansos_linkage::table::{TableLinker, TablePair};
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};

fn id(linker: &TableLinker, row: u32) -> String {
    let column = linker.table().column(&linker.settings().unique_id).unwrap_or(0);
    linker.table().value(column, row as usize).unwrap_or("").to_owned()
}

/// Number of a row among the table's rows, from 1.
fn number(row: u32) -> String {
    (u64::from(row) + 1).to_string()
}

/// Each row and its cluster, in the order of the rows. A cluster is named by the number of its first row: identifiers may be
/// empty or stand twice.
pub(super) fn clusters(linker: &TableLinker, labels: &[u32], out: &OutFolder) -> Result<(), WriteError> {
    let header = [linker.settings().unique_id.as_str(), "cluster_id", "row"];
    let mut csv = SafeCsv::begin(&out.path("clusters.csv"), &header)?;
    for (row, label) in (0u32..).zip(labels) {
        csv.row([id(linker, row), number(*label), number(row)].iter().map(String::as_str))?;
    }
    csv.finish()
}

/// Pairs, strongest first, with the level reached on each comparison.
pub(super) fn pairs(linker: &TableLinker, pairs: &[TablePair], out: &OutFolder) -> Result<(), WriteError> {
    let comparisons = &linker.settings().comparisons;
    let mut header = vec!["id_l", "id_r", "match_weight", "match_probability"];
    header.extend(comparisons.iter().map(|c| c.name.as_str()));
    header.extend(["row_l", "row_r"]);
    let mut csv = SafeCsv::begin(&out.path("pairs.csv"), &header)?;
    let mut order: Vec<&TablePair> = pairs.iter().collect();
    order.sort_by(|x, y| y.weight.total_cmp(&x.weight));
    for p in order {
        let level = |(i, c): (usize, &bansos_linkage::table::Comparison)| match p.vector.level(i) {
            MISSING => String::new(),
            l => c.levels.get(usize::from(l)).map(|l| l.label.clone()).unwrap_or_default(),
        };
        let mut cells =
            vec![id(linker, p.a), id(linker, p.b), format!("{:.3}", p.weight), format!("{:.6}", p.probability())];
        cells.extend(comparisons.iter().enumerate().map(level));
        cells.extend([number(p.a), number(p.b)]);
        csv.row(cells.iter().map(String::as_str))?;
    }
    csv.finish()
}

/// m, u and match weight of every level: the data of a match-weights chart.
pub(super) fn weights(linker: &TableLinker, out: &OutFolder) -> Result<(), WriteError> {
    let mut csv = SafeCsv::begin(&out.path("weights.csv"), &["comparison", "level", "m", "u", "match_weight"])?;
    let weights = linker.settings().weights();
    let number = |x: Option<f64>| x.map(|x| format!("{x:.9}")).unwrap_or_default();
    for (i, c) in linker.settings().comparisons.iter().enumerate() {
        for (l, level) in (0u8..).zip(&c.levels) {
            let bits = format!("{:.3}", weights.of(i, l));
            csv.row([c.name.as_str(), &level.label, &number(level.m), &number(level.u), &bits])?;
        }
    }
    csv.finish()
}

/// How many rows could not be linked at each threshold, even with a copy of themselves.
pub(super) fn unlinkables(linker: &TableLinker, out: &OutFolder) -> Result<(), WriteError> {
    let mut all = linker.self_weights();
    all.sort_by(f32::total_cmp);
    let mut csv = SafeCsv::begin(&out.path("unlinkables.csv"), &["match_weight", "share"])?;
    for threshold in -10..=40i16 {
        let below = all.partition_point(|w| *w < f32::from(threshold));
        let share = format!("{:.6}", below as f64 / all.len().max(1) as f64);
        csv.row([threshold.to_string().as_str(), share.as_str()])?;
    }
    csv.finish()
}

/// Precision, recall and F1 of the pairs at every threshold a bit apart.
pub(super) fn curve(pairs: &[TablePair], truth: &[u32], out: &OutFolder) -> Result<(), WriteError> {
    let all = measure::pairs(truth, truth, |_, _| true).truth;
    let mut sorted: Vec<(f32, bool)> =
        pairs.iter().map(|p| (p.weight, truth.get(p.a as usize) == truth.get(p.b as usize))).collect();
    sorted.sort_by(|x, y| y.0.total_cmp(&x.0));
    let header = ["match_weight", "pairs", "true", "precision", "recall", "f1"];
    let mut csv = SafeCsv::begin(&out.path("curve.csv"), &header)?;
    let lowest = sorted.last().map_or(0.0, |x| x.0).floor() as i32;
    for threshold in (lowest..=40).rev() {
        let n = sorted.partition_point(|x| x.0 >= threshold as f32);
        let both = sorted.iter().take(n).filter(|x| x.1).count() as u64;
        let p = measure::Pairs { truth: all, found: n as u64, both };
        let share = |x: Option<f64>| x.map(|x| format!("{x:.6}")).unwrap_or_default();
        csv.row([
            threshold.to_string().as_str(),
            &n.to_string(),
            &both.to_string(),
            &share(p.precision()),
            &share(p.recall()),
            &share(p.f1()),
        ])?;
    }
    csv.finish()
}
