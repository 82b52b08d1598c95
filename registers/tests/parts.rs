//! What stands in several columns and is one thing, and what stands in the other's cell: a sex to tick, a date in three columns, a code
//! in four, NIK and No. KK exchanged in some of the rows.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::person::{Presence, Relation, Sex};
use bansos::source::Sixteen;
use bansos::{Coded, Date};
use bansos_registers::{FileNote, Intake, ReadOptions, read_bytes};

struct Person {
    card: &'static str,
    nik: &'static str,
    name: &'static str,
    sex: &'static str,
    born: [&'static str; 3],
    relation: &'static str,
}

const PEOPLE: [Person; 5] = [
    Person {
        card: "3508160101209001",
        nik: "3508161103659001",
        name: "SUTRISNO",
        sex: "L",
        born: ["11", "3", "1965"],
        relation: "Kepala Keluarga",
    },
    Person {
        card: "3508160101209001",
        nik: "3508164507689002",
        name: "NGATINI",
        sex: "P",
        born: ["5", "7", "1968"],
        relation: "Istri",
    },
    Person {
        card: "3508160101209001",
        nik: "3508162001959003",
        name: "BUDI SANTOSO",
        sex: "L",
        born: ["20", "1", "1995"],
        relation: "Anak",
    },
    Person {
        card: "3508160202209002",
        nik: "3508161708709004",
        name: "PAIJO",
        sex: "L",
        born: ["17", "8", "1970"],
        relation: "Kepala Keluarga",
    },
    Person {
        card: "3508160202209002",
        nik: "3508164212749005",
        name: "SITI ROHMAH",
        sex: "P",
        born: ["2", "12", "1974"],
        relation: "Istri",
    },
];

fn read(header: &str, rows: impl IntoIterator<Item = String>) -> Intake {
    let lines: Vec<String> = [header.to_owned()].into_iter().chain(rows).collect();
    let bytes = (lines.join("\n") + "\n").into_bytes();
    let intake = read_bytes([("warga.csv", bytes)], &ReadOptions::new(Date::constant(2026, 11, 22))).unwrap();
    assert!(intake.closes());
    intake
}

fn dotted(p: &Person) -> String {
    p.born.join("-")
}

fn codes(intake: &Intake) -> Vec<&'static str> {
    intake.persons.iter().flat_map(|p| &p.findings).map(|noticed| noticed.finding.code()).collect()
}

fn guessed(intake: &Intake) -> Vec<(String, String)> {
    let of = |note: &FileNote| match note {
        FileNote::GuessedColumn { column, meant } => Some((column.clone(), meant.clone())),
        _ => None,
    };
    intake.files[0].notes.iter().filter_map(of).collect()
}

fn all_are_right(intake: &Intake) {
    assert_eq!(intake.persons.len(), PEOPLE.len());
    for (read, person) in intake.persons.iter().zip(&PEOPLE) {
        let [day, month, year] = person.born.map(|part| part.parse::<i16>().unwrap());
        assert_eq!(read.name.as_deref(), Some(person.name));
        assert_eq!(read.sex, Some(if person.sex == "L" { Sex::Male } else { Sex::Female }), "{}", person.name);
        let date = Date::new(year, i8::try_from(month).unwrap(), i8::try_from(day).unwrap()).unwrap();
        assert_eq!(read.birth_date, Some(date), "{}", person.name);
        assert_eq!(read.nik.value().map(|n| format!("{:016}", n.to_number())).as_deref(), Some(person.nik));
        assert_eq!(read.family_card.value().map(|n| format!("{:016}", n.to_number())).as_deref(), Some(person.card));
    }
}

#[test]
fn a_sex_in_two_columns_to_tick() {
    for (heads, mark) in [("L;P", "v"), ("P;L", "√"), ("Laki-laki;Perempuan", "1"), ("JK L;JK P", "x")] {
        let first = if heads.starts_with('P') { "P" } else { "L" };
        let rows = PEOPLE.iter().map(|p| {
            let tick = |sex: bool| if sex { mark } else { "" };
            let (left, right) = (tick(p.sex == first), tick(p.sex != first));
            format!("{};{};{};{left};{right};{};{}", p.card, p.nik, p.name, dotted(p), p.relation)
        });
        let intake = read(&format!("No KK;NIK;Nama;{heads};Tgl Lahir;Hubungan"), rows);
        all_are_right(&intake);
        assert_eq!(guessed(&intake), [(heads.replace(';', " + "), "JENIS KELAMIN".to_owned())], "said once");
    }
}

