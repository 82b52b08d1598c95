//! Python: a virtual environment below `target/`, the module in it, then tests and type checks.

use super::{Tool, once, target};
use crate::shell::{self, Outcome};

const FOLDER: &str = "bindings-python";

pub(super) fn run() -> Outcome {
    let venv = target().join("python");
    let bin = venv.join("bin");
    let wanted = std::fs::read_to_string(shell::root().join(FOLDER).join("requirements-test.txt"))?;
    std::fs::create_dir_all(target())?;
    once(&target().join("python.installed"), &wanted, || {
        Tool::new("python3", ".").args(["-m", "venv", &venv.to_string_lossy()]).run()?;
        Tool::new(bin.join("pip"), FOLDER)
            .args(["install", "--quiet", "--disable-pip-version-check", "-r", "requirements-test.txt"])
            .run()
    })?;
    Tool::new(bin.join("maturin"), FOLDER)
        .args(["develop", "--quiet"])
        .env("VIRTUAL_ENV", &venv)
        .env("CARGO_TARGET_DIR", target())
        .run()?;
    let python = bin.join("python");
    Tool::new(&python, FOLDER).args(["-m", "pytest"]).run()?;
    Tool::new(&python, FOLDER)
        .args(["-m", "mypy.stubtest", "bansos._native", "--ignore-missing-stub", "--ignore-disjoint-bases"])
        .run()?;
    Tool::new(bin.join("pyright"), FOLDER).args(["--pythonpath", &python.to_string_lossy()]).run()?;
    Ok(())
}
