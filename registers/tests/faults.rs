//! Faults of form: each is answered by a clear error, a note, a finding or a quarantined row, and nothing is lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::source::{Field, Source, SourceFinding};
use bansos::{Coded, Date, Lang, Sex};
use bansos_registers::layout::Layout;
use bansos_registers::{FileNote, Intake, ReadError, ReadOptions, RowFault, read_bytes, read_file, read_folder};
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const MEMBERS: &str = "id_keluarga,no_urut,nik,nama,hubungan,jenis_kelamin,tanggal_lahir,status_kawin,partisipasi_sekolah,jenjang,status_kehamilan,disabilitas,lapangan_usaha,nama_ibu_kandung\n";
const DTKS: &str = "IDDTKS;PROVINSI;KABUPATEN;KECAMATAN;KELURAHAN;ALAMAT;NOKK;NIK;NAMA;TEMPAT_LAHIR;TGL_LAHIR;JENIS_KELAMIN;NAMA_IBU_KANDUNG;HUB_KELUARGA;PEKERJAAN;PKH;BPNT;BST\n";
const DTKS_ROW: &str = "35080000001;JAWA TIMUR;KABUPATEN LUMAJANG;TEMPEH;JOKARTO;Dusun Krajan;3508173006109013;3508205203929006;ROHMAH;LUMAJANG;12/03/1992;PEREMPUAN;SUMIATI;KEPALA KELUARGA;PEDAGANG;YA;TIDAK;TIDAK\n";

fn options() -> ReadOptions<'static> {
    ReadOptions::new(Date::constant(2025, 12, 31))
}

fn file(dir: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = dir.path().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

fn read(path: &Path) -> Intake {
    let intake = read_file(path, &options()).unwrap_or_else(|e| panic!("{e}"));
    assert!(intake.closes());
    intake
}

fn one(name: &str, content: impl AsRef<[u8]>) -> Result<Intake, ReadError> {
    let dir = tempfile::tempdir().unwrap();
    let result = read_file(&file(&dir, name, content), &options());
    if let Err(error) = &result {
        // both sentences name the file and neither is a template
        for lang in [Lang::Id, Lang::En] {
            let text = error.message(lang);
            assert!(text.contains(name) && !text.contains('{'), "{text}");
        }
    }
    result
}

fn code(result: &Result<Intake, ReadError>) -> &'static str {
    match result {
        Ok(_) => "read",
        Err(e) => e.code(),
    }
}

#[test]
fn nothing_in_the_file() {
    assert_eq!(code(&one("kosong.csv", "")), "read.empty");
    assert_eq!(code(&one("baris.csv", "\n\n\n")), "read.empty");
    assert_eq!(code(&one("koma.csv", ",,,\n,,,\n")), "read.empty");
    assert_eq!(code(&one("bom.csv", "\u{feff}")), "read.empty");
    assert_eq!(code(&one("kosong.xlsx", "")), "read.empty");
}

#[test]
fn a_header_and_nothing_below() {
    assert_eq!(code(&one("anggota.csv", MEMBERS)), "read.header_only");
    assert_eq!(code(&one("anggota.csv", MEMBERS.trim_end())), "read.header_only");
}

#[test]
fn a_header_of_no_register() {
    let result = one("lain.csv", "tanggal,suhu,hujan\n2025-01-01,30,2\n");
    assert_eq!(code(&result), "read.no_known_column");
    // the column that is missing is named
    let without_name = MEMBERS.replace("nama,", "") + "R1,1,3508204103659004,1,2,1965-03-01,1,3,,,0,PETANI,\n";
    match one("anggota.csv", without_name) {
        Err(ReadError::UnknownHeader { nearest, missing, .. }) => {
            assert_eq!((&*nearest, &*missing), ("regsosek-anggota", "nama"))
        }
        other => panic!("{}", code(&other)),
    }
}

#[test]
fn a_column_missing_that_can_be_missed() {
    let (header, row) = (DTKS.replace("NIK;", ""), DTKS_ROW.replace("3508205203929006;", ""));
    let intake = one("dtks.csv", header + &row).unwrap();
    assert!(
        intake.files[0].notes.iter().any(|n| matches!(n, FileNote::MissingColumns { columns } if columns == "NIK"))
    );
    assert_eq!(intake.accepted(), 1);
}