#[test]
fn two_ticks_are_no_sex_and_counts_are_none() {
    let rows = PEOPLE.iter().enumerate().map(|(at, p)| {
        let (l, r) = match (at, p.sex) {
            (0, _) => ("v", "v"),
            (_, "L") => ("v", ""),
            _ => ("", "v"),
        };
        format!("{};{};{};{l};{r};{};{}", p.card, p.nik, p.name, dotted(p), p.relation)
    });
    // one row of ten may be wrong: five rows are too few to know
    let rows: Vec<String> = rows.collect();
    let many: Vec<String> = rows.iter().cycle().skip(1).take(14).chain(rows.first()).cloned().collect();
    let intake = read("No KK;NIK;Nama;L;P;Tgl Lahir;Hubungan", many.into_iter().filter(|r| !r.contains("v;v")));
    assert!(intake.persons.iter().all(|p| p.sex.is_some()));
    let counts = PEOPLE.iter().map(|p| format!("{};{};{};2;1;{};{}", p.card, p.nik, p.name, dotted(p), p.relation));
    let intake = read("No KK;NIK;Nama;L;P;Tgl Lahir;Hubungan", counts);
    assert!(intake.persons.iter().all(|p| p.sex.is_none()), "people of the house");
}

#[test]
fn a_birth_date_in_three_columns() {
    for heads in ["TGL LAHIR;BLN LAHIR;THN LAHIR", "Tgl;Bln;Thn", "Tanggal Lahir;Bulan;Tahun"] {
        let rows = PEOPLE
            .iter()
            .map(|p| format!("{};{};{};{};{};{}", p.card, p.nik, p.name, p.sex, p.born.join(";"), p.relation));
        all_are_right(&read(&format!("No KK;NIK;Nama;L/P;{heads};Hubungan"), rows));
    }
    let of_year = |p: &Person| format!("{};{};{};{};{};{};2020", p.card, p.nik, p.name, p.sex, dotted(p), p.relation);
    let intake = read("No KK;NIK;Nama;L/P;Tanggal Lahir;Hubungan;Tahun", PEOPLE.iter().map(of_year));
    all_are_right(&intake);
}

#[test]
fn a_code_in_four_columns() {
    let row = |p: &Person| format!("{};{};{};{};{};35;8;5;2003", p.card, p.nik, p.name, p.sex, dotted(p));
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Kd Prov;Kd Kab;Kd Kec;Kd Desa", PEOPLE.iter().map(row));
    all_are_right(&intake);
    let codes: Vec<String> =
        intake.persons.iter().filter_map(|p| p.residence.region.map(|region| region.to_string())).collect();
    assert_eq!(codes, ["35.08.05.2003"; 5]);
    let unknown = |p: &Person| format!("{};{};{};{};{};35;8;50;3", p.card, p.nik, p.name, p.sex, dotted(p));
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Kd Prov;Kd Kab;Kd Kec;Kd Desa", PEOPLE.iter().map(unknown));
    assert!(intake.persons.iter().all(|p| p.residence.region.is_none()), "no list has it: nobody knows whose numbers");
}

#[test]
fn numbers_exchanged_in_some_rows() {
    let row = |(at, p): (usize, &Person)| {
        let (card, nik) = if at % 2 == 1 { (p.nik, p.card) } else { (p.card, p.nik) };
        format!("{card};{nik};{};{};{};{}", p.name, p.sex, dotted(p), p.relation)
    };
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Hubungan", PEOPLE.iter().enumerate().map(row));
    all_are_right(&intake);
    let said = codes(&intake).into_iter().filter(|code| *code == "source.numbers_exchanged").count();
    assert_eq!(said, 2, "each row says it");
}

#[test]
fn what_is_not_proven_stays_as_it_is_written() {
    // the head's NIK for a card; a NIK without the person's date; a sex that contradicts
    let [head, wife, ..] = &PEOPLE;
    let rows = [
        format!("{};{};{};L;{};Kepala Keluarga", head.nik, head.nik, head.name, dotted(head)),
        format!("{};{};{};P;{};Istri", head.nik, wife.nik, wife.name, dotted(wife)),
        format!("{};{};{};L;1-2-1990;Anak", wife.nik, head.card, "WAHYU"),
        format!("{};{};{};L;{};Anak", wife.nik, head.card, "WAHYUDI", dotted(wife)),
    ];
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Hubungan", rows);
    assert!(!codes(&intake).contains(&"source.numbers_exchanged"));
    let cards: Vec<u64> = intake.persons.iter().filter_map(|p| p.family_card.value()).map(Sixteen::to_number).collect();
    assert_eq!(cards.len(), 4);
}

