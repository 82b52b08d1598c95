//! `bansos clk`: linkage between offices that may not show each other names or numbers.

use crate::answer::answer;
use crate::args::Common;
use crate::failure::{CliError, Failure};
use crate::input::{InputArgs, open_table, read_key, say};
use crate::paths::OutPath;
use crate::progress::Progress;
use bansos::Lang;
use bansos::dedup::{Clk, ClkEncoder, ClkRecord, Digits};
use bansos::source::Source;
use bansos_linkage::clk::link_codes;
use bansos_registers::shown_path;
use bansos_registers::write::SafeCsv;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Link registers of two offices without showing names or numbers: each encodes, a third compares the codes
///
/// Both offices hold one secret key (openssl rand -out key 32); the third never sees it. Each runs `clk encode` and sends
/// the codes; the third runs `clk link` and returns the pairs of rows. A code is still personal data: delete it after use,
/// and make a new key for every purpose. See docs/CLK.md for what the codes withstand and what they do not.
#[derive(Args)]
pub(crate) struct ClkArgs {
    #[command(subcommand)]
    command: ClkCommand,
}

#[derive(Subcommand)]
enum ClkCommand {
    /// Encode the person rows of a folder of registers: row,clk
    Encode(EncodeArgs),
    /// Compare two files of codes: row_a,row_b,dice
    Link(LinkCodesArgs),
}

#[derive(Args)]
struct EncodeArgs {
    #[command(flatten)]
    input: InputArgs,
    /// File with the secret key: at least 32 random bytes
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
    /// Only this register (dtks, p3ke, regsosek, …)
    #[arg(long, value_name = "SOURCE", value_parser = source)]
    source: Option<Source>,
    /// File to write
    #[arg(long, short)]
    out: OutPath,
}

#[derive(Args)]
struct LinkCodesArgs {
    /// Codes of one office
    first: PathBuf,
    /// Codes of the other
    second: PathBuf,
    /// Dice similarity from which two codes are one person
    #[arg(long, default_value_t = 0.8)]
    least: f32,
    /// File to write
    #[arg(long, short)]
    out: OutPath,
}

fn source(word: &str) -> Result<Source, String> {
    let known = || Source::ALL.iter().map(|s| s.word()).collect::<Vec<_>>().join(", ");
    Source::from_word(word).ok_or_else(|| format!("{word}: {}", known()))
}

pub(crate) fn run(args: &ClkArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    match &args.command {
        ClkCommand::Encode(args) => encode(args, common, lang),
        ClkCommand::Link(args) => link(args, common, lang),
    }
}

fn print(common: &Common, lang: Lang, count: usize, id: &'static str, en: &'static str) {
    if common.json {
        answer!("{}", serde_json::json!({ "rows": count }));
    } else {
        answer!("{count} {}", say(lang, id, en));
    }
}

fn encode(args: &EncodeArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let key = read_key(&args.key_file)?;
    let mut encoder = ClkEncoder::new(&key).map_err(Failure::usage)?;
    let intake = args.input.read(Progress::new(common.quiet, common.json), lang)?;
    let mut csv = SafeCsv::begin(&args.out, &["row", "clk"])?;
    let mut count = 0;
    for p in intake.persons.iter().filter(|p| args.source.is_none_or(|s| s == p.origin.source)) {
        let code = encoder.encode(&ClkRecord {
            name: p.name.as_deref().unwrap_or(""),
            birth: p.birth_date,
            sex: p.sex,
            nik: Digits::from_nik(&p.nik),
        });
        // a row of which nothing is known is like any other such row
        if code.ones() > 0 {
            let file = intake.files.get(usize::from(p.origin.file)).map_or("", |f| f.path.as_str());
            csv.row([format!("{file}:{}", p.origin.row).as_str(), code.to_string().as_str()])?;
            count += 1;
        }
    }
    csv.finish()?;
    print(common, lang, count, "baris disandikan", "rows encoded");
    Ok(ExitCode::SUCCESS)
}

fn link(args: &LinkCodesArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    if !(0.5..=1.0).contains(&args.least) {
        return Err(Failure::usage(CliError::BadShare { text: args.least.to_string() }));
    }
    let (names_a, first) = codes(&args.first)?;
    let (names_b, second) = codes(&args.second)?;
    let pairs = link_codes(&first, &second, args.least).map_err(Failure::input)?;
    let mut csv = SafeCsv::begin(&args.out, &["row_a", "row_b", "dice"])?;
    for p in &pairs {
        let dice = format!("{:.3}", p.dice);
        csv.row([names_a[p.a as usize].as_str(), names_b[p.b as usize].as_str(), dice.as_str()])?;
    }
    csv.finish()?;
    print(common, lang, pairs.len(), "pasangan", "pairs");
    Ok(ExitCode::SUCCESS)
}

fn codes(path: &Path) -> Result<(Vec<String>, Vec<Clk>), Failure> {
    let table = open_table(path, ["row", "clk"])?;
    let (row, clk) = (table.column("row").map_err(Failure::input)?, table.column("clk").map_err(Failure::input)?);
    let (mut names, mut codes) = (Vec::new(), Vec::new());
    for line in table.rows().map_err(Failure::input)? {
        let line = line.map_err(Failure::input)?;
        let bad = || Failure::input(CliError::BadCode { path: shown_path(path), line: line.line() });
        codes.push(Clk::parse(&line.text(clk)).ok_or_else(bad)?);
        names.push(line.text(row).into_owned());
    }
    Ok((names, codes))
}
