//! Ranking Arrow arrays: what a file, a DataFrame or another engine hands over.

use super::columns::{ColumnScore, Columns, Groups, Keys, Sizes, encode_groups};
use super::memory::rank_columns;
use super::report::report;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, UInt8Array, new_null_array};
use arrow_buffer::NullBuffer;
use arrow_schema::DataType as T;
use arrow_select::take::take;
use bansos::ranking::{RankError, RankOptions, RankReport};
use std::borrow::Cow;

/// Arrays of one table.
#[derive(Clone, Copy)]
pub struct Arrays<'a> {
    /// Float, integer or Decimal128 scores. Integers and decimals are compared exactly, never as floats.
    pub score: &'a dyn Array,
    /// Whole numbers: members of each family.
    pub size: Option<&'a dyn Array>,
    /// Text or whole numbers, one of its own for each family. `None`: the order of the rows settles ties, which is only
    /// right where that order is itself settled.
    pub key: Option<&'a dyn Array>,
}

/// The ranking of one grouping.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// 1..=10 or 1..=100; null where not ranked.
    pub parts: UInt8Array,
    /// Name of each group, by the number it has in the report.
    pub groups: Vec<String>,
    /// The report, scores written as text so that none loses a digit.
    pub report: RankReport<String>,
}

/// Ranks arrays by each grouping: `None` for all families together, or an array of region codes or names (nulls and empty
/// texts are in no group). The margin of [`RankOptions::near`] is in units of the score, for decimals too.
///
/// # Errors
/// As [`rank_columns`]; [`RankError::ColumnType`] for an array that cannot be a score, size, key or group.
///
/// ```
/// use arrow_array::{Float64Array, StringArray};
/// use bansos::ranking::RankOptions;
/// use bansos_arrow::ranking::{Arrays, rank_arrays};
///
/// let score = Float64Array::from(vec![Some(3.5), None, Some(1.5)]);
/// let regency = StringArray::from(vec!["3508", "3508", "6402"]);
/// let arrays = Arrays { score: &score, size: None, key: None };
/// let ranked = rank_arrays(&arrays, &[None, Some(&regency)], &RankOptions::default())?;
/// assert_eq!(ranked[0].parts.iter().collect::<Vec<_>>(), [Some(6), None, Some(1)]);
/// assert_eq!(ranked[1].groups, ["3508", "6402"]);
/// # Ok::<(), bansos::ranking::RankError>(())
/// ```
pub fn rank_arrays(
    arrays: &Arrays<'_>,
    groupings: &[Option<&dyn Array>],
    options: &RankOptions,
) -> Result<Vec<Ranked>, RankError> {
    let (score, size) = (nothing(arrays.score, &T::Int64), arrays.size.and_then(|size| nothing(size, &T::Int64)));
    let key = arrays.key.and_then(|key| nothing(key, &T::Utf8));
    let arrays = &Arrays {
        score: score.as_deref().unwrap_or(arrays.score),
        size: size.as_deref().or(arrays.size),
        key: key.as_deref().or(arrays.key),
    };
    let encode = |g: &Option<&dyn Array>| g.map(encode_groups).transpose();
    let encoded: Vec<_> = groupings.iter().map(encode).collect::<Result<_, _>>()?;
    let valid = arrays.score.logical_nulls();
    match scores(arrays.score)? {
        Scores::Float(s) => rank(&s, valid.as_ref(), arrays, &encoded, options, |x| x.to_string()),
        Scores::Whole(s) => rank(&s, valid.as_ref(), arrays, &encoded, options, |x| x.to_string()),
        Scores::Decimal(s, scale) => {
            let unit = 10_f64.powi(scale.into());
            let scaled = RankOptions { near: options.near.map(|n| n * unit), ..*options };
            rank(&s, valid.as_ref(), arrays, &encoded, &scaled, |x| decimal(x, scale))
        }
    }
}

/// A column of the kind Null as nulls of a kind: a library that has seen no value knows no better.
fn nothing(array: &dyn Array, kind: &T) -> Option<ArrayRef> {
    (array.data_type() == &T::Null).then(|| new_null_array(kind, array.len()))
}

type Encoded = Option<(Vec<u32>, Vec<String>)>;

