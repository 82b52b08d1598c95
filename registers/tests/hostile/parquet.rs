//! Parquet files that lie: written by hand in Thrift's compact form where no writer would write them, else by the library's writer.

use super::{Case, PLANTED};
use arrow_array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// A struct of Thrift.
#[derive(Clone, Default)]
struct Thrift {
    bytes: Vec<u8>,
    last: u8,
}

fn whole(mut n: u64) -> Vec<u8> {
    let mut all = Vec::new();
    while n >= 0x80 {
        all.push(n as u8 | 0x80);
        n >>= 7;
    }
    all.push(n as u8);
    all
}

fn number(n: i64) -> Vec<u8> {
    whole((n << 1 ^ n >> 63) as u64)
}

impl Thrift {
    fn field(mut self, id: u8, wire: u8, value: &[u8]) -> Self {
        self.bytes.push((id - self.last) << 4 | wire);
        self.last = id;
        self.bytes.extend(value);
        self
    }

    fn int(self, id: u8, n: i64) -> Self {
        self.field(id, 6, &number(n))
    }

    fn text(self, id: u8, text: &[u8]) -> Self {
        self.field(id, 8, &[&whole(text.len() as u64)[..], text].concat())
    }

    fn part(self, id: u8, part: Thrift) -> Self {
        self.field(id, 12, &part.end())
    }

    /// A list that states `count` elements of a kind.
    fn list(self, id: u8, wire: u8, count: u64, elements: &[u8]) -> Self {
        self.field(id, 9, &[&[0xf0 | wire], &whole(count)[..], elements].concat())
    }

