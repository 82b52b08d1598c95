//! `cargo xtask bindings [python|node|wasm|php|together…]`: builds and tests a binding, with whatever it must install first.
//!
//! Everything goes below `target/` or into the binding's own `node_modules`; only PHP, Chromium and `python3-venv` are
//! packages of the system, and they are installed (with a word about it) only where they are absent and we may.

mod browser;
pub(crate) mod install;
mod javascript;
pub(crate) mod measure;
pub(crate) mod node;
pub(crate) mod php;
pub(crate) mod python;
mod together;
mod wasm;
mod wasm_std;

use crate::shell::{self, Outcome};
use crate::spent::Start;
use std::path::{Path, PathBuf};
use std::process::Command;

type Binding = (&'static str, fn() -> Outcome);

const BINDINGS: &[Binding] = &[
    ("python", python::run),
    ("node", node::run),
    ("wasm", wasm::run),
    ("php", php::run),
    ("together", together::run),
];

/// All bindings, or those named.
pub(crate) fn run(only: &[String]) -> Outcome {
    if let Some(unknown) = only.iter().find(|o| !BINDINGS.iter().any(|(name, _)| name == *o)) {
        let names: Vec<&str> = BINDINGS.iter().map(|(n, _)| *n).collect();
        return Err(format!("no binding {unknown}; there are: {}", names.join(", ")).into());
    }
    let mut done = Vec::new();
    for (name, _) in BINDINGS.iter().filter(|(name, _)| only.is_empty() || only.iter().any(|o| o == name)) {
        let start = Start::now();
        one(name)?;
        done.push((*name, start.spent()));
    }
    for (name, spent) in &done {
        eprintln!("  bindings {name:<8} {spent}");
    }
    Ok(())
}

/// One binding.
pub(crate) fn one(binding: &str) -> Outcome {
    let (name, run) = BINDINGS.iter().find(|(name, _)| *name == binding).ok_or("no such binding")?;
    run().map_err(|why| format!("{name}: {why}").into())
}

/// A program run in a folder of the repository, with what it needs in its environment.
pub(crate) struct Tool {
    command: Command,
    shown: String,
}

impl Tool {
    pub(crate) fn new(program: impl AsRef<Path>, folder: &str) -> Self {
        let program = program.as_ref();
        let mut command = Command::new(program);
        command.current_dir(shell::root().join(folder));
        Self { command, shown: program.display().to_string() }
    }

    pub(crate) fn args<S: AsRef<str>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        for arg in args {
            self.shown.push(' ');
            self.shown.push_str(arg.as_ref());
            self.command.arg(arg.as_ref());
        }
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<std::ffi::OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Without what it prints, where that is not for people.
    pub(crate) fn quiet(mut self) -> Self {
        self.command.stdout(std::process::Stdio::null());
        self
    }

    pub(crate) fn run(mut self) -> Outcome {
        eprintln!("$ {}", self.shown);
        let status = self.command.status().map_err(|why| format!("{}: {why}", self.shown))?;
        if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", self.shown).into()) }
    }

    /// What it prints; nothing where it cannot be run or fails.
    pub(crate) fn output(mut self) -> Option<String> {
        let output = self.command.output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// Where builds go.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => shell::root().join(folder),
        None => shell::root().join("target"),
    }
}

/// Copies a library over the one that stands there. The old one goes first: a process that has it loaded keeps it whole.
fn replace(library: &Path, at: &Path) -> Outcome {
    let _ = std::fs::remove_file(at);
    std::fs::copy(library, at).map_err(|why| format!("{} to {}: {why}", library.display(), at.display()))?;
    Ok(())
}
