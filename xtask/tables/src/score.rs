//! `cargo xtask score <crosswalk.csv> <truth folder> [--detail]`: how well a run told persons and families apart, on a
//! register whose truth is known. The crosswalk has source,row,person_id,family_id; the folder has rows.csv (source, row,
//! pid, fid, twin, dup, faults) and people.csv (pid, fid, dob). `--detail` adds, per kind of damage, what was missed and what was
//! joined wrongly. The truth is for measuring, never an input of a run.

use crate::Outcome;
use bansos_linkage::measure::{Pairs, b_cubed, each_pair, pairs};
use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::path::Path;

type Fail = Box<dyn Error>;

struct Row {
    source: String,
    person: u32,
    family: u32,
    faults: Vec<String>,
    found_person: u32,
    found_family: u32,
}

/// Prints the measures; fails when a row of the truth is missing from the crosswalk.
pub(crate) fn run(args: &[String]) -> Outcome {
    let detail = args.iter().any(|a| a == "--detail");
    let paths: Vec<&String> = args.iter().filter(|a| !a.starts_with("--")).collect();
    let [crosswalk, truth] = paths.as_slice() else {
        return Err("usage: cargo xtask score <crosswalk.csv> <truth folder> [--detail]".into());
    };
    let rows = read(Path::new(crosswalk), Path::new(truth))?;
    let birthdays = birthdays(Path::new(truth))?;
    report(&rows, &birthdays, detail);
    Ok(())
}

/// Numbers for texts, in order of appearance.
#[derive(Default)]
struct Numbers(HashMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: &str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(text.to_owned()).or_insert(next)
    }
}

fn column(headers: &csv::StringRecord, name: &str) -> Result<usize, Fail> {
    headers
        .iter()
        .position(|h| h.trim_start_matches('\u{feff}') == name)
        .ok_or_else(|| format!("no column {name}").into())
}

