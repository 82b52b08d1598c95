//! Nothing that stands in a register leaves by a way that is not for persons: a name, a number and an address are planted in every
//! column, and every command that reads data is run over them, whole and spoilt. What each command says and writes is searched.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test")]

mod common;

use bansos_registers::table::{Row, Table};
use common::{bansos, text};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A name, a number and an address that stand in every column of the registers below.
const PLANTED: [&str; 3] = ["ZZUMIQ QXAYAN", "3508106710479777", "JL QWXZADDR RT 77"];
/// What none of the texts searched may hold, in any case: parts of the planted values that nothing else has.
const TRACES: [&str; 6] = ["zzumiq", "qxayan", "qwxzaddr", "3508106710479777", "350810671047", "6710479777"];

/// Files that are documented to hold persons, and why.
const OF_PERSONS: [(&str, &str); 5] = [
    ("persons.parquet", "the persons themselves"),
    ("families.parquet", "addresses and places as the registers write them"),
    ("state.bin", "the values compared, kept on request to add rows later"),
    ("piped.csv", "columns that a command on columns hands on as they are"),
    ("buku.jsonl", "the ledger: the ids that the office itself gives its subjects"),
];
/// Commands whose standard output is documented to hold persons, and why.
const SHOWS_PERSONS: [(&str, &str); 1] = [("review", "two rows side by side, for a clerk to decide")];

const COLUMNS: [&str; 18] = [
    "IDDTKS",
    "PROVINSI",
    "KABUPATEN",
    "KECAMATAN",
    "KELURAHAN",
    "ALAMAT",
    "NOKK",
    "NIK",
    "NAMA",
    "TEMPAT_LAHIR",
    "TGL_LAHIR",
    "JENIS_KELAMIN",
    "NAMA_IBU_KANDUNG",
    "HUB_KELUARGA",
    "PEKERJAAN",
    "PKH",
    "BPNT",
    "BST",
];

fn row(i: usize) -> Vec<String> {
    let (day, serial) = (i % 28 + 1, 9001 + i);
    let cells = format!(
        "35081600{i:03};JAWA TIMUR;KABUPATEN LUMAJANG;SENDURO;KANDANGTEPUS;Dusun Krajan;350816120115{serial};\
         350816{day:02}0180{serial};ORANG KE{i};LUMAJANG;{day:02}/01/1980;LAKI-LAKI;IBU KE{i};KEPALA KELUARGA;PETANI;TIDAK;YA;TIDAK"
    );
    cells.split(';').map(str::to_owned).collect()
}

/// Sound rows; rows with each planted value in each column; and rows that share it in all columns of one kind.
fn rows() -> Vec<Vec<String>> {
    // first a row without any digit: where the header is lacking, it is taken for one
    let mut first = vec![PLANTED[0].to_owned(); COLUMNS.len()];
    first[5] = "JL QWXZADDR".to_owned();
    let mut all = vec![first];
    all.extend((1..12).map(row));
    for column in 0..COLUMNS.len() {
        for planted in PLANTED {
            let mut cells = row(all.len());
            cells[column] = planted.to_owned();
            all.push(cells);
        }
    }
    // as many as a report shows, in one column of places after another, and in all of them
    for places in [vec![4], vec![3, 4], vec![1, 2, 3, 4]] {
        for planted in PLANTED {
            for _ in 0..7 {
                let mut cells = row(all.len());
                places.iter().for_each(|column| cells[*column] = planted.to_owned());
                all.push(cells);
            }
        }
    }
    all
}

/// The ways in which a register is spoilt. Each makes the text of a file.
const SPOILT: [(&str, fn() -> String); 6] = [
    ("whole", || table(true, rows())),
    ("shifted", || table(true, rows().into_iter().map(shifted).collect())),
    ("swapped", || table(true, rows().into_iter().map(swapped).collect())),
    ("headless", || table(false, rows())),
    ("glued", || table(true, rows()).replacen('\n', ";", 1)),
    ("damaged", || {
        let text = table(true, rows());
        let cut = |(i, line): (usize, &str)| match i % 4 {
            1 => line.get(..line.len() / 2).unwrap_or(line).to_owned(),
            2 => line.replacen(';', ";\"", 1),
            3 => format!("{line};{};\u{1b}[2J;\0", PLANTED[0]),
            _ => line.to_owned(),
        };
        text.lines().enumerate().map(cut).collect::<Vec<_>>().join("\n")
    }),
];

