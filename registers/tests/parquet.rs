//! Registers in Parquet as databases, pandas and Spark write them: every kind of column is read or refused by its name.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{
    Array, ArrayRef, BinaryArray, Decimal128Array, Float32Array, Float64Array, RecordBatch, StringArray,
    TimestampNanosecondArray,
};
use bansos::{Coded, Date};
use bansos_registers::table::Table;
use bansos_registers::{FileNote, Intake, ReadError, ReadOptions, read_bytes};
use std::sync::Arc;

const NIKS: [i64; 3] = [3_508_161_103_659_001, 3_508_164_507_689_002, 3_508_162_001_959_003];
const CARDS: [i64; 3] = [3_508_161_203_909_001; 3];
/// Days since 1970 of 11 March 1965, 5 July 1968 and 20 January 1995.
const BORN: [i64; 3] = [-1757, -545, 9150];

/// A DTKS table in which one column is another array.
fn dtks(name: &str, column: ArrayRef) -> Vec<u8> {
    let texts = |all: [&str; 3]| Arc::new(StringArray::from(all.to_vec())) as ArrayRef;
    let digits = |all: [i64; 3]| Arc::new(StringArray::from(all.map(|n| n.to_string()).to_vec())) as ArrayRef;
    let columns = [
        ("NOKK", digits(CARDS)),
        ("NIK", digits(NIKS)),
        ("NAMA", texts(["SUTRISNO", "NGATINI", "BUDI SANTOSO"])),
        ("TGL_LAHIR", texts(["11/03/1965", "05/07/1968", "20/01/1995"])),
        ("JENIS_KELAMIN", texts(["LAKI-LAKI", "PEREMPUAN", "LAKI-LAKI"])),
        ("NAMA_IBU_KANDUNG", texts(["SITI", "SRI", "NGATINI"])),
        ("HUB_KELUARGA", texts(["KEPALA KELUARGA", "ISTRI", "ANAK"])),
        ("KELURAHAN", texts(["JOKARTO"; 3])),
        ("IDDTKS", texts(["35080000001", "35080000002", "35080000003"])),
        ("PKH", texts(["YA", "TIDAK", "TIDAK"])),
    ];
    let columns = columns.map(|(own, array)| (own, if own == name { column.clone() } else { array }));
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut out = Vec::new();
    let mut writer = parquet::arrow::ArrowWriter::try_new(&mut out, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    out
}

fn read(name: &str, column: impl Array + 'static) -> Result<Intake, ReadError> {
    let options = ReadOptions::new(Date::constant(2026, 11, 22));
    read_bytes([("dtks.parquet", dtks(name, Arc::new(column)))], &options)
}

#[test]
fn dates_as_pandas_writes_them() {
    for zone in [None, Some("Asia/Jakarta"), Some("+07:00")] {
        let ahead = if zone.is_some() { 7 * 3600 } else { 0 };
        let moments = TimestampNanosecondArray::from(BORN.map(|d| (d * 86_400 - ahead) * 1_000_000_000).to_vec());
        let column = match zone {
            // in 1968 and after; in March 1965 too, Jakarta was seven hours ahead
            Some(zone) => moments.with_timezone(zone),
            None => moments,
        };
        let intake = read("TGL_LAHIR", column).unwrap();
        let born: Vec<_> = intake.persons.iter().map(|p| p.birth_date.unwrap().to_string()).collect();
        assert_eq!(born, ["1965-03-11", "1968-07-05", "1995-01-20"], "{zone:?}");
        let of_dates = |p: &bansos::person::PersonRecord| p.findings.iter().any(|n| n.field.word() == "birth_date");
        assert!(!intake.persons.iter().any(of_dates));
    }
}

#[test]
fn numbers_as_databases_write_them() {
    for scale in [0, 4] {
        let values = NIKS.map(|n| i128::from(n) * 10_i128.pow(scale));
        let column = Decimal128Array::from(values.to_vec()).with_precision_and_scale(38, i8::try_from(scale).unwrap());
        let intake = read("NIK", column.unwrap()).unwrap();
        let niks: Vec<_> = intake.persons.iter().map(|p| p.nik.value().unwrap().to_u64()).collect();
        assert_eq!(niks, NIKS.map(|n| n as u64));
    }
    let texts = NIKS.map(|n| n.to_string());
    let intake = read("NIK", BinaryArray::from(texts.iter().map(|t| t.as_bytes()).collect::<Vec<_>>())).unwrap();
    assert!(intake.persons.iter().all(|p| p.nik.raw().is_none() && p.nik.value().is_some()));
}

#[test]
fn a_binary_number_that_may_be_its_neighbour_is_no_identity() {
    // of Papua, above 2^53: the last digit is rounded, whatever stands there
    let papua = [9_109_161_103_659_001_i64, 9_109_164_507_689_002, 9_109_162_001_959_006];
    let intake = read("NIK", Float64Array::from(papua.map(|n| n as f64).to_vec())).unwrap();
    for person in &intake.persons {
        assert!(person.nik.value().is_none() && person.nik.raw().is_some());
        assert!(person.findings.iter().any(|n| n.finding.code() == "nik.float_rounded"));
    }
    let intake = read("NOKK", Float64Array::from(papua.map(|n| n as f64).to_vec())).unwrap();
    assert!(intake.persons.iter().all(|p| p.family_card.value().is_none() && p.family_card.raw().is_some()));
    // four bytes hold seven digits of any number
    let intake = read("NIK", Float32Array::from(NIKS.map(|n| n as f32).to_vec())).unwrap();
    assert!(intake.persons.iter().all(|p| p.nik.value().is_none() && p.nik.raw().is_some()));
    // below 2^53 every digit is there
    let intake = read("NIK", Float64Array::from(NIKS.map(|n| n as f64).to_vec())).unwrap();
    assert!(intake.persons.iter().all(|p| p.nik.value().is_some()));
}

#[test]
fn lists_are_refused_by_name_where_they_are_needed_and_noted_elsewhere() {
    let lists = || {
        let mut lists = ListBuilder::new(StringBuilder::new());
        for nik in NIKS {
            lists.append_value([Some(nik.to_string())]);
        }
        lists.finish()
    };
    let error = read("NIK", lists()).unwrap_err();
    assert_eq!(error.code(), "read.column_kind");
    let text = error.to_string();
    assert!(text.contains("NIK") && text.contains("list") && !text.contains("3508"), "{text}");
    let intake = read("PKH", lists()).unwrap();
    assert_eq!(intake.accepted(), 3);
    let noted = |n: &FileNote| matches!(n, FileNote::ColumnKind { columns } if columns == "PKH (list)");
    assert!(intake.files[0].notes.iter().any(noted));
    let table = Table::from_bytes("x.parquet", dtks("NIK", Arc::new(lists()))).unwrap();
    assert_eq!(table.column("nik").unwrap_err().code(), "read.column_kind");
    assert!(table.column("nama").is_ok());
}

/// A column of bytes that only the schema beside the file's own calls text: the library takes its word.
#[test]
fn what_only_calls_itself_text_is_looked_at() {
    use arrow_schema::{DataType, Field, Schema};
    use parquet::arrow::arrow_writer::{ArrowWriter, ArrowWriterOptions};
    let file = |values: [&[u8]; 2]| {
        let batch = RecordBatch::try_from_iter([("nama", Arc::new(BinaryArray::from(values.to_vec())) as ArrayRef)]);
        let batch = batch.unwrap();
        let claimed = Schema::new(vec![Field::new("nama", DataType::Utf8, false)]);
        let claim = parquet::arrow::encode_arrow_schema(&claimed);
        let claim = parquet::file::metadata::KeyValue::new("ARROW:schema".to_owned(), claim);
        let properties =
            parquet::file::properties::WriterProperties::builder().set_key_value_metadata(Some(vec![claim])).build();
        let options = ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        let mut out = Vec::new();
        let mut writer = ArrowWriter::try_new_with_options(&mut out, batch.schema(), options).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        out
    };
    let batches = |bytes: Vec<u8>| {
        let table = Table::from_bytes("x.parquet", bytes).unwrap();
        let column = table.column("nama").unwrap();
        table.batches(&[column], 9).unwrap().collect::<Result<Vec<_>, _>>()
    };
    let read = batches(file(["JOSÉ".as_bytes(), b"SITI"])).unwrap();
    assert_eq!(read[0].column(0).as_any().downcast_ref::<StringArray>().unwrap().value(0), "JOSÉ");
    assert_eq!(batches(file([b"JOS\xc9", b"SITI"])).unwrap_err().code(), "read.damaged");
}
