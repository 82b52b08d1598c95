//! The main job in ten lines, without the program: a folder of bytes in, decisions and the report out, nothing written.
//! `cargo run -p bansos-pipeline --example ten_lines -- FOLDER > report.html`

use bansos::{Date, eligibility::Outcome};
use bansos_pipeline::{Job, PipelineError};

fn report(files: Vec<(String, Vec<u8>)>, as_of: Date) -> Result<String, PipelineError> {
    let results = Job::from_files(files, as_of).run()?;
    for programme in results.decisions().programmes.iter().filter(|p| p.in_force) {
        let eligible = programme.families.iter().filter(|f| f.outcome == Outcome::Eligible).count();
        eprintln!("{}: {eligible}", programme.programme.id);
    }
    Ok(bansos_report::html(&results.report_data(), &Default::default()))
}

/// Every file of a folder under its name.
fn read(folder: &std::path::Path) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let files = std::fs::read_dir(folder)?.flatten().filter(|entry| entry.path().is_file());
    files.map(|entry| Ok((entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path())?))).collect()
}

#[allow(clippy::print_stdout, reason = "the page is this program's answer")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).ok_or("name a folder of registers")?;
    println!("{}", report(read(folder.as_ref())?, Date::constant(2026, 11, 1))?);
    Ok(())
}

#[cfg(test)]
#[test]
fn a_folder_of_bytes_becomes_a_report() -> Result<(), Box<dyn std::error::Error>> {
    use bansos_registers::synth::{SynthOptions, generate};
    let folder = tempfile::tempdir()?;
    let regency = bansos::RegionCode::kemendagri(35_08).ok_or("a regency")?;
    generate(folder.path(), &SynthOptions::new(60, regency, 1), &|_| {})?;
    let page = report(read(folder.path())?, Date::constant(2026, 11, 1))?;
    assert!(page.contains("Kabupaten Lumajang") && page.contains("regsosek_anggota.csv"));
    Ok(())
}
