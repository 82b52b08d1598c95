//! A ledger of a million events: append, write, read and verify, replay, recap; as JSON Lines and as SQLite.
//!
//! ```text
//! cargo run --release -p bansos-benches --bin verivali -- 1000000 FOLDER
//! ```
//!
//! Prints CPU seconds, so that a busy machine tells on nobody, and bytes on the disk.

use bansos::region::{Level, RegionCode, Scheme};
use bansos::verivali::*;
use bansos::{Date, date};
use bansos_benches::meter::{Lap, peak};
use bansos_registers::ledger::{self, Store};
use std::io::Write;
use std::path::Path;

fn name(text: &str) -> PlainName {
    PlainName::new(text).unwrap_or_else(|_| unreachable!("the names here are names"))
}

/// Four events for every ruta: listed, visited, decided twice.
fn entries(events: u64) -> impl Iterator<Item = EventEntry> {
    let minutes = Attachment { kind: EvidenceKind::Minutes, digest: Digest::compute(b"berita acara") };
    let stages = [
        ("daftar-awal", "dinsos"),
        ("kunjungan", "puskesos"),
        ("musyawarah", "desa"),
        ("pleno-kecamatan", "kecamatan"),
    ]
    .map(|(stage, role)| (name(stage), Actor { role: name(role), id: name("K-01") }));
    let workflow = name("kukar-2022");
    (0..events).map(move |i| {
        let (ruta, step) = (i / 4, i % 4);
        let verdict = match ruta % 5 {
            0 => SubjectVerdict::NotEligible(RemovalReason::ALL[usize::try_from(ruta / 5 % 12).unwrap_or(0)]),
            _ => SubjectVerdict::Eligible,
        };
        let on =
            date::from_epoch_days(19_000 + i32::try_from(step).unwrap_or(0) * 60).unwrap_or(Date::constant(2022, 1, 8));
        let (stage, actor) = stages[usize::try_from(step).unwrap_or(0)].clone();
        EventEntry {
            subject: Subject { kind: SubjectKind::Household, id: name(&format!("R{ruta:07}")) },
            place: (step == 0)
                .then(|| RegionCode::new(Scheme::Kemendagri, Level::Village, 64_02_01_2001 + ruta % 20 * 10_000))
                .flatten(),
            parent: None,
            twin: None,
            on,
            recorded: on,
            actor,
            workflow: workflow.clone(),
            stage,
            act: match step {
                0 => Act::Listed,
                1 => Act::Visited(verdict),
                _ => Act::Decided(verdict),
            },
            evidence: if step > 1 { vec![minutes] } else { vec![] },
            code: None,
        }
    })
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let events: u64 = args.first().and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let folder = args.get(1).map_or(Path::new("."), Path::new);
    let rules = Workflows::builtin();
    let mut out = std::io::stdout();
    let mut lap = Lap::start();

    let mut ledger = Ledger::default();
    for entry in entries(events) {
        ledger.append(&name("kukar"), entry, rules).map_err(|_| "refused")?;
    }
    writeln!(out, "append in memory, rules checked, chained   {:>8.2} s CPU", lap.lap())?;
    let sound = verify(ledger.events(), &ledger.marks());
    writeln!(
        out,
        "verify {} events              {:>8.2} s CPU, whole: {}",
        ledger.events().len(),
        lap.lap(),
        sound.is_whole()
    )?;
    let state = State::replay(ledger.events(), None, rules);
    writeln!(out, "replay to {} standings           {:>8.2} s CPU", state.standings().len(), lap.lap())?;
    let recap = Recap::from_state(&state, Level::District);
    writeln!(out, "recap by kecamatan, closes: {}           {:>8.2} s CPU", recap.closes(), lap.lap())?;
    let canonical: usize = ledger.events().iter().map(|e| encode(e).len()).sum();
    writeln!(out, "canonical bytes                            {:>8.1} an event", canonical as f64 / events as f64)?;
    lap.lap();

    for file in ["bench.jsonl", "bench.db"] {
        let path = folder.join(file);
        drop(std::fs::remove_file(&path));
        drop(std::fs::remove_file(folder.join(format!("{file}.mark"))));
        let mut store = Store::open(&path, &name("kukar"))?;
        store.take_in(ledger.events())?;
        drop(store);
        let (cpu, bytes) = (lap.lap(), std::fs::metadata(&path)?.len());
        writeln!(
            out,
            "{file:<12} written whole                 {cpu:>8.2} s CPU, {:.0} MB, {} bytes an event",
            bytes as f64 / 1e6,
            bytes / events
        )?;
        let found = ledger::read(&path)?;
        writeln!(
            out,
            "{file:<12} read and verified             {:>8.2} s CPU, {} events, whole: {}",
            lap.lap(),
            found.events.len(),
            found.is_whole()
        )?;
        drop(found);
        lap.lap();
        let mut store = Store::open(&path, &name("kelurahan"))?;
        lap.lap();
        let clock = std::time::Instant::now();
        for entry in entries(events + 800).skip(usize::try_from(events)?) {
            store.append(vec![entry], rules)?;
        }
        writeln!(
            out,
            "{file:<12} 800 appends, each on the disk {:>8.2} s CPU, {:.1} ms each by the clock",
            lap.lap(),
            clock.elapsed().as_secs_f64() * 1e3 / 800.0
        )?;
        drop(store);
        for end in ["", ".mark", "-wal", "-shm"] {
            drop(std::fs::remove_file(folder.join(format!("{file}{end}"))));
        }
        lap.lap();
    }
    writeln!(out, "peak memory {} MiB", peak())?;
    Ok(())
}
