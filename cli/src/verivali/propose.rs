//! `bansos verivali propose`: what the main job noticed becomes proposals, so that nobody has to type them and none is
//! forgotten.

use super::book::{AppendCount, WriterArgs, append_all, open, whole};
use crate::answer::say_out;
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{read_columns, say};
use bansos::Lang;
use bansos::region::{RegionCode, Scheme};
use bansos::verivali::{Act, EventEntry, Ledger, PlainName, RemovalReason, Subject, SubjectKind, SubjectVerdict};
use clap::Args;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// Turn what `bansos run` noticed into proposals: dead, moved, not found, one NIK on two persons, rows entered twice
///
/// Subjects are the ids of the result (persons.parquet) or, of a row entered twice, its place (dtks.csv:49). Asked again,
/// what was proposed already is not proposed twice. Nothing is decided: the desa decides.
#[derive(Args)]
pub(crate) struct ProposeArgs {
    /// Folder of a result of `bansos run`
    result: PathBuf,
    /// The ledger: .jsonl, or .db (SQLite)
    #[arg(long)]
    ledger: PathBuf,
    #[command(flatten)]
    writer: WriterArgs,
}

/// A person as a proposal needs it.
struct Proposable {
    subject: Subject,
    family: Option<String>,
    reason: RemovalReason,
    twin: Option<Subject>,
    code: &'static str,
}

pub(crate) fn run(args: &ProposeArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let rules = args.writer.rules.read()?;
    let (origin, who) = (args.writer.origin()?, args.writer.writer()?);
    let (found, places) = read(args)?;
    let known = match args.ledger.exists() {
        true => proposed(&whole(&args.ledger, false)?),
        false => FxHashSet::default(),
    };
    let noticed = found.len();
    let mut again = 0u64;
    let mut entries = Vec::new();
    for f in found {
        let verdict = SubjectVerdict::NotEligible(f.reason);
        if known.contains(&(f.subject.clone(), verdict)) {
            again += 1;
            continue;
        }
        let family = f.family.as_deref();
        entries.push(EventEntry {
            place: family.and_then(|k| places.get(k)).copied(),
            parent: family.and_then(|k| Subject::new(SubjectKind::Family, k).ok()),
            subject: f.subject,
            twin: f.twin,
            on: who.on,
            recorded: who.recorded,
            actor: who.actor.clone(),
            workflow: who.workflow.clone(),
            stage: who.stage.clone(),
            act: Act::Proposed(verdict),
            evidence: Vec::new(),
            code: PlainName::new(f.code).ok(),
        });
    }
    let mut count = AppendCount::default();
    append_all(&mut open(&args.ledger, &origin)?, entries, &rules, lang, &mut count, |_| {})?;
    print(&count, noticed, again, common.json, lang);
    Ok(if count.refused == 0 { ExitCode::SUCCESS } else { crate::failure::Exit::NotRight.code() })
}

/// What was proposed before, by the subject and what was asked.
fn proposed(ledger: &Ledger) -> FxHashSet<(Subject, SubjectVerdict)> {
    let one = |e: &bansos::verivali::Event| match e.entry.act {
        Act::Proposed(verdict) => Some((e.entry.subject.clone(), verdict)),
        _ => None,
    };
    ledger.events().iter().filter_map(one).collect()
}

fn read(args: &ProposeArgs) -> Result<(Vec<Proposable>, FxHashMap<String, RegionCode>), Failure> {
    let cell = |cells: &[String], i: usize| cells.get(i).cloned().unwrap_or_default();
    let mut places = FxHashMap::default();
    let columns = ["family_id", "village_code", "district_code"];
    read_columns(&args.result.join("families.parquet"), &columns, |_, cells| {
        let place = |i| RegionCode::parse(Scheme::Kemendagri, &cell(cells, i)).ok();
        if let Some(place) = place(1).or_else(|| place(2)) {
            places.insert(cell(cells, 0), place);
        }
    })?;
    let (mut found, mut family_of) = (Vec::new(), FxHashMap::default());
    let person = |id: &str| Subject::new(SubjectKind::Person, id).ok();
    read_columns(&args.result.join("persons.parquet"), &["person_id", "family_id", "presence"], |_, cells| {
        let (id, family) = (cell(cells, 0), cell(cells, 1));
        let reason = match cell(cells, 2).as_str() {
            "dead" => Some((RemovalReason::Dead, "bansos/presence/dead")),
            "moved" => Some((RemovalReason::Moved, "bansos/presence/moved")),
            "moved_abroad" => Some((RemovalReason::MovedAbroad, "bansos/presence/moved_abroad")),
            "not_found" => Some((RemovalReason::NotFound, "bansos/presence/not_found")),
            _ => None,
        };
        if let (Some((reason, code)), Some(subject)) = (reason, person(&id)) {
            found.push(Proposable { subject, family: Some(family.clone()), reason, twin: None, code });
        }
        family_of.insert(id, family);
    })?;
    let columns = ["kind", "row_a", "person_a", "row_b", "person_b"];
    read_columns(&args.result.join("duplicates.csv"), &columns, |_, cells| {
        let [kind, row_a, a, row_b, b] = [0, 1, 2, 3, 4].map(|i| cell(cells, i));
        if kind == "nik_shared" && a != b {
            // both to review: which of them bears it rightly is for Dukcapil to say
            for (own, other) in [(&a, &b), (&b, &a)] {
                if let Some(subject) = person(own) {
                    let (family, twin) = (family_of.get(own).cloned(), person(other));
                    found.push(Proposable {
                        subject,
                        family,
                        reason: RemovalReason::SharedNik,
                        twin,
                        code: "bansos/duplicates/nik_shared",
                    });
                }
            }
        } else if matches!(kind.as_str(), "same_person" | "entered_twice" | "two_families")
            && row_a.split(':').next() == row_b.split(':').next()
        {
            // in one register: the second row goes, the person stays
            if let (Some(subject), Some(twin)) = (person(&row_b), person(&row_a)) {
                let family = family_of.get(&b).cloned();
                found.push(Proposable {
                    subject,
                    family,
                    reason: RemovalReason::Duplicate,
                    twin: Some(twin),
                    code: "bansos/duplicates/row",
                });
            }
        }
    })?;
    let mut seen: FxHashSet<(Subject, RemovalReason)> = FxHashSet::default();
    found.retain(|f| seen.insert((f.subject.clone(), f.reason)));
    Ok((found, places))
}

fn print(count: &AppendCount, noticed: usize, again: u64, json: bool, lang: Lang) {
    if json {
        say_out(
            &serde_json::json!({ "noticed": noticed, "proposed": count.appended, "already_proposed": again,
                "refused": count.refused })
            .to_string(),
        );
        return;
    }
    say_out(&format!(
        "{noticed} {} = {} {} + {again} {} + {} {}",
        say(lang, "temuan", "findings"),
        count.appended,
        say(lang, "diusulkan", "proposed"),
        say(lang, "sudah pernah diusulkan", "proposed before"),
        count.refused,
        say(lang, "ditolak alur", "refused by the workflow"),
    ));
    for why in &count.why {
        say_out(&format!("  {} × {} [{}]", why.count, why.sentence, why.code));
    }
}