fn shifted(mut cells: Vec<String>) -> Vec<String> {
    cells.rotate_right(1);
    cells
}

fn swapped(mut cells: Vec<String>) -> Vec<String> {
    for (a, b) in [(3, 8), (4, 12), (6, 7), (5, 9), (0, 7), (10, 16)] {
        cells.swap(a, b);
    }
    cells
}

fn table(header: bool, rows: Vec<Vec<String>>) -> String {
    let header = if header { COLUMNS.join(";") + "\n" } else { String::new() };
    header + &rows.iter().map(|cells| cells.join(";") + "\n").collect::<String>()
}

/// A folder in which everything that commands read holds planted values.
struct Scene {
    dir: tempfile::TempDir,
    spoilt: &'static str,
}

impl Scene {
    fn new(spoilt: &'static str, text: &str) -> Self {
        let scene = Self { dir: tempfile::tempdir().unwrap(), spoilt };
        let at = |name: &str| scene.at(name);
        fs::create_dir(at("reg")).unwrap();
        fs::write(at("reg/dtks.csv"), text).unwrap();
        // a name that is an identifier, and steers a terminal
        fs::write(at(&format!("reg/{}_\u{1b}[2J\u{202e}.csv", PLANTED[1])), table(true, rows())).unwrap();
        fs::write(at("tabel.csv"), text).unwrap();
        fs::write(at("kunci"), (7..47).collect::<Vec<u8>>()).unwrap();
        fs::write(at("tautan.json"), SETTINGS).unwrap();
        let [name, number, address] = PLANTED;
        let lines = [
            format!("{{\"decile\": \"{name}\", \"members\": []}}"),
            format!("{{\"decile\": 2, \"{name}\": 1, \"members\": []}}"),
            format!("{{\"decile\": 2, \"members\": [{{\"birth_date\": \"{address}\"}}]}}"),
            format!("{name};{number}"),
        ];
        for (i, line) in lines.iter().enumerate() {
            fs::write(at(&format!("keluarga{i}.jsonl")), line).unwrap();
        }
        let sound = serde_json::json!({
            "subject": { "kind": "household", "id": "R1" }, "place": { "scheme": "kemendagri", "code": "6402012001" },
            "on": "2022-08-01", "role": "dinsos", "actor": "K-01", "workflow": "kukar-2022", "stage": "daftar-awal",
            "act": "listed",
        });
        let fields = ["/subject/id", "/place/code", "/on", "/actor", "/workflow", "/stage", "/act", "/lain"];
        for (i, field) in fields.into_iter().enumerate() {
            let mut entry = sound.clone();
            entry["lain"] = entry["on"].clone();
            *entry.pointer_mut(field).unwrap() = PLANTED[i % 3].into();
            if field != "/lain" {
                entry.as_object_mut().unwrap().remove("lain");
            }
            fs::write(at(&format!("entri{i}.jsonl")), entry.to_string() + "\n").unwrap();
        }
        scene
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs a command; words that begin with `@` are files of the scene. Whatever it wrote is searched, and so is what it said.
    fn run(&self, command: &str, json: bool) {
        let words = command.split_whitespace().map(|word| match word.strip_prefix('@') {
            Some(name) => self.at(name),
            None => PathBuf::from(word),
        });
        let mut run = bansos().args(words);
        run.0.env("RUST_LOG", "trace").arg("-vv").stdin(std::process::Stdio::null());
        if json {
            run.0.arg("--json");
        }
        let out = run.output();
        let what = format!("{}: {command}", self.spoilt);
        let told = matches!(out.status.code(), Some(0 | 2..=5));
        assert!(told, "{what}: {:?} {}", out.status, text(&out.stderr));
        search(&what, "standard error", &text(&out.stderr));
        if !SHOWS_PERSONS.iter().any(|(name, _)| command.starts_with(name)) {
            search(&what, "standard output", &text(&out.stdout));
        }
        for name in ["hasil", "taut", "kelompok", "rekap", "lampiran", "rencana"] {
            search_folder(&what, &self.at(name));
        }
        for name in [
            "tata.toml",
            "sandi.csv",
            "pasangan.csv",
            "tempat.csv",
            "desil.csv",
            "laporan.html",
            "putusan.csv",
            "keluar.csv",
        ] {
            search_file(&what, &self.at(name));
        }
    }
}

fn search(command: &str, place: &str, found: &str) {
    let lower = found.to_lowercase();
    for trace in TRACES {
        let at = lower.find(trace);
        let near = at.map(|at| lower.get(at.saturating_sub(120)..at + 40).unwrap_or(&lower)).unwrap_or_default();
        assert!(at.is_none(), "{command}: {place} holds a planted value: …{near}…");
    }
    let steers =
        |c: char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!found.chars().any(steers), "{command}: {place} holds a character that steers a terminal");
}

