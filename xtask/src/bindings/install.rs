//! What a machine lacks is installed, with a word about it.

use super::Tool;
use crate::shell::Outcome;
use std::path::Path;

/// Whether a program can be found.
pub(super) fn has(program: &str) -> bool {
    which(program).is_some()
}

/// Where a program is.
pub(super) fn which(program: &str) -> Option<String> {
    Tool::new("which", ".").args([program]).output()
}

/// Packages of the system for a program that is absent. Says what it does; a user who may not install is told what to.
pub(super) fn system_packages(why: &str, packages: &[&str]) -> Outcome {
    let list = packages.join(" ");
    eprintln!("{why} is absent; installing: {list}");
    let root = Tool::new("id", ".").args(["-u"]).output().as_deref() == Some("0");
    let sudo = !root && Tool::new("sudo", ".").args(["-n", "true"]).output().is_some();
    if !(root || sudo) || !has("apt-get") {
        let hint = format!("on Debian: apt-get install {list}");
        return Err(format!("{why} is absent and cannot be installed from here; {hint}").into());
    }
    let apt = || match sudo {
        true => Tool::new("sudo", ".").args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]),
        false => Tool::new("apt-get", ".").args(["-qq"]).env("DEBIAN_FRONTEND", "noninteractive"),
    };
    apt().args(["update"]).run()?;
    apt()
        .args(["-o", "DPkg::Lock::Timeout=600", "install", "-y", "--no-install-recommends"])
        .args(packages)
        .quiet()
        .run()
}

/// Runs `install` unless it ran for the same `content` before: the content is kept in `stamp`.
pub(super) fn once(stamp: &Path, content: &str, install: impl FnOnce() -> Outcome) -> Outcome {
    if std::fs::read_to_string(stamp).is_ok_and(|there| there == content) {
        return Ok(());
    }
    install()?;
    Ok(std::fs::write(stamp, content)?)
}
