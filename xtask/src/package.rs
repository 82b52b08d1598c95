//! `cargo xtask package [--verify]`: packs the crates that may be published, in the order of their dependencies, and changes nothing.
//!
//! Cargo puts the packed crates in a registry of its own for the time being, so that those that build on them are packed
//! too. With `--verify` each packed crate is also compiled by itself: with its own features only, and with no file from
//! outside its folder. That takes minutes.

use crate::shell::{self, Outcome};

pub(crate) fn run(args: &[String]) -> Outcome {
    let mut command = vec!["publish", "--workspace", "--dry-run", "--allow-dirty"];
    if !args.iter().any(|a| a == "--verify") {
        command.push("--no-verify");
    }
    shell::run("cargo", &command)
}
