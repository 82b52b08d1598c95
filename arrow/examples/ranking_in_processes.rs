//! Deciles of families whose parts lie in different processes, as on a cluster: only bytes pass between them.
//!
//! ```text
//! cargo run --release -p bansos-arrow --example ranking_in_processes -- 300000
//! ```
//!
//! The coordinator sends its plan to every worker, merges what they answer, and sends the next plan until the cuts are
//! settled; then every worker writes the deciles of its own rows. For 1, 2, 7 and 64 parts the result is compared with the
//! ranking of all rows at once.
#![allow(clippy::print_stdout, reason = "an example tells what it did")]

use bansos::ranking::RankOptions;
use bansos_arrow::ranking::{Columns, Cuts, Groups, Plan, Round, Summary, rank_columns};
use std::error::Error;
use std::io::{Read, Write};
use std::ops::Range;
use std::process::{Command, Stdio};

const KABUPATEN: u32 = 514;

/// The invented families of a stretch of rows: score and kabupaten. On a cluster, a worker reads its own partition.
fn families(rows: Range<u64>) -> (Vec<f64>, Vec<u16>) {
    let mix = |n: u64| (n ^ n >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
    let score = |n: u64| (13.0 + (mix(n) % 4096) as f64 / 2048.0).exp().round();
    rows.map(|n| (score(n), (mix(n + 1) % u64::from(KABUPATEN)) as u16)).unzip()
}

/// Runs one step over some rows: `summarise` with a plan, or `assign` with the cuts.
fn work(step: &str, rows: Range<u64>, bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let (scores, kabupaten) = families(rows.clone());
    let groups = [Groups::All, Groups::U16 { ids: &kabupaten, count: KABUPATEN }];
    // no key column here: the place in the whole file orders equal scores, so each part says where it begins
    let part = Columns { first_row: rows.start, ..Columns::new(&scores).with_groups(&groups) };
    if step == "summarise" {
        return Ok(Plan::<f64>::from_bytes(bytes)?.summarise(&part)?.to_bytes());
    }
    Ok(Cuts::<f64>::from_bytes(bytes)?.assign(&part)?.concat())
}

/// Has a process of its own do it.
fn send(step: &str, rows: &Range<u64>, bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let [start, end] = [rows.start, rows.end].map(|n| n.to_string());
    let mut worker = Command::new(std::env::current_exe()?)
        .args([step, &start, &end])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    worker.stdin.take().ok_or("no way in")?.write_all(bytes)?;
    let answer = worker.wait_with_output()?;
    if answer.status.success() { Ok(answer.stdout) } else { Err("a worker failed".into()) }
}

/// Deciles national and by kabupaten, from so many parts.
fn in_parts(rows: u64, parts: u64) -> Result<[Vec<u8>; 2], Box<dyn Error>> {
    let parts: Vec<Range<u64>> = (0..parts).map(|n| rows * n / parts..rows * (n + 1) / parts).collect();
    let mut plan = Plan::<f64>::start(&RankOptions::default(), &[1, KABUPATEN]);
    let mut sent = 0;
    let cuts = loop {
        let bytes = plan.to_bytes();
        let mut all = plan.nothing();
        for part in &parts {
            let answer = send("summarise", part, &bytes)?;
            sent += bytes.len() + answer.len();
            all = all.merge(Summary::from_bytes(&answer)?)?;
        }
        match plan.advance(all)? {
            Round::Again(next) => plan = next,
            Round::Ready(cuts) => break cuts,
        }
    };
    let mut deciles = [Vec::new(), Vec::new()];
    for part in &parts {
        let answer = send("assign", part, &cuts.to_bytes())?;
        let (nation, kabupaten) = answer.split_at(answer.len() / 2);
        deciles[0].extend(nation);
        deciles[1].extend(kabupaten);
    }
    println!("{:>3} parts: {} rounds, {} kB between the processes", parts.len(), cuts.rounds(), sent / 1000);
    Ok(deciles)
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [step, start, end] = args.as_slice() {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes)?;
        std::io::stdout().write_all(&work(step, start.parse()?..end.parse()?, &bytes)?)?;
        return Ok(());
    }
    let rows = args.first().map_or(Ok(100_000), |n| n.parse())?;
    let (scores, kabupaten) = families(0..rows);
    let groups = [Groups::All, Groups::U16 { ids: &kabupaten, count: KABUPATEN }];
    let whole = rank_columns(&Columns::new(&scores).with_groups(&groups), &RankOptions::default())?;
    for parts in [1, 2, 7, 64] {
        let deciles = in_parts(rows, parts)?;
        if deciles.as_slice() != whole.as_slice() {
            return Err(format!("{parts} parts gave other deciles").into());
        }
    }
    println!("the same deciles as all {rows} rows at once");
    Ok(())
}