fn search_folder(command: &str, folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        search(command, "a file's name", &path.file_name().unwrap().to_string_lossy());
        if path.is_dir() { search_folder(command, &path) } else { search_file(command, &path) }
    }
}

fn search_file(command: &str, path: &Path) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    if path.exists() && !OF_PERSONS.iter().any(|(known, _)| *known == name) {
        search(command, &name, &content(path));
    }
}

/// What a file says; of a packed one, cell by cell.
fn content(path: &Path) -> String {
    if !path.extension().is_some_and(|ending| ending == "parquet" || ending == "xlsx") {
        return String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    }
    // a table without a row has nothing to search
    let Ok(table) = Table::open(path) else { return String::new() };
    // a list of sources is no text of a cell
    let columns: Vec<_> = (1..=table.width()).filter_map(|n| table.column(&n.to_string()).ok()).collect();
    assert!(columns.len() * 10 > table.width() * 8, "most columns of {} are searched", path.display());
    let cells = |row: Row| columns.iter().map(|column| row.text(*column).into_owned()).collect::<Vec<_>>().join(" ");
    table.rows().unwrap().map(|row| cells(row.unwrap()) + "\n").collect()
}

const SETTINGS: &str = r#"{ "blocking": [[{ "column": "KECAMATAN" }]], "prior": 0.01, "comparisons": [{ "name": "nama",
    "levels": [{ "label": "equal", "when": { "exact": { "column": "NAMA" } }, "m": 0.9, "u": 0.01 },
               { "label": "else", "when": "else", "m": 0.1, "u": 0.99 }] }] }"#;

