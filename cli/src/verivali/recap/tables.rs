//! The recap as tables: for spreadsheets and for programs.

use super::{Round, kinds, place_name};
use bansos::date::to_epoch_days;
use bansos::region::Level;
use bansos::verivali::{Fate, Ledger, Proposal, Recap, RecapTally, RemovalReason, Standing, SubjectKind};
use bansos::{Date, Lang};
use bansos_registers::write::{Cell, OutFolder, SafeCsv, Sheet, WriteError, write_book, write_whole};
use serde_json::{Value, json};

const LEVELS: [(Level, &str); 3] =
    [(Level::Village, "desa"), (Level::District, "kecamatan"), (Level::Regency, "kabupaten")];

pub(super) fn write(round: &Round, ledger: &Ledger, out: &OutFolder) -> Result<(), WriteError> {
    let recaps = LEVELS.map(|(level, name)| (name, Recap::from_state(&round.state, level)));
    recap_csv(round, &recaps, out)?;
    let sheets: Vec<Sheet> = recaps.iter().rev().map(|(name, recap)| sheet(name, recap, round.lang)).collect();
    write_book(&out.path("recap.xlsx"), &sheets)?;
    proposals(round, out)?;
    without_effect(round, out)?;
    conflicts(round, ledger, out)?;
    changes(round, out)?;
    let path = out.path("summary.json");
    let [.., (_, regency)] = &recaps;
    write_whole(&path, summary(round, regency).to_string())
}

fn header() -> Vec<&'static str> {
    let reasons = RemovalReason::ALL.iter().map(|r| r.word());
    ["kind", "initial", "eligible"].into_iter().chain(reasons).chain(REST).collect()
}

const REST: [&str; 7] =
    ["undecided", "in_conflict", "new", "new_refused", "new_undecided", "open_proposals", "without_effect"];

fn numbers(t: &RecapTally) -> Vec<u64> {
    let rest = [t.undecided, t.in_conflict, t.new, t.new_refused, t.new_undecided, t.open_proposals, t.without_effect];
    [t.initial, t.eligible].into_iter().chain(t.reasons).chain(rest).collect()
}

fn recap_csv(round: &Round, recaps: &[(&str, Recap)], out: &OutFolder) -> Result<(), WriteError> {
    let mut columns = vec!["level", "code", "place"];
    columns.extend(header());
    let mut csv = SafeCsv::begin(&out.path("recap.csv"), &columns)?;
    for (level, recap) in recaps {
        for (place, tallies) in &recap.places {
            let (code, name) = (place.map(|p| p.digits()).unwrap_or_default(), place_name(*place, round.lang));
            for (kind, tally) in SubjectKind::ALL.iter().zip(tallies).filter(|(_, t)| **t != RecapTally::default()) {
                let numbers: Vec<String> = numbers(tally).iter().map(u64::to_string).collect();
                let cells = [*level, &code, &name, kind.word()].into_iter().chain(numbers.iter().map(String::as_str));
                csv.row(cells)?;
            }
        }
    }
    csv.finish()
}

fn sheet(name: &str, recap: &Recap, lang: Lang) -> Sheet {
    let label = |column: &str| -> String {
        let (id, en) = match column {
            "kind" => ("satuan", "unit"),
            "initial" => ("daftar awal", "initial"),
            "eligible" => ("masih layak", "eligible"),
            "undecided" => ("belum diputuskan", "undecided"),
            "in_conflict" => ("bertentangan", "contradictory"),
            "new" => ("baru, layak", "new, eligible"),
            "new_refused" => ("baru, ditolak", "new, refused"),
            "new_undecided" => ("baru, belum diputuskan", "new, undecided"),
            "open_proposals" => ("usulan terbuka", "open proposals"),
            "without_effect" => ("dientri, belum berlaku", "entered without effect"),
            other => return RemovalReason::from_word(other).map_or(other, |r| r.label(lang)).to_owned(),
        };
        crate::input::say(lang, id, en).to_owned()
    };
    let columns = [crate::input::say(lang, "kode", "code"), crate::input::say(lang, "wilayah", "place")];
    let header = columns.into_iter().map(str::to_owned).chain(header().into_iter().map(label)).collect();
    let mut rows = Vec::new();
    let mut put = |code: String, name: String, kind: SubjectKind, tally: &RecapTally| {
        let texts = [code, name, kind.label(lang).to_owned()].map(Cell::Text);
        rows.push(texts.into_iter().chain(numbers(tally).into_iter().map(Cell::Number)).collect());
    };
    for (place, tallies) in &recap.places {
        for (kind, tally) in SubjectKind::ALL.iter().zip(tallies).filter(|(_, t)| **t != RecapTally::default()) {
            put(place.map(|p| p.to_string()).unwrap_or_default(), place_name(*place, lang), *kind, tally);
        }
    }
    for kind in kinds(recap) {
        put(String::new(), crate::input::say(lang, "JUMLAH", "TOTAL").to_owned(), kind, recap.of_kind(kind));
    }
    Sheet { name: name.to_owned(), header, rows }
}

/// Whole days from one day to a later one.
pub(super) fn days(from: Date, to: Date) -> u32 {
    u32::try_from(to_epoch_days(to) - to_epoch_days(from)).unwrap_or(0)
}

/// Every proposal with the subject it is about.
pub(super) fn all_proposals(round: &Round) -> impl Iterator<Item = (&Standing, &Proposal)> {
    round.state.standings().iter().flat_map(|s| s.proposals.iter().map(move |p| (s, p)))
}

fn place_of(round: &Round, standing: &Standing) -> String {
    let own = standing.place.or_else(|| standing.parent.as_ref().and_then(|p| round.state.get(p)?.place));
    own.map(|p| p.digits()).unwrap_or_default()
}

