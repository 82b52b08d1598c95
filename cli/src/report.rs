//! `bansos report`: the report again from what a run left, with another rule for small counts, or as tables by kecamatan.

use crate::args::Common;
use crate::failure::{CliError, Exit, Failure};
use bansos::Lang;
use bansos_registers::write::{SafeCsv, WriteError};
use bansos_report::{ReportData, ReportOptions, annex, html};
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The report again from an earlier result, and tables by kecamatan for a spreadsheet
#[derive(Args)]
pub(crate) struct ReportArgs {
    /// Folder of an earlier result, or its report.json
    result: PathBuf,
    /// File to write the page to (default: standard output)
    #[arg(long, short)]
    out: Option<PathBuf>,
    /// Folder for CSV tables by desa: one for the whole, one for each kecamatan
    #[arg(long, value_name = "FOLDER")]
    annex: Option<PathBuf>,
    /// Counts from 1 to this minus one are not shown; 0 shows all
    #[arg(long, default_value_t = 5)]
    small_cell: u32,
}

pub(crate) fn run(args: &ReportArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let data = read(&args.result)?;
    let options = ReportOptions { small_cell: args.small_cell };
    if let Some(folder) = &args.annex {
        let n = write_annex(&data, &options, folder).map_err(|e| Failure::new(Exit::Output, e))?;
        if !common.quiet {
            print(lang, n, folder);
        }
    }
    match &args.out {
        Some(path) => save(path, &html(&data, &options)).map_err(|e| Failure::output(path, e))?,
        None if args.annex.is_some() => {}
        None => {
            let page = html(&data, &options);
            match std::io::stdout().write_all(page.as_bytes()) {
                // Whoever reads may stop reading.
                Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => return Err(Failure::output(Path::new("-"), e)),
                _ => {}
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[allow(clippy::print_stderr, reason = "this is where the command speaks to its user")]
fn print(lang: Lang, tables: usize, folder: &Path) {
    match lang {
        Lang::Id => eprintln!("{tables} tabel ditulis ke {}", folder.display()),
        Lang::En => eprintln!("{tables} tables written to {}", folder.display()),
    }
}

fn read(result: &Path) -> Result<ReportData, Failure> {
    let path = if result.is_dir() { result.join("report.json") } else { result.to_path_buf() };
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(&path)
        .map_err(|e| Failure::input(CliError::CannotRead { path: shown.clone(), cause: e.to_string() }))?;
    ReportData::from_json(&text, &shown).map_err(Failure::input)
}

/// The tables by desa, in a folder that is made when it is not there.
fn write_annex(data: &ReportData, options: &ReportOptions, folder: &Path) -> Result<usize, WriteError> {
    std::fs::create_dir_all(folder).map_err(|e| WriteError::refused(folder, e))?;
    let sheets = annex::sheets(data, options);
    for sheet in &sheets {
        let header: Vec<&str> = sheet.header.iter().map(String::as_str).collect();
        let mut csv = SafeCsv::begin(&folder.join(&sheet.name), &header)?;
        for row in &sheet.rows {
            csv.row(row.iter().map(String::as_str))?;
        }
        csv.finish()?;
    }
    Ok(sheets.len())
}

/// The old file or the new one, never half of it.
fn save(path: &Path, page: &str) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(page.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_replaces_an_older_one_whole() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("r.html");
        save(&out, "x").unwrap();
        save(&out, "y").unwrap();
        assert_eq!(std::fs::read_to_string(out).unwrap(), "y");
        assert!(read(&folder.path().join("none.json")).is_err());
    }

    #[test]
    fn tables_are_written_for_a_spreadsheet() {
        let folder = tempfile::tempdir().unwrap();
        let into = folder.path().join("lampiran");
        let n = write_annex(&ReportData::default(), &ReportOptions::default(), &into).unwrap();
        let text = std::fs::read_to_string(into.join("per-desa.csv")).unwrap();
        assert!(text.starts_with("\u{feff}kode_kecamatan,"));
        assert_eq!(std::fs::read_dir(&into).unwrap().count(), n);
    }
}
