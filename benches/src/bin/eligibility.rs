//! PKH and Sembako of many families with reasons, on the population that `benches/compare/eligibility.py` reads too.
//!
//! ```text
//! cargo run --release -p bansos-benches --bin eligibility -- 1000000
//! target/bench-venv/bin/python benches/compare/eligibility.py 1000000
//! ```
//!
//! The whole way is measured: Arrow tables of families and persons (flags of sixteen matches among them) to outcome, rupiah,
//! persons and reason codes of both programmes. One line of JSON for each number of threads: CPU seconds, seconds, the peak
//! of memory above the loaded tables, and the totals, which must be those of every other engine.
#![allow(clippy::indexing_slicing, reason = "a benchmark")]

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int8Array, RecordBatch, StringArray, UInt8Array, UInt32Array,
};
use arrow_schema::ArrowError;
use bansos::eligibility::{Outcome, Rules};
use bansos::person::Flag;
use bansos::plumbing::Random;
use bansos::policy::Policy;
use bansos::{Date, date, programme};
use bansos_arrow::eligibility::{Determined, Options, determine_columns};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const ON: Date = Date::constant(2025, 7, 1);

/// Plain columns, the same for every engine.
#[derive(Default)]
struct Population {
    /// First person of each family, and the end.
    offsets: Vec<u32>,
    decile: Vec<u8>,
    birth_day: Vec<i32>,
    /// 0 not at school, 1 SD, 2 SMP, 3 SMA.
    school: Vec<u8>,
    pregnant: Vec<u8>,
    disabled: Vec<u8>,
    civil_servant: Vec<u8>,
}

/// Families of 1 to 6. No person fits two components, so that engines without an assignment compute the same.
fn population(families: usize) -> Population {
    let mut r = Random::new(7);
    let mut p = Population { offsets: vec![0], ..Population::default() };
    let today = date::to_epoch_days(ON);
    for _ in 0..families {
        for _ in 0..=r.below(6) {
            let days = i32::try_from(r.below(80 * 365)).unwrap_or(0);
            let age = days / 366;
            p.birth_day.push(today - days);
            p.school.push(match age {
                8..=12 => 1,
                13..=15 => 2,
                16..=18 => 3,
                _ => 0,
            });
            let adult = (22..58).contains(&age);
            let pregnant = adult && age < 40 && r.below(40) == 0;
            p.pregnant.push(u8::from(pregnant));
            p.disabled.push(u8::from(adult && !pregnant && r.below(80) == 0));
            p.civil_servant.push(u8::from(adult && r.below(50) == 0));
        }
        p.offsets.push(u32::try_from(p.birth_day.len()).unwrap_or(u32::MAX));
        p.decile.push(u8::try_from(r.below(10) + 1).unwrap_or(1));
    }
    p
}

fn write(p: &Population, folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let put = |name: &str, bytes: Vec<u8>| std::fs::File::create(folder.join(name))?.write_all(&bytes);
    put("offsets.u32", p.offsets.iter().flat_map(|n| n.to_le_bytes()).collect())?;
    put("birth_day.i32", p.birth_day.iter().flat_map(|n| n.to_le_bytes()).collect())?;
    for (name, column) in [
        ("decile.u8", &p.decile),
        ("school.u8", &p.school),
        ("pregnant.u8", &p.pregnant),
        ("disabled.u8", &p.disabled),
        ("civil_servant.u8", &p.civil_servant),
    ] {
        put(name, column.clone())?;
    }
    Ok(())
}

