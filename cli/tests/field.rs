//! Files as offices have them, from public reports: `field/cases/<id>/in` as they come, `expected.json` what is right. A case
//! stands for its kind; the tests beside the readers look at the kind from other sides.

mod common;

use common::{bansos, csv_rows, json, text};
use parquet::file::reader::SerializedFileReader;
use parquet::record::Field;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What is not right yet. A case that comes right fails until its line goes.
const OPEN: &[&str] = &[];

/// What has to be said, by its word in the cases: any of these, in any letters.
const SAID: &[(&str, &[&str])] = &[
    ("month_first", &["bulan di depan", "month first"]),
    ("last_digit", &["digit terakhir", "last digit"]),
    ("float", &["float", "bilangan", "fifteen"]),
    ("exchanged", &["tertukar", "exchanged"]),
    ("formula", &["rumus", "formula"]),
    ("heads", &["household.heads"]),
    ("family_unknown", &["household.family_unknown"]),
    ("recipient_unregistered", &["kpm.recipient_unregistered"]),
    ("recipient_twice", &["kpm.recipient_twice"]),
];

fn says(said: &str, what: &Value) -> bool {
    let said = said.to_lowercase();
    what.as_str().unwrap().split(" or ").any(|word| {
        let (_, any) = SAID.iter().find(|(known, _)| *known == word).unwrap_or_else(|| panic!("no words for {word}"));
        any.iter().any(|text| said.contains(text))
    })
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field/cases");
    let mut all: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

/// Every case of a kind, by the letter it begins with.
fn kind(letter: &str) {
    let mut wrong = Vec::new();
    let mut ran = 0;
    for case in cases() {
        let id = case.file_name().unwrap().to_string_lossy().into_owned();
        if id.split('-').next() != Some(letter) {
            continue;
        }
        ran += 1;
        let faults = check(&case);
        match (faults.is_empty(), OPEN.contains(&id.as_str())) {
            (false, false) => wrong.push(format!("{id}: {}", faults.join("; "))),
            (true, true) => wrong.push(format!("{id} is right now and stands among the open ones")),
            _ => {}
        }
    }
    assert!(ran > 0 && wrong.is_empty(), "{}", wrong.join("\n"));
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident: $letter:literal;)*) => { $($(#[$meta])* #[test] fn $name() { kind($letter); })* };
}

kinds! {
    dates_in_words_and_years_alone: "A";
    the_first_day_of_1904: "B";
    damage_of_a_whole_column: "C";
    numbers_that_lost_digits: "D";
    columns_of_every_kind: "E";
    every_visible_sheet: "F";
    totals_signatures_and_remarks: "G";
    the_layout_that_reads_what_matters: "H";
    headers_with_hints_and_in_several_rows: "I";
    knowing_more_never_finds_fewer: "J";
    the_content_decides_what_a_file_is: "K";
    what_dresses_a_cell: "L";
    rows_short_of_empty_cells: "M";
    heads_and_unknown_families: "N";
    names_of_clusters: "O";
    the_most_exact_part_of_a_place: "P";
    official_deciles: "W1";
    lists_of_every_office: "W2";
    a_workbook_as_an_office_writes_it: "W3";
    columns_damaged_twice: "W4";
    villages: "W5";
}

fn check(case: &Path) -> Vec<String> {
    let right = json(&case.join("expected.json"));
    let out = tempfile::tempdir().unwrap();
    match right["command"].as_str().unwrap() {
        "run" => run(case, &right, &out.path().join("out")),
        "dedupe" => dedupe(case, &right, &out.path().join("out")),
        "region_code" => region_code(case, &right, &out.path().join("out.csv")),
        "region_name" => region_name(case, &right, &out.path().join("out.csv")),
        other => vec![format!("no such command: {other}")],
    }
}

type Row = BTreeMap<String, Value>;

fn parquet_rows(path: &Path) -> Vec<Row> {
    let file = std::fs::File::open(path).unwrap();
    let value = |field: &Field| match field {
        Field::Null => Value::Null,
        Field::Bool(yes) => json!(yes),
        Field::Int(n) => json!(n),
        Field::Long(n) => json!(n),
        Field::Str(text) => json!(text),
        Field::Date(days) => json!(bansos::date::from_epoch_days(*days).unwrap().to_string()),
        other => json!(other.to_string()),
    };
    let rows = SerializedFileReader::new(file).unwrap().into_iter().map(Result::unwrap);
    rows.map(|row| row.get_column_iter().map(|(name, field)| (name.clone(), value(field))).collect()).collect()
}

/// A CSV by the names of its columns.
fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut rows = csv_rows(path).into_iter();
    let header = rows.next().unwrap_or_default();
    rows.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// `n`, or between `[a, b]`.
fn counts(faults: &mut Vec<String>, name: &str, have: u64, want: &Value) {
    let fits = match want {
        Value::Null => true,
        Value::Array(range) => (range[0].as_u64().unwrap()..=range[1].as_u64().unwrap()).contains(&have),
        number => number.as_u64() == Some(have),
    };
    if !fits {
        faults.push(format!("{name} {have} for {want}"));
    }
}

struct Written {
    screen: String,
    summary: Value,
    findings: Vec<BTreeMap<String, String>>,
    persons: BTreeMap<String, Row>,
    families: BTreeMap<String, Row>,
    decisions: Vec<Row>,
    /// Persons by row, where one table was read.
    by_row: BTreeMap<u64, String>,
    review: BTreeSet<(u64, u64)>,
    all: String,
}

impl Written {
    fn open(out: &Path, screen: String) -> Self {
        let key = |rows: Vec<Row>, key: &str| -> BTreeMap<String, Row> {
            rows.into_iter().map(|row| (row[key].as_str().unwrap().to_owned(), row)).collect()
        };
        let mut all = screen.clone();
        for entry in std::fs::read_dir(out).unwrap() {
            all += &text(&std::fs::read(entry.unwrap().path()).unwrap_or_default());
        }
        let number = |row: &BTreeMap<String, String>, name: &str| row.get(name)?.parse::<u64>().ok();
        let by_row = table(&out.join("crosswalk.csv"));
        let by_row = by_row.iter().filter(|r| !r["person_id"].is_empty());
        let review = table(&out.join("review.csv"));
        let review = review.iter().filter_map(|r| Some((number(r, "row_a")?, number(r, "row_b")?)));
        Self {
            summary: json(&out.join("summary.json")),
            findings: table(&out.join("findings.csv")),
            persons: key(parquet_rows(&out.join("persons.parquet")), "person_id"),
            families: key(parquet_rows(&out.join("families.parquet")), "family_id"),
            decisions: parquet_rows(&out.join("decisions.parquet")),
            by_row: by_row.map(|r| (number(r, "row").unwrap(), r["person_id"].clone())).collect(),
            review: review.flat_map(|(a, b)| [(a, b), (b, a)]).collect(),
            screen,
            all,
        }
    }

    fn person(&self, wanted: &Value) -> Option<&Row> {
        let mut named = self.persons.values().filter(|p| p["name"] == wanted["name"]);
        match (named.next(), named.next()) {
            (Some(only), None) => Some(only),
            _ => self.persons.get(self.by_row.get(&wanted["row"].as_u64()?)?),
        }
    }

    fn family(&self, id: Option<&String>, name: &str) -> Value {
        let Some(family) = id.and_then(|id| self.families.get(id)) else { return Value::Null };
        let text = |name: &str| family[name].as_str().unwrap_or_default();
        match name {
            "card" => family["family_card"].clone(),
            "stated_decile" => {
                let first = text("stated_deciles").split([' ', '=']).nth(1);
                first.and_then(|d| d.parse::<u64>().ok()).map_or(Value::Null, |d| json!(d))
            }
            "decided" => {
                let of = |d: &&Row| {
                    d["family_id"].as_str() == id.map(String::as_str)
                        && matches!(d["programme"].as_str(), Some("pkh" | "sembako"))
                };
                let open = |d: &Row| d["missing"].as_str().unwrap_or_default().contains("decile");
                json!(!self.decisions.iter().filter(of).any(open))
            }
            other => family[other].clone(),
        }
    }
}

fn run(case: &Path, right: &Value, out: &Path) -> Vec<String> {
    let day = right["as_of"].as_str().unwrap();
    let ran = bansos().arg("run").arg(case.join("in")).arg("--out").arg(out).args(["--as-of", day]).output();
    let screen = text(&ran.stdout) + &text(&ran.stderr);
    if let (Some(3), Value::Array(any)) = (ran.status.code(), &right["refuse_ok"]) {
        return any.iter().filter(|word| !says(&screen, word)).map(|w| format!("refused without {w}")).collect();
    }
    if !ran.status.success() {
        return vec![screen];
    }
    let result = Written::open(out, screen);
    let mut faults = Vec::new();
    let files = result.summary["files"].as_array().unwrap();
    let sum = |name: &str| files.iter().map(|f| f[name].as_u64().unwrap()).sum::<u64>();
    counts(&mut faults, "accepted", sum("accepted"), &right["accepted"]);
    counts(&mut faults, "quarantined", sum("quarantined"), &right["quarantined"]);
    counts(&mut faults, "persons", result.persons.len() as u64, &right["persons_total"]);
    counts(&mut faults, "families", result.families.len() as u64, &right["families_total"]);
    people(&result, right, &mut faults);
    sentences(case, &result, right, &mut faults);
    if let Some(pairs) = right["linked"]["pairs"].as_array() {
        let found = |pair: &&Value| {
            let (a, b) = (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap());
            result.by_row.get(&a) == result.by_row.get(&b) || result.review.contains(&(a, b))
        };
        let found = pairs.iter().filter(found).count();
        if (found as f64) < right["linked"]["recall"].as_f64().unwrap() * pairs.len() as f64 {
            faults.push(format!("linked {found} of {}", pairs.len()));
        }
    }
    faults
}

fn people(result: &Written, right: &Value, faults: &mut Vec<String>) {
    let mut groups: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for wanted in right["persons"].as_array().into_iter().flatten() {
        let Some(person) = result.person(wanted) else {
            faults.push(format!("nobody is {}", wanted["name"]));
            continue;
        };
        for name in ["nik", "birth_date", "sex", "relation"] {
            let fits = match &wanted[name] {
                _ if wanted.get(name).is_none() => true,
                Value::Array(any) => any.contains(&person[name]),
                one => *one == person[name],
            };
            if !fits {
                faults.push(format!("{} {name} {} for {}", wanted["name"], person[name], wanted[name]));
            }
        }
        if let Some(group) = wanted["family"].as_str() {
            groups.entry(group).or_default().insert(person["family_id"].as_str().unwrap_or_default().to_owned());
        }
    }
    let all: BTreeSet<&String> = groups.values().flatten().collect();
    if groups.values().any(|ids| ids.len() != 1) || all.len() != groups.len() {
        faults.push(format!("families are split or joined: {groups:?}"));
    }
    if right["not_one_family"] == true {
        let ids: Vec<&Value> = result.persons.values().map(|p| &p["family_id"]).collect();
        if ids.iter().map(|id| id.as_str()).collect::<BTreeSet<_>>().len() != ids.len() {
            faults.push("some share a family".to_owned());
        }
    }
    for wanted in right["families"].as_array().into_iter().flatten() {
        let id = wanted["family"].as_str().and_then(|group| groups.get(group)?.first());
        for (name, value) in wanted.as_object().unwrap().iter().filter(|(name, _)| *name != "family") {
            let have = result.family(id, name);
            if have != *value {
                faults.push(format!("{} {name} {have} for {value}", wanted["family"]));
            }
        }
    }
}

fn sentences(case: &Path, result: &Written, right: &Value, faults: &mut Vec<String>) {
    let list = |name: &str| right[name].as_array().into_iter().flatten();
    let of = |whole: bool| -> String {
        let rows = result.findings.iter().filter(|f| !whole || f["row"].is_empty());
        rows.map(|f| format!("{} {} {}\n", f["code"], f["pesan"], f["message"])).collect()
    };
    let read = bansos().arg("read").arg(case.join("in")).succeeds();
    for word in list("says") {
        for (place, said) in [
            ("on the screen", &result.screen),
            ("in summary.json", &result.summary.to_string()),
            ("in findings.csv", &of(true)),
            ("by read", &read),
        ] {
            if !says(said, word) {
                faults.push(format!("{word} is not said {place}"));
            }
        }
    }
    faults.extend(list("findings").filter(|w| !says(&of(false), w)).map(|w| format!("no finding says {w}")));
    faults.extend(list("anywhere").filter(|w| !says(&result.all, w)).map(|w| format!("nothing says {w}")));
}

fn dedupe(case: &Path, right: &Value, out: &Path) -> Vec<String> {
    let dedupe = bansos().arg("dedupe").arg(case.join("in/tabel.csv")).arg("--settings");
    dedupe.arg(case.join("in/settings.json")).arg("--out").arg(out).succeeds();
    let rows = table(&out.join("clusters.csv"));
    let names: BTreeSet<&String> = rows.iter().map(|r| &r["cluster_id"]).collect();
    let mut faults = Vec::new();
    counts(&mut faults, "rows", rows.len() as u64, &right["dedupe"]["rows"]);
    counts(&mut faults, "clusters", names.len() as u64, &right["dedupe"]["base"]);
    faults
}

fn only_file(case: &Path) -> PathBuf {
    std::fs::read_dir(case.join("in")).unwrap().next().unwrap().unwrap().path()
}

fn region_code(case: &Path, right: &Value, out: &Path) -> Vec<String> {
    let code = bansos().args(["region", "code"]).arg(only_file(case)).arg("--out").arg(out);
    code.args(["--province", "prov", "--regency", "kab", "--district", "kec"]).succeeds();
    let full_is_wrong = right["region_code"]["full_score_is_wrong"] == true;
    let wanted = right["region_code"]["codes"].as_array().unwrap();
    let fits = |(row, want): &(BTreeMap<String, String>, &Value)| {
        row["region_code"].replace('.', "") == want.as_str().unwrap()
            && !(full_is_wrong && row["region_score"] == "1000")
    };
    let rows = table(out).into_iter().zip(wanted);
    rows.filter(|pair| !fits(pair)).map(|(row, want)| format!("{} for {want}", row["region_code"])).collect()
}

fn region_name(case: &Path, right: &Value, out: &Path) -> Vec<String> {
    bansos().args(["region", "name"]).arg(only_file(case)).arg("--out").arg(out).args(["--column", "kode"]).succeeds();
    let rows: BTreeMap<String, BTreeMap<String, String>> =
        table(out).into_iter().map(|r| (r["id"].clone(), r)).collect();
    let right = &right["region_name"];
    let mut faults = Vec::new();
    for (id, name) in right["district"].as_object().into_iter().flatten() {
        if !rows[id]["district"].contains(name.as_str().unwrap()) {
            faults.push(format!("{id} is no {name}"));
        }
    }
    for id in right["said"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if rows[id]["region_status"].is_empty() {
            faults.push(format!("nothing is said of {id}"));
        }
    }
    for (id, text) in right["anywhere"].as_object().into_iter().flatten() {
        if !rows[id].values().any(|cell| cell.contains(text.as_str().unwrap())) {
            faults.push(format!("{id}: no {text}"));
        }
    }
    faults
}
