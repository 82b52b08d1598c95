//! PHP: the extension, then PHPUnit over extension and package.

use super::Tool;
use super::install::{has, system_packages, which};
use crate::build;
use crate::shell::Outcome;
use std::path::PathBuf;

const FOLDER: &str = "bindings-php";

pub(super) fn run() -> Outcome {
    let (extension, phpunit) = under_test()?;
    let load = format!("extension={}", extension.display());
    Tool::new("php", FOLDER)
        .args(["-d", &load, &phpunit, "--do-not-cache-result", "tests"])
        // the example's own server loads it too
        .env("BANSOS_EXTENSION", &extension)
        .run()
}

/// The extension, and what runs its tests.
pub(crate) fn under_test() -> Result<(PathBuf, String), Box<dyn std::error::Error>> {
    Ok((build()?, which("phpunit").ok_or("no phpunit")?))
}

/// The extension.
pub(super) fn build() -> Result<PathBuf, Box<dyn std::error::Error>> {
    install()?;
    build::library("bansos_php")
}

/// PHP with what the extension and its tests ask for.
pub(crate) fn install() -> Outcome {
    let modules = Tool::new("php", ".").args(["-m"]).output().unwrap_or_default();
    let programs = ["php", "php-config", "phpunit", "clang"].iter().all(|program| has(program));
    if programs && modules.lines().any(|module| module == "pdo_sqlite") {
        return Ok(());
    }
    let packages = ["php-cli", "php-dev", "php-xml", "php-mbstring", "php-sqlite3", "libclang-dev", "clang", "phpunit"];
    system_packages("PHP with its headers and SQLite, or PHPUnit", &packages)
}
