//! `bansos report`: the report again from what a run left, with another rule for small counts, or as tables by kecamatan.

use super::data::{ReportData, ReportOptions};
use super::{annex, render};
use crate::args::Common;
use crate::failure::{CliError, Exit, Failure};
use bansos::Lang;
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

bansos::codes! {
    /// Failures of the report's own.
    pub enum ReportError {
        /// The file is no report.json.
        NotAReport { path: String, line: usize, column: usize } = "report.not_a_report", Error,
            id: "{path} bukan report.json dari bansos (baris {line}, kolom {column}); tunjukkan folder hasil bansos run",
            en: "{path} is no report.json of bansos (line {line}, column {column}); name the result folder of bansos run";
    }
}

pub(crate) fn run(args: &ReportArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let data = read(&args.result)?;
    let options = ReportOptions { small_cell: args.small_cell };
    if let Some(folder) = &args.annex {
        let n = annex::write(&data, &options, folder).map_err(|e| Failure::new(Exit::Output, e))?;
        if !common.quiet {
            tell(lang, n, folder);
        }
    }
    match &args.out {
        Some(path) => save(path, &render(&data, &options)).map_err(|e| Failure::output(path, e))?,
        None if args.annex.is_some() => {}
        None => {
            let page = render(&data, &options);
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
fn tell(lang: Lang, tables: usize, folder: &Path) {
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
    let data: Result<ReportData, _> = serde_json::from_str(&text);
    match data {
        // Any JSON object would do for serde's defaults; a result has files.
        Ok(data) if !data.files.is_empty() => Ok(data),
        Ok(_) => Err(Failure::input(ReportError::NotAReport { path: shown, line: 1, column: 1 })),
        Err(e) => Err(Failure::input(ReportError::NotAReport { path: shown, line: e.line(), column: e.column() })),
    }
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
    use super::super::sample::kabupaten;
    use super::*;

    #[test]
    fn a_result_is_read_back_and_rendered_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let data = kabupaten(4, 10);
        std::fs::write(folder.path().join("report.json"), serde_json::to_string(&data).unwrap()).unwrap();
        let again = read(folder.path()).unwrap_or_else(|_| panic!("it is a report"));
        let options = ReportOptions::default();
        assert_eq!(render(&again, &options), render(&data, &options));
        let out = folder.path().join("r.html");
        save(&out, "x").unwrap();
        save(&out, "y").unwrap();
        assert_eq!(std::fs::read_to_string(out).unwrap(), "y");
    }

    #[test]
    fn what_is_no_report_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        for text in ["", "{}", "[1, 2]", "{\"files\": 3}"] {
            std::fs::write(&path, text).unwrap();
            assert!(read(&path).is_err(), "{text}");
        }
        assert!(read(&folder.path().join("none.json")).is_err());
    }
}
