//! Chromium for the browser tests.

use super::Tool;
use super::install::{system_packages, which};
use super::javascript::tool;
use crate::shell::Outcome;

/// Where Chromium is: the one `CHROMIUM` names, the machine's own, the distribution's package, or Playwright's download.
pub(super) fn chromium(folder: &str) -> Result<String, Box<dyn std::error::Error>> {
    if let Ok(path) = std::env::var("CHROMIUM") {
        return Ok(path);
    }
    if let Some(path) = find() {
        return Ok(path);
    }
    // Ubuntu's package is a stub that asks for snap: it installs, and then says no version
    let packaged = || system_packages("Chromium", &["chromium"]).ok().and_then(|()| find());
    if let Some(path) = packaged() {
        return Ok(path);
    }
    playwright(folder)?;
    let path = "process.stdout.write(require('playwright-core').chromium.executablePath())";
    tool("node", folder)?
        .args(["-e", path])
        .output()
        .ok_or_else(|| "Chromium is absent; set CHROMIUM to its path".into())
}

fn find() -> Option<String> {
    let answers = |path: &String| Tool::new(path, ".").args(["--version"]).output().is_some();
    ["chromium", "chromium-browser", "google-chrome"].into_iter().filter_map(which).find(answers)
}

/// Playwright's own Chromium, with the libraries it asks for.
fn playwright(folder: &str) -> Outcome {
    tool("npx", folder)?.args(["--no-install", "playwright-core", "install", "--with-deps", "chromium"]).run()
}
