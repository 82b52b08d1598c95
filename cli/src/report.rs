//! `bansos report`: the report again from what a run left, with another rule for small counts, or as tables by kecamatan.

use crate::answer::{answer_part, remark};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::read_text;
use crate::paths::OutPath;
use bansos::Lang;
use bansos_registers::shown_path;
use bansos_registers::write::{OutFolder, SafeCsv, WriteError, write_whole};
use bansos_report::{ReportData, ReportOptions, annex, html};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The report again from an earlier result, and tables by kecamatan for a spreadsheet
#[derive(Args)]
pub(crate) struct ReportArgs {
    /// Folder of an earlier result, or its report.json
    result: PathBuf,
    /// File to write the page to (default: standard output)
    #[arg(long, short)]
    out: Option<OutPath>,
    /// Folder for CSV tables by desa: one for the whole, one for each kecamatan; replaced whole if it is an earlier one
    #[arg(long, value_name = "FOLDER")]
    annex: Option<OutPath>,
    /// Counts from 1 to this minus one are not shown; 0 shows all
    #[arg(long, default_value_t = 5)]
    small_cell: u32,
}

pub(crate) fn run(args: &ReportArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let data = read(&args.result)?;
    let options = ReportOptions { small_cell: args.small_cell };
    if let Some(folder) = &args.annex {
        let n = write_annex(&data, &options, folder)?;
        if !common.quiet {
            print(lang, n, folder);
        }
    }
    match &args.out {
        Some(path) => write_whole(path, html(&data, &options))?,
        None if args.annex.is_some() => {}
        None => {
            let page = html(&data, &options);
            answer_part!("{page}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(lang: Lang, tables: usize, folder: &Path) {
    match lang {
        Lang::Id => remark!("{tables} tabel ditulis ke {}", shown_path(folder)),
        Lang::En => remark!("{tables} tables written to {}", shown_path(folder)),
    }
}

fn read(result: &Path) -> Result<ReportData, Failure> {
    let path = if result.is_dir() { result.join("report.json") } else { result.to_path_buf() };
    let shown = shown_path(&path);
    let text = read_text(&path)?;
    ReportData::from_json(&text, &shown).map_err(Failure::input)
}

/// The tables by desa, in a folder of their own.
fn write_annex(data: &ReportData, options: &ReportOptions, folder: &Path) -> Result<usize, WriteError> {
    let out = OutFolder::begin(folder)?;
    let sheets = annex::sheets(data, options);
    for sheet in &sheets {
        let header: Vec<&str> = sheet.header.iter().map(String::as_str).collect();
        let mut csv = SafeCsv::begin(&out.path(&sheet.name), &header)?;
        for row in &sheet.rows {
            csv.row(row.iter().map(String::as_str))?;
        }
        csv.finish()?;
    }
    out.finish()?;
    Ok(sheets.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_written_for_a_spreadsheet() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("lampiran");
        let n = write_annex(&ReportData::default(), &ReportOptions::default(), &into).unwrap();
        let text = std::fs::read_to_string(into.join("per-desa.csv")).unwrap();
        assert!(text.starts_with("\u{feff}kode_kecamatan,"));
        assert_eq!(std::fs::read_dir(&into).unwrap().count(), n + 1, "the tables and the mark");
    }
}
