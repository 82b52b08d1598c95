//! Writes the typed surfaces of the bindings (`cargo xtask generate bindings`), or compares them with what is checked
//! in (`--check`). One description, many languages: an operation is added in interop and appears in all of them.

mod javascript;
mod javascript_columns;
mod model;
mod php;
mod python;
mod python_columns;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// A generated file: its place in the repository and its content.
type File = (String, String);

fn main() -> ExitCode {
    let check = std::env::args().any(|a| a == "--check");
    match run(check) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let surface = model::Surface::read()?;
    let mut files: Vec<File> = Vec::new();
    files.extend(python::files(&surface));
    files.extend(python_columns::files(&surface));
    files.extend(javascript::files(&surface));
    files.extend(javascript_columns::files(&surface));
    files.extend(php::files(&surface));
    for (path, content) in &files {
        put(&root.join(path), path, content, check)?;
    }
    let (operations, columns) = (surface.operations.len(), surface.columns.len());
    eprintln!("{} files, {operations} operations, {columns} on columns", files.len());
    Ok(())
}

fn put(full: &Path, path: &str, content: &str, check: bool) -> Result<(), Box<dyn std::error::Error>> {
    let there = std::fs::read_to_string(full).unwrap_or_default();
    if there == content {
        return Ok(());
    }
    if check {
        return Err(
            format!("{path} is not what the tables of operations make; run `cargo xtask generate bindings`").into()
        );
    }
    if let Some(folder) = full.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(full, content)?;
    eprintln!("wrote {path}");
    Ok(())
}