fn read(crosswalk: &Path, truth: &Path) -> Result<Vec<Row>, Fail> {
    let mut reader = csv::Reader::from_path(crosswalk).map_err(|e| format!("{}: {e}", crosswalk.display()))?;
    let h = reader.headers()?.clone();
    let [s, r, p, f] = [column(&h, "source")?, column(&h, "row")?, column(&h, "person_id")?, column(&h, "family_id")?];
    let mut found: HashMap<(String, String), (String, String)> = HashMap::new();
    for record in reader.records() {
        let record = record?;
        let at = |i: usize| record.get(i).unwrap_or("").trim_start_matches('\'').to_owned();
        found.insert((at(s), at(r)), (at(p), at(f)));
    }
    let path = truth.join("rows.csv");
    let mut reader = csv::Reader::from_path(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let h = reader.headers()?.clone();
    let at: Vec<usize> =
        ["source", "row", "pid", "fid", "faults"].into_iter().map(|c| column(&h, c)).collect::<Result<_, _>>()?;
    let (mut persons, mut families) = (Numbers::default(), Numbers::default());
    let (mut rows, mut missing) = (Vec::new(), 0u32);
    for record in reader.records() {
        let record = record?;
        let get = |i: usize| at.get(i).and_then(|c| record.get(*c)).unwrap_or("");
        // a member row stands for a person; a family row does not
        let source = match get(0) {
            "regsosek_keluarga" => continue,
            "regsosek_anggota" => "regsosek",
            other => other,
        };
        let Some((person, family)) = found.get(&(source.to_owned(), get(1).to_owned())) else {
            missing += 1;
            continue;
        };
        // a quarantined row has no ids: it is alone
        let alone = format!("alone {source} {}", get(1));
        rows.push(Row {
            source: source.to_owned(),
            person: get(2).parse()?,
            family: get(3).parse()?,
            faults: get(4).split('|').filter(|f| !f.is_empty()).map(str::to_owned).collect(),
            found_person: persons.of(if person.is_empty() { &alone } else { person }),
            found_family: families.of(if family.is_empty() { &alone } else { family }),
        });
    }
    if missing > 0 {
        return Err(format!("{missing} rows of the truth are not in the crosswalk").into());
    }
    Ok(rows)
}

/// Family and birth date of each true person, to know twins by.
fn birthdays(truth: &Path) -> Result<HashMap<u32, String>, Fail> {
    let path = truth.join("people.csv");
    let mut reader = csv::Reader::from_path(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let h = reader.headers()?.clone();
    let [p, f, d] = [column(&h, "pid")?, column(&h, "fid")?, column(&h, "dob")?];
    let mut out = HashMap::new();
    for record in reader.records() {
        let record = record?;
        let get = |i: usize| record.get(i).unwrap_or("");
        out.insert(get(p).parse()?, format!("{} {}", get(f), get(d)));
    }
    Ok(out)
}

fn line(name: &str, p: Pairs) {
    let show = |x: Option<f64>| x.map_or("   -  ".to_owned(), |x| format!("{x:.4}"));
    println!(
        "{name:<26} true {:>8} found {:>8}  P {} R {} F1 {}  wrong {} missed {}",
        p.truth,
        p.found,
        show(p.precision()),
        show(p.recall()),
        show(p.f1()),
        p.found - p.both,
        p.truth - p.both
    );
}

fn report(rows: &[Row], birthdays: &HashMap<u32, String>, detail: bool) {
    let truth: Vec<u32> = rows.iter().map(|r| r.person).collect();
    let found: Vec<u32> = rows.iter().map(|r| r.found_person).collect();
    let source = |i: usize| rows.get(i).map_or("", |r| r.source.as_str());
    println!("{} person rows", rows.len());
    line("all", pairs(&truth, &found, |_, _| true));
    line("across sources", pairs(&truth, &found, |a, b| source(a) != source(b)));
    line("within a source", pairs(&truth, &found, |a, b| source(a) == source(b)));
    let mut sources: Vec<&str> = rows.iter().map(|r| r.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    for (i, x) in sources.iter().enumerate() {
        for y in sources.iter().skip(i) {
            let both =
                |a: usize, b: usize| (source(a) == *x && source(b) == *y) || (source(a) == *y && source(b) == *x);
            line(&format!("  {x} - {y}"), pairs(&truth, &found, both));
        }
    }
    let (p, r) = b_cubed(&truth, &found);
    println!("{:<26} P {p:.4} R {r:.4} F1 {:.4}", "B-cubed", 2.0 * p * r / (p + r));
    twins(rows, birthdays);
    let true_family: Vec<u32> = rows.iter().map(|r| r.family).collect();
    let found_family: Vec<u32> = rows.iter().map(|r| r.found_family).collect();
    line("families (row pairs)", pairs(&true_family, &found_family, |_, _| true));
    if detail {
        by_fault(rows, &truth, &found);
    }
}

/// Different persons of one family born on one day: how many pairs of them were made one.
fn twins(rows: &[Row], birthdays: &HashMap<u32, String>) {
    let mut numbers = Numbers::default();
    let day: Vec<u32> = rows
        .iter()
        .map(|r| numbers.of(birthdays.get(&r.person).map_or(&format!("unknown {}", r.person), |d| d)))
        .collect();
    let mut seen: BTreeMap<(u32, u32), bool> = BTreeMap::new();
    each_pair(&day, |a, b| {
        if let (Some(x), Some(y)) = (rows.get(a), rows.get(b))
            && x.person != y.person
        {
            let key = (x.person.min(y.person), x.person.max(y.person));
            *seen.entry(key).or_default() |= x.found_person == y.found_person;
        }
    });
    let merged = seen.values().filter(|m| **m).count();
    println!("{:<26} {} pairs of persons, {merged} made one", "twins", seen.len());
}

/// Per fault planted: true pairs with a row that has it, how many were missed, and how many pairs of two persons with such a
/// row were made one.
fn by_fault(rows: &[Row], truth: &[u32], found: &[u32]) {
    let mut count: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
    let faults = |a: usize, b: usize| -> Option<Vec<&str>> {
        let (x, y) = (rows.get(a)?, rows.get(b)?);
        let mut faults: Vec<&str> = x.faults.iter().chain(&y.faults).map(String::as_str).collect();
        faults.sort_unstable();
        faults.dedup();
        if faults.is_empty() {
            faults.push("(none)");
        }
        Some(faults)
    };
    each_pair(truth, |a, b| {
        for f in faults(a, b).unwrap_or_default() {
            let slot = count.entry(f).or_default();
            slot.0 += 1;
            slot.1 += u64::from(found.get(a) != found.get(b));
        }
    });
    let mut one_family = 0u64;
    each_pair(found, |a, b| {
        if truth.get(a) != truth.get(b) {
            one_family += u64::from(rows.get(a).map(|r| r.family) == rows.get(b).map(|r| r.family));
            for f in faults(a, b).unwrap_or_default() {
                count.entry(f).or_default().2 += 1;
            }
        }
    });
    for (fault, (all, missed, wrong)) in count {
        let share = 100.0 * missed as f64 / (all as f64).max(1.0);
        println!("  {fault:<24} {all:>7} pairs, {missed:>5} missed ({share:.2} %), {wrong:>5} wrong");
    }
    println!("  {one_family} of the wrong pairs are of one family");
}
