//! `cargo xtask sanitize [miri|php|node|python…]`: the borders, and the code that has `unsafe`, under what sees wrong memory. For whoever
//! changes a border; it takes minutes. It needs nightly with Miri, and valgrind. The fuzz targets of the columns run under
//! AddressSanitizer (`cargo xtask fuzz arrow_ipc c_data`).

use crate::bindings::{self, Tool, target};
use crate::shell::Outcome;
use std::path::PathBuf;

type Run = (&'static str, fn() -> Outcome);

const RUNS: [Run; 4] = [("miri", miri), ("php", php), ("node", node), ("python", python)];

pub(crate) fn run(args: &[String]) -> Outcome {
    if let Some(unknown) = args.iter().find(|arg| !RUNS.iter().any(|(name, _)| name == arg)) {
        return Err(format!("no run {unknown}; there are miri, php, node, python").into());
    }
    RUNS.iter().filter(|(name, _)| args.is_empty() || args.iter().any(|arg| arg == name)).try_for_each(|(_, run)| run())
}

/// The vector code over a few hundred rows: more would take hours.
fn miri() -> Outcome {
    let tests = ["nik::tests::blocks_and_a_rest", "ranking::linear::tests::both_copies_agree"];
    let flags = [("RUSTFLAGS", "-Ctarget-feature=+avx2"), ("MIRIFLAGS", "-Zmiri-disable-isolation")];
    let command = ["+nightly", "miri", "test", "-p", "bansos-arrow", "--lib", "--target-dir", "target/miri"];
    let tool = Tool::new("cargo", ".").args(command).args(["--", "--exact"]).args(tests);
    flags.into_iter().fold(tool, |tool, (name, value)| tool.env(name, value)).run()
}

/// Good values of every kind and every bad one that the tests of the border know; a hundred thousand calls are left out.
fn php() -> Outcome {
    let (extension, phpunit) = bindings::php::under_test()?;
    let load = format!("extension={}", extension.display());
    let calls = "/^(?!.*testNoLeakOverManyCalls)/";
    let tests = ["-d", &load, &phpunit, "--do-not-cache-result", "--filter", calls, "tests/BadInputTest.php"];
    let tool = Tool::new("valgrind", "bindings-php").env("USE_ZEND_ALLOC", "0");
    watched("php", tool, &["php"], &tests, "libbansos_php")
}

fn node() -> Outcome {
    bindings::node::build()?;
    // a wrong byte at every place is too much at this speed: the fuzz target has it
    let tests = ["--test-name-pattern=^(?!.*a wrong byte anywhere)", "test/bad-input.test.mjs"];
    // compiled JavaScript changes under valgrind's feet
    let tool = Tool::new("valgrind", "bindings-node").args(["--smc-check=all-non-file"]);
    watched("node", tool, &["node", "--jitless"], &tests, ".node")
}

fn python() -> Outcome {
    let python = bindings::python::under_test()?;
    let tool = Tool::new("valgrind", "bindings-python").env("PYTHONMALLOC", "malloc");
    let tests = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/test_bad_input.py"];
    watched("python", tool, &[&python.to_string_lossy()], &tests, "_native.abi3")
}

/// Runs a host under valgrind. Its own noise is not ours; a fault with our library anywhere in its stack is, also where the host's code
/// was given something wrong by us.
fn watched(name: &str, valgrind: Tool, host: &[&str], args: &[&str], library: &str) -> Outcome {
    let report: PathBuf = target().join(format!("valgrind-{name}.xml"));
    std::fs::create_dir_all(target())?;
    let xml = format!("--xml-file={}", report.display());
    let options = ["--xml=yes", &xml, "--leak-check=full", "--show-leak-kinds=definite", "--num-callers=60"];
    valgrind.args(options).args(host).args(args).run()?;
    let said = std::fs::read_to_string(&report)?;
    let (ours, others) = faults(&said, library);
    eprintln!("{name}: {} faults with our library in their stack, {others} of the host's own", ours.len());
    if ours.is_empty() { Ok(()) } else { Err(format!("{}: {}", report.display(), ours.join("; ")).into()) }
}

/// The kinds of valgrind's errors that have our library in their stack, and how many have not.
fn faults(said: &str, library: &str) -> (Vec<String>, usize) {
    let errors = said.split("<error>").skip(1).filter_map(|rest| rest.split("</error>").next());
    // what is held by a pointer into its middle, as hosts hold their objects, is not lost
    let errors = errors.filter(|error| !error.contains("Leak_") || error.contains("Leak_DefinitelyLost"));
    let is_ours =
        |error: &&str| error.lines().any(|line| line.trim_start().starts_with("<obj>") && line.contains(library));
    let (ours, others): (Vec<&str>, Vec<&str>) = errors.partition(is_ours);
    let kind = |error: &&str| {
        let kind = error.split("<kind>").nth(1).and_then(|rest| rest.split("</kind>").next());
        kind.unwrap_or("?").to_owned()
    };
    (ours.iter().map(kind).collect(), others.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_ours_where_our_library_is_in_its_stack() {
        let error = |object: &str| {
            format!(
                "<error>\n <kind>InvalidRead</kind>\n <stack><frame>\n  <obj>{object}</obj>\n</frame></stack></error>\n"
            )
        };
        let said = [error("/usr/bin/php8.2"), error("/x/libbansos_php.so"), error("/usr/lib/libc.so.6")].concat();
        assert_eq!(faults(&said, "libbansos_php"), (vec!["InvalidRead".to_owned()], 2));
    }
}