#[test]
fn a_delimiter_nobody_uses() {
    let odd = (DTKS.to_owned() + DTKS_ROW).replace(';', "~");
    assert_eq!(code(&one("dtks.csv", odd)), "read.no_known_column");
    for delimiter in [",", ";", "\t", "|"] {
        let text = (DTKS.to_owned() + DTKS_ROW).replace(';', delimiter);
        let intake = one("dtks.txt", text).unwrap();
        assert_eq!(intake.files[0].delimiter.map(String::from).as_deref(), Some(delimiter));
        assert_eq!(intake.persons[0].sex, Some(Sex::Female));
    }
}

#[test]
fn encodings() {
    let text = DTKS.to_owned() + &DTKS_ROW.replace("ROHMAH", "JOSÉ");
    let utf16 = |bom: [u8; 2], unit: fn(u16) -> [u8; 2]| {
        bom.into_iter().chain(text.encode_utf16().flat_map(unit)).collect::<Vec<u8>>()
    };
    for (bytes, encoding) in [
        (text.clone().into_bytes(), "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
        (utf16([0xff, 0xfe], u16::to_le_bytes), "UTF-16LE"),
        (utf16([0xfe, 0xff], u16::to_be_bytes), "UTF-16BE"),
        // half a letter at the end is no row
        ([utf16([0xff, 0xfe], u16::to_le_bytes), vec![0x0a]].concat(), "UTF-16LE"),
    ] {
        let intake = one("dtks.csv", bytes).unwrap();
        assert_eq!(intake.rows_read(), 1);
        assert_eq!(intake.files[0].encoding, encoding);
        assert_eq!(intake.persons[0].name.as_deref(), Some("JOSÉ"));
        assert!(intake.persons[0].findings.is_empty());
    }
}

#[test]
fn broken_utf8_is_told_by_row_and_column() {
    let good = DTKS.to_owned() + DTKS_ROW;
    let mut bytes = good.into_bytes();
    bytes.extend(DTKS_ROW.replace("ROHMAH", "JOS?").bytes().map(|b| if b == b'?' { 0xc9 } else { b }));
    let intake = one("dtks.csv", bytes).unwrap();
    assert_eq!(intake.accepted(), 2);
    assert_eq!(intake.persons[1].name.as_deref(), Some("JOSÉ"));
    let noticed = intake.persons[1].findings[0];
    assert_eq!((noticed.field, noticed.finding), (Field::Name, SourceFinding::Encoding.into()));
    assert!(intake.files[0].notes.contains(&FileNote::MixedEncoding { rows: 1 }));
}

#[test]
fn a_truncated_workbook() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("dtks.xlsx");
    workbook(&path, &[&["DATA TERPADU"], &["nama"]], |_| {});
    let whole = std::fs::read(&path).unwrap();
    for part in [10, whole.len() / 2, whole.len() - 30] {
        assert_eq!(code(&one("dtks.xlsx", &whole[..part])), "read.damaged", "{part} bytes");
    }
    // what a file is, its content says: a CSV that is called a workbook is read
    assert_eq!(one("dtks.xlsx", format!("{DTKS}{DTKS_ROW}")).unwrap().accepted(), 1);
    assert_eq!(code(&one("p3ke.parquet", "PAR1....PAR1")), "read.damaged");
}

#[test]
fn a_line_of_200_mb() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("anggota.csv");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    out.write_all(MEMBERS.as_bytes()).unwrap();
    out.write_all(b"R1,1,3508204103659004,NGATINI,1,2,1965-03-01,1,3,,,0,PETANI,\n").unwrap();
    let block = vec![b'A'; 1 << 20];
    for _ in 0..200 {
        out.write_all(&block).unwrap();
    }
    out.flush().unwrap();
    match read_file(&path, &options()) {
        Err(ReadError::LineTooLong { row, limit_mib, .. }) => assert_eq!((row, limit_mib), (2, 16)),
        other => panic!("{}", code(&other)),
    }
    // also where it is the very first line
    drop(out);
    std::fs::write(&path, vec![b'A'; 200 << 20]).unwrap();
    assert_eq!(code(&read_file(&path, &options())), "read.line_too_long");
}

