//! NIK columns: sixteen bytes in, one class byte out, and what else is asked for.
//!
//! Takes Utf8, LargeUtf8, Utf8View, FixedSizeBinary(16), a dictionary of one of these, or Null. The verdict of every cell is that of
//! [`bansos::nik::Class::from_text`]; the kernels only find out quickly which cells are plainly valid (sixteen digits, a district
//! in force, a real day, a serial) and leave the rest to the core. Where the processor has AVX2, eight cells are judged at once.

mod avx2;
mod cells;
mod decode;
mod plain;
mod table;
mod words;

use arrow_array::{Array, ArrayRef, Date32Array, Int8Array, Int32Array};
use arrow_buffer::{BooleanBuffer, NullBuffer};
use bansos::Date;
use cells::Cells;
use rayon::prelude::*;

/// Which columns to make. The default makes the class alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Int8, never null: place of the verdict in [`bansos::nik::Class::ALL`]; 0 to 3 are valid.
    pub class: bool,
    /// Int32: the first six digits as a number; null where there are no sixteen digits.
    pub region: bool,
    /// Date32: the birth date, the younger one where two are possible; null where there is none.
    pub birth_date: bool,
    /// Int8: 1 male, 2 female (the codes of BPS and of the card); null where the day field is none.
    pub sex: bool,
    /// Int32, never null: bits of [`bansos::nik::NikFlag`].
    pub flags: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { class: true, region: false, birth_date: false, sex: false, flags: false }
    }
}

impl Wanted {
    /// Every column.
    pub const ALL: Self = Self { class: true, region: true, birth_date: true, sex: true, flags: true };
}

/// The columns made.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// See [`Wanted::class`].
    pub class: Option<Int8Array>,
    /// See [`Wanted::region`].
    pub region: Option<Int32Array>,
    /// See [`Wanted::birth_date`].
    pub birth_date: Option<Date32Array>,
    /// See [`Wanted::sex`].
    pub sex: Option<Int8Array>,
    /// See [`Wanted::flags`].
    pub flags: Option<Int32Array>,
}

impl Columns {
    /// The columns with their names, in the order of [`Wanted`].
    pub fn named(self) -> impl Iterator<Item = (&'static str, ArrayRef)> {
        fn array<T: Array + 'static>(column: Option<T>) -> Option<ArrayRef> {
            column.map(|c| std::sync::Arc::new(c) as ArrayRef)
        }
        [
            ("class", array(self.class)),
            ("region", array(self.region)),
            ("birth_date", array(self.birth_date)),
            ("sex", array(self.sex)),
            ("flags", array(self.flags)),
        ]
        .into_iter()
        .filter_map(|(name, column)| Some((name, column?)))
    }
}

bansos::codes! {
    /// Why a column cannot be read as NIKs.
    #[derive(thiserror::Error)]
    pub enum NikColumnError {
        /// The type is none that holds text.
        Type { found: String } = "nik.column_type", Error,
            id: "kolom NIK harus berupa teks (Utf8, LargeUtf8, Utf8View, FixedSizeBinary(16), atau kamusnya); ini {found}. Jangan simpan NIK sebagai bilangan: di atas 2^53 angkanya berubah",
            en: "a NIK column must be text (Utf8, LargeUtf8, Utf8View, FixedSizeBinary(16), or a dictionary of one); this is {found}. Do not keep NIK as numbers: above 2^53 they change";
    }
}

/// Cells of one task: enough to be worth a thread, few enough to stay in its cache.
const TASK: usize = 64 * 1024;

/// Judges a column of NIKs on a reference date, on all cores where the column is long.
///
/// ```
/// use arrow_array::StringArray;
/// use bansos::Date;
/// use bansos_arrow::nik::{Wanted, examine};
/// let cells = StringArray::from(vec![Some("3508126801809001"), Some("3508126801800000"), None]);
/// let found = examine(&cells, Wanted::default(), Date::constant(2026, 11, 21)).unwrap();
/// let class = found.class.unwrap();
/// let words: Vec<&str> = class.values().iter().map(|c| bansos::nik::Class::ALL[*c as usize].word()).collect();
/// assert_eq!(words, ["valid", "serial_zero", "empty"]);
/// ```
pub fn examine(array: &dyn Array, wanted: Wanted, as_of: Date) -> Result<Columns, NikColumnError> {
    examine_with(array, wanted, as_of, plain::Path::best())
}

