//! Deciles of many families: time, CPU time and memory above the loaded columns, one line of JSON a case.
//!
//! `cargo bench -p bansos-benches --bench ranking -- [folder] [rows] [threads] [case]`: with a folder, the columns are read from
//! `score.f64`, `size.i32` and `group.u16` there (as `compare/ranking.py` writes them for all engines) and the deciles
//! are written beside them as `bansos_<case>.u8`; without, they are made here.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

use bansos::ranking::{By, RankOptions};
use bansos_arrow::ranking::{Columns, Groups, Sizes, rank_columns};
use std::path::PathBuf;
use std::time::Instant;

const KABUPATEN: u32 = 514;

/// Nanoseconds of CPU that all threads of this process have used.
fn cpu() -> u64 {
    let tasks = std::fs::read_dir("/proc/self/task").expect("Linux");
    let used = |task: std::io::Result<std::fs::DirEntry>| {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<u64>().ok()
    };
    tasks.filter_map(used).sum()
}

/// A line of /proc/self/status in KiB.
fn memory(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let found = status.lines().find_map(|l| l.strip_prefix(line)).expect("a line of the status");
    found.trim_start_matches(':').trim().trim_end_matches(" kB").parse().expect("a number")
}

struct Data {
    score: Vec<f64>,
    size: Vec<i32>,
    group: Vec<u16>,
    province: Vec<u16>,
}

fn read<T, const N: usize>(folder: &str, name: &str, of: fn([u8; N]) -> T) -> Vec<T> {
    let bytes = std::fs::read(PathBuf::from(folder).join(name)).expect("a column file");
    bytes.chunks_exact(N).map(|c| of(c.try_into().expect("whole values"))).collect()
}

impl Data {
    fn read(folder: &str) -> Self {
        let group = read(folder, "group.u16", u16::from_le_bytes);
        let province = group.iter().map(|g| g / 14).collect();
        let (score, size) =
            (read(folder, "score.f64", f64::from_le_bytes), read(folder, "size.i32", i32::from_le_bytes));
        Self { score, size, group, province }
    }

    /// Lognormal spending, a fifth of it rounded to a thousand rupiah; sizes 1 to 12; uneven groups.
    fn make(rows: usize) -> Self {
        let mut state = 1_u64;
        let mut dice = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let mut data = Self {
            score: Vec::with_capacity(rows),
            size: Vec::with_capacity(rows),
            group: Vec::with_capacity(rows),
            province: vec![],
        };
        for row in 0..rows {
            let normal = dice() + dice() + dice() + dice() - 2.0;
            let score = (13.8 + normal).exp();
            data.score.push(if row % 5 == 0 { (score / 1000.0).round() * 1000.0 } else { score.round() });
            data.size.push((1.0 + dice() * dice() * 12.0) as i32);
            let at = dice();
            data.group.push((at * at * f64::from(KABUPATEN)) as u16);
        }
        data.province = data.group.iter().map(|g| g / 14).collect();
        data
    }
}

/// The sum of all scores: what a single look at them costs on this machine at this moment.
fn one_pass(data: &Data) {
    let (mut wall, mut used) = (f64::MAX, f64::MAX);
    for _ in 0..5 {
        let (start, before) = (Instant::now(), cpu());
        let sums = data.score.chunks(8).fold([0.0; 8], |mut sums, chunk| {
            sums.iter_mut().zip(chunk).for_each(|(sum, score)| *sum += score);
            sums
        });
        std::hint::black_box(sums);
        (wall, used) = (wall.min(start.elapsed().as_secs_f64()), used.min((cpu() - before) as f64 / 1e9));
    }
    println!(
        r#"{{"engine":"one pass over the scores","case":"one_pass","rows":{},"threads":1,"wall":{wall:.4},"cpu":{used:.4},"peak_mib":0.0}}"#,
        data.score.len()
    );
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let folder = args.first().filter(|f| *f != "-");
    let rows = args.get(1).and_then(|r| r.parse().ok()).unwrap_or(1_000_000);
    let threads = args.get(2).and_then(|t| t.parse().ok()).unwrap_or(1);
    let data = folder.map_or_else(|| Data::make(rows), |f| Data::read(f));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let kabupaten = Groups::U16 { ids: &data.group, count: KABUPATEN };
    let province = Groups::U16 { ids: &data.province, count: 38 };
    one_pass(&data);
    let cases: [(&str, By, &[Groups<'_>]); 5] = [
        ("national", By::Families, &[Groups::All]),
        ("national_weighted", By::Persons, &[Groups::All]),
        ("kabupaten", By::Families, &[kabupaten]),
        ("kabupaten_weighted", By::Persons, &[kabupaten]),
        ("three_groupings", By::Families, &[Groups::All, province, kabupaten]),
    ];
    let only = args.get(3);
    for (name, by, groups) in cases {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let sizes = if by == By::Persons { Sizes::I32(&data.size, None) } else { Sizes::Unknown };
        let columns = Columns::new(&data.score).with_sizes(sizes).with_groups(groups);
        let options = RankOptions { by, ..RankOptions::default() };
        let mut best = (f64::MAX, f64::MAX, 0_u64);
        let mut result = Vec::new();
        for _ in 0..3 {
            result.clear();
            // forget the peak so far, so that the next one is this run's own
            let _ = std::fs::write("/proc/self/clear_refs", "5");
            let before = memory("VmRSS");
            let (wall, used) = (Instant::now(), cpu());
            result = pool.install(|| rank_columns(&columns, &options)).expect("sound columns");
            let (wall, used) = (wall.elapsed().as_secs_f64(), (cpu() - used) as f64 / 1e9);
            // later runs reuse what the first one freed, so the largest is the honest one
            best = (wall.min(best.0), used.min(best.1), best.2.max(memory("VmHWM").saturating_sub(before)));
        }
        println!(
            r#"{{"engine":"bansos","case":"{name}","rows":{},"threads":{threads},"wall":{:.4},"cpu":{:.4},"peak_mib":{:.1}}}"#,
            data.score.len(),
            best.0,
            best.1,
            best.2 as f64 / 1024.0,
        );
        if let (Some(folder), Some(parts)) = (folder, result.last()) {
            std::fs::write(PathBuf::from(folder).join(format!("bansos_{name}.u8")), parts)
                .expect("room for the result");
        }
    }
}
