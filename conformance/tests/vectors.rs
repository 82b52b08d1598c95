//! One test per case, through the same JSON door that the bindings use.

use bansos_conformance::{Case, Xfail, difference, exceptions, groups, print_counts};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let (groups, exceptions) = match (groups(), exceptions()) {
        (Ok(groups), Ok(exceptions)) => (groups, exceptions),
        (Err(why), _) | (_, Err(why)) => {
            eprintln!("{why}");
            return ExitCode::FAILURE;
        }
    };
    let trials = groups
        .iter()
        .flat_map(|group| group.cases.iter().map(move |case| (group.operation_of(case).to_owned(), case.clone())))
        .map(|(operation, case)| {
            let xfail = exceptions.xfail.iter().find(|x| x.id == case.id && x.surface == "rust").cloned();
            Trial::test(format!("{}: {}", case.id, case.title), move || run(&operation, &case, xfail))
        })
        .collect();
    let xfail = exceptions.xfail.iter().filter(|x| x.surface == "rust").count() as u64;
    let done = libtest_mimic::run(&arguments, trials);
    print_counts("rust", done.num_passed - xfail.min(done.num_passed), done.num_failed, xfail);
    done.exit_code()
}

fn run(operation: &str, case: &Case, xfail: Option<Xfail>) -> Result<(), Failed> {
    let answer: Value = serde_json::from_str(&bansos_interop::call_json(operation, &case.input.to_string()))?;
    match (difference(&case.expect, &answer), xfail) {
        (None, None) | (Some(_), Some(_)) => Ok(()),
        (Some(why), None) => Err(format!("{operation} {why}").into()),
        (None, Some(x)) => Err(format!("passes, though it is listed as failing: {}", x.reason).into()),
    }
}
