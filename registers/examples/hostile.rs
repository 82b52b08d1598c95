//! Peak memory of reading the files that lie about themselves, each in a process of its own, as a table for the docs.
//!
//! ```text
//! cargo run --release -p bansos-registers --example hostile
//! ```
//!
//! Linux only: the peak is what the kernel says of the process (`VmHWM`).

#[path = "../tests/hostile/mod.rs"]
mod hostile;

use bansos_registers::ReadError;
use bansos_registers::table::{Row, Table};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    match std::env::args().nth(1) {
        Some(file) => {
            let word = match read(Path::new(&file)) {
                Ok(rows) => format!("{rows} rows"),
                Err(ReadError::Damaged { reason, .. }) => format!("`read.damaged`: {}", reason.word()),
                Err(e) => format!("`{}`", bansos::message::Coded::code(&e)),
            };
            println!("{word} | {}", peak());
        }
        None => table()?,
    }
    Ok(())
}

fn read(file: &Path) -> Result<u64, ReadError> {
    let table = Table::open(file)?;
    let (mut rows, mut row, mut count) = (table.rows()?, Row::new(), 0);
    while rows.read(&mut row)? {
        count += 1;
    }
    Ok(count)
}

/// MiB that the process held at most.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() >> 10
}

fn table() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    println!("| file | size, kB | answer | peak, MiB | time, s |\n|---|--:|---|--:|--:|");
    let forms: [fn() -> Vec<hostile::Case>; 7] = [
        || hostile::xlsx_cases(true),
        || hostile::ods_cases(true),
        hostile::xls_cases,
        || hostile::xlsb_cases(true),
        || hostile::parquet_cases(true),
        || hostile::csv_cases(true),
        || hostile::html_cases(true),
    ];
    for form in forms {
        for (name, bytes, _) in form() {
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes)?;
            let begin = Instant::now();
            let run = Command::new(std::env::current_exe()?).arg(&path).output()?;
            let said = String::from_utf8_lossy(&run.stdout);
            let said = if run.status.success() { said.trim() } else { "**ended by a signal or panic** | " };
            println!("| `{name}` | {} | {said} | {:.1} |", bytes.len().div_ceil(1024), begin.elapsed().as_secs_f64());
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}