#[test]
fn identifiers_in_brackets_or_with_a_remark_behind() {
    let dress: [fn(&str) -> String; 5] = [
        |n| format!("({n})"),
        |n| format!("[{n}]"),
        |n| format!("{n} *"),
        |n| format!("{n} (aktif)"),
        |n| format!("{n};"),
    ];
    for (at, dressed) in dress.into_iter().enumerate() {
        let row =
            |p: &Person| format!("\"{}\",\"{}\",{},{},{}", dressed(p.card), dressed(p.nik), p.name, p.sex, dotted(p));
        let intake = read("No KK,NIK,Nama,JK,Tgl Lahir", PEOPLE.iter().map(row));
        all_are_right(&intake);
        assert!(intake.persons.iter().all(|p| p.nik.raw().is_some()), "{at}: the cell is kept");
    }
    let doubt = |p: &Person| format!("{},{} (suami),{},{},{}", p.card, p.nik, p.name, p.sex, dotted(p));
    let intake = read("No KK,NIK,Nama,JK,Tgl Lahir", PEOPLE.iter().map(doubt));
    assert!(intake.persons.iter().all(|p| p.nik.value().is_none()), "somebody else's");
}

#[test]
fn who_is_alive_by_a_column_of_status() {
    let row = |(at, p): (usize, &Person)| {
        let status = if at == 1 { "Meninggal" } else { "Hidup" };
        format!("{};{};{};{};{};{status}", p.card, p.nik, p.name, p.sex, dotted(p))
    };
    for heading in ["Status", "STATUS KEBERADAAN"] {
        let intake = read(&format!("No KK;NIK;Nama;JK;Tgl Lahir;{heading}"), PEOPLE.iter().enumerate().map(row));
        let dead: Vec<bool> = intake.persons.iter().map(|p| p.presence == Some(Presence::Dead)).collect();
        assert_eq!(dead, [false, true, false, false, false], "{heading}");
    }
    let ktp = |(at, p): (usize, &Person)| {
        let status = if at == 1 { "Tidak ada" } else { "Ada" };
        format!("{};{};{};{};{};{status}", p.card, p.nik, p.name, p.sex, dotted(p))
    };
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Status KTP", PEOPLE.iter().enumerate().map(ktp));
    assert!(intake.persons.iter().all(|p| p.presence.is_none()), "a document, and nobody's presence");
}

#[test]
fn a_guess_that_the_rows_contradict_is_none() {
    let class = |(at, p): (usize, &Person)| {
        format!("{};{};{};{};{};{}", p.card, p.nik, p.name, dotted(p), ["P", "L"][at % 2], p.relation)
    };
    let intake = read("No KK;NIK;Nama;Tgl Lahir;Kelas;Hubungan", PEOPLE.iter().enumerate().map(class));
    assert!(intake.persons.iter().all(|p| p.sex.is_none()), "the NIK say otherwise");
    let respondent = |(at, p): (usize, &Person)| {
        let who = if at < 3 { "Kepala Keluarga" } else { "Istri" };
        format!("{};{};{};{};{};{who}", p.card, p.nik, p.name, p.sex, dotted(p))
    };
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Responden", PEOPLE.iter().enumerate().map(respondent));
    assert!(intake.persons.iter().all(|p| p.relation.is_none()), "three heads of one family");
    let relation = |p: &Person| format!("{};{};{};{};{};{}", p.card, p.nik, p.name, p.sex, dotted(p), p.relation);
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Kedudukannya", PEOPLE.iter().map(relation));
    assert_eq!(intake.persons.iter().filter(|p| p.relation == Some(Relation::Head)).count(), 2);
}

#[test]
fn deciles_in_roman_numbers() {
    let row = |(at, p): (usize, &Person)| {
        format!("{};{};{};{};{};{}", p.card, p.nik, p.name, p.sex, dotted(p), ["I", "II", "Desil III", "IV", "X"][at])
    };
    let intake = read("No KK;NIK;Nama;JK;Tgl Lahir;Desil", PEOPLE.iter().enumerate().map(row));
    let deciles: Vec<u8> = intake.persons.iter().filter_map(|p| p.stated_decile).map(|d| d.get()).collect();
    assert_eq!(deciles, [1, 2, 3, 4, 10]);
}

#[test]
fn receipts_by_stage_and_by_row() {
    let read = |name: &str, text: String| {
        let options = ReadOptions::new(Date::constant(2026, 11, 22));
        let intake = read_bytes([(name, text.into_bytes())], &options).unwrap();
        assert!(intake.closes());
        let of = |r: &bansos_registers::Receipt| {
            format!("{} {} {}", r.programme.unwrap_or("-"), r.period, r.amount.map_or(0, |amount| amount.0))
        };
        intake.receipts.iter().map(of).collect::<Vec<_>>()
    };
    let stages = format!(
        "DAFTAR PENERIMA PKH TAHUN 2026;;;;\nNIK;Nama;Tahap 1;Tahap 2;Tahap 3\n{};SUTRISNO;600000;600.000;0\n{};PAIJO;;;\n",
        PEOPLE[0].nik, PEOPLE[3].nik
    );
    let expected = ["pkh 2026 tahap 1 600000", "pkh 2026 tahap 2 600000", "pkh 2026 0"];
    assert_eq!(read("daftar.csv", stages), expected);
    let rows = format!(
        "DAFTAR PENERIMA PKH DAN BPNT;;\nNIK;Nama;Program\n{};SUTRISNO;PKH\n{};PAIJO;PKH+BPNT\n",
        PEOPLE[0].nik, PEOPLE[3].nik
    );
    assert_eq!(read("daftar.csv", rows), ["pkh  0", "pkh  0", "sembako  0"]);
}