/// Every command that reads data, in the order in which one needs what another wrote. A command may be called in several ways.
const COMMANDS: &[(&str, &[&str])] = &[
    (
        "run",
        &[
            "run @reg --out @hasil --as-of 2026-01-01",
            "run @reg --out @x --overlay @tabel.csv",
            "run @reg --out @x --layout @tabel.csv",
            "run @reg --out @x --ledger @tabel.csv",
            "run @tidakada-3508106710479777 --out @x",
            "run @tabel.csv --out @x",
        ],
    ),
    ("read", &["read @reg --as-of 2026-01-01", "read @reg --as-of 3508106710479777", "read @reg --layout @tata.toml"]),
    ("layout new", &["layout new @tabel.csv --out @tata.toml", "layout new @tabel.csv --out @tata.toml"]),
    (
        "link",
        &[
            "link @reg --out @taut --as-of 2026-01-01",
            "link @reg --count",
            "link @reg --out @x --settings @tabel.csv",
            "link @reg --out @x --model @tabel.csv",
            "link @reg --out @x --decisions @tabel.csv",
            "link @reg --out @x --earlier @reg",
        ],
    ),
    ("review", &["review @reg --decisions @putusan.csv --as-of 2026-01-01"]),
    (
        "dedupe",
        &[
            "dedupe @tabel.csv --settings @tautan.json --out @kelompok",
            "dedupe @tabel.csv --settings @tautan.json --count",
            "dedupe @tabel.csv --settings @tabel.csv --out @x",
            "dedupe @tabel.csv --settings @keluarga0.jsonl --out @x",
            "dedupe @tabel.csv --settings @tautan.json --out @x --truth NAMA",
            "dedupe @tabel.csv --add-to @reg --out @x",
        ],
    ),
    (
        "clk encode",
        &["clk encode @reg --key-file @kunci --out @sandi.csv", "clk encode @reg --key-file @tabel.csv --out @x"],
    ),
    ("clk link", &["clk link @sandi.csv @sandi.csv --out @pasangan.csv", "clk link @tabel.csv @tabel.csv --out @x"]),
    (
        "rank",
        &[
            "rank @tabel.csv --score BST --out @desil.csv",
            "rank @tabel.csv --score NIK --out @desil.csv",
            "rank @tabel.csv --score skor",
            "rank @tabel.csv --model @tabel.csv",
        ],
    ),
    (
        "report",
        &[
            "report @hasil --out @laporan.html",
            "report @hasil --annex @lampiran",
            "report @tabel.csv",
            "report @keluarga0.jsonl",
            "report @reg",
        ],
    ),
    ("nik check", &["nik check @tabel.csv --out @piped.csv", "nik check @tabel.csv --column nomor --out @x"]),
    ("nik decode", &["nik decode @tabel.csv --out @piped.csv", "nik decode @tabel.csv --column nomor --out @x"]),
    ("nik repair", &["nik repair @tabel.csv --out @piped.csv", "nik repair @tabel.csv --column nomor --out @x"]),
    ("nik mask", &["nik mask @tabel.csv --out @piped.csv", "nik mask @tabel.csv --column nomor --out @x"]),
    (
        "nik pseudonymise",
        &[
            "nik pseudonymise @tabel.csv --key-file @kunci --out @piped.csv",
            "nik pseudonymise @tabel.csv --key-file @keluarga3.jsonl --out @x",
        ],
    ),
    ("region show", &["region show 3508106710479777"]),
    ("region name", &["region name @tabel.csv --out @piped.csv", "region name @tabel.csv --column nomor --out @x"]),
    ("region code", &["region code @tabel.csv --regency KABUPATEN --out @piped.csv"]),
    ("policy show", &["policy show --own @tabel.csv", "policy show --overlay @tabel.csv"]),
    ("policy diff", &["policy diff --from 2024-01-01 --overlay @tabel.csv"]),
    ("policy lint", &["policy lint @tabel.csv", "policy lint @keluarga0.jsonl"]),
    (
        "decide",
        &[
            "decide @keluarga0.jsonl",
            "decide @keluarga1.jsonl",
            "decide @keluarga2.jsonl",
            "decide @keluarga3.jsonl",
            "decide @tabel.csv",
            "decide @keluarga0.jsonl --overlay @tabel.csv",
            "decide @keluarga0.jsonl --own @tabel.csv",
        ],
    ),
    (
        "simulate",
        &[
            "simulate @hasil --overlay @tabel.csv",
            "simulate @reg --alternative x/y",
            "simulate @hasil --alternative 3508106710479777/x",
        ],
    ),
    (
        "allocate",
        &[
            "allocate @hasil --place pkh --out @tempat.csv",
            "allocate @hasil --place pkh --quotas @tabel.csv",
            "allocate @hasil --place 3508106710479777",
            "allocate @reg --place pkh",
        ],
    ),
    (
        "targeting",
        &["targeting @hasil --small-cell 1", "targeting @reg", "targeting @hasil --programme 3508106710479777"],
    ),
    (
        "verivali append",
        &[
            "verivali append @buku.jsonl --origin dinsos --entries @entri0.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @entri1.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @entri2.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @entri3.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @entri4.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @entri5.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @entri6.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @entri7.jsonl",
            "verivali append @tabel.csv --origin dinsos --entries @entri0.jsonl",
            "verivali append @buku.jsonl --origin dinsos --entries @tabel.csv",
            "verivali append @buku.jsonl --origin dinsos --entries @entri0.jsonl --rules @tabel.csv",
        ],
    ),
    (
        "verivali import",
        &[
            "verivali import @tabel.csv --ledger @buku.jsonl --origin dinsos --id IDDTKS --on 2022-08-01 --list --stage daftar-awal \
         --place NIK --workflow kukar-2022 --role dinsos --actor K-01 --rest @keluar.csv",
            "verivali import @tabel.csv --ledger @buku.jsonl --origin dinsos --id nomor --on 2022-08-01 --list --stage daftar-awal \
         --place desa --workflow kukar-2022 --role dinsos --actor K-01",
        ],
    ),
    (
        "verivali verify",
        &["verivali verify @buku.jsonl", "verivali verify @tabel.csv", "verivali verify @buku.jsonl --mark @tabel.csv"],
    ),
    ("verivali merge", &["verivali merge @tabel.csv --into @x.jsonl", "verivali merge @buku.jsonl --into @tabel.csv"]),
    ("verivali recap", &["verivali recap @buku.jsonl --by desa --out @rekap", "verivali recap @tabel.csv"]),
    (
        "verivali export",
        &[
            "verivali export @tabel.csv --map siks-droid --column hasil_verivali --out @keluar.csv",
            "verivali export @buku.jsonl --map 3508106710479777 --column x --out @keluar.csv",
        ],
    ),
    (
        "verivali propose",
        &[
            "verivali propose @hasil --ledger @usulan.jsonl --origin dinsos --workflow kukar-2022 --stage usulan --role dinsos --actor K-01 --on 2026-01-02",
            "verivali propose @reg --ledger @usulan.jsonl --origin dinsos --workflow kukar-2022 --stage usulan --role dinsos --actor K-01 --on 2026-01-02",
        ],
    ),
    (
        "verivali plan",
        &[
            "verivali plan --start 2026-03-02 --targets @tabel.csv --officers @tabel.csv --out @rencana",
            "verivali plan --start 2026-03-02 --targets @tabel.csv --officers @tabel.csv --holidays @tabel.csv --out @rencana",
        ],
    ),
];

