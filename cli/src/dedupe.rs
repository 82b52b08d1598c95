//! `bansos dedupe`: link any table under settings of the user's own, ours or Splink's.

mod add;
mod write;

use crate::answer::answer;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{open_table, read_text, refused, say, unreadable};
use crate::paths::{OutPath, PriorResult};
use crate::progress::Progress;
use bansos::Lang;
use bansos_linkage::table::{Clustering, Table, TableError, TableLinker, TablePair, TableSettings};
use bansos_linkage::watch::{LinkError, Watch};
use bansos_registers::table::{Column, Row, Table as File};
use bansos_registers::write::{OutFolder, write_whole};
use clap::Args;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Link the rows of any table under settings of your own: clusters.csv, pairs.csv, model.json, weights.csv
///
/// Settings say how rows are blocked, on what they are compared, and m and u where known; what is missing is estimated from
/// the table. A settings or model file of Splink (3 to 5, DuckDB dialect) is understood where its conditions have a
/// counterpart. model.json is the trained model and can be given as settings again.
///
/// With --keep-state the result can be added to: `bansos dedupe NEW.csv --add-to RESULT --out RESULT` links only what the new
/// rows touch, under the model as it is, to the clusters that linking all rows at once under that model gives.
#[derive(Args)]
pub(crate) struct DedupeArgs {
    /// The table: CSV, XLSX, ODS or Parquet, with a header
    table: PathBuf,
    /// Settings or a trained model (JSON), ours or Splink's
    #[arg(long, value_name = "FILE", required_unless_present = "add_to")]
    settings: Option<PathBuf>,
    /// Folder for the result; replaced whole if it is an earlier result
    #[arg(long, short, required_unless_present = "count")]
    out: Option<OutPath>,
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
    /// Also write state.bin, so that rows can be added later; it holds the values compared
    #[arg(long)]
    keep_state: bool,
    /// Add the table's rows to an earlier result that was made with --keep-state
    #[arg(long, value_name = "FOLDER",
        conflicts_with_all = ["settings", "threshold", "components", "block_cap", "truth", "count"])]
    add_to: Option<PriorResult>,
    /// Only count the pairs that each blocking rule makes
    #[arg(long)]
    count: bool,
}

/// What is there to write.
struct Linked {
    linker: TableLinker,
    pairs: Vec<TablePair>,
    labels: Vec<u32>,
    truth: Option<Vec<u32>>,
    /// Rows that were added to an earlier result.
    added: Option<usize>,
}

pub(crate) fn run(args: &DedupeArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let progress = Progress::new(common.quiet, common.json);
    let bar = progress.stage(say(lang, "membaca tabel", "reading the table"), None);
    let linked = match (&args.add_to, &args.settings) {
        (Some(earlier), _) => add::add(&args.table, earlier)?,
        (None, Some(settings)) => {
            let settings = settings_of(args, settings)?;
            let (table, truth) = read(&args.table, &settings, args.truth.as_deref())?;
            bar.set_message(say(lang, "menyiapkan", "preparing"));
            let mut linker = TableLinker::new(table, settings).map_err(Failure::usage)?;
            if args.count || args.out.is_none() {
                bar.finish_and_clear();
                count(&linker, common, lang);
                return Ok(ExitCode::SUCCESS);
            }
            bar.finish_and_clear();
            let (pairs, labels) = linked(&mut linker, progress, lang).map_err(Failure::input)?;
            Linked { linker, pairs, labels, truth, added: None }
        }
        // clap asks for one of the two
        (None, None) => return Ok(ExitCode::FAILURE),
    };
    bar.finish_and_clear();
    if let Some(folder) = &args.out {
        linked.write(folder, args.keep_state || args.add_to.is_some())?;
    }
    linked.print(common, lang);
    Ok(ExitCode::SUCCESS)
}

/// Trains the model, compares and clusters, under a progress line for each.
fn linked(linker: &mut TableLinker, progress: Progress, lang: Lang) -> Result<(Vec<TablePair>, Vec<u32>), LinkError> {
    let shown = |id, en, work: &mut dyn FnMut(Watch<'_>) -> Result<(), LinkError>| {
        progress.during(say(lang, id, en), |bar| {
            work(&|step| {
                bar.set_length(step.total);
                bar.set_position(step.done);
                ControlFlow::Continue(())
            })
        })
    };
    let (mut pairs, mut labels) = (Vec::new(), Vec::new());
    shown("melatih model", "training", &mut |watch| linker.train(watch).map(|_| ()))?;
    shown("membandingkan", "comparing", &mut |watch| linker.predict(watch).map(|found| pairs = found))?;
    shown("mengelompokkan", "clustering", &mut |watch| linker.cluster(&pairs, watch).map(|found| labels = found))?;
    Ok((pairs, labels))
}

