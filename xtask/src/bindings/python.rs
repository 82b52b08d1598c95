//! Python: a virtual environment below `target/`, the module in it, then tests and type checks.

use super::install::{environment, once};
use super::{Tool, javascript, replace, target};
use crate::build;
use crate::shell::{self, Outcome};
use std::path::{Path, PathBuf};

const FOLDER: &str = "bindings-python";

pub(super) fn run() -> Outcome {
    let (bin, python) = (bin(), under_test()?);
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

/// The environment's Python, with the module as it is now.
pub(crate) fn under_test() -> Result<PathBuf, Box<dyn std::error::Error>> {
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
    Ok(bin.join("python"))
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
