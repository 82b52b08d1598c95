//! `bansos rank`: deciles of a table of families, however large.

mod change;
mod explain;
mod part;
mod passes;
mod print;
mod write;

use crate::failure::Failure;
use crate::input::{open_table, read_settings};
use crate::paths::OutPath;
use crate::progress::Progress;
use bansos::Lang;
use bansos::ranking::pmt::PmtModel;
use bansos::ranking::{By, RankError, RankOptions, Rule, Scale, Ties};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Deciles or percentiles of families: exact, the same for any order of rows, national and by group in one go
///
/// The table is a CSV (any usual delimiter), a workbook or a Parquet file with one row a family. With --out, the places are written as
/// CSV or Parquet (by the file's ending); the report goes to standard output. A table larger than the memory allowed is read
/// in passes; the answer is the same.
#[derive(Args)]
pub(crate) struct RankArgs {
    /// Table of families: CSV, XLSX, ODS or Parquet
    table: PathBuf,
    /// Column with the score; or give --model
    #[arg(long, required_unless_present_any = ["model", "before"], conflicts_with = "model")]
    score: Option<String>,
    /// Model file (TOML or JSON) that makes the score from the table's columns
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Column with the region code, for a model with regional equations
    #[arg(long, value_name = "COLUMN", requires = "model")]
    region: Option<String>,
    /// Column that identifies each family and orders equal scores (default: the order of the rows)
    #[arg(long)]
    key: Option<String>,
    /// Column with the number of members; needed with --by persons
    #[arg(long)]
    size: Option<String>,
    /// Rank within each value of this column too (province, kabupaten…); may be repeated
    #[arg(long = "group", value_name = "COLUMN")]
    groups: Vec<String>,
    /// What each decile holds an equal share of; official words disagree, so choose
    #[arg(long, value_enum, default_value = "families")]
    by: ByArg,
    /// Which end of a family's stretch decides where a cut runs through it
    #[arg(long, value_enum, default_value = "start")]
    rule: RuleArg,
    /// What happens to equal scores
    #[arg(long, value_enum, default_value = "split")]
    ties: TiesArg,
    /// A high score means poor
    #[arg(long)]
    higher_is_poorer: bool,
    /// A hundred parts instead of ten
    #[arg(long)]
    percentiles: bool,
    /// Groups with fewer scored families are not ranked
    #[arg(long, default_value_t = 0, value_name = "N")]
    min_group: u64,
    /// Count families this near to a cut, in units of the score (default with --model: the model's own standard error)
    #[arg(long, value_name = "MARGIN")]
    near: Option<f64>,
    /// Where the places go: a new CSV or Parquet file
    #[arg(long, short)]
    out: Option<OutPath>,
    /// Explain the place of the family with this key
    #[arg(long, value_name = "KEY", requires = "key")]
    explain: Option<String>,
    /// An earlier result of this command: report who moved since (both need the same --key)
    #[arg(long, value_name = "FILE", requires = "key", conflicts_with_all = ["model", "explain", "out"])]
    before: Option<PathBuf>,
    /// With --before: the highest decile that a programme takes in
    #[arg(long, default_value_t = 4, value_name = "DECILE")]
    line: u8,
    /// Memory for the columns, in MiB; a larger table is read in passes
    #[arg(long, default_value_t = 2048, value_name = "MIB")]
    memory: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum ByArg {
    /// Ten equal parts of the families
    Families,
    /// Ten equal parts of the persons
    Persons,
}

#[derive(Clone, Copy, ValueEnum)]
enum RuleArg {
    /// Where the family's stretch begins
    Start,
    /// Where it ends
    Upper,
    /// Its middle
    Midpoint,
}

#[derive(Clone, Copy, ValueEnum)]
enum TiesArg {
    /// The key orders them
    Split,
    /// They share one decile
    Together,
}

bansos::codes! {
    /// Why a table cannot be ranked.
    pub enum TableError {
        /// A cell that should be a number is none.
        NotANumber { column: String, row: u64 } = "rank.not_a_number", Error,
            id: "kolom {column} baris {row} bukan angka",
            en: "column {column} row {row} is not a number";
        /// The file to write must end in .csv or .parquet.
        Ending { path: String } = "rank.ending", Error,
            id: "{path}: nama berkas hasil harus berakhiran .csv atau .parquet",
            en: "{path}: the result must be named .csv or .parquet";
        /// No family has the key that was asked about.
        NoSuchKey = "rank.no_such_key", Error,
            id: "tidak ada keluarga dengan kunci itu dalam tabel",
            en: "no family of the table has that key";
        /// The table is larger than the memory allowed, and the request needs it whole.
        TooLarge { mib: u64 } = "rank.too_large", Error,
            id: "tabel memerlukan sekitar {mib} MiB; naikkan --memory untuk permintaan ini",
            en: "the table needs about {mib} MiB; raise --memory for this request";
    }
}

impl RankArgs {
    fn options(&self) -> RankOptions {
        RankOptions {
            by: match self.by {
                ByArg::Families => By::Families,
                ByArg::Persons => By::Persons,
            },
            rule: match self.rule {
                RuleArg::Start => Rule::Start,
                RuleArg::Upper => Rule::Upper,
                RuleArg::Midpoint => Rule::Midpoint,
            },
            ties: match self.ties {
                TiesArg::Split => Ties::Split,
                TiesArg::Together => Ties::Together,
            },
            lower_is_poorer: !self.higher_is_poorer,
            scale: if self.percentiles { Scale::Percentiles } else { Scale::Deciles },
            min_group: self.min_group,
            near: self.near,
        }
    }

