//! `bansos verivali merge`: ledgers that grew apart become one; nothing vanishes, contradictions are told.

use super::book::{RulesArgs, whole};
use super::verify::save;
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::say;
use bansos::Lang;
use bansos::verivali::{Ledger, State};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Merge ledgers that grew apart; in any order, any number of times, the events are the same
#[derive(Args)]
pub(crate) struct MergeArgs {
    /// The ledgers
    #[arg(required = true)]
    ledgers: Vec<PathBuf>,
    /// Where to; a ledger that is there already is one of them
    #[arg(long, short, value_name = "FILE")]
    into: PathBuf,
    /// Of damaged ledgers, take the sound part
    #[arg(long)]
    sound: bool,
    #[command(flatten)]
    rules: RulesArgs,
}

pub(crate) fn run(args: &MergeArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let rules = args.rules.read()?;
    let mut all = Ledger::default();
    if args.into.exists() {
        all.merge(&whole(&args.into, false)?);
    }
    let before = all.events().len();
    for path in &args.ledgers {
        all.merge(&whole(path, args.sound)?);
    }
    let ordered: Vec<_> = all.in_order().into_iter().cloned().collect();
    save(&args.into, &ordered)?;
    let state = State::replay(all.events(), None, &rules);
    let contradicted: Vec<_> = state.standings().iter().filter(|s| s.conflict().is_some()).collect();
    let added = all.events().len() - before;
    if common.json {
        let each: Vec<serde_json::Value> = contradicted
            .iter()
            .map(|s| {
                let of: Vec<String> = s.conflict().map(|c| c.of.iter().map(|d| d.hex()).collect()).unwrap_or_default();
                serde_json::json!({ "kind": s.subject.kind.word(), "id": s.subject.id.as_str(), "decisions": of })
            })
            .collect();
        say_out(&serde_json::json!({ "events": all.events().len(), "added": added, "conflicts": each }).to_string());
        return Ok(ExitCode::SUCCESS);
    }
    say_out(&format!(
        "{} {}, {added} {}, {} {}",
        all.events().len(),
        say(lang, "peristiwa", "events"),
        say(lang, "baru", "new"),
        contradicted.len(),
        say(lang, "subjek dengan putusan yang bertentangan", "subjects with contradictory decisions"),
    ));
    for standing in contradicted {
        say_out(&format!("{} {}:", standing.subject.kind.label(lang), standing.subject.id.as_str()));
        for event in standing.conflict().iter().flat_map(|c| &c.of).filter_map(|d| all.get(*d)) {
            let verdict = event.entry.act.verdict().map_or("–", |v| v.label(lang));
            let (on, stage) = (event.entry.on, event.entry.stage.as_str());
            say_out(&format!("  {} {on} {stage}: {verdict}", event.hash()));
        }
    }
    Ok(ExitCode::SUCCESS)
}
