//! `bansos verivali verify`: whether a ledger is whole, and how far it has got.

use super::book::{found, mark};
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::{Exit, Failure};
use crate::input::say;
use crate::paths::OutPath;
use bansos::verivali::{Mark, PlainName, verify};
use bansos::{Coded, Lang, Severity};
use bansos_registers::ledger::Store;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Verify a ledger: every hash, every chain, every mark; nothing is written unless --sound asks for it
#[derive(Args)]
pub(crate) struct VerifyArgs {
    /// The ledger: .jsonl, or .db (SQLite)
    ledger: PathBuf,
    /// A mark that was noted down, ORIGIN:NUMBER:HASH as this command prints it; may be repeated
    #[arg(long = "mark", value_name = "MARK")]
    marks: Vec<String>,
    /// Write the sound part to a new ledger
    #[arg(long, value_name = "FILE")]
    sound: Option<OutPath>,
}

/// Faults that are listed one by one.
const TOLD: usize = 20;

pub(crate) fn run(args: &VerifyArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let noted: Vec<Mark> = args.marks.iter().map(|m| mark(m)).collect::<Result<_, _>>()?;
    let found = found(&args.ledger)?;
    let mut faults = found.soundness.faults.clone();
    if !noted.is_empty() {
        // marks that were noted down elsewhere add to those beside the file
        let more = verify(&found.events, &noted).faults;
        faults.extend(more.into_iter().filter(|f| !found.soundness.faults.contains(f)));
    }
    let damage = faults.iter().filter(|f| f.severity() == Severity::Error).count() + found.unreadable.len();
    let sound = found.soundness.sound.iter().filter(|s| **s).count();
    if common.json {
        let marks: Vec<String> = found.soundness.marks.iter().map(mark_text).collect();
        let all: Vec<serde_json::Value> = faults
            .iter()
            .map(|f| serde_json::json!({ "code": f.code(), "severity": f.severity().word(), "message": f.messages() }))
            .collect();
        say_out(
            &serde_json::json!({ "events": found.events.len(), "sound": sound, "torn": found.torn,
                "unreadable": found.unreadable, "faults": all, "marks": marks, "whole": damage == 0 })
            .to_string(),
        );
    } else {
        say_out(&format!(
            "{} {}, {sound} {}",
            found.events.len(),
            say(lang, "peristiwa", "events"),
            say(lang, "utuh", "sound")
        ));
        if found.torn {
            say_out(say(
                lang,
                "baris terakhir terputus: yang belum diakui tidak tersimpan; tidak ada kerusakan",
                "the last line is torn: what was not yet acknowledged is not there; nothing is damaged",
            ));
        }
        for line in found.unreadable.iter().take(TOLD) {
            say_out(&match lang {
                Lang::Id => format!("baris {line} bukan peristiwa"),
                Lang::En => format!("line {line} is no event"),
            });
        }
        for fault in faults.iter().take(TOLD) {
            say_out(&format!("{} [{}]", fault.message(lang), fault.code()));
        }
        if faults.len() > TOLD {
            say_out(&format!("… {} {}", faults.len() - TOLD, say(lang, "lagi", "more")));
        }
        for mark in &found.soundness.marks {
            say_out(&format!("{} {}", say(lang, "tanda ujung", "mark"), mark_text(mark)));
        }
        say_out(match damage {
            0 => say(lang, "utuh", "whole"),
            _ => say(lang, "RUSAK", "DAMAGED"),
        });
    }
    if let Some(path) = &args.sound {
        save(path, found.into_ledger().events())?;
    }
    Ok(if damage == 0 { ExitCode::SUCCESS } else { Exit::NotRight.code() })
}

fn mark_text(mark: &Mark) -> String {
    format!("{}:{}:{}", mark.origin.as_str(), mark.number, mark.hash)
}

/// Writes events to a ledger that is not there yet.
pub(super) fn save(path: &std::path::Path, events: &[bansos::verivali::Event]) -> Result<u64, Failure> {
    // nothing is written under this name: events are taken in as they are
    let origin = PlainName::new("-").map_err(Failure::usage)?;
    let mut store = Store::open(path, &origin).map_err(|e| Failure::new(Exit::Output, e))?;
    store.take_in(events).map_err(|e| Failure::new(Exit::Output, e))
}
