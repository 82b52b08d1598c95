//! `cargo run --release -p bansos-benches --bin table -- <file.csv> <settings.json> <truth column> [options]`
//!
//! Links a table under settings of its own (ours or Splink's) and prints one line of JSON: CPU seconds per step, memory,
//! pairs, and precision, recall and F1 against the truth column at the best threshold, at the settings' own, and over
//! clusters at the best.
//!
//! `--floor W` keeps pairs from this weight up (−15 without it; for speed give the settings' threshold);
//! `--components` clusters as Splink does; `--cap N` splits blocks of more than N rows;
//! `--grow N` holds the last N rows back, links the rest, then adds them and times that;
//! `--model FILE` writes the trained settings.

#![allow(clippy::print_stdout, reason = "a program of the bench")]

use bansos_benches::meter::{Lap, peak};
use bansos_linkage::measure;
use bansos_linkage::table::splink::SplinkSettings;
use bansos_linkage::table::{Clustering, Table, TableLinker, TablePair, TableSettings};
use bansos_linkage::watch::unwatched;
use serde_json::{Value, json};

type Fail = Box<dyn std::error::Error>;

struct Options {
    floor: f32,
    components: bool,
    cap: Option<u32>,
    grow: usize,
    model: Option<String>,
}

fn main() -> Result<(), Fail> {
    let mut plain: Vec<String> = Vec::new();
    let mut options = Options { floor: -15.0, components: false, cap: None, grow: 0, model: None };
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut next = || args.next().ok_or("an option lacks its value");
        match arg.as_str() {
            "--floor" => options.floor = next()?.parse()?,
            "--components" => options.components = true,
            "--cap" => options.cap = Some(next()?.parse()?),
            "--grow" => options.grow = next()?.parse()?,
            "--model" => options.model = Some(next()?),
            _ => plain.push(arg),
        }
    }
    let [file, settings, truth] = plain.as_slice() else {
        return Err("usage: table <file.csv> <settings.json> <truth column> [options]".into());
    };
    // what is only there to measure is read before the clock starts
    let truth = labels(file, truth)?;
    let mut lap = Lap::start();
    let mut settings = read_settings(settings)?;
    settings.threshold = options.floor;
    if options.components {
        settings.clustering = Clustering::Components;
    }
    settings.block_cap = options.cap.unwrap_or(settings.block_cap);
    let (table, held) = read(file, &settings, truth.len().saturating_sub(options.grow))?;
    let rows = table.rows();
    let load = lap.lap();
    let mut linker = TableLinker::new(table, settings)?;
    let prepare = lap.lap();
    let trained = linker.train(&unwatched)?;
    let train = lap.lap();
    let pairs = linker.predict(&unwatched)?;
    let predict = lap.lap();
    let at_floor = linker.cluster(&pairs, &unwatched)?;
    let cluster = lap.lap();
    let candidates: u64 = linker.counts().iter().map(|c| c.pairs).sum();
    let mut out = json!({
        "rows": rows, "cpu": {"load": load, "prepare": prepare, "train": train, "predict": predict, "cluster": cluster,
        "all": load + prepare + train + predict + cluster}, "peak_mib": peak(),
        "block_pairs": candidates, "kept": pairs.len(), "prior": trained.prior,
        "rules": linker.counts().iter().map(|c| json!([c.pairs, c.largest, c.split])).collect::<Vec<_>>(),
    });
    if let Some(path) = &options.model {
        std::fs::write(path, serde_json::to_string_pretty(linker.settings())?)?;
    }
    if options.grow > 0 {
        out["grow"] = grow(&mut linker, &pairs, &at_floor, &held)?;
    } else {
        out["quality"] = quality(&linker, &pairs, &truth)?;
    }
    println!("{out}");
    Ok(())
}

fn read_settings(path: &str) -> Result<TableSettings, Fail> {
    let value: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    if value.get("blocking_rules_to_generate_predictions").is_some() {
        return Ok(serde_json::from_value::<SplinkSettings>(value)?.try_into()?);
    }
    Ok(serde_json::from_value(value)?)
}

/// The truth as numbers.
fn labels(path: &str, truth: &str) -> Result<Vec<u32>, Fail> {
    let mut reader = csv::Reader::from_path(path)?;
    let at = reader.headers()?.iter().position(|h| h == truth).ok_or_else(|| format!("no column {truth}"))?;
    let mut numbers = std::collections::HashMap::new();
    let mut labels = Vec::new();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row)? {
        let next = numbers.len() as u32;
        let text = row.get(at).unwrap_or("");
        labels.push(match numbers.get(text) {
            Some(n) => *n,
            None => *numbers.entry(text.to_owned()).or_insert(next),
        });
    }
    Ok(labels)
}

