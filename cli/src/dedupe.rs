//! `bansos dedupe`: link any table under settings of the user's own, ours or Splink's.

mod write;

use crate::args::Common;
use crate::failure::{Exit, Failure};
use crate::input::{read_text, say, unreadable};
use crate::progress::Progress;
use bansos::Lang;
use bansos::dedup::table::splink::SplinkSettings;
use bansos::dedup::table::{Clustering, TableError, TableSettings};
use bansos_arrow::link::table::{Table, TableLinker};
use bansos_registers::write::{OutFolder, WriteError};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Link the rows of any CSV table under settings of your own: clusters.csv, pairs.csv, model.json, weights.csv
///
/// Settings say how rows are blocked, on what they are compared, and m and u where known; what is missing is estimated from
/// the table. A settings or model file of Splink (3 to 5, DuckDB dialect) is understood where its conditions have a
/// counterpart. model.json is the trained model and can be given as settings again.
#[derive(Args)]
pub(crate) struct DedupeArgs {
    /// The table: CSV with a header
    table: PathBuf,
    /// Settings or a trained model (JSON), ours or Splink's
    #[arg(long, value_name = "FILE")]
    settings: PathBuf,
    /// Folder for the result; replaced whole if it is an earlier result
    #[arg(long, short, required_unless_present = "count")]
    out: Option<PathBuf>,
    /// Pairs from this match weight (log2 odds) up are kept and joined
    #[arg(long, value_name = "BITS", allow_hyphen_values = true)]
    threshold: Option<f32>,
    /// Join everything that hangs together, as Splink does, instead of clusters by mean weight
    #[arg(long)]
    components: bool,
    /// Split blocks of more than so many rows by further values
    #[arg(long, value_name = "ROWS")]
    block_cap: Option<u32>,
    /// Column with the truth, for precision and recall at every threshold (curve.csv); never used for linking
    #[arg(long, value_name = "COLUMN")]
    truth: Option<String>,
    /// Only count the pairs that each blocking rule makes
    #[arg(long)]
    count: bool,
}

#[allow(clippy::print_stdout, reason = "the command's own answer")]
pub(crate) fn run(args: &DedupeArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let mut settings = read_settings(&args.settings)?;
    settings.threshold = args.threshold.unwrap_or(settings.threshold);
    settings.block_cap = args.block_cap.unwrap_or(settings.block_cap);
    if args.components {
        settings.clustering = Clustering::Components;
    }
    let progress = Progress::new(common.quiet, common.json);
    let bar = progress.stage(say(lang, "membaca tabel", "reading the table"), None);
    let (table, truth) = read(&args.table, &settings, args.truth.as_deref())?;
    bar.set_message(say(lang, "menyiapkan", "preparing"));
    let mut linker = TableLinker::new(table, settings).map_err(Failure::usage)?;
    let (Some(folder), false) = (&args.out, args.count) else {
        bar.finish_and_clear();
        let counts = linker.count();
        if common.json {
            let all: Vec<_> =
                counts.iter().map(|c| serde_json::json!({"pairs": c.pairs, "largest": c.largest})).collect();
            println!("{}", serde_json::json!({ "rules": all }));
        } else {
            for (i, c) in (1..).zip(counts) {
                let rows = say(lang, "baris dalam blok terbesar", "rows in the largest block");
                println!("{i:>3} {:>14} {}; {} {rows}", c.pairs, say(lang, "pasangan", "pairs"), c.largest);
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    let out = OutFolder::begin(folder).map_err(|e| Failure::new(Exit::Output, e))?;
    bar.set_message(say(lang, "melatih model", "training"));
    let trained = linker.train();
    bar.set_message(say(lang, "membandingkan", "comparing"));
    let pairs = linker.predict();
    bar.set_message(say(lang, "mengelompokkan", "clustering"));
    let labels = linker.cluster(&pairs);
    bar.finish_and_clear();
    let written = || -> Result<(), WriteError> {
        write::clusters(&linker, &labels, &out)?;
        write::pairs(&linker, &pairs, &out)?;
        write::weights(&linker, &out)?;
        write::unlinkables(&linker, &out)?;
        if let Some(truth) = &truth {
            write::curve(&pairs, truth, &out)?;
        }
        let path = out.path("model.json");
        let model = serde_json::to_string_pretty(linker.settings()).unwrap_or_default();
        std::fs::write(&path, model).map_err(|e| WriteError::refused(&path, e))
    };
    written().and_then(|()| out.finish()).map_err(|e| Failure::new(Exit::Output, e))?;
    let clusters = labels.iter().enumerate().filter(|(i, l)| *i as u32 == **l).count();
    if common.json {
        let counts: Vec<u64> = linker.counts().iter().map(|c| c.pairs).collect();
        println!(
            "{}",
            serde_json::json!({ "rows": labels.len(), "clusters": clusters, "pairs": pairs.len(), "block_pairs": counts,
                "prior": trained.prior })
        );
    } else {
        println!(
            "{} {} → {clusters} {}, {} {}",
            labels.len(),
            say(lang, "baris", "rows"),
            say(lang, "kelompok", "clusters"),
            pairs.len(),
            say(lang, "pasangan", "pairs")
        );
    }
    Ok(ExitCode::SUCCESS)
}

fn read_settings(path: &Path) -> Result<TableSettings, Failure> {
    let bad = |e: serde_json::Error| unreadable(path, &e.to_string());
    let value: serde_json::Value = serde_json::from_str(&read_text(path)?).map_err(bad)?;
    if value.get("comparisons").and_then(|c| c.get(0)).is_some_and(|c| c.get("comparison_levels").is_some()) {
        let theirs: SplinkSettings = serde_json::from_value(value).map_err(bad)?;
        return theirs.try_into().map_err(|e: TableError| Failure::usage(e));
    }
    serde_json::from_value(value).map_err(bad)
}

/// The columns that the settings name, and the truth as numbers.
fn read(path: &Path, settings: &TableSettings, truth: Option<&str>) -> Result<(Table, Option<Vec<u32>>), Failure> {
    let broken = |e: csv::Error| unreadable(path, &e.to_string());
    let mut reader = csv::ReaderBuilder::new().from_path(path).map_err(broken)?;
    let headers = reader.headers().map_err(broken)?.clone();
    let find = |name: &str| {
        headers
            .iter()
            .position(|h| h.trim_start_matches('\u{feff}') == name)
            .ok_or_else(|| Failure::usage(TableError::NoColumn { column: name.to_owned() }))
    };
    let mut names = settings.columns();
    for more in [Some(&settings.unique_id), settings.source.as_ref()].into_iter().flatten() {
        if !names.contains(more) {
            names.push(more.clone());
        }
    }
    let places: Vec<usize> = names.iter().map(|n| find(n)).collect::<Result<_, _>>()?;
    let truth = truth.map(find).transpose()?;
    let mut table = Table::new(names);
    let mut numbers = std::collections::HashMap::new();
    let mut labels = Vec::new();
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(broken)? {
        table.push(places.iter().map(|p| row.get(*p)));
        if let Some(at) = truth {
            let next = numbers.len() as u32;
            labels.push(*numbers.entry(row.get(at).unwrap_or("").to_owned()).or_insert(next));
        }
    }
    Ok((table, truth.map(|_| labels)))
}
