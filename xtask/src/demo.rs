//! `cargo xtask demo`: the main job on a made-up kabupaten, from nothing.

use crate::shell::{self, Outcome};

const FAMILIES: &str = "2000";

/// Builds the program, makes three dirty registers, runs the main job on them and says where the report is.
pub(crate) fn run(_args: &[String]) -> Outcome {
    let folder = shell::root().join("demo");
    let registers = folder.join("registers");
    let result = folder.join("result");
    let (registers, result) = (registers.to_string_lossy().into_owned(), result.to_string_lossy().into_owned());
    let bansos = ["run", "--quiet", "--package", "bansos-cli", "--bin", "bansos", "--"];
    shell::run("cargo", &["build", "--package", "bansos-cli"])?;
    let mut synth = bansos.to_vec();
    synth.extend(["synth", registers.as_str(), "--families", FAMILIES, "--regency", "35.08", "--seed", "1", "--force"]);
    shell::run("cargo", &synth)?;
    let mut job = bansos.to_vec();
    job.extend(["run", registers.as_str(), "--out", result.as_str()]);
    shell::run("cargo", &job)?;
    println!("\nThe report / Laporannya: {result}/report.html");
    Ok(())
}
