//! Writes the typed surfaces of the bindings (`cargo xtask generate bindings`), or compares them with what is checked
//! in (`--check`). One description, many languages: an operation is added in interop and appears in all of them.

mod javascript;
mod javascript_columns;
mod model;
mod php;
mod python;
mod python_columns;

use std::process::ExitCode;
use xtask::{Mode, Outcome};

/// A generated file: its place in the repository and its content.
type File = (String, String);

fn main() -> ExitCode {
    let check = std::env::args().any(|a| a == "--check");
    match run(if check { Mode::Compare } else { Mode::Write }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(mode: Mode) -> Outcome {
    let surface = model::Surface::read()?;
    let mut files: Vec<File> = Vec::new();
    files.extend(python::files(&surface));
    files.extend(python_columns::files(&surface));
    files.extend(javascript::files(&surface));
    files.extend(javascript_columns::files(&surface));
    files.extend(php::files(&surface));
    for (path, content) in &files {
        mode.put(path, content)?;
    }
    let (operations, columns) = (surface.operations.len(), surface.columns.len());
    eprintln!("{} files, {operations} operations, {columns} on columns", files.len());
    Ok(())
}
