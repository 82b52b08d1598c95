//! What a machine lacks is installed, with a word about it.

use super::Tool;
use crate::shell::Outcome;
use std::path::Path;
use std::sync::OnceLock;

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

/// Whether the PHP extension can be compiled here.
pub(crate) fn has_php() -> bool {
    static FOUND: OnceLock<bool> = OnceLock::new();
    let found = || ["php-config", "clang"].iter().all(|program| has(program));
    // what was found once stands, so that one run has one set of crates
    *FOUND.get_or_init(found)
}

/// A virtual environment of a Python that the tests' packages support (3.11 and later; the binding itself runs from 3.9 on).
pub(super) fn environment(folder: &Path) -> Outcome {
    let new_enough = |name: &&str| {
        let ask = "import sys; sys.exit(sys.version_info < (3, 11))";
        has(name) && Tool::new(name, ".").args(["-c", ask]).output().is_some()
    };
    let find = || ["python3", "python3.13", "python3.12", "python3.11"].into_iter().find(|name| new_enough(name));
    let complete = |name: &&str| Tool::new(name, ".").args(["-c", "import venv, ensurepip"]).output().is_some();
    if !find().is_some_and(|name| complete(&name)) {
        system_packages("Python 3.11 or later with venv", &["python3", "python3-venv"])?;
    }
    let python = find().ok_or("no Python 3.11 or later")?;
    let _ = std::fs::remove_dir_all(folder);
    Tool::new(python, ".").args(["-m", "venv", &folder.to_string_lossy()]).run()
}