#[test]
fn a_nik_worn_by_excel_and_dates_that_never_were() {
    let rows =
        "R1,1,3.50811E+15,NGATINI,1,2,31/02/2001,1,3,,,0,PETANI,\nR1,2,3508204103659004,PAIJO,3,9,29586,7,3,,,0,,\n";
    let intake = one("anggota.csv", MEMBERS.to_owned() + rows).unwrap();
    let said =
        |i: usize| intake.persons[i].findings.iter().map(|n| (n.field.word(), n.finding.code())).collect::<Vec<_>>();
    assert_eq!(said(0), [("birth_date", "date.impossible"), ("nik", "nik.scientific")]);
    assert_eq!(intake.persons[0].nik.raw(), Some("3.50811E+15"));
    assert_eq!(intake.persons[1].birth_date, Some(Date::constant(1980, 12, 31)));
    let said = said(1);
    for want in
        [("birth_date", "date.excel_serial"), ("sex", "person.sex_unreadable"), ("marital", "source.code_unknown")]
    {
        assert!(said.contains(&want), "{said:?}");
    }
}

#[test]
fn rows_that_can_stand_for_nobody_are_set_aside() {
    let rows = [
        DTKS_ROW.to_owned(),
        ";;;;;;;;;;;;;;;;;\n".into(),                                       // blank
        DTKS_ROW.replace(";YA;TIDAK;TIDAK", ""),                            // the last cells left out
        DTKS_ROW.replace("PEDAGANG", "PEDAGANG;BAKSO"),                     // a cell too many
        DTKS.into(),                                                        // the header again
        DTKS_ROW.replace("3508173006109013;3508205203929006;ROHMAH", ";;"), // nobody
        DTKS_ROW.replace("ROHMAH", ""),                                     // without a name: kept, with a finding
        DTKS_ROW.to_owned(),
    ];
    let intake = one("dtks.csv", DTKS.to_owned() + &rows.concat()).unwrap();
    assert!(intake.closes());
    assert_eq!((intake.rows_read(), intake.accepted(), intake.quarantined()), (8, 4, 4));
    let set_aside: Vec<_> = intake.quarantine.iter().map(|q| (q.row, q.reason.clone())).collect();
    assert_eq!(
        set_aside,
        [
            (2, RowFault::Blank),
            (4, RowFault::Width { cells: 19, columns: 18 }),
            (5, RowFault::RepeatedHeader),
            (6, RowFault::Nobody),
        ]
    );
    assert_eq!(intake.quarantine[3].column.as_deref(), Some("NAMA"));
    assert_eq!(intake.persons.iter().map(|p| p.origin.row).collect::<Vec<_>>(), [1, 3, 7, 8]);
}

#[test]
fn a_row_that_lost_a_cell_from_its_middle_is_not_padded() {
    // the relation would stand where the mother's name was
    let intake = one("dtks.csv", DTKS.to_owned() + DTKS_ROW + &DTKS_ROW.replace(";SUMIATI", "")).unwrap();
    assert_eq!((intake.accepted(), intake.quarantined()), (1, 1));
    assert_eq!(intake.quarantine[0].reason, RowFault::Width { cells: 17, columns: 18 });
}

#[test]
fn a_quote_that_is_never_closed_loses_no_row() {
    let broken = DTKS_ROW.replace("Dusun Krajan", "\"Dusun Krajan");
    let text = DTKS.to_owned() + DTKS_ROW + &broken + DTKS_ROW + DTKS_ROW;
    let intake = one("dtks.csv", text).unwrap();
    assert!(intake.closes());
    assert_eq!((intake.rows_read(), intake.accepted()), (4, 4));
    assert_eq!(intake.persons.iter().map(|p| p.origin.row).collect::<Vec<_>>(), [1, 2, 3, 4]);
    // a quoted cell with a line break in it is one row
    let text = DTKS.to_owned() + &DTKS_ROW.replace("Dusun Krajan", "\"Dusun\nKrajan\"") + DTKS_ROW;
    assert_eq!(one("dtks.csv", text).unwrap().accepted(), 2);
}

