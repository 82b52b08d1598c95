//! The project's own tasks. `cargo xtask` lists them.

use std::process::ExitCode;

mod attributes;
mod bindings;
mod build;
mod demo;
mod faults;
mod fuzz;
mod generate;
mod manners;
mod package;
mod parity;
mod picture;
mod rings;
mod sanitize;
mod score;
mod semver;
mod shell;
mod spent;
mod test;
mod words;

/// A task: its words, what it does, and its code.
type Task = (&'static str, &'static str, fn(&[String]) -> shell::Outcome);

const TASKS: &[Task] = &[
    ("demo", "builds bansos, makes an example register, runs the main job on it", demo::run),
    ("test", "everything: format, lint, tests, tables, bindings (or only the steps named)", test::run),
    ("generate", "writes the checked-in tables (or only those named)", generate::generate),
    ("check", "makes the tables again and compares (or only those named)", generate::check),
    (
        "bindings",
        "builds and tests the bindings: python, node, wasm, php, together (or only those named)",
        bindings::run,
    ),
    ("parity", "every vector on every surface as a table in docs/PARITY.md; --measure: what borders cost", parity::run),
    ("score", "measures a crosswalk against a register's truth", score::run),
    ("fuzz", "fuzzes every target, or those named, for --seconds N each, with limits of memory and time", fuzz::run),
    (
        "sanitize",
        "the borders and the unsafe code under Miri and valgrind: miri, php, node, python (or only those named)",
        sanitize::run,
    ),
    ("package", "packs every crate that can be published, in order, and says what stops it", package::run),
    (
        "semver",
        "compares the public API with an earlier commit, by cargo-semver-checks where it is installed",
        semver::run,
    ),
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some((task, rest)) = args.split_first() else { return usage() };
    match TASKS.iter().find(|(name, ..)| name == task) {
        Some((.., run)) => match run(rest) {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("xtask {task}: {why}");
                ExitCode::FAILURE
            }
        },
        None => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo xtask <task>\n");
    for (name, what, _) in TASKS {
        eprintln!("  {name:<12} {what}");
    }
    ExitCode::from(2)
}
