use super::*;
use arrow_array::types::Int32Type;
use arrow_array::{
    DictionaryArray, FixedSizeBinaryArray, Int64Array, LargeStringArray, NullArray, StringArray, StringViewArray,
};
use bansos::nik::{Class, Declared, NikFlag};
use bansos::{Coded, Nik, Sex, date};
use proptest::prelude::*;

const AS_OF: Date = Date::constant(2026, 11, 21);

/// A row of all columns, by the core alone.
#[derive(Debug, PartialEq)]
struct Row {
    class: i8,
    region: Option<i32>,
    birth_date: Option<i32>,
    sex: Option<i8>,
    flags: i32,
}

fn by_row(cell: Option<&str>, as_of: Date) -> Row {
    let class = cell.map_or(Class::Empty, |c| Class::from_text(c, as_of));
    let nik = cell.and_then(|c| Nik::parse(c).ok()).filter(|n| n.to_u64() != 0);
    let Some(nik) = nik else {
        let flag = match class {
            Class::Empty => NikFlag::Empty,
            Class::Length => NikFlag::Length,
            _ => NikFlag::Charset,
        };
        return Row { class: class as i8, region: None, birth_date: None, sex: None, flags: flag.bit() };
    };
    let found = nik.examine(&Declared::default(), as_of);
    Row {
        class: class as i8,
        region: i32::try_from(nik.to_u64() / 10_000_000_000).ok(),
        birth_date: found.birth.likely().map(date::to_epoch_days),
        sex: found.sex.map(|s| if s == Sex::Male { 1 } else { 2 }),
        flags: found.flags(),
    }
}

fn by_column(array: &dyn Array, as_of: Date, path: Path) -> Vec<Row> {
    let found = examine_with(array, Wanted::ALL, as_of, path).unwrap();
    let (class, region, birth_date) = (found.class.unwrap(), found.region.unwrap(), found.birth_date.unwrap());
    let (sex, flags) = (found.sex.unwrap(), found.flags.unwrap());
    (0..array.len())
        .map(|i| Row {
            class: class.value(i),
            region: region.is_valid(i).then(|| region.value(i)),
            birth_date: birth_date.is_valid(i).then(|| birth_date.value(i)),
            sex: sex.is_valid(i).then(|| sex.value(i)),
            flags: flags.value(i),
        })
        .collect()
}

fn same_everywhere(cells: &[Option<&str>], as_of: Date) {
    let expected: Vec<Row> = cells.iter().map(|c| by_row(*c, as_of)).collect();
    let arrays: Vec<ArrayRef> = vec![
        std::sync::Arc::new(StringArray::from(cells.to_vec())),
        std::sync::Arc::new(LargeStringArray::from(cells.to_vec())),
        std::sync::Arc::new(StringViewArray::from(cells.to_vec())),
        std::sync::Arc::new(cells.iter().copied().collect::<DictionaryArray<Int32Type>>()),
    ];
    for array in arrays {
        for path in [Path::Scalar, Path::Avx2] {
            assert_eq!(by_column(array.as_ref(), as_of, path), expected, "{} {path:?}", array.data_type());
            if array.len() > 3 {
                let part = array.slice(1, array.len() - 2);
                assert_eq!(by_column(part.as_ref(), as_of, path), expected[1..array.len() - 1], "a slice");
            }
        }
    }
}

#[test]
fn every_byte_at_every_place() {
    for place in 0..16 {
        let cells: Vec<String> = (0..=127u8)
            .map(|byte| {
                let mut cell = *b"3508126801809001";
                cell[place] = byte;
                String::from_utf8(cell.to_vec()).unwrap()
            })
            .collect();
        same_everywhere(&cells.iter().map(|c| Some(c.as_str())).collect::<Vec<_>>(), AS_OF);
    }
}

