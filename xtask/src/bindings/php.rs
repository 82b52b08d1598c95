//! PHP: the extension, then PHPUnit over extension and package.

use super::install::{has, system_packages, which};
use super::{Tool, target};
use crate::shell::Outcome;
use std::path::PathBuf;

const FOLDER: &str = "bindings-php";

pub(super) fn run() -> Outcome {
    let extension = build()?;
    let load = format!("extension={}", extension.display());
    let phpunit = which("phpunit").ok_or("no phpunit")?;
    Tool::new("php", FOLDER)
        .args(["-d", &load, &phpunit, "--do-not-cache-result", "tests"])
        // the example's own server loads it too
        .env("BANSOS_EXTENSION", &extension)
        .run()
}

/// The extension, and PHP to load it in.
pub(super) fn build() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let modules = Tool::new("php", ".").args(["-m"]).output().unwrap_or_default();
    let programs = ["php", "php-config", "phpunit", "clang"].iter().all(|program| has(program));
    if !programs || !modules.lines().any(|module| module == "pdo_sqlite") {
        let packages =
            ["php-cli", "php-dev", "php-xml", "php-mbstring", "php-sqlite3", "libclang-dev", "clang", "phpunit"];
        system_packages("PHP with its headers and SQLite, or PHPUnit", &packages)?;
    }
    Tool::new("cargo", ".")
        .args(["build", "--quiet", "--package", "bansos-php"])
        .env("CARGO_TARGET_DIR", target())
        .run()?;
    Ok(target().join("debug/libbansos_php.so"))
}
