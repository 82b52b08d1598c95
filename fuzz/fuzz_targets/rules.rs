//! A region's own programme, overlay or workflow: refused, or rules that a family can be decided by.
#![no_main]

use bansos::eligibility::Rules;
use bansos::policy::{Overlay, Policy, lint};
use bansos::programme::PolicyFile;
use bansos::verivali::Workflow;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(Policy::builtin);

fuzz_target!(|text: &str| {
    if let Ok(overlay) = toml::from_str::<Overlay>(text) {
        let _ = POLICY.clone().with_overlay(overlay);
    }
    if let Ok(workflow) = toml::from_str::<Workflow>(text) {
        let _ = workflow.lint();
    }
    let Ok(file) = toml::from_str::<PolicyFile>(text) else { return };
    let _ = lint(&file.parameters, &file.overlaps, &|id: &str| !id.is_empty());
    let _ = file.unknown_programmes();
    if let Ok((policy, Some(programme))) = file.add_to(POLICY.clone()) {
        for day in programme.runs.iter().map(|run| run.from) {
            let _ = Rules::new(&programme, day, &policy);
        }
    }
});