#[test]
fn every_day_field_and_month() {
    for as_of in [AS_OF, Date::constant(2000, 2, 28), Date::constant(1999, 1, 1), Date::constant(2010, 6, 30)] {
        for yy in [0, 1, 4, 16, 26, 27, 96, 99] {
            let cells: Vec<String> =
                (0..10_000).map(|ddmm| format!("350812{:02}{:02}{yy:02}9001", ddmm / 100, ddmm % 100)).collect();
            let array = StringArray::from_iter_values(&cells);
            let expected: Vec<Row> = cells.iter().map(|c| by_row(Some(c), as_of)).collect();
            for path in [Path::Scalar, Path::Avx2] {
                assert_eq!(by_column(&array, as_of, path), expected);
            }
        }
    }
}

#[test]
fn every_prefix() {
    let cells: Vec<String> = (0..1_000_000).map(|p| format!("{p:06}6801809001")).collect();
    let array = StringArray::from_iter_values(&cells);
    let class = |path| examine_with(&array, Wanted::default(), AS_OF, path).unwrap().class.unwrap();
    let (scalar, avx2) = (class(Path::Scalar), class(Path::Avx2));
    assert_eq!(scalar, avx2);
    for (cell, class) in cells.iter().zip(scalar.values()) {
        assert_eq!(*class, Class::from_text(cell, AS_OF) as i8, "{}", &cell[..6]);
    }
}

#[test]
fn fixed_size_and_null_and_the_wrong_type() {
    let cells = ["3508126801809001", "3508126801800000", "35O8126801809001"];
    let fixed = FixedSizeBinaryArray::try_from_iter(cells.iter().map(|c| c.as_bytes())).unwrap();
    let expected: Vec<Row> = cells.iter().map(|c| by_row(Some(c), AS_OF)).collect();
    assert_eq!(by_column(&fixed, AS_OF, Path::Avx2), expected);
    assert_eq!(by_column(&fixed.slice(1, 2), AS_OF, Path::Avx2), expected[1..]);
    assert_eq!(by_column(&NullArray::new(2), AS_OF, Path::Avx2), [by_row(None, AS_OF), by_row(None, AS_OF)]);
    let numbers = Int64Array::from(vec![3_508_126_801_809_001]);
    assert_eq!(examine(&numbers, Wanted::default(), AS_OF).unwrap_err().code(), "nik.column_type");
    assert_eq!(by_column(&StringArray::from(Vec::<&str>::new()), AS_OF, Path::Avx2), []);
}

/// Small enough for Miri: full blocks, a rest, slices that begin within a block, text that ends with the buffer.
/// `RUSTFLAGS=-Ctarget-feature=+avx2 cargo +nightly miri test -p bansos-arrow --lib nik::tests::blocks_and_a_rest`
#[test]
fn blocks_and_a_rest() {
    let kinds = ["3508126801809001", "9999126801809001", "350812680180", "35O8126801809001", "3508124713809001"];
    let cells: Vec<Option<&str>> = (0..21).map(|i| (i % 7 != 6).then(|| kinds[i % 5])).collect();
    same_everywhere(&cells, AS_OF);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn row_and_column_agree(
        cells in prop::collection::vec(
            prop_oneof![
                6 => (11u64..=96, 1u64..=30, 1u64..=25, 1u64..=71, 1u64..=13, 0u64..=99, 0u64..=3).prop_map(
                    |(p, r, d, day, month, year, serial)| Some(format!(
                        "{p:02}{r:02}{d:02}{day:02}{month:02}{year:02}{:04}", if serial == 0 { 0 } else { 8_999 + serial }))
                ),
                1 => "[0-9]{16}".prop_map(Some),
                1 => "[0-9 ]{14,18}".prop_map(Some),
                1 => ".{0,20}".prop_map(Some),
                1 => Just(None),
            ],
            0..700,
        ),
        year in 1995i16..2035,
    ) {
        let cells: Vec<Option<&str>> = cells.iter().map(Option::as_deref).collect();
        same_everywhere(&cells, Date::constant(year, 3, 1));
    }
}
