//! Python: a virtual environment below `target/`, the module in it, then tests and type checks.

use super::install::{has, once, system_packages};
use super::{Tool, javascript, replace, target};
use crate::build;
use crate::shell::{self, Outcome};
use std::path::{Path, PathBuf};

const FOLDER: &str = "bindings-python";

pub(super) fn run() -> Outcome {
    let (venv, bin) = (target().join("python"), bin());
    let wanted = std::fs::read_to_string(shell::root().join(FOLDER).join("requirements-test.txt"))?;
    std::fs::create_dir_all(target())?;
    once(&target().join("python.installed"), &wanted, || {
        environment(&venv)?;
        Tool::new(bin.join("pip"), FOLDER)
            .args(["install", "--quiet", "--disable-pip-version-check", "-r", "requirements-test.txt"])
            .run()
    })?;
    place(&build::library("_native")?)?;
    let python = bin.join("python");
    Tool::new(&python, FOLDER).args(["-m", "pytest"]).run()?;
    Tool::new(&python, FOLDER)
        .args(["-m", "mypy.stubtest", "bansos._native", "--ignore-missing-stub", "--ignore-disjoint-bases"])
        .run()?;
    // pyright is JavaScript: it looks for Node in the PATH
    javascript::with_node(Tool::new(bin.join("pyright"), FOLDER))?
        .args(["--pythonpath", &python.to_string_lossy()])
        .env("PYRIGHT_PYTHON_IGNORE_WARNINGS", "1")
        .run()
}

/// Puts the module where `import bansos` finds it: the package is on the environment's path as it stands in the checkout. A release is
/// packed by maturin.
pub(super) fn place(library: &Path) -> Outcome {
    let package = shell::root().join(FOLDER).join("python");
    let version = "import sysconfig; print(sysconfig.get_path('purelib'))";
    let site = Tool::new(bin().join("python"), ".").args(["-c", version]).output().ok_or("python cannot be run")?;
    std::fs::write(Path::new(&site).join("bansos.pth"), format!("{}\n", package.display()))?;
    replace(library, &package.join("bansos/_native.abi3.so"))
}

/// Where the environment's programs are.
pub(super) fn bin() -> PathBuf {
    target().join("python/bin")
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
