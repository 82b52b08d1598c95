//! PKH and Sembako of many families with reasons, on the population that `benches/compare/eligibility.py` reads too.
//!
//! ```text
//! cargo run --release -p bansos-benches --bin eligibility -- 1000000 /tmp/families
//! target/bench-venv/bin/python benches/compare/eligibility.py /tmp/families
//! ```
//!
//! Prints CPU milliseconds (a busy machine does not tell on anybody), peak memory and the totals, which must be those of
//! every other engine.

use bansos::eligibility::{Batch, FamilyFacts, Flag, Flags, Outcome, PersonCode, Rules, Verdict};
use bansos::person::{Attendance, Presence, SchoolLevel, Sex};
use bansos::policy::Policy;
use bansos::{Date, Decile, date, programme};
use std::io::Write;
use std::path::Path;

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let a = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let b = (a ^ a >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        (b ^ b >> 31) % n
    }
}

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
    let mut r = Random(7);
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

/// The columns packed, as the column path of the library does it.
fn packed(p: &Population) -> Vec<PersonCode> {
    let level = [None, Some(SchoolLevel::Sd), Some(SchoolLevel::Smp), Some(SchoolLevel::Sma)];
    (0..p.birth_day.len())
        .map(|i| {
            let school = level[usize::from(p.school[i])];
            let attendance = if school.is_some() { Attendance::Attending } else { Attendance::Left };
            let sex = if p.pregnant[i] == 1 { Sex::Female } else { Sex::Male };
            PersonCode::born(p.birth_day[i])
                .with_sex(Some(sex))
                .with_presence(Some(Presence::Present))
                .with_registered(Some(true))
                .with_attendance(Some(attendance))
                .with_school_level(school)
                .with_pregnant(Some(p.pregnant[i] == 1))
                .with_pregnancy_order(Some(1))
                .with_severe_disability(Some(p.disabled[i] == 1))
                .with_rights_victim(Some(false))
                .with_flags(Flags::CLEAR.with(Flag::Asn, p.civil_servant[i] == 1))
        })
        .collect()
}

fn determine(batch: &mut Batch<'_>, p: &Population, people: &[PersonCode]) -> Vec<Verdict> {
    let mut head = FamilyFacts { registered: Some(true), ..FamilyFacts::default() };
    (0..p.decile.len())
        .map(|i| {
            head.decile = Decile::new(p.decile[i]);
            batch.verdict(&head, &people[p.offsets[i] as usize..p.offsets[i + 1] as usize])
        })
        .collect()
}

fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1e6
}

fn peak() -> String {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    text.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default().to_owned()
}

#[allow(clippy::print_stdout, reason = "this is a measurement for people")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let families = args.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let p = population(families);
    if let Some(folder) = args.next() {
        write(&p, Path::new(&folder))?;
    }
    println!("{families} families, {} persons; loaded {}", p.birth_day.len(), peak());
    let policy = Policy::builtin();
    for _ in 0..3 {
        let start = cpu();
        let people = packed(&p);
        let pack = cpu() - start;
        let mut line = format!("pack {pack:.0} ms");
        for id in ["pkh", "sembako"] {
            let programme = programme::builtin(id).ok_or("no such programme")?;
            let start = cpu();
            let rules = Rules::new(programme, ON, &policy)?;
            let answers = determine(&mut rules.batch(), &p, &people);
            let spent = cpu() - start;
            let year: i64 = answers.iter().map(|v| v.year.0).sum();
            let eligible = answers.iter().filter(|v| v.outcome == Outcome::Eligible).count();
            line += &format!("   {id} {spent:.0} ms, eligible {eligible}, Rp {year}");
        }
        println!("{line}   one thread; {}", peak());
    }
    Ok(())
}
