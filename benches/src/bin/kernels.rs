//! `cargo run --release -p bansos-benches --bin kernels -- <names.txt>`
//!
//! Million comparisons a CPU second of the string kernels, ours and those of the crates, one name to many and pair by pair,
//! over the names of a file (one a line). Prints one line of JSON; benches/compare/kernels.py puts it beside rapidfuzz in
//! C++ and DuckDB. The sums show that all kernels saw the same pairs and agree.

#![allow(clippy::print_stdout, reason = "a program of the bench")]

use bansos::text::metric::Pattern;
use bansos_benches::meter::processor;
use rapidfuzz::distance::{jaro_winkler, levenshtein, osa};
use serde_json::{Map, Value, json};
use std::hint::black_box;

/// Names that each of [`ONES`] is compared with.
const MANY: usize = 20_000;
const ONES: usize = 200;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: kernels <names.txt>")?;
    let text = std::fs::read_to_string(path)?;
    let names: Vec<&str> = text.lines().filter(|l| !l.is_empty()).collect();
    if names.len() < MANY {
        return Err(format!("at least {MANY} names").into());
    }
    let (ones, many) = (&names[..ONES], &names[names.len() - MANY..]);
    let mut out = Map::new();

    let mut p = Pattern::default();
    let mut ours = |name: &str, f: &dyn Fn(&Pattern, &[u8]) -> f64| {
        measure(&mut out, &format!("bansos {name}, one to many"), || {
            let mut sum = 0.0;
            for a in ones {
                p.set(a.as_bytes());
                sum += many.iter().map(|b| f(&p, black_box(b.as_bytes()))).sum::<f64>();
            }
            sum
        });
        measure(&mut out, &format!("bansos {name}, pair by pair"), || {
            let mut sum = 0.0;
            for i in 0..ONES {
                for (a, b) in many.iter().zip(many.iter().cycle().skip(i + 1)) {
                    p.set(a.as_bytes());
                    sum += f(&p, black_box(b.as_bytes()));
                }
            }
            sum
        });
    };
    ours("jaro_winkler", &|p, b| p.jaro_winkler(b));
    ours("levenshtein", &|p, b| f64::from(p.levenshtein(b)));
    ours("osa", &|p, b| f64::from(p.osa(b)));

    measure(&mut out, "rapidfuzz crate jaro_winkler, one to many", || {
        let mut sum = 0.0;
        for a in ones {
            let c = jaro_winkler::BatchComparator::new(a.bytes());
            sum += many.iter().map(|b| c.similarity(black_box(b).bytes())).sum::<f64>();
        }
        sum
    });
    measure(&mut out, "rapidfuzz crate levenshtein, one to many", || {
        let mut sum = 0.0;
        for a in ones {
            let c = levenshtein::BatchComparator::new(a.bytes());
            sum += many.iter().map(|b| c.distance(black_box(b).bytes()) as f64).sum::<f64>();
        }
        sum
    });
    measure(&mut out, "rapidfuzz crate osa, one to many", || {
        let mut sum = 0.0;
        for a in ones {
            let c = osa::BatchComparator::new(a.bytes());
            sum += many.iter().map(|b| c.distance(black_box(b).bytes()) as f64).sum::<f64>();
        }
        sum
    });
    println!("{}", Value::Object(out));
    Ok(())
}

fn measure(out: &mut Map<String, Value>, name: &str, mut work: impl FnMut() -> f64) {
    let before = processor();
    let sum = work();
    let seconds = (processor() - before).max(0.001);
    let millions = (ONES * MANY) as f64 / 1e6;
    out.insert(name.to_owned(), json!({ "millions_per_s": (millions / seconds * 10.0).round() / 10.0, "sum": sum }));
}
