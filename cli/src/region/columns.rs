//! Codes and names in the columns of a file.

use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use crate::nik::stream::{Cells, RowStep, Stream, text};
use crate::progress::Progress;
use bansos::Lang;
use bansos::region::{self, Level, RegionCode, Scheme};
use clap::Args;
use std::collections::HashMap;
use std::process::ExitCode;

#[derive(Args)]
pub(super) struct NameArgs {
    #[command(flatten)]
    stream: Stream,
    /// Column with the codes (default: found)
    #[arg(long, short, value_name = "COLUMN")]
    column: Option<String>,
}

#[derive(Args)]
pub(super) struct CodeArgs {
    #[command(flatten)]
    stream: Stream,
    /// Column with the province's name
    #[arg(long, value_name = "COLUMN")]
    province: Option<String>,
    /// Column with the name of the kabupaten or kota
    #[arg(long, value_name = "COLUMN")]
    regency: String,
    /// Column with the name of the kecamatan
    #[arg(long, value_name = "COLUMN")]
    district: Option<String>,
}

struct Name {
    at: usize,
}

impl RowStep for Name {
    fn adds(&self) -> &'static [&'static str] {
        &["region_status", "region_now", "province", "regency", "district", "village"]
    }

    fn row(&mut self, _number: u64, cells: &mut Cells) {
        let written = text(cells, self.at);
        let code = RegionCode::from_cell(Scheme::Kemendagri, &written).ok();
        let nothing = bansos::text::is_empty_like(&written);
        let unread = if nothing { "" } else { "unreadable" };
        let status = code.map_or(unread, |c| super::status(c).word());
        let now = code.map(|c| super::successor(c).unwrap_or(c));
        let moved = now.filter(|n| Some(*n) != code).map(|n| n.to_string()).unwrap_or_default();
        let name = |level| now.and_then(|n| region::lookup(n.at(level)?)?.full_name()).unwrap_or_default();
        let village = now.and_then(bansos_villages::name).unwrap_or_default().to_owned();
        let above = [Level::Province, Level::Regency, Level::District].map(name);
        let more = [status.to_owned(), moved].into_iter().chain(above).chain([village]);
        cells.extend(more.map(String::into_bytes));
    }
}

pub(super) fn name(args: &NameArgs, common: &Common, progress: Progress, lang: Lang) -> Result<ExitCode, Failure> {
    const USUAL: [&str; 6] = ["kode_wilayah", "kode_kemendagri", "kode", "kode_kecamatan", "kode_kabupaten", "region"];
    let looking = args.column.as_deref().map_or_else(|| USUAL.to_vec(), |name| vec![name]);
    args.stream.run(common.json, progress, say(lang, "memberi nama", "naming"), &looking, |top| {
        Ok(Name { at: top.column_or(args.column.as_deref(), &USUAL)? })
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Names repeat from row to row, so each combination is looked for once.
struct Code {
    province: Option<usize>,
    regency: usize,
    district: Option<usize>,
    known: HashMap<[String; 3], [String; 4]>,
}

impl RowStep for Code {
    fn adds(&self) -> &'static [&'static str] {
        &["region_code", "region_name", "region_score", "region_unplaced"]
    }

    fn row(&mut self, _number: u64, cells: &mut Cells) {
        let cell = |at: Option<usize>| at.map(|at| text(cells, at).trim().to_owned()).unwrap_or_default();
        let names = [cell(self.province), cell(Some(self.regency)), cell(self.district)];
        let found = self.known.entry(names).or_insert_with_key(find);
        cells.extend(found.iter().map(|c| c.clone().into_bytes()));
    }
}

/// Code, name and score of the deepest place that the names agree on, and which of them has no place there.
fn find([province, regency, district]: &[String; 3]) -> [String; 4] {
    match region::locate(province, regency, district) {
        Some(found) => {
            let name = region::lookup(found.code).and_then(|r| r.full_name()).unwrap_or_default();
            let unplaced = found.unplaced.map_or("", Level::word);
            [found.code.to_string(), name, found.score.to_string(), unplaced.to_owned()]
        }
        None => Default::default(),
    }
}

pub(super) fn code(args: &CodeArgs, common: &Common, progress: Progress, lang: Lang) -> Result<ExitCode, Failure> {
    let more = [args.province.as_deref(), args.district.as_deref()];
    let looking: Vec<&str> = more.into_iter().flatten().chain([args.regency.as_str()]).collect();
    args.stream.run(common.json, progress, say(lang, "mencari kode", "finding codes"), &looking, |top| {
        Ok(Code {
            province: top.optional(args.province.as_deref())?,
            regency: top.column(&args.regency)?,
            district: top.optional(args.district.as_deref())?,
            known: HashMap::new(),
        })
    })?;
    Ok(ExitCode::SUCCESS)
}