/// The same columns as tables of the library.
fn tables(p: &Population) -> Result<(RecordBatch, RecordBatch), ArrowError> {
    let count = p.birth_day.len();
    let words = |keys: Vec<Option<i8>>, words: &[&str]| -> Result<ArrayRef, ArrowError> {
        let words = StringArray::from_iter_values(words);
        Ok(Arc::new(DictionaryArray::try_new(Int8Array::from(keys), Arc::new(words))?))
    };
    let truths =
        |column: &[u8]| -> ArrayRef { Arc::new(column.iter().map(|&b| Some(b == 1)).collect::<BooleanArray>()) };
    let all = |value: bool| -> ArrayRef { Arc::new(BooleanArray::from(vec![value; count])) };
    let rows = p.offsets.windows(2).zip(0..).flat_map(|(ends, family)| (ends[0]..ends[1]).map(move |_| family));
    let mut persons: Vec<(String, ArrayRef)> = vec![
        ("family_row".into(), Arc::new(UInt32Array::from_iter_values(rows))),
        ("birth_date".into(), Arc::new(Date32Array::from(p.birth_day.clone()))),
        ("sex".into(), words(p.pregnant.iter().map(|&w| Some(i8::from(w == 0))).collect(), &["female", "male"])?),
        ("presence".into(), words(vec![Some(0); count], &["present"])?),
        ("registered".into(), all(true)),
        (
            "attendance".into(),
            words(p.school.iter().map(|&s| Some(i8::from(s == 0))).collect(), &["attending", "left"])?,
        ),
        (
            "school_level".into(),
            words(p.school.iter().map(|&s| s.checked_sub(1).map(|k| k as i8)).collect(), &["sd", "smp", "sma"])?,
        ),
        ("pregnant".into(), truths(&p.pregnant)),
        ("pregnancy_order".into(), Arc::new(Int8Array::from(vec![1; count]))),
        ("severe_disability".into(), truths(&p.disabled)),
        ("rights_victim".into(), all(false)),
    ];
    for flag in Flag::ALL {
        let column = if *flag == Flag::Asn { truths(&p.civil_servant) } else { all(false) };
        persons.push((format!("flag_{}", flag.word()), column));
    }
    let families = [
        ("decile", Arc::new(UInt8Array::from(p.decile.clone())) as ArrayRef),
        ("registered", Arc::new(BooleanArray::from(vec![true; p.decile.len()]))),
    ];
    Ok((RecordBatch::try_from_iter(families)?, RecordBatch::try_from_iter(persons)?))
}

/// Nanoseconds of CPU that all threads of this process have used.
fn cpu() -> u64 {
    let used = |task: std::io::Result<std::fs::DirEntry>| {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    };
    std::fs::read_dir("/proc/self/task").map_or(0, |tasks| tasks.filter_map(used).sum())
}

fn memory(line: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|l| l.starts_with(line)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

#[allow(clippy::print_stdout, reason = "this is a measurement")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let families = args.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let folder = args.next();
    let p = population(families);
    if let Some(folder) = folder.filter(|f| f != "-") {
        write(&p, Path::new(&folder))?;
    }
    let (heads, persons) = tables(&p)?;
    drop(p);
    let policy = Policy::builtin();
    for threads in [1, 2] {
        // threads that outlive the work: the time of one that has ended is told nowhere
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let (mut used, mut wall, mut peak, mut answer) = (u64::MAX, f64::MAX, 0, [0; 4]);
        for _ in 0..3 {
            // forget the peak so far, so that the next one is this run's own
            std::fs::write("/proc/self/clear_refs", "5")?;
            let (before, start, clock) = (memory("VmRSS"), cpu(), Instant::now());
            // the rules are read from the policy anew: that belongs to the work
            let rules: Vec<Rules> = ["pkh", "sembako"]
                .iter()
                .map(|id| Ok(Rules::new(programme::builtin(id).ok_or("no such programme")?, ON, &policy)?))
                .collect::<Result<_, Box<dyn std::error::Error>>>()?;
            let rules: Vec<&Rules> = rules.iter().collect();
            let answers = pool.install(|| determine_columns(&rules, &heads, &persons, &Options::default()))?;
            (used, wall) = (used.min(cpu() - start), wall.min(clock.elapsed().as_secs_f64()));
            // later runs reuse what the first one freed, so the largest is the honest one
            peak = peak.max(memory("VmHWM").saturating_sub(before));
            let of = |d: &Determined| {
                let eligible = d.outcome.values().iter().filter(|o| **o == Outcome::Eligible as u8).count();
                [eligible as i64, d.year.values().iter().sum()]
            };
            let [pkh, sembako] = [of(&answers[0]), of(&answers[1])];
            answer = [pkh[0], pkh[1], sembako[0], sembako[1]];
        }
        println!(
            r#"{{"engine":"bansos, {threads} thread{}","cpu":{:.4},"wall":{wall:.4},"mib":{:.1},"answer":{answer:?}}}"#,
            if threads == 1 { "" } else { "s" },
            used as f64 / 1e9,
            peak as f64 / 1024.0,
        );
    }
    Ok(())
}
