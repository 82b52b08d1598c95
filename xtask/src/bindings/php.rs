//! PHP: the extension, then PHPUnit over extension and package.

use super::install::{has, system_packages, which};
use super::{Tool, target};
use crate::shell::Outcome;

const FOLDER: &str = "bindings-php";

pub(super) fn run() -> Outcome {
    if !["php", "php-config", "phpunit", "clang"].iter().all(|program| has(program)) {
        let packages = ["php-cli", "php-dev", "php-xml", "php-mbstring", "libclang-dev", "clang", "phpunit"];
        system_packages("PHP with its headers, or PHPUnit", &packages)?;
    }
    Tool::new("cargo", ".")
        .args(["build", "--quiet", "--package", "bansos-php"])
        .env("CARGO_TARGET_DIR", target())
        .run()?;
    let extension = target().join("debug/libbansos_php.so");
    let load = format!("extension={}", extension.display());
    let phpunit = which("phpunit").ok_or("no phpunit")?;
    Tool::new("php", FOLDER)
        .args(["-d", &load, &phpunit, "--do-not-cache-result", "tests"])
        // the example's own server loads it too
        .env("BANSOS_EXTENSION", &extension)
        .run()?;
    Ok(())
}