#[test]
fn a_title_of_several_programmes_without_a_column_is_said() {
    let text = format!("DAFTAR PENERIMA PKH DAN BPNT;\nNIK;Nama\n{};SUTRISNO\n", PEOPLE[0].nik);
    let options = ReadOptions::new(Date::constant(2026, 11, 22));
    let intake = read_bytes([("daftar.csv", text.into_bytes())], &options).unwrap();
    assert!(intake.receipts.is_empty() && intake.files[0].notes.contains(&FileNote::ProgrammesSeveral));
}

#[test]
fn birth_dates_under_any_heading_by_the_nik_beside_them() {
    for heading in ["", "Tgl", "Waktu"] {
        let row = |p: &Person| format!("{};{};{};{};{};{}", p.card, p.nik, p.name, p.sex, dotted(p), p.relation);
        all_are_right(&read(&format!("No KK;NIK;Nama;JK;{heading};Hubungan"), PEOPLE.iter().map(row)));
    }
    let visit = |p: &Person| format!("{};{};{};{};12-11-2026;{}", p.card, p.nik, p.name, p.sex, p.relation);
    let intake = read("No KK;NIK;Nama;JK;Tgl;Hubungan", PEOPLE.iter().map(visit));
    assert!(intake.persons.iter().all(|p| p.birth_date.is_none()), "the day of a visit");
}

#[test]
fn both_numbers_in_one_cell() {
    for (heading, nik_first) in [("NIK/No. KK", true), ("No KK / NIK", false)] {
        let row = |p: &Person| {
            let both = if nik_first { [p.nik, p.card] } else { [p.card, p.nik] };
            format!("\"{}\";{};{};{};{}", both.join("\n"), p.name, p.sex, dotted(p), p.relation)
        };
        all_are_right(&read(&format!("{heading};Nama;JK;Tgl Lahir;Hubungan"), PEOPLE.iter().map(row)));
    }
    let one = |p: &Person| format!("{};{};{};{};{}", p.nik, p.name, p.sex, dotted(p), p.relation);
    let intake = read("NIK/No. KK;Nama;JK;Tgl Lahir;Hubungan", PEOPLE.iter().map(one));
    assert!(intake.persons.iter().all(|p| p.family_card.value().is_none()), "one number is not said to be which");
}

#[test]
fn words_over_two_columns_that_are_parted_below() {
    let read = |head: [&str; 2], row: fn(&Person) -> String| {
        let lines: Vec<String> = head.into_iter().map(str::to_owned).chain(PEOPLE.iter().map(row)).collect();
        let options = ReadOptions::new(Date::constant(2026, 11, 22));
        read_bytes([("warga.csv", (lines.join("\n") + "\n").into_bytes())], &options).unwrap()
    };
    let ticked = |p: &Person| {
        let (l, r) = if p.sex == "L" { ("√", "") } else { ("", "√") };
        format!("{};{};{};{l};{r};{};{}", p.card, p.nik, p.name, dotted(p), p.relation)
    };
    let head = ["No KK;NIK;Nama;Jenis Kelamin;;Tgl Lahir;Hubungan", ";;;L;P;;"];
    all_are_right(&read(head, ticked));
    let dated = |p: &Person| format!("{};{};{};{};{};{}", p.card, p.nik, p.name, p.sex, p.born.join(";"), p.relation);
    let head = ["No KK;NIK;Nama;JK;Tanggal Lahir;;;Hubungan", ";;;;Tgl;Bln;Thn;"];
    let intake = read(head, dated);
    all_are_right(&intake);
    assert!(intake.quarantine.is_empty(), "the second row belongs to the header");
    let placed =
        |p: &Person| format!("{};{};{};{};LUMAJANG;{};{}", p.card, p.nik, p.name, p.sex, dotted(p), p.relation);
    let head = ["No KK;NIK;Nama;JK;Tempat dan Tanggal Lahir;;Hubungan", ";;;;Tmp;Tgl;"];
    let intake = read(head, placed);
    all_are_right(&intake);
    assert!(intake.persons.iter().all(|p| p.birth_place.as_deref() == Some("LUMAJANG")));
}