#[test]
fn two_files_of_one_source() {
    let dir = tempfile::tempdir().unwrap();
    file(&dir, "a.csv", DTKS.to_owned() + DTKS_ROW);
    file(&dir, "b.csv", DTKS.to_owned() + DTKS_ROW);
    file(&dir, "c.csv", DTKS.to_owned() + DTKS_ROW + DTKS_ROW);
    file(&dir, "catatan.csv", "tanggal,suhu\n1,2\n");
    let intake = read_folder(dir.path(), &options()).unwrap();
    assert!(intake.closes());
    // the copy is read once, and named
    assert_eq!(intake.files.iter().map(|f| f.rows_read).collect::<Vec<_>>(), [1, 2]);
    let copies: Vec<_> = intake.unread.iter().map(|u| (u.file.as_str(), u.reason.code())).collect();
    assert_eq!(copies, [("b.csv", "file.same_content")]);
    let notes: Vec<_> = intake.files.iter().map(|f| f.notes.iter().map(|n| n.code()).collect::<Vec<_>>()).collect();
    assert_eq!(notes, [vec![], vec!["file.same_source"]]);
    assert_eq!(
        intake.persons.iter().map(|p| (p.origin.file, p.origin.row)).collect::<Vec<_>>(),
        [(0, 1), (1, 1), (1, 2)]
    );
    assert_eq!(intake.refused.len(), 1);
    assert_eq!(
        (intake.refused[0].file.as_str(), intake.refused[0].error.code()),
        ("catatan.csv", "read.no_known_column")
    );
}

#[test]
fn folders() {
    let dir = tempfile::tempdir().unwrap();
    let code = |path: &Path| read_folder(path, &options()).unwrap_err().code();
    assert_eq!(code(&dir.path().join("tiada")), "read.no_folder");
    assert_eq!(code(dir.path()), "read.no_files");
    file(&dir, "lain.csv", "a,b\n1,2\n");
    assert_eq!(code(dir.path()), "read.no_known_column");
    file(&dir, "lain2.csv", "a,b\n1,3\n");
    assert_eq!(code(dir.path()), "read.nothing_recognised");
}

#[test]
fn files_of_the_system_and_locks_are_named_to_be_ignored() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["Thumbs.db", "desktop.ini", ".DS_Store", "~$dtks.xlsx", "._dtks.csv", ".rahasia", "data.dbf"] {
        file(&dir, name, "x");
    }
    file(&dir, "dtks.csv", &(DTKS.to_owned() + DTKS_ROW));
    let intake = read_folder(dir.path(), &options()).unwrap();
    let said: Vec<_> = intake.unread.iter().map(|u| (u.file.as_str(), u.reason.code())).collect();
    assert_eq!(
        said,
        [
            (".DS_Store", "file.system"),
            ("._dtks.csv", "file.system"),
            ("Thumbs.db", "file.system"),
            ("data.dbf", "file.other_form"),
            ("desktop.ini", "file.system"),
            ("~$dtks.xlsx", "file.lock"),
        ]
    );
    assert!(intake.unread[5].reason.message(Lang::En).contains("dtks.xlsx is open"));
}

#[test]
fn a_doubled_column() {
    let result = one("dtks.csv", DTKS.replace("PEKERJAAN", "NIK") + DTKS_ROW);
    assert_eq!(code(&result), "read.doubled_column");
}

#[test]
fn titles_column_numbers_and_misspelt_names() {
    let text = "DATA TERPADU;;\nKABUPATEN LUMAJANG;;\n\n".to_owned()
        + &DTKS.replace("NAMA_IBU_KANDUNG", "NAMA_IBU_KANDUG")
        + &(1..=18).map(|i| format!("({i})")).collect::<Vec<_>>().join(";")
        + "\n"
        + DTKS_ROW;
    let intake = one("dtks.csv", text).unwrap();
    assert_eq!((intake.rows_read(), intake.accepted()), (1, 1));
    assert_eq!(intake.persons[0].mother_name.as_deref(), Some("SUMIATI"));
    assert_eq!(intake.persons[0].origin.row, 1);
    assert!(intake.files[0].notes.contains(&FileNote::TitleRows { rows: 2 }));
}