    /// The columns that the table is asked for.
    fn names<'a>(&'a self, model: Option<&'a PmtModel>) -> Vec<&'a str> {
        let one = [&self.score, &self.region, &self.key, &self.size].into_iter().flatten().chain(&self.groups);
        let variables = model.iter().flat_map(|model| &model.variables).map(|variable| variable.name.as_str());
        one.map(String::as_str).chain(variables).collect()
    }

    fn read_model(&self) -> Result<Option<PmtModel>, Failure> {
        let Some(path) = &self.model else { return Ok(None) };
        let model: PmtModel = read_settings(path)?;
        model.check().map_err(Failure::input)?;
        Ok(Some(model))
    }
}

/// A refusal of the ranking, its row counted from 1 as in the table.
fn refused(error: RankError) -> Failure {
    use RankError as E;
    Failure::input(match error {
        E::WeightMissing { row } => E::WeightMissing { row: row + 1 },
        E::WeightNegative { row } => E::WeightNegative { row: row + 1 },
        E::WeightTooLarge { row } => E::WeightTooLarge { row: row + 1 },
        E::KeyMissing { row } => E::KeyMissing { row: row + 1 },
        E::KeyDoubled { row } => E::KeyDoubled { row: row + 1 },
        other => other,
    })
}

/// Runs the command.
pub(crate) fn run(args: &RankArgs, common: &crate::args::Common, lang: Lang) -> Result<ExitCode, Failure> {
    if let Some(out) = &args.out {
        write::check_ending(out)?;
    }
    let progress = Progress::new(common.quiet, common.json);
    if let Some(before) = &args.before {
        let moves = change::between(before, &args.table, args)?;
        print::moves(&moves, args.line, common.json, lang);
        return Ok(ExitCode::SUCCESS);
    }
    let model = args.read_model()?;
    // how far off the model usually is: a decile that depends on less than that is not decided by it
    let error = model.as_ref().and_then(|m| m.national.fit.as_ref()).map(|fit| fit.error);
    let mut options = args.options();
    options.near = options.near.or(error);
    let table = open_table(&args.table, args.names(model.as_ref()))?;
    let wanted = part::Wanted::new(args, &table, model)?;
    let done = passes::rank(&table, &wanted, args, options, progress, lang)?;
    print::ranking(&done, args, common.json, lang);
    Ok(ExitCode::SUCCESS)
}
