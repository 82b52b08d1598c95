//! Chromium for the browser tests.

use super::{Tool, system_packages};

/// Where Chromium is; installed where it is absent and we may.
pub(super) fn chromium() -> Result<String, Box<dyn std::error::Error>> {
    if let Ok(path) = std::env::var("CHROMIUM") {
        return Ok(path);
    }
    let find = || {
        ["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .find_map(|name| Tool::new("which", ".").args([name]).output())
    };
    if let Some(path) = find() {
        return Ok(path);
    }
    system_packages("Chromium", &["chromium"])?;
    find().ok_or_else(|| "Chromium is absent; set CHROMIUM to its path".into())
}