#[test]
fn a_workbook_with_titles_dates_floats_and_errors() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("bnba.xlsx");
    let header: Vec<&str> = DTKS.trim_end().split(';').collect();
    let row: Vec<&str> = DTKS_ROW.trim_end().split(';').collect();
    workbook(
        &path,
        &[&["DATA TERPADU KESEJAHTERAAN SOSIAL"], &["KABUPATEN LUMAJANG"], &header, &row, &row, &[], &row],
        |sheet| {
            let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
            sheet.write_number_with_format(4, 10, 29586.0, &date).unwrap();
            sheet.write_number(4, 7, 3_508_205_203_929_000.0).unwrap();
            sheet.write_formula(6, 12, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
        },
    );
    let intake = read(&path);
    let report = &intake.files[0];
    assert_eq!((report.header_row, report.sheet.as_deref(), report.encoding), (3, Some("Sheet1"), "spreadsheet"));
    // a blank row between rows of data keeps its number
    assert_eq!((report.rows_read, report.accepted), (4, 3));
    assert_eq!(intake.quarantine[0].row, 3);
    assert_eq!(intake.persons[0].birth_date, Some(Date::constant(1992, 3, 12)));
    assert_eq!(intake.persons[1].birth_date, Some(Date::constant(1980, 12, 31)));
    assert!(intake.persons[1].findings.iter().any(|n| n.finding == SourceFinding::FloatCell.into()));
    // a number that was typed into Excel has fifteen digits: the last is none to go by
    assert_eq!((intake.persons[1].nik.value(), intake.persons[1].nik.raw()), (None, Some("3508205203929000")));
}

#[test]
fn a_layout_of_the_users_own() {
    let own = Layout::from_toml(
        "desa.toml",
        r#"
        id = "desa-sukamaju"
        source = "other"
        version = "2025"
        kind = "persons"
        codes = "common"
        required = ["name", "nik"]
        [columns]
        name = ["Panggilan Warga"]
        nik = ["No Anggota"]
        sex = ["Kelamin"]
        severe_disability = { names = ["Difabel"], codes = "yes_no" }
        "#,
    )
    .unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = file(&dir, "warga.csv", "Panggilan Warga,No Anggota,Kelamin,Difabel\nSITI,3508204103659004,wanita,ya\n");
    assert_eq!(code(&read_file(&path, &options())), "read.unknown_header");
    let intake = read_file(&path, &ReadOptions { layouts: vec![own], ..options() }).unwrap();
    let person = &intake.persons[0];
    assert_eq!((intake.files[0].layout.as_str(), person.origin.source), ("desa-sukamaju", Source::Other));
    assert_eq!((person.sex, person.severe_disability), (Some(Sex::Female), Some(true)));
    for bad in
        ["", "id = 1", "id=\"x\"\nsource=\"y\"\nversion=\"\"\nkind=\"persons\"\nrequired=[]\n[columns]\nnik=[\"a\"]"]
    {
        assert_eq!(Layout::from_toml("x.toml", bad).unwrap_err().code(), "read.layout");
    }
}

/// Writes rows of text, then lets `more` change cells.
fn workbook(path: &Path, rows: &[&[&str]], more: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in rows.iter().enumerate() {
        for (c, cell) in row.iter().enumerate() {
            sheet.write_string(r as u32, c as u16, *cell).unwrap();
        }
    }
    more(sheet);
    book.save(path).unwrap();
}

#[test]
fn the_example_in_the_guide_is_a_layout() {
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/layouts/README.md")).unwrap();
    let toml = guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(Layout::from_toml("README.md", toml).unwrap().id, "desa-sukamaju");
}

#[test]
fn a_file_of_nothing_but_garbage_is_refused_before_it_fills_memory() {
    let text = DTKS.to_owned() + DTKS_ROW + &"BUDI\n".repeat(2_300_000);
    assert_eq!(code(&one("dtks.csv", text)), "read.too_many_faults");
}

#[test]
fn many_files_of_one_layout_have_one_note_each() {
    let names = 0..1500;
    let text = |n: usize| DTKS.to_owned() + &DTKS_ROW.repeat(1 + n % 2) + &"\n".repeat(n);
    let files = names.map(|n| (format!("{n:04}.csv"), text(n).into_bytes()));
    let intake = read_bytes(files, &options()).unwrap();
    assert_eq!((intake.files.len(), intake.accepted()), (1500, 2250));
    let notes: Vec<_> = intake.files.iter().map(|f| f.notes.iter().map(|n| n.code()).collect::<Vec<_>>()).collect();
    assert!(notes[0].is_empty() && notes[1..].iter().all(|notes| notes == &["file.same_source"]));
    let copies = (0..1500).map(|n| (format!("{n:04}.csv"), (DTKS.to_owned() + DTKS_ROW).into_bytes()));
    let intake = read_bytes(copies, &options()).unwrap();
    assert_eq!((intake.files.len(), intake.unread.len()), (1, 1499));
}
