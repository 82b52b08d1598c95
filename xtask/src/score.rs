//! `cargo xtask score`: by the program that knows the measures.

use crate::build;
use crate::shell::Outcome;

/// Hands its words on.
pub(crate) fn run(args: &[String]) -> Outcome {
    let words: Vec<&str> = std::iter::once("score").chain(args.iter().map(String::as_str)).collect();
    build::run("bansos-tables", &words)
}