    fn end(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

fn thrift() -> Thrift {
    Thrift::default()
}

const PLAIN: i64 = 0;
const LENGTHS: i64 = 6;
const PREFIXES: i64 = 7;
const KEYS: i64 = 8;

/// What a page says: its kind, its sizes and its values.
fn page_of(kind: i64, unpacked: i64, packed: i64, more: impl Fn(Thrift) -> Thrift) -> Vec<u8> {
    more(thrift().int(1, kind).int(2, unpacked).int(3, packed)).end()
}

fn data(values: i64, encoding: i64, body: &[u8]) -> Vec<u8> {
    let said = thrift().int(1, values).int(2, encoding).int(3, 3).int(4, 3);
    let size = body.len() as i64;
    [&page_of(0, size, size, |t| t.part(5, said.clone()))[..], body].concat()
}

fn dictionary(values: i64, body: &[u8]) -> Vec<u8> {
    let size = body.len() as i64;
    let said = thrift().int(1, values).int(2, PLAIN);
    [&page_of(2, size, size, |t| t.part(7, said.clone()))[..], body].concat()
}

fn text(value: &[u8]) -> Vec<u8> {
    [&(value.len() as u32).to_le_bytes()[..], value].concat()
}

/// A column of a file with one group of rows.
struct Column {
    name: &'static str,
    kind: i64,
    length: i64,
    /// 0 always there, 1 may be missing, 2 repeated.
    repeated: i64,
    pages: Vec<u8>,
    rows: i64,
}

fn texts(name: &'static str, rows: i64, pages: Vec<u8>) -> Column {
    Column { name, kind: 6, length: 0, repeated: 0, pages, rows }
}

/// The places of a column, which may be lies.
fn chunk(column: &Column, start: i64, size: i64) -> Vec<u8> {
    let said =
        thrift().int(1, column.kind).list(2, 5, 1, &number(PLAIN)).list(3, 8, 1, &text_of(column.name)).int(4, 0);
    let said = said.int(5, column.rows).int(6, size).int(7, size).int(9, start);
    thrift().int(2, 0).part(3, said).end()
}

fn text_of(name: &str) -> Vec<u8> {
    [&whole(name.len() as u64)[..], name.as_bytes()].concat()
}

fn element(column: &Column) -> Vec<u8> {
    let said = thrift().int(1, column.kind);
    let said = if column.length > 0 { said.int(2, column.length) } else { said };
    let said = said.int(3, column.repeated).text(4, column.name.as_bytes());
    // text, where it is not of a fixed width
    if column.kind == 6 { said.int(6, 0).end() } else { said.end() }
}

fn root(children: i64) -> Vec<u8> {
    thrift().text(4, b"schema").int(5, children).end()
}

/// What is said of the whole: columns, groups of rows, rows.
fn said(elements: u64, schema: &[u8], groups: u64, group: &[u8], rows: i64) -> Vec<u8> {
    thrift().int(1, 2).list(2, 12, elements, schema).int(3, rows).list(4, 12, groups, group).end()
}

/// A file of pages and an end.
fn file(pages: &[u8], end: &[u8]) -> Vec<u8> {
    [b"PAR1", pages, end, &(end.len() as u32).to_le_bytes(), b"PAR1"].concat()
}

/// A file of some columns; `place` may say another start and size than theirs.
fn table(columns: &[Column], place: impl Fn(i64, i64) -> (i64, i64)) -> Vec<u8> {
    let (mut pages, mut chunks, mut schema) = (Vec::new(), Vec::new(), root(columns.len() as i64));
    for column in columns {
        let (start, size) = place(4 + pages.len() as i64, column.pages.len() as i64);
        chunks.extend(chunk(column, start, size));
        schema.extend(element(column));
        pages.extend(&column.pages);
    }
    let rows = columns.first().map_or(0, |c| c.rows);
    let group = thrift().list(1, 12, columns.len() as u64, &chunks).int(2, pages.len() as i64).int(3, rows).end();
    file(&pages, &said(columns.len() as u64 + 1, &schema, 1, &group, rows))
}

/// One column of texts with such pages.
fn one(rows: i64, pages: Vec<u8>) -> Vec<u8> {
    table(&[texts("nama", rows, pages)], |start, size| (start, size))
}

/// Values as the library writes them, `rows` in a group.
fn written(values: &[&str], packing: Compression, rows: usize, change: impl Fn(Options) -> Options) -> Vec<u8> {
    let batch = |values: &[&str]| {
        let column: ArrayRef = Arc::new(StringArray::from(values.to_vec()));
        RecordBatch::try_from_iter([("nama", column)]).unwrap()
    };
    let options = WriterProperties::builder().set_compression(packing);
    let options = options.set_statistics_enabled(parquet::file::properties::EnabledStatistics::None);
    let options = change(options.set_max_row_group_row_count(Some(rows))).build();
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch(&[]).schema(), Some(options)).unwrap();
    // together they would not fit
    values.chunks(64).for_each(|values| writer.write(&batch(values)).unwrap());
    writer.close().unwrap();
    out
}

type Options = parquet::file::properties::WriterPropertiesBuilder;

/// A list of so many differences, all nothing: eight small blocks of 128 values.
fn differences(count: u64, first: i64, block: u64) -> Vec<u8> {
    [whole(block), whole(1), whole(count), number(first)].concat()
}

/// Files whose end lies.
fn ends() -> Vec<Case> {
    let good = || one(1, data(1, PLAIN, &text(b"SITI")));
    let column = || texts("nama", 1, data(1, PLAIN, &text(b"SITI")));
    let schema = [root(1), element(&column())].concat();
    let much = i32::MAX as u64;
    let deep = [root(1), thrift().int(3, 0).text(4, PLANTED[1].as_bytes()).int(5, 1).end().repeat(60_000)].concat();
    let wide = [root(70_000), element(&column()).repeat(70_000)].concat();
    let stated = |length: u32| [b"PAR1", &good()[4..40], &length.to_le_bytes()[..], b"PAR1"].concat();
    let moved = |place: fn(i64, i64) -> (i64, i64)| table(&[column()], place);
    let group = |rows: i64| thrift().list(1, 12, 0, &[]).int(2, 0).int(3, rows).end();
    let twice = thrift().int(1, 2).list(2, 12, 2, &schema).int(3, 1).list(4, 12, much, &[]);
    vec![
        ("parquet_groups_2e9", file(&[], &said(2, &schema, much, &group(1), 1)), "record"),
        ("parquet_groups_33000", file(&[], &said(1, &root(0), 33_000, &group(0).repeat(33_000), 0)), "sheets"),
        ("parquet_columns_2e9", file(&[], &said(much, &schema, 0, &[], 0)), "record"),
        ("parquet_columns_70000", file(&[], &said(70_001, &wide, 0, &[], 0)), "sheets"),
        ("parquet_groups_within_groups", file(&[], &said(60_001, &deep, 0, &[], 0)), "record"),
        ("parquet_pairs_2e9", file(&[], &twice.list(5, 12, much, &[]).end()), "record"),
        ("parquet_unknown_list_2e9", file(&[], &thrift().int(1, 2).list(12, 1, much, &[]).end()), "record"),
        ("parquet_text_for_a_number", file(&[], &thrift().text(1, PLANTED[0].as_bytes()).end()), "record"),
        ("parquet_rows_negative", file(&[], &said(2, &schema, 1, &group(-5), -5)), "damaged"),
        ("parquet_end_of_4e9_bytes", stated(u32::MAX), "inflated"),
        ("parquet_end_longer_than_the_file", stated(1000), "cut"),
        ("parquet_end_cut", good()[..good().len() - 9].to_vec(), "cut"),
        ("parquet_part_out_of_the_file", moved(|_, size| (1 << 40, size)), "place"),
        ("parquet_part_longer_than_the_file", moved(|start, _| (start, i64::MAX)), "place"),
        ("parquet_part_before_the_file", moved(|_, size| (-4, size)), "place"),
        ("parquet_part_of_another_kind", moved(|start, size| (start + 7, size - 7)), "damaged"),
        ("parquet_good", good(), "ok"),
    ]
}

/// Files whose pages lie.
fn pages() -> Vec<Case> {
    let value = text(b"SITI");
    let much = i64::from(i32::MAX);
    let says = |unpacked: i64, packed: i64| {
        let said = thrift().int(1, 1).int(2, PLAIN).int(3, 3).int(4, 3);
        one(1, [&page_of(0, unpacked, packed, |t| t.part(5, said.clone()))[..], &value].concat())
    };
    let nothing = |count: u64| [&differences(count, 0, 1 << 40)[..], &[0, 0]].concat();
    let missing = [&6u32.to_le_bytes()[..], &whole(much as u64 * 2), &[0]].concat();
    let sparse =
        |name| Column { name, kind: 6, length: 0, repeated: 1, pages: data(much, PLAIN, &missing), rows: much };
    let names = ["a", "b", "c", "d", "e", "f", "g", "h", "nama", "nik"];
    let lists = || {
        let levels = [&6u32.to_le_bytes()[..], &whole(much as u64 * 2), &[1]].concat();
        Column { name: "daftar", kind: 6, length: 0, repeated: 2, pages: data(much, PLAIN, &levels.repeat(2)), rows: 1 }
    };
    let wide = |length| Column { name: "kode", kind: 7, length, repeated: 0, pages: data(1, PLAIN, &value), rows: 1 };
    let here = |start, size| (start, size);
    let statistic = thrift().text(1, &vec![b'A'; 5 << 20]);
    let said = thrift().int(1, 1).int(2, PLAIN).int(3, 3).int(4, 3).part(5, statistic);
    vec![
        ("parquet_page_says_2e9_bytes", says(much, 8), "inflated"),
        ("parquet_page_says_fewer_than_none", says(-1, 8), "record"),
        ("parquet_page_longer_than_its_part", says(8, much), "cut"),
        ("parquet_page_of_2e9_values", one(much, data(much, PLAIN, &value)), "damaged"),
        (
            "parquet_dictionary_of_2e9_values",
            one(1, [dictionary(much, &value), data(1, KEYS, &[1])].concat()),
            "record",
        ),
        ("parquet_key_without_dictionary", one(1, data(1, KEYS, &[1, 2, 0])), "damaged"),
        ("parquet_keys_of_no_bytes", one(1, [dictionary(1, &value), data(1, KEYS, &[])].concat()), "damaged"),
        ("parquet_keys_of_255_bits", one(1, [dictionary(1, &value), data(1, KEYS, &[255, 2, 0])].concat()), "damaged"),
        (
            "parquet_key_that_points_nowhere",
            one(1, [dictionary(1, &value), data(1, KEYS, &[8, 2, 9])].concat()),
            "damaged",
        ),
        ("parquet_lengths_2e60", one(1, data(1, LENGTHS, &nothing(1 << 60))), "damaged"),
        ("parquet_lengths_2e9_of_nothing", one(1, data(1, LENGTHS, &nothing(1 << 31))), "damaged"),
        ("parquet_beginnings_2e60", one(1, data(1, PREFIXES, &nothing(1 << 60))), "damaged"),
        (
            "parquet_ends_2e60",
            one(1, data(1, PREFIXES, &[differences(1, 0, 128), nothing(1 << 60)].concat())),
            "damaged",
        ),
        ("parquet_nulls_2e9", table(&names.map(sparse), here), "text"),
        ("parquet_list_of_2e9", table(&[lists(), texts("nama", 1, data(1, PLAIN, &value))], here), "ok"),
        ("parquet_width_2e9", table(&[wide(much)], here), "damaged"),
        (
            "parquet_page_with_a_long_statistic",
            one(1, [&page_of(0, 8, 8, |t| t.part(5, said.clone()))[..], &value].concat()),
            "long",
        ),
    ]
}

/// Files of which a few bytes unpack to very many.
fn bombs(large: bool) -> Vec<Case> {
    let mib = 1 << 20;
    let long = "A".repeat(if large { 600 * mib } else { 40 * mib });
    let (one_mib, eight) = ("A".repeat(mib), "A".repeat(8 * mib));
    let zstd = || Compression::ZSTD(Default::default());
    let many = if large { 4096 } else { 100 };
    let plain = |o: Options| o.set_dictionary_enabled(false);
    let begins = |o: Options| plain(o).set_encoding(Encoding::DELTA_BYTE_ARRAY);
    let small = |o: Options| plain(o).set_data_page_row_count_limit(1).set_write_batch_size(1);
    let equal = vec![one_mib.as_str(); many];
    vec![
        ("parquet_zstd_page", written(&[&long], zstd(), 1, plain), "inflated"),
        ("parquet_snappy_page", written(&[&long], Compression::SNAPPY, 1, plain), "inflated"),
        ("parquet_zstd_dictionary", written(&[&long], zstd(), 1, |o| o), "inflated"),
        ("parquet_cell_of_18MB", written(&[&"A".repeat(18 * mib)], zstd(), 1, plain), "long"),
        ("parquet_one_value_in_all_rows", written(&equal, zstd(), 1 << 20, |o| o), "text"),
        ("parquet_values_that_begin_alike", written(&equal, zstd(), 1 << 20, begins), "text"),
        ("parquet_page_a_row", written(&equal, zstd(), 1 << 20, small), "text"),
        ("parquet_group_a_row", written(&vec![eight.as_str(); if large { 500 } else { 20 }], zstd(), 1, |o| o), "text"),
    ]
}

/// All of them.
pub fn cases(large: bool) -> Vec<Case> {
    [ends(), pages(), bombs(large)].concat()
}

/// A small file with everything that a common one has.
pub fn common() -> Vec<u8> {
    written(&["SITI", "BUDI", "SITI", "ANI"], Compression::SNAPPY, 2, |o| o)
}