fn rank<S: ColumnScore>(
    scores: &[S],
    valid: Option<&NullBuffer>,
    arrays: &Arrays<'_>,
    encoded: &[Encoded],
    options: &RankOptions,
    write: impl Fn(S) -> String,
) -> Result<Vec<Ranked>, RankError> {
    let groups: Vec<Groups<'_>> = encoded.iter().map(groups).collect();
    let size = arrays.size.map(|a| (a, a.logical_nulls()));
    // a categorical key as the texts it stands for
    let plain = |a: &dyn Array| a.as_any_dictionary_opt().map(|d| take(d.values(), d.keys(), None)).transpose();
    let plain = arrays.key.map(plain).transpose().map_err(|_| RankError::ColumnType { column: "key" })?.flatten();
    let key = plain.as_deref().or(arrays.key).map(|a| (a, a.logical_nulls()));
    let (wide_sizes, wide_keys);
    let sizes = match &size {
        None => Sizes::Unknown,
        Some((array, nulls)) => match whole(*array, "size")? {
            Whole::Signed(s) => {
                wide_sizes = s;
                Sizes::I64(&wide_sizes, nulls.as_ref())
            }
            Whole::Unsigned(s) => Sizes::U64(s, nulls.as_ref()),
        },
    };
    let keys = match &key {
        None => Keys::RowOrder,
        Some((array, nulls)) => match array.data_type() {
            T::Utf8 => Keys::Text(array.as_string()),
            T::LargeUtf8 => Keys::LargeText(array.as_string()),
            T::Utf8View => Keys::TextView(array.as_string_view()),
            _ => match whole(*array, "key")? {
                Whole::Signed(s) => {
                    wide_keys = s;
                    Keys::I64(&wide_keys, nulls.as_ref())
                }
                Whole::Unsigned(s) => Keys::U64(s, nulls.as_ref()),
            },
        },
    };
    let columns = Columns { scores, valid, sizes, keys, groups: &groups, first_row: 0 };
    let all = rank_columns(&columns, options)?;
    let finish = |((parts, groups), encoded): ((Vec<u8>, &Groups<'_>), &Encoded)| {
        let report = report(&columns, *groups, &parts, options)?.map(&write);
        let names = encoded.as_ref().map_or_else(Vec::new, |(_, names)| names.clone());
        Ok(Ranked { parts: to_array(parts), groups: names, report })
    };
    all.into_iter().zip(&groups).zip(encoded).map(finish).collect()
}

fn groups(encoded: &Encoded) -> Groups<'_> {
    match encoded {
        None => Groups::All,
        Some((ids, names)) => Groups::U32 { ids, count: names.len() as u32 },
    }
}

/// Bytes of [`rank_columns`] as an array: null where a row is not ranked.
pub fn to_array(parts: Vec<u8>) -> UInt8Array {
    let ranked: NullBuffer = parts.iter().map(|&p| p != 0).collect();
    UInt8Array::new(parts.into(), Some(ranked).filter(|n| n.null_count() > 0))
}

