//! `cargo run --release -p bansos-benches --bin linkage -- <families> [heap per mille] [persons.csv]`
//!
//! Links a seeded population in three registers; prints rows, pairs, time and CPU time per stage, memory, and the measures
//! against the truth. With a third argument the persons are also written as CSV, for other tools to be given the same; a
//! fourth, `only`, stops there.

#![allow(clippy::print_stdout, reason = "a program of the bench")]

use bansos_benches::meter::{peak, processor, resident};
use bansos_benches::population::{Population, population};
use bansos_linkage::measure;
use bansos_linkage::register::{Blocking, Settings, link};
use bansos_linkage::watch::Progress;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::sync::Mutex;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let families = args.first().map_or(Ok(10_000), |a| a.parse())?;
    let heap = args.get(1).map_or(Ok(0), |a| a.parse())?;
    let data = population(families, heap, 42);
    println!("{families} families, {} persons, {} rows", data.people, data.persons.len());
    if let Some(path) = args.get(2) {
        write(&data, path)?;
        if args.get(3).is_some_and(|a| a == "only") {
            return Ok(());
        }
    }
    let (before, start) = (resident(), Instant::now());
    let cpu = processor();
    let last = Mutex::new((Instant::now(), cpu));
    let watch = |s: Progress| {
        if let Ok(mut last) = last.lock() {
            let now = (Instant::now(), processor());
            println!(
                "  before {:?} {}: {:.2} s, CPU {:.2} s",
                s.stage,
                s.done,
                now.0.duration_since(last.0).as_secs_f64(),
                now.1 - last.1
            );
            *last = now;
        }
        ControlFlow::Continue(())
    };
    let found = link(&data.persons, &data.families, &Settings::default(), &watch)?;
    println!("all: {:.2} s, CPU {:.2} s", start.elapsed().as_secs_f64(), processor() - cpu);
    println!("memory over the records: {} MiB (records {before} MiB)", peak().saturating_sub(before));
    let per_row = found.counts.compared as f64 / data.persons.len() as f64;
    println!("pairs compared {} ({per_row:.2} a row), edges {}", found.counts.compared, found.counts.edges);
    for r in &found.counts.rules {
        println!(
            "  {:<28} rows {:>9} pairs {:>10} split {:>6} largest {}",
            r.rule, r.rows, r.pairs, r.split, r.largest
        );
    }
    let blocking = Blocking::new(&data.persons, &data.families, &Settings::default());
    let (mut all, mut made) = (0u64, 0u64);
    measure::each_pair(&data.truth, |a, b| {
        all += 1;
        made += u64::from(blocking.makes(a as u32, b as u32));
    });
    println!("blocking recall {:.5} of {all} true pairs", made as f64 / all.max(1) as f64);
    let p = measure::pairs(&data.truth, &found.persons, |_, _| true);
    println!(
        "P {:.5} R {:.5} F1 {:.5}",
        p.precision().unwrap_or(0.0),
        p.recall().unwrap_or(0.0),
        p.f1().unwrap_or(0.0)
    );
    println!("families found {}", found.family_count);
    Ok(())
}

fn write(data: &Population, path: &str) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(path)?);
    writeln!(out, "unique_id,source,truth,nik,name,sex,birth,mother,card,village")?;
    for (i, (p, t)) in data.persons.iter().zip(&data.truth).enumerate() {
        let village = p.residence.village_name.as_deref().map(str::to_owned);
        let village =
            village.or_else(|| p.residence.region.map(|r| format!("DESA {}", r.number()))).unwrap_or_default();
        writeln!(
            out,
            "{i},{},{t},{},{},{},{},{},{},{village}",
            p.origin.source.word(),
            p.nik.value().map(|n| n.to_digits()).unwrap_or_default(),
            p.name.as_deref().unwrap_or(""),
            p.sex.map_or("", |s| s.word()),
            p.birth_date.map(|d| d.to_string()).unwrap_or_default(),
            p.mother_name.as_deref().unwrap_or(""),
            p.family_card.value().map(|n| n.to_digits()).unwrap_or_default(),
        )?;
    }
    out.flush()
}