fn settings_of(args: &DedupeArgs, path: &Path) -> Result<TableSettings, Failure> {
    let mut settings = read_settings(path)?;
    settings.threshold = args.threshold.unwrap_or(settings.threshold);
    settings.block_cap = args.block_cap.unwrap_or(settings.block_cap);
    if args.components {
        settings.clustering = Clustering::Components;
    }
    Ok(settings)
}

fn count(linker: &TableLinker, common: &Common, lang: Lang) {
    let counts = linker.counts();
    if common.json {
        let all: Vec<_> = counts.iter().map(|c| serde_json::json!({"pairs": c.pairs, "largest": c.largest})).collect();
        answer!("{}", serde_json::json!({ "rules": all }));
        return;
    }
    for (i, c) in (1..).zip(counts) {
        let rows = say(lang, "baris dalam blok terbesar", "rows in the largest block");
        answer!("{i:>3} {:>14} {}; {} {rows}", c.pairs, say(lang, "pasangan", "pairs"), c.largest);
    }
}

impl Linked {
    fn write(&self, folder: &Path, keep_state: bool) -> Result<(), Failure> {
        let out = OutFolder::begin(folder)?;
        write::clusters(&self.linker, &self.labels, &out)?;
        write::pairs(&self.linker, &self.pairs, &out)?;
        write::weights(&self.linker, &out)?;
        write::unlinkables(&self.linker, &out)?;
        if let Some(truth) = &self.truth {
            write::curve(&self.pairs, truth, &out)?;
        }
        let model = serde_json::to_string_pretty(self.linker.settings()).unwrap_or_default();
        write_whole(&out.path(add::MODEL), model)?;
        if keep_state {
            write_whole(&out.path(add::STATE), self.linker.save(&self.pairs, &self.labels))?;
        }
        Ok(out.finish()?)
    }

    fn print(&self, common: &Common, lang: Lang) {
        let rows = self.labels.len();
        let clusters = self.labels.iter().enumerate().filter(|(i, l)| *i as u32 == **l).count();
        if common.json {
            let counts: Vec<u64> = self.linker.counts().iter().map(|c| c.pairs).collect();
            let mut answer = serde_json::json!({ "rows": rows, "clusters": clusters, "pairs": self.pairs.len(),
                "prior": self.linker.settings().prior });
            match self.added {
                Some(n) => answer["added"] = n.into(),
                None => answer["block_pairs"] = counts.into(),
            }
            answer!("{answer}");
            return;
        }
        let added = self.added.map(|n| format!(" (+{n})")).unwrap_or_default();
        answer!(
            "{rows} {}{added} → {clusters} {}, {} {}",
            say(lang, "baris", "rows"),
            say(lang, "kelompok", "clusters"),
            self.pairs.len(),
            say(lang, "pasangan", "pairs")
        );
    }
}

fn read_settings(path: &Path) -> Result<TableSettings, Failure> {
    TableSettings::from_json(&read_text(path)?).map_err(|why| match why {
        TableError::Settings { why } => unreadable(path, why),
        why => Failure::usage(why),
    })
}

/// A file and the columns of it that are asked for.
struct Wanted {
    file: File,
    columns: Vec<Column>,
}

impl Wanted {
    fn open(path: &Path, names: &[String], truth: Option<&str>) -> Result<Self, Failure> {
        let file = open_table(path, names.iter().map(String::as_str).chain(truth))?;
        let columns = names.iter().map(|name| file.column(name)).collect::<Result<_, _>>().map_err(refused)?;
        Ok(Self { file, columns })
    }

    /// Hands on each row, every cell of it readable.
    fn each(&self, mut take: impl FnMut(&Row)) -> Result<(), Failure> {
        let mut rows = self.file.rows().map_err(Failure::input)?;
        let mut row = Row::new();
        while rows.read(&mut row).map_err(Failure::input)? {
            row.make_utf8();
            take(&row);
        }
        Ok(())
    }

    /// Its cells in the order of the names.
    fn cells<'r>(&self, row: &'r Row) -> impl Iterator<Item = &'r str> {
        self.columns.iter().map(|column| row.str(*column))
    }
}

/// The columns that the settings name, and the truth as numbers.
fn read(path: &Path, settings: &TableSettings, truth: Option<&str>) -> Result<(Table, Option<Vec<u32>>), Failure> {
    let mut names = settings.columns();
    for more in [Some(&settings.unique_id), settings.source.as_ref()].into_iter().flatten() {
        if !names.contains(more) {
            names.push(more.clone());
        }
    }
    let wanted = Wanted::open(path, &names, truth)?;
    let truth = truth.map(|name| wanted.file.column(name)).transpose().map_err(refused)?;
    let mut table = Table::new(names);
    let mut numbers = std::collections::HashMap::new();
    let mut labels = Vec::new();
    wanted.each(|row| {
        table.push(wanted.cells(row).map(Some));
        if let Some(column) = truth {
            let next = numbers.len() as u32;
            labels.push(*numbers.entry(row.str(column).to_owned()).or_insert(next));
        }
    })?;
    Ok((table, truth.map(|_| labels)))
}