/// The columns the settings name, of the first so many rows, and the rows behind them.
fn read(path: &str, settings: &TableSettings, first: usize) -> Result<(Table, Vec<csv::StringRecord>), Fail> {
    let mut reader = simd_csv::ReaderBuilder::new().buffer_capacity(1 << 18).from_reader(std::fs::File::open(path)?);
    let headers = reader.byte_headers()?.clone();
    let find =
        |name: &str| headers.iter().position(|h| h == name.as_bytes()).ok_or_else(|| format!("no column {name}"));
    let mut names = settings.columns();
    names.extend(settings.source.iter().filter(|s| !names.contains(s)).cloned().collect::<Vec<_>>());
    let places: Vec<usize> = names.iter().map(|n| find(n)).collect::<Result<_, _>>()?;
    let mut table = Table::new(names);
    let mut held = Vec::new();
    let mut row = simd_csv::StringRecord::new();
    while reader.read_record(&mut row)? {
        if table.rows() < first {
            table.push(places.iter().map(|p| row.get(*p)));
        } else {
            held.push(places.iter().map(|p| row.get(*p).unwrap_or("")).collect());
        }
    }
    Ok((table, held))
}

fn round(x: f64) -> f64 {
    (x * 10_000.0).round() / 10_000.0
}

fn quality(linker: &TableLinker, pairs: &[TablePair], truth: &[u32]) -> Result<Value, Fail> {
    let all = measure::pairs(truth, truth, |_, _| true).truth;
    let mut sorted: Vec<(f32, bool)> =
        pairs.iter().map(|p| (p.weight, truth[p.a as usize] == truth[p.b as usize])).collect();
    sorted.sort_unstable_by(|x, y| y.0.total_cmp(&x.0));
    let (mut found, mut both) = (0u64, 0u64);
    let mut best = (0.0, 0.0, 0.0, f32::NAN);
    let at_probability = |p: f64| {
        let w = (p / (1.0 - p)).log2();
        let found = sorted.iter().take_while(|(x, _)| f64::from(*x) >= w).count() as u64;
        let both = sorted.iter().take_while(|(x, _)| f64::from(*x) >= w).filter(|x| x.1).count() as u64;
        round(2.0 * both as f64 / (all + found) as f64)
    };
    for group in sorted.chunk_by(|x, y| x.0 == y.0) {
        found += group.len() as u64;
        both += group.iter().filter(|x| x.1).count() as u64;
        let f1 = 2.0 * both as f64 / (all + found) as f64;
        if f1 > best.0 {
            best = (f1, both as f64 / found as f64, both as f64 / all as f64, group[0].0);
        }
    }
    let blocked = pairs.iter().filter(|p| truth[p.a as usize] == truth[p.b as usize]).count();
    let mut cluster = (0.0, 0.0, 0.0, f32::NAN);
    for step in -6..=10 {
        let threshold = best.3 + step as f32;
        let labels = linker.cluster_at(pairs, threshold, &unwatched)?;
        let p = measure::pairs(truth, &labels, |_, _| true);
        let f1 = p.f1().unwrap_or(0.0);
        if f1 > cluster.0 {
            let (bp, br) = measure::b_cubed(truth, &labels);
            cluster = (f1, 2.0 * bp * br / (bp + br), p.precision().unwrap_or(0.0), threshold);
        }
        if pairs.len() > 500_000 && step >= -4 {
            break;
        }
    }
    Ok(json!({
        "true_pairs": all, "blocking_recall": round(blocked as f64 / all as f64),
        "best_f1": round(best.0), "precision": round(best.1), "recall": round(best.2), "weight": best.3,
        "f1_at_p95": at_probability(0.95), "f1_at_p50": at_probability(0.5),
        "cluster_f1": round(cluster.0), "cluster_b_cubed": round(cluster.1), "cluster_weight": cluster.3,
    }))
}

fn grow(
    linker: &mut TableLinker,
    pairs: &[TablePair],
    labels: &[u32],
    held: &[csv::StringRecord],
) -> Result<Value, Fail> {
    let mut lap = Lap::start();
    let grown = linker.grow(held.iter().map(|r| r.iter().map(Some)), pairs, labels)?;
    let cpu = lap.lap();
    // the same rows at once, under the same model
    let all = linker.predict(&unwatched)?;
    let whole = linker.cluster(&all, &unwatched)?;
    Ok(json!({
        "rows": held.len(), "cpu": cpu, "compared": grown.compared, "new_pairs": grown.pairs.len(),
        "same_pairs": all.len() == pairs.len() + grown.pairs.len(), "same_clusters": whole == grown.labels,
    }))
}