/// Where each proposal stands. The open come first, the longest waiting on top.
fn proposals(round: &Round, out: &OutFolder) -> Result<(), WriteError> {
    let header = [
        "kind",
        "id",
        "place",
        "proposal",
        "act",
        "asks",
        "made",
        "fate",
        "stage",
        "since",
        "days_waiting",
        "by",
        "verdict",
        "lapsed",
    ];
    let mut csv = SafeCsv::begin(&out.path("proposals.csv"), &header)?;
    let mut all: Vec<(&Standing, &Proposal)> = all_proposals(round).collect();
    all.sort_by_key(|(s, p)| (!p.is_open(), p.on, s.subject.clone()));
    for (standing, p) in all {
        let (fate, stage, since, waiting, by, verdict) = match &p.fate {
            Fate::Open { stage, since } => {
                let waiting = days(p.on, round.at).to_string();
                ("open", stage.as_str(), since.to_string(), waiting, String::new(), "")
            }
            Fate::Decided { by, on, verdict } => {
                ("decided", "", on.to_string(), String::new(), by.hex(), verdict.word())
            }
            Fate::Superseded { by, on } => ("superseded", "", on.to_string(), String::new(), by.hex(), ""),
        };
        let workflow = standing.workflow.as_ref().and_then(|w| round.rules.get(w));
        let limit = workflow.filter(|_| p.objection && p.is_open()).and_then(|w| w.objection_days());
        let lapsed = if limit.is_some_and(|d| days(p.on, round.at) > u32::from(d)) { "yes" } else { "" };
        let (subject, made) = (&standing.subject, p.on.to_string());
        let act = if p.objection { "objected" } else { "proposed" };
        csv.row([
            subject.kind.word(),
            subject.id.as_str(),
            &place_of(round, standing),
            &p.event.hex(),
            act,
            p.verdict.word(),
            &made,
            fate,
            stage,
            &since,
            &waiting,
            &by,
            verdict,
            lapsed,
        ])?;
    }
    csv.finish()
}

/// Entered into another system, and not to be seen there.
fn without_effect(round: &Round, out: &OutFolder) -> Result<(), WriteError> {
    let header = ["kind", "id", "place", "verdict", "decided", "stage", "system", "entered", "days"];
    let mut csv = SafeCsv::begin(&out.path("without-effect.csv"), &header)?;
    let mut all: Vec<&Standing> = round.state.standings().iter().filter(|s| s.is_entered_without_effect()).collect();
    all.sort_by_key(|s| s.entered.as_ref().map(|(_, on)| *on));
    for standing in all {
        let Some((system, on)) = &standing.entered else { continue };
        let ruling = standing.ruling.as_ref();
        csv.row([
            standing.subject.kind.word(),
            standing.subject.id.as_str(),
            &place_of(round, standing),
            ruling.map_or("", |r| r.verdict.word()),
            &ruling.map(|r| r.on.to_string()).unwrap_or_default(),
            ruling.map_or("", |r| r.stage.as_str()),
            system.as_str(),
            &on.to_string(),
            &days(*on, round.at).to_string(),
        ])?;
    }
    csv.finish()
}

/// Decisions that contradict or contradicted each other, one a line.
fn conflicts(round: &Round, ledger: &Ledger, out: &OutFolder) -> Result<(), WriteError> {
    let header = ["kind", "id", "decision", "origin", "on", "stage", "role", "verdict", "ended_by"];
    let mut csv = SafeCsv::begin(&out.path("conflicts.csv"), &header)?;
    for standing in round.state.standings() {
        for conflict in &standing.conflicts {
            let ended = conflict.ended_by.map(|d| d.hex()).unwrap_or_default();
            for event in conflict.of.iter().filter_map(|d| ledger.get(*d)) {
                let entry = &event.entry;
                csv.row([
                    entry.subject.kind.word(),
                    entry.subject.id.as_str(),
                    &event.hash().hex(),
                    event.link.origin.as_str(),
                    &entry.on.to_string(),
                    entry.stage.as_str(),
                    entry.actor.role.as_str(),
                    entry.act.verdict().map_or("", |v| v.word()),
                    &ended,
                ])?;
            }
        }
    }
    csv.finish()
}

fn changes(round: &Round, out: &OutFolder) -> Result<(), WriteError> {
    let Some((_, earlier)) = &round.earlier else { return Ok(()) };
    let mut csv = SafeCsv::begin(&out.path("changes.csv"), &["kind", "id", "from", "to"])?;
    for change in earlier.changes(&round.state) {
        let word = |v: Option<bansos::verivali::SubjectVerdict>| v.map_or("", |v| v.word());
        csv.row([change.subject.kind.word(), change.subject.id.as_str(), word(change.from), word(change.to)])?;
    }
    csv.finish()
}

/// The whole, for programs.
pub(super) fn summary(round: &Round, recap: &Recap) -> Value {
    let tally = |t: &RecapTally| {
        let names = header().into_iter().skip(1);
        Value::Object(names.zip(numbers(t)).map(|(k, n)| (k.to_owned(), n.into())).collect())
    };
    let total: serde_json::Map<String, Value> =
        kinds(recap).map(|k| (k.word().to_owned(), tally(recap.of_kind(k)))).collect();
    let waiting =
        |objection: bool| all_proposals(round).filter(|(_, p)| p.objection == objection && p.is_open()).count();
    json!({
        "at": round.at.to_string(),
        "events": round.events,
        "closes": recap.closes(),
        "total": total,
        "open": { "proposals": waiting(false), "objections": waiting(true) },
        "since": round.earlier.as_ref().map(|(day, _)| day.to_string()),
        "changes": round.earlier.as_ref().map(|(_, earlier)| earlier.changes(&round.state).len()),
    })
}
