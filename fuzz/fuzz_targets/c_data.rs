//! Arrays as another library hands them over by Arrow's C data interface: text that is none, offsets that run back or cut a letter,
//! views and keys that point nowhere. Refused with a row, or every column operation answers.
//!
//! Lengths of buffers are true: nobody can check them, and whoever lies there crashes any consumer. A panic of arrow's ends at the guard,
//! as it does in Python.
#![no_main]

#[path = "../../bindings-python/src/sound.rs"]
mod sound;

#[path = "common/columns.rs"]
#[allow(dead_code, reason = "the sample is of another target")]
mod columns;

use arbitrary::Arbitrary;
use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_buffer::Buffer;
use arrow_data::ArrayData;
use arrow_schema::{DataType, Field};
use bansos_interop::columns::Table;
use bansos_interop::shielded;
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    kind: u8,
    rows: u8,
    skip: u8,
    nulls: Option<[u8; 8]>,
    offsets: Vec<u8>,
    values: Vec<u8>,
    views: Vec<[u8; 16]>,
    sliced: bool,
}

/// `count` offsets of which the last, from which a consumer takes the length of the values, is true.
fn offsets(given: &[u8], count: usize, end: usize, wide: bool) -> Buffer {
    let one = |i: usize| given.get(i).map_or(0, |b| i64::from(*b) - 8);
    let mut all: Vec<i64> = (0..count).map(one).collect();
    if let Some(last) = all.last_mut() {
        *last = end as i64;
    }
    if wide { Buffer::from_vec(all) } else { Buffer::from_vec(all.into_iter().map(|n| n as i32).collect::<Vec<_>>()) }
}

fn texts(input: &Input, rows: usize, kind: DataType) -> ArrayData {
    let wide = matches!(kind, DataType::LargeUtf8 | DataType::LargeBinary);
    let bounds = offsets(&input.offsets, rows + 1, input.values.len(), wide);
    let nulls = input.nulls.map(|bits| Buffer::from_slice_ref(bits));
    let built = ArrayData::builder(kind).len(rows).add_buffer(bounds).add_buffer(Buffer::from_slice_ref(&input.values));
    // SAFETY: it is not: that is what is tried. What the interface cannot check (lengths of buffers) is true.
    unsafe { built.null_bit_buffer(nulls).build_unchecked() }
}

fn fixed(input: &Input, rows: usize, kind: DataType, size: usize) -> ArrayData {
    let mut values = input.values.clone();
    values.resize(rows * size, 7);
    let nulls = input.nulls.map(|bits| Buffer::from_slice_ref(bits));
    // SAFETY: as above.
    unsafe {
        ArrayData::builder(kind).len(rows).add_buffer(Buffer::from_vec(values)).null_bit_buffer(nulls).build_unchecked()
    }
}

fn array(input: &Input, rows: usize) -> ArrayData {
    match input.kind % 9 {
        0 => texts(input, rows, DataType::Utf8),
        1 => texts(input, rows, DataType::LargeUtf8),
        2 => texts(input, rows, DataType::Binary),
        3 => fixed(input, rows, DataType::Int64, 8),
        4 => fixed(input, rows, DataType::Float64, 8),
        5 => fixed(input, rows, DataType::Date32, 4),
        6 => {
            let mut views: Vec<u8> = input.views.concat();
            views.resize(rows * 16, 0);
            let built = ArrayData::builder(DataType::Utf8View).len(rows).add_buffer(Buffer::from_vec(views));
            // SAFETY: as above.
            unsafe { built.add_buffer(Buffer::from_slice_ref(&input.values)).build_unchecked() }
        }
        7 => {
            let words = texts(input, rows.min(4), DataType::Utf8);
            let kind = DataType::Dictionary(Box::new(DataType::Int8), Box::new(DataType::Utf8));
            let mut keys = input.offsets.clone();
            keys.resize(rows, 0);
            let built = ArrayData::builder(kind).len(rows).add_buffer(Buffer::from_vec(keys)).add_child_data(words);
            // SAFETY: as above.
            unsafe { built.build_unchecked() }
        }
        _ => {
            let words = texts(input, rows, DataType::Utf8);
            let kind = DataType::Struct(vec![Field::new("x", DataType::Utf8, true)].into());
            let nulls = input.nulls.map(|bits| Buffer::from_slice_ref(bits));
            // SAFETY: as above.
            unsafe { ArrayData::builder(kind).len(rows).add_child_data(words).null_bit_buffer(nulls).build_unchecked() }
        }
    }
}

/// As the Python border does it.
fn taken(input: &Input) {
    let rows = usize::from(input.rows % 33);
    let data = array(input, rows);
    let (given, schema) = (FFI_ArrowArray::new(&data), FFI_ArrowSchema::try_from(data.data_type()).unwrap());
    // SAFETY: both come from arrow itself; what they say of their contents is what is tried.
    let Ok(mut data) = (unsafe { from_ffi(given, &schema) }) else { return };
    if input.sliced {
        let skip = usize::from(input.skip) % (rows + 1);
        data = data.slice(skip, rows - skip);
    }
    let rows = data.len();
    match sound::sound(data) {
        Ok(array) => columns::answered(&Table::new(vec![("x".to_owned(), vec![array])]), &["x"]),
        // no panic, which the guard would take for one of arrow's
        Err(row) if row >= rows.max(1) => std::process::abort(),
        Err(_) => {}
    }
}

fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| {})),
    |input: Input| {
        let _ = shielded(|| {
            taken(&input);
            Ok(())
        });
    }
);
