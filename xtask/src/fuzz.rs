//! `cargo xtask fuzz [target…] [--seconds N] [--fast]`: runs fuzz targets one after the other, each for so long, with limits of memory and
//! time, and with AddressSanitizer unless it is to be fast. For whoever changes a reader; the published CI does it every week. It needs
//! nightly and cargo-fuzz.

use crate::shell::{self, Outcome};
use std::fs;

/// What a target may cost: MiB in all (half of it is the sanitizer's), MiB asked for at once, seconds for one input.
const LIMITS: [&str; 3] = ["-rss_limit_mb=1024", "-malloc_limit_mb=256", "-timeout=10"];

/// Files of the repository that a target may begin with.
const SEEDS: &[(&str, &[&str])] = &[
    ("layout", &["registers/data/layouts"]),
    ("rules", &["data/policy", "data/verivali/workflows", "examples/kabupaten-programme"]),
    ("settings", &["benches/compare/models"]),
];

pub(crate) fn run(args: &[String]) -> Outcome {
    let (mut names, mut seconds, mut sanitizer) = (Vec::new(), "60".to_owned(), "address");
    let mut rest = args.iter();
    while let Some(arg) = rest.next() {
        match arg.as_str() {
            "--fast" => sanitizer = "none",
            "--seconds" => seconds = rest.next().cloned().unwrap_or_default(),
            name => names.push(name.to_owned()),
        }
    }
    if names.is_empty() {
        names = targets()?;
    }
    for name in names {
        one(&name, &seconds, sanitizer)?;
    }
    Ok(())
}

/// Every target, by its file.
fn targets() -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let files = fs::read_dir(shell::root().join("fuzz/fuzz_targets"))?;
    let names = files.filter_map(|file| file.ok()?.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned));
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

fn one(name: &str, seconds: &str, sanitizer: &str) -> Outcome {
    let corpus = format!("fuzz/corpus/{name}");
    fs::create_dir_all(shell::root().join(&corpus))?;
    let seeds = SEEDS.iter().find(|(target, _)| *target == name).map_or(&[][..], |(_, folders)| folders);
    let time = format!("-max_total_time={seconds}");
    let mut command = vec!["+nightly", "fuzz", "run", "--sanitizer", sanitizer, name, &corpus];
    command.extend(seeds);
    command.extend(["--", &time, "-print_final_stats=1", "-max_len=8192"]);
    command.extend(LIMITS);
    shell::run("cargo", &command)
}