enum Scores<'a> {
    Float(Cow<'a, [f64]>),
    Whole(Cow<'a, [i64]>),
    Decimal(Cow<'a, [i128]>, i8),
}

fn scores(array: &dyn Array) -> Result<Scores<'_>, RankError> {
    Ok(match array.data_type() {
        T::Float64 => Scores::Float(array.as_primitive::<Float64Type>().values().as_ref().into()),
        T::Float32 => Scores::Float(widened::<Float32Type, f64>(array).into()),
        T::Decimal128(_, scale) => {
            Scores::Decimal(array.as_primitive::<Decimal128Type>().values().as_ref().into(), *scale)
        }
        T::UInt64 => Scores::Decimal(widened::<UInt64Type, i128>(array).into(), 0),
        _ => match whole(array, "score")? {
            Whole::Signed(s) => Scores::Whole(s),
            Whole::Unsigned(_) => return Err(RankError::ColumnType { column: "score" }),
        },
    })
}

enum Whole<'a> {
    Signed(Cow<'a, [i64]>),
    Unsigned(&'a [u64]),
}

fn whole<'a>(array: &'a dyn Array, column: &'static str) -> Result<Whole<'a>, RankError> {
    Ok(Whole::Signed(match array.data_type() {
        T::Int64 => array.as_primitive::<Int64Type>().values().as_ref().into(),
        T::Int32 => widened::<Int32Type, i64>(array).into(),
        T::Int16 => widened::<Int16Type, i64>(array).into(),
        T::Int8 => widened::<Int8Type, i64>(array).into(),
        T::UInt32 => widened::<UInt32Type, i64>(array).into(),
        T::UInt16 => widened::<UInt16Type, i64>(array).into(),
        T::UInt8 => widened::<UInt8Type, i64>(array).into(),
        T::UInt64 => return Ok(Whole::Unsigned(array.as_primitive::<UInt64Type>().values())),
        _ => return Err(RankError::ColumnType { column }),
    }))
}

fn widened<A: ArrowPrimitiveType, W: From<A::Native>>(array: &dyn Array) -> Vec<W> {
    array.as_primitive::<A>().values().iter().map(|&v| v.into()).collect()
}

/// The digits of a decimal with its point.
fn decimal(digits: i128, scale: i8) -> String {
    let Ok(places) = usize::try_from(scale) else {
        return format!("{digits}{}", "0".repeat(usize::from(scale.unsigned_abs())));
    };
    let text = format!("{:0>width$}", digits.unsigned_abs(), width = places + 1);
    let (whole, part) = text.split_at(text.len() - places);
    let sign = if digits < 0 { "-" } else { "" };
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::{Decimal128Array, Int32Array, Int64Array, StringArray, UInt64Array};

    #[test]
    fn decimals_keep_every_digit() {
        assert_eq!(
            [decimal(-5, 2), decimal(12345, 2), decimal(7, 0), decimal(7, -3)],
            ["-0.05", "123.45", "7", "7000"]
        );
        let score = Decimal128Array::from(vec![
            10_000_000_000_000_000_000_000_000_000_000_i128,
            10_000_000_000_000_000_000_000_000_000_001,
        ])
        .with_precision_and_scale(38, 4)
        .unwrap();
        let arrays = Arrays { score: &score, size: None, key: None };
        let options = RankOptions { near: Some(0.0001), ..RankOptions::default() };
        let ranked = rank_arrays(&arrays, &[None], &options).unwrap().remove(0);
        assert_eq!(ranked.parts.values().as_ref(), [1, 6]);
        assert_eq!(ranked.report.total.near_cut, Some(2));
        assert!(ranked.report.groups[0].cuts[4].richer.as_deref().unwrap().ends_with(".0001"));
    }

    #[test]
    fn whole_numbers_of_any_width_and_the_nulls_of_each() {
        let score = Int32Array::from(vec![Some(2), Some(1), None, Some(1)]);
        let size = UInt64Array::from(vec![1, 2, 3, 1]);
        let key = Int64Array::from(vec![Some(1), Some(5), None, Some(4)]);
        let arrays = Arrays { score: &score, size: Some(&size), key: Some(&key) };
        let options = RankOptions { by: bansos::ranking::By::Persons, ..RankOptions::default() };
        let parts = rank_arrays(&arrays, &[None], &options).unwrap().remove(0).parts;
        assert_eq!(parts.iter().collect::<Vec<_>>(), [Some(8), Some(3), None, Some(1)]);
        let text = StringArray::from(vec!["a"; 4]);
        let wrong = rank_arrays(&Arrays { score: &text, size: None, key: None }, &[None], &options);
        assert_eq!(wrong.unwrap_err(), RankError::ColumnType { column: "score" });
    }
    #[test]
    fn a_column_of_nothing_is_nulls() {
        let none = arrow_array::NullArray::new(2);
        let score = Int32Array::from(vec![2, 1]);
        let rank = |arrays: Arrays<'_>, group: &dyn Array| {
            let ranked = rank_arrays(&arrays, &[Some(group)], &RankOptions::default()).unwrap().remove(0);
            ranked.parts.iter().collect::<Vec<_>>()
        };
        let group = StringArray::from(vec!["a"; 2]);
        assert_eq!(rank(Arrays { score: &none, size: None, key: None }, &group), [None, None]);
        assert_eq!(rank(Arrays { score: &score, size: None, key: None }, &none), [None, None]);
        let arrays = Arrays { score: &score, size: Some(&none), key: None };
        let options = RankOptions { by: bansos::ranking::By::Persons, ..RankOptions::default() };
        let typed = Arrays { size: Some(&Int64Array::from(vec![None, None])), ..arrays };
        assert_eq!(
            rank_arrays(&arrays, &[None], &options).map(|all| all[0].parts.clone()),
            rank_arrays(&typed, &[None], &options).map(|all| all[0].parts.clone())
        );
    }
}