/// Commands that read nothing of anybody.
const READS_NOTHING: [&str; 6] =
    ["synth", "completions", "region search", "region children", "region edition", "policy conflicts"];

/// Every call over registers spoilt in one way; half of the calls ask for JSON, in the next scene the other half.
fn sweep(i: usize) {
    let (spoilt, make) = SPOILT[i];
    let scene = Scene::new(spoilt, &make());
    let calls = COMMANDS.iter().flat_map(|(_, calls)| *calls);
    (0..).zip(calls).for_each(|(n, call)| scene.run(call, (i + n) % 2 == 1));
}

macro_rules! nothing_planted_leaves {
    ($($name:ident: $scene:literal),*) => { $(#[test] fn $name() { sweep($scene); })* };
}
nothing_planted_leaves!(whole: 0, shifted_columns: 1, swapped_columns: 2, no_header: 3, glued_header: 4, damaged_rows: 5);

/// What is planted does arrive, so that finding it nowhere else says something.
#[test]
fn the_planted_stand_where_persons_do() {
    let scene = Scene::new(SPOILT[0].0, &SPOILT[0].1());
    scene.run(COMMANDS[0].1[0], false);
    let found = [content(&scene.at("hasil/persons.parquet")), content(&scene.at("hasil/families.parquet"))].concat();
    for trace in &TRACES[..4] {
        assert!(found.to_lowercase().contains(trace), "{trace}");
    }
}

#[test]
fn what_is_masked_is_masked() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let cells = [PLANTED[1], "3508 1067 1047 9777", "'3508106710479777", "3508106710479777.0", PLANTED[0]];
    fs::write(at("nik.csv"), format!("nik\n{}\n", cells.join("\n"))).unwrap();
    fs::write(at("kunci"), (7..47).collect::<Vec<u8>>()).unwrap();
    for command in [vec!["mask"], vec!["pseudonymise", "--key-file", "kunci"]] {
        let mut run = bansos().arg("nik").args(&command).args(["nik.csv", "--out", "keluar.csv"]);
        run.0.current_dir(dir.path());
        run.output();
        let out = fs::read_to_string(at("keluar.csv")).unwrap();
        assert!(!TRACES[3..].iter().any(|trace| out.replace([' ', '\''], "").contains(trace)), "{command:?}: {out}");
    }
}

/// A command that is new is listed above, with what it reads planted, before this passes.
#[test]
fn every_command_is_planted() {
    let listed: BTreeSet<String> =
        COMMANDS.iter().map(|(name, _)| *name).chain(READS_NOTHING).map(str::to_owned).collect();
    assert_eq!(listed, leaves(&[]).into_iter().collect());
    for (name, calls) in COMMANDS {
        assert!(!calls.is_empty() && calls.iter().all(|call| call.starts_with(name)), "{name}");
    }
}

/// The commands below one, as its help lists them; of a command without any, itself.
fn leaves(of: &[String]) -> Vec<String> {
    let help = bansos().args(of).arg("--help").succeeds();
    let list = help.split_once("\nCommands:\n").map(|(_, rest)| rest.split("\n\n").next().unwrap_or_default());
    let Some(list) = list else { return vec![of.join(" ")] };
    let named = |line: &str| {
        line.strip_prefix("  ").filter(|l| !l.starts_with(' ')).and_then(|l| l.split(' ').next()).map(str::to_owned)
    };
    list.lines()
        .filter_map(named)
        .filter(|name| name != "help")
        .flat_map(|name| leaves(&[of, &[name]].concat()))
        .collect()
}