/// The same by a chosen path; tests and benchmarks compare them.
#[doc(hidden)]
pub fn examine_with(
    array: &dyn Array,
    wanted: Wanted,
    as_of: Date,
    path: plain::Path,
) -> Result<Columns, NikColumnError> {
    if let Some((values, keys)) = cells::dictionary(array) {
        return Ok(spread(examine_with(values.as_ref(), wanted, as_of, path)?, &keys));
    }
    let cells = Cells::of(array)?;
    Ok(columns(&cells, wanted, as_of, path))
}

#[doc(hidden)]
pub use plain::Path;

/// What one task fills.
#[derive(Default)]
struct Part<'a> {
    start: usize,
    len: usize,
    class: Option<&'a mut [i8]>,
    region: Option<&'a mut [i32]>,
    birth_date: Option<&'a mut [i32]>,
    sex: Option<&'a mut [i8]>,
    flags: Option<&'a mut [i32]>,
}

fn columns(cells: &Cells<'_>, wanted: Wanted, as_of: Date, path: plain::Path) -> Columns {
    let n = cells.len();
    let mut class = wanted.class.then(|| vec![0i8; n]);
    let mut region = wanted.region.then(|| vec![0i32; n]);
    let mut birth_date = wanted.birth_date.then(|| vec![0i32; n]);
    let mut sex = wanted.sex.then(|| vec![0i8; n]);
    let mut flags = wanted.flags.then(|| vec![0i32; n]);
    {
        let mut class = class.as_mut().map(|v| v.chunks_mut(TASK));
        let mut region = region.as_mut().map(|v| v.chunks_mut(TASK));
        let mut birth_date = birth_date.as_mut().map(|v| v.chunks_mut(TASK));
        let mut sex = sex.as_mut().map(|v| v.chunks_mut(TASK));
        let mut flags = flags.as_mut().map(|v| v.chunks_mut(TASK));
        let parts: Vec<Part<'_>> = (0..n)
            .step_by(TASK)
            .map(|start| Part {
                start,
                len: TASK.min(n - start),
                class: class.as_mut().and_then(Iterator::next),
                region: region.as_mut().and_then(Iterator::next),
                birth_date: birth_date.as_mut().and_then(Iterator::next),
                sex: sex.as_mut().and_then(Iterator::next),
                flags: flags.as_mut().and_then(Iterator::next),
            })
            .collect();
        let worker = decode::Worker::new(as_of, path);
        if parts.len() > 3 {
            parts.into_par_iter().for_each(|part| worker.fill(cells, part));
        } else {
            parts.into_iter().for_each(|part| worker.fill(cells, part));
        }
    }
    Columns {
        class: class.map(Int8Array::from),
        region: region.map(|v| {
            let nulls = nulls(&v, |x| *x != decode::NO_REGION);
            Int32Array::new(v.into(), nulls)
        }),
        birth_date: birth_date.map(|v| {
            let nulls = nulls(&v, |x| *x != decode::NO_DATE);
            Date32Array::new(v.into(), nulls)
        }),
        sex: sex.map(|v| {
            let nulls = nulls(&v, |x| *x != decode::NO_SEX);
            Int8Array::new(v.into(), nulls)
        }),
        flags: flags.map(Int32Array::from),
    }
}

/// Bits of what is there; none where all is.
fn nulls<T>(values: &[T], there: impl Fn(&T) -> bool) -> Option<NullBuffer> {
    let bits = BooleanBuffer::collect_bool(values.len(), |i| values.get(i).is_some_and(&there));
    (bits.count_set_bits() < values.len()).then(|| NullBuffer::new(bits))
}

/// Columns of a dictionary's values, laid out by its keys. A null key is an empty cell.
fn spread(values: Columns, keys: &[Option<usize>]) -> Columns {
    let empty_class = bansos::nik::Class::Empty as i8;
    let empty_flags = bansos::nik::NikFlag::Empty.bit();
    let class = |c: Int8Array| keys.iter().map(|k| Some(k.map_or(empty_class, |k| c.value(k)))).collect();
    let flags = |c: Int32Array| keys.iter().map(|k| Some(k.map_or(empty_flags, |k| c.value(k)))).collect();
    let int = |c: Int32Array| keys.iter().map(|k| k.filter(|k| c.is_valid(*k)).map(|k| c.value(k))).collect();
    let date = |c: Date32Array| keys.iter().map(|k| k.filter(|k| c.is_valid(*k)).map(|k| c.value(k))).collect();
    let byte = |c: Int8Array| keys.iter().map(|k| k.filter(|k| c.is_valid(*k)).map(|k| c.value(k))).collect();
    Columns {
        class: values.class.map(class),
        region: values.region.map(int),
        birth_date: values.birth_date.map(date),
        sex: values.sex.map(byte),
        flags: values.flags.map(flags),
    }
}

#[cfg(test)]
mod tests;
