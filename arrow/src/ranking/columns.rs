//! The columns a ranking reads: plain slices, with Arrow's validity bits where there are nulls.

use arrow_array::cast::AsArray;
use arrow_array::{AnyDictionaryArray, Array, GenericStringArray, StringViewArray};
use arrow_buffer::NullBuffer;
use bansos::ranking::{By, RankError, Score};
use std::cmp::Ordering;

/// A score a column can hold: `f64`, `i64`, or the digits of a decimal as `i128`.
pub trait ColumnScore: Score<Key: super::map::Wide> + Default + Send + Sync + super::map::Cells {}
impl ColumnScore for f64 {}
impl ColumnScore for i64 {}
impl ColumnScore for i128 {}

/// One stretch of the families to be ranked: all of them, or one partition.
#[derive(Clone, Copy)]
pub struct Columns<'a, S> {
    /// Score of each family.
    pub scores: &'a [S],
    /// Where a score is there; `None`: everywhere. A score that is not finite is never ranked.
    pub valid: Option<&'a NullBuffer>,
    /// Number of members of each family; the weight when ranking by persons.
    pub sizes: Sizes<'a>,
    /// What orders equal scores.
    pub keys: Keys<'a>,
    /// One entry for each grouping wanted: nation, province, kabupaten…
    pub groups: &'a [Groups<'a>],
    /// How many rows stand before this partition; only [`Keys::RowOrder`] uses it.
    pub first_row: u64,
}

impl<'a, S: ColumnScore> Columns<'a, S> {
    /// Families ranked in one nation-wide group, equal scores in row order.
    pub const fn new(scores: &'a [S]) -> Self {
        let (sizes, keys) = (Sizes::Unknown, Keys::RowOrder);
        Self { scores, valid: None, sizes, keys, groups: &[Groups::All], first_row: 0 }
    }

    /// With the sizes of the families.
    #[must_use]
    pub const fn with_sizes(self, sizes: Sizes<'a>) -> Self {
        Self { sizes, ..self }
    }

    /// With keys.
    #[must_use]
    pub const fn with_keys(self, keys: Keys<'a>) -> Self {
        Self { keys, ..self }
    }

    /// With groupings.
    #[must_use]
    pub const fn with_groups(self, groups: &'a [Groups<'a>]) -> Self {
        Self { groups, ..self }
    }

    /// Number of rows.
    pub const fn rows(&self) -> usize {
        self.scores.len()
    }

    /// Whether a row has a score.
    #[inline]
    pub(super) fn scored(&self, row: usize) -> bool {
        self.valid.is_none_or(|v| v.is_valid(row)) && self.scores.get(row).is_some_and(|s| s.key().is_some())
    }

    /// Checks lengths, sizes and the presence of keys, naming the first row at fault. Costs nothing where the types
    /// already exclude a fault.
    pub(super) fn check(&self, by: By) -> Result<(), RankError> {
        let rows = self.rows();
        let length = |column, found: Option<usize>| match found {
            Some(found) if found != rows => {
                Err(RankError::Length { column, expected: rows as u64, found: found as u64 })
            }
            _ => Ok(()),
        };
        length("score", self.valid.map(NullBuffer::len))?;
        length("size", self.sizes.len())?;
        length("key", self.keys.len())?;
        self.groups.iter().try_for_each(|g| length("group", g.len()))?;
        // the slices past here belong to these rows, so an index found is an index held
        let first = |bad: &dyn Fn(usize) -> bool| (0..rows).find(|&row| bad(row) && self.scored(row));
        if self.keys.may_lack()
            && let Some(row) = first(&|row| !self.keys.present(row))
        {
            return Err(RankError::KeyMissing { row: self.first_row + row as u64 });
        }
        if by == By::Persons
            && self.sizes.may_lack()
            && !self.sizes.all_sound()
            && let Some(row) = first(&|row| self.sizes.get(row).is_none())
        {
            let negative = self.sizes.is_negative(row);
            let row = self.first_row + row as u64;
            return Err(if negative { RankError::WeightNegative { row } } else { RankError::WeightMissing { row } });
        }
        Ok(())
    }
}

/// Sizes of the families, in whatever integers the caller has.
#[derive(Clone, Copy)]
pub enum Sizes<'a> {
    /// Not given: ranking by families only.
    Unknown,
    /// Bytes.
    U8(&'a [u8], Option<&'a NullBuffer>),
    /// 16 bits.
    U16(&'a [u16], Option<&'a NullBuffer>),
    /// 32 bits.
    U32(&'a [u32], Option<&'a NullBuffer>),
    /// 64 bits.
    U64(&'a [u64], Option<&'a NullBuffer>),
    /// Signed 32 bits; a negative size is an error.
    I32(&'a [i32], Option<&'a NullBuffer>),
    /// Signed 64 bits; a negative size is an error.
    I64(&'a [i64], Option<&'a NullBuffer>),
}

macro_rules! each_size {
    ($self:expr, $slice:ident, $valid:ident, $unknown:expr, $body:expr) => {
        match $self {
            Sizes::Unknown => $unknown,
            Sizes::U8($slice, $valid) => $body,
            Sizes::U16($slice, $valid) => $body,
            Sizes::U32($slice, $valid) => $body,
            Sizes::U64($slice, $valid) => $body,
            Sizes::I32($slice, $valid) => $body,
            Sizes::I64($slice, $valid) => $body,
        }
    };
}

impl Sizes<'_> {
    fn len(&self) -> Option<usize> {
        each_size!(self, s, v, None, Some(v.map_or(s.len(), |v| if v.len() == s.len() { s.len() } else { v.len() })))
    }

    fn may_lack(&self) -> bool {
        match self {
            Self::Unknown | Self::I32(..) | Self::I64(..) => true,
            _ => each_size!(self, _s, v, true, v.is_some_and(|v| v.null_count() > 0)),
        }
    }

    /// Whether every size is there and not negative, in one look that vectors take.
    fn all_sound(&self) -> bool {
        match self {
            Self::I32(s, None) => s.iter().fold(0, |any, size| any | size) >= 0,
            Self::I64(s, None) => s.iter().fold(0, |any, size| any | size) >= 0,
            _ => false,
        }
    }

    /// The size of one family, if it is there and not negative.
    #[inline]
    #[allow(clippy::useless_conversion, clippy::unnecessary_fallible_conversions, reason = "one body for all widths")]
    pub(super) fn get(&self, row: usize) -> Option<u64> {
        each_size!(self, s, v, None, {
            if v.is_some_and(|v| v.is_null(row)) { None } else { s.get(row).and_then(|&s| u64::try_from(s).ok()) }
        })
    }

    fn is_negative(&self, row: usize) -> bool {
        match self {
            Self::I32(s, v) => v.is_none_or(|v| v.is_valid(row)) && s.get(row).is_some_and(|&s| s < 0),
            Self::I64(s, v) => v.is_none_or(|v| v.is_valid(row)) && s.get(row).is_some_and(|&s| s < 0),
            _ => false,
        }
    }

    /// Copies the sizes of a stretch of rows as 64-bit weights; unknown counts 0.
    #[inline]
    #[allow(clippy::indexing_slicing, reason = "lengths were checked against the scores")]
    #[allow(clippy::useless_conversion, clippy::unnecessary_fallible_conversions, reason = "one body for all widths")]
    pub(super) fn load(&self, from: usize, out: &mut [u64]) {
        let rows = from..from + out.len();
        each_size!(self, s, v, out.fill(0), {
            for (out, &size) in out.iter_mut().zip(&s[rows]) {
                *out = u64::try_from(size).unwrap_or(0);
            }
            if let Some(valid) = v.filter(|v| v.null_count() > 0) {
                for (at, out) in out.iter_mut().enumerate() {
                    if valid.is_null(from + at) {
                        *out = 0;
                    }
                }
            }
        });
    }
}

/// What orders families of equal score.
#[derive(Clone, Copy)]
pub enum Keys<'a> {
    /// The position of the row. Only right where the order of the rows itself is settled and will not change (a file
    /// sorted by family number); a shuffled file then gives tied families another decile.
    RowOrder,
    /// Whole numbers.
    I64(&'a [i64], Option<&'a NullBuffer>),
    /// Whole numbers without sign.
    U64(&'a [u64], Option<&'a NullBuffer>),
    /// Texts, compared byte by byte.
    Text(&'a GenericStringArray<i32>),
    /// Texts with 64-bit offsets.
    LargeText(&'a GenericStringArray<i64>),
    /// Texts as views.
    TextView(&'a StringViewArray),
    /// Byte strings.
    Bytes(&'a [&'a [u8]]),
}

impl<'a> Keys<'a> {
    fn len(&self) -> Option<usize> {
        match self {
            Self::RowOrder => None,
            Self::I64(s, _) => Some(s.len()),
            Self::U64(s, _) => Some(s.len()),
            Self::Text(a) => Some(a.len()),
            Self::LargeText(a) => Some(a.len()),
            Self::TextView(a) => Some(a.len()),
            Self::Bytes(s) => Some(s.len()),
        }
    }

    fn may_lack(&self) -> bool {
        match self {
            Self::RowOrder => false,
            Self::I64(_, v) | Self::U64(_, v) => v.is_some_and(|v| v.null_count() > 0),
            _ => true,
        }
    }

    /// Whether the row has a key; an empty text is none.
    fn present(&self, row: usize) -> bool {
        match self {
            Self::RowOrder => true,
            Self::I64(_, v) | Self::U64(_, v) => v.is_none_or(|v| v.is_valid(row)),
            _ => self.bytes(row).is_some_and(|b| !b.is_empty()),
        }
    }

    /// The bytes of a text key.
    #[inline]
    pub(super) fn bytes(&self, row: usize) -> Option<&'a [u8]> {
        match self {
            Self::Text(a) if a.is_valid(row) => Some(a.value(row).as_bytes()),
            Self::LargeText(a) if a.is_valid(row) => Some(a.value(row).as_bytes()),
            Self::TextView(a) if a.is_valid(row) => Some(a.value(row).as_bytes()),
            Self::Bytes(s) => s.get(row).copied(),
            _ => None,
        }
    }

    /// Whether keys are texts, which take several digits.
    pub(super) const fn is_text(&self) -> bool {
        !matches!(self, Self::RowOrder | Self::I64(..) | Self::U64(..))
    }

    /// The order of two rows of equal score.
    #[inline]
    pub(super) fn compare(&self, a: u32, b: u32) -> Ordering {
        let (a, b) = (a as usize, b as usize);
        match self {
            Self::RowOrder => a.cmp(&b),
            Self::I64(..) | Self::U64(..) => self.digit(a, 0, 0).cmp(&self.digit(b, 0, 0)),
            _ => self.bytes(a).cmp(&self.bytes(b)),
        }
    }

    /// The `level`-th 64-bit digit of a key, such that comparing digit by digit compares the keys. A text gives seven
    /// bytes a digit, then how many are left (8: more than seven), so that a text that begins another comes first.
    #[inline]
    #[allow(clippy::indexing_slicing, reason = "rows come from the scores, whose length the keys share")]
    pub(super) fn digit(&self, row: usize, first_row: u64, level: u32) -> u64 {
        match self {
            Self::RowOrder => first_row + row as u64,
            Self::I64(s, _) => s[row].cast_unsigned() ^ (1 << 63),
            Self::U64(s, _) => s[row],
            _ => text_digit(self.bytes(row).unwrap_or_default(), level),
        }
    }
}

/// See [`Keys::digit`].
#[inline]
pub(super) fn text_digit(bytes: &[u8], level: u32) -> u64 {
    let rest = bytes.get(level as usize * 7..).unwrap_or_default();
    let mut digit = [0; 8];
    for (to, from) in digit.iter_mut().take(7).zip(rest) {
        *to = *from;
    }
    u64::from_be_bytes(digit) | rest.len().min(8) as u64
}

/// Which group each family is ranked in.
#[derive(Clone, Copy)]
pub enum Groups<'a> {
    /// All in group 0.
    All,
    /// Group numbers below `count`; `u16::MAX`: in none.
    U16 {
        /// Number of each row's group.
        ids: &'a [u16],
        /// How many groups there are.
        count: u32,
    },
    /// Group numbers below `count`; `u32::MAX`: in none.
    U32 {
        /// Number of each row's group.
        ids: &'a [u32],
        /// How many groups there are.
        count: u32,
    },
}

impl Groups<'_> {
    fn len(&self) -> Option<usize> {
        match self {
            Self::All => None,
            Self::U16 { ids, .. } => Some(ids.len()),
            Self::U32 { ids, .. } => Some(ids.len()),
        }
    }

    /// How many groups there are.
    pub const fn count(&self) -> u32 {
        match self {
            Self::All => 1,
            Self::U16 { count, .. } | Self::U32 { count, .. } => *count,
        }
    }

    /// The group of a row, or `None`; a number out of range is an error.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Result<Option<u32>, RankError> {
        let (id, count) = match self {
            Self::All => return Ok(Some(0)),
            Self::U16 { ids, count } => match ids.get(row) {
                Some(&u16::MAX) | None => return Ok(None),
                Some(&id) => (u32::from(id), *count),
            },
            Self::U32 { ids, count } => match ids.get(row) {
                Some(&u32::MAX) | None => return Ok(None),
                Some(&id) => (id, *count),
            },
        };
        if id < count { Ok(Some(id)) } else { Err(RankError::GroupRange { row: row as u64 }) }
    }
}

/// Group numbers for a column of region codes or names: texts or whole numbers, or a dictionary of them (a categorical); nulls and
/// empty texts are in no group. Numbers follow the sorted order of the values, so they do not depend on the order of rows.
///
/// # Errors
/// [`RankError::ColumnType`] for any other type.
pub fn encode_groups(column: &dyn Array) -> Result<(Vec<u32>, Vec<String>), RankError> {
    use arrow_schema::DataType as T;
    if let Some(dictionary) = column.as_any_dictionary_opt() {
        return encode_dictionary(dictionary);
    }
    let text: Vec<Option<std::borrow::Cow<'_, str>>> = match column.data_type() {
        T::Utf8 => column.as_string::<i32>().iter().map(|v| v.map(Into::into)).collect(),
        T::LargeUtf8 => column.as_string::<i64>().iter().map(|v| v.map(Into::into)).collect(),
        T::Utf8View => column.as_string_view().iter().map(|v| v.map(Into::into)).collect(),
        T::Null => vec![None; column.len()],
        T::Int64 => whole::<arrow_array::types::Int64Type>(column),
        T::Int32 => whole::<arrow_array::types::Int32Type>(column),
        T::Int16 => whole::<arrow_array::types::Int16Type>(column),
        T::UInt64 => whole::<arrow_array::types::UInt64Type>(column),
        T::UInt32 => whole::<arrow_array::types::UInt32Type>(column),
        T::UInt16 => whole::<arrow_array::types::UInt16Type>(column),
        T::UInt8 => whole::<arrow_array::types::UInt8Type>(column),
        _ => return Err(RankError::ColumnType { column: "group" }),
    };
    let mut numbers = rustc_hash::FxHashMap::default();
    for value in text.iter().flatten().filter(|v| !v.is_empty()) {
        let next = numbers.len() as u32;
        numbers.entry(value.as_ref()).or_insert(next);
    }
    let mut names: Vec<&str> = numbers.keys().copied().collect();
    names.sort_unstable_by_key(|name| (name.parse::<u128>().ok(), *name));
    for (number, name) in (0..).zip(&names) {
        numbers.insert(*name, number);
    }
    let id = |v: &Option<std::borrow::Cow<'_, str>>| v.as_deref().and_then(|v| numbers.get(v)).copied();
    let ids = text.iter().map(|v| id(v).unwrap_or(u32::MAX)).collect();
    Ok((ids, names.into_iter().map(str::to_owned).collect()))
}

/// Each value once, then the rows by their keys. Values that no row has make no group.
fn encode_dictionary(dictionary: &dyn AnyDictionaryArray) -> Result<(Vec<u32>, Vec<String>), RankError> {
    let (of_value, names) = encode_groups(dictionary.values().as_ref())?;
    let mut ids = vec![u32::MAX; dictionary.len()];
    let keys = if of_value.is_empty() { Vec::new() } else { dictionary.normalized_keys() };
    for (row, (id, key)) in ids.iter_mut().zip(keys).enumerate() {
        if dictionary.is_valid(row) {
            *id = of_value.get(key).copied().unwrap_or(u32::MAX);
        }
    }
    let mut number = vec![u32::MAX; names.len()];
    for id in &ids {
        number.get_mut(*id as usize).into_iter().for_each(|n| *n = 0);
    }
    let there = number.iter_mut().zip(names).filter(|(n, _)| **n == 0);
    let names = (0..).zip(there).map(|(next, (n, name))| {
        *n = next;
        name
    });
    let names = names.collect();
    for id in &mut ids {
        *id = number.get(*id as usize).copied().unwrap_or(u32::MAX);
    }
    Ok((ids, names))
}

fn whole<T: arrow_array::types::ArrowPrimitiveType>(column: &dyn Array) -> Vec<Option<std::borrow::Cow<'_, str>>>
where
    T::Native: std::fmt::Display,
{
    column.as_primitive::<T>().iter().map(|v| v.map(|v| v.to_string().into())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn digits_of_texts_compare_as_the_texts_do(a in prop::collection::vec(0..3_u8, 0..20), b in prop::collection::vec(0..3_u8, 0..20)) {
            let digits = |t: &[u8]| (0..4).map(|l| text_digit(t, l)).collect::<Vec<_>>();
            prop_assert_eq!(digits(&a).cmp(&digits(&b)), a.cmp(&b));
        }
    }

    #[test]
    fn groups_are_numbered_by_value_not_by_first_appearance() {
        let column = arrow_array::StringArray::from(vec![Some("35"), None, Some("11"), Some(""), Some("35")]);
        let (ids, names) = encode_groups(&column).unwrap();
        assert_eq!((ids, names), (vec![1, u32::MAX, 0, u32::MAX, 1], vec!["11".to_owned(), "35".to_owned()]));
        assert!(encode_groups(&arrow_array::BooleanArray::from(vec![true])).is_err());
    }

    #[test]
    fn a_categorical_is_grouped_as_its_texts_are() {
        use arrow_array::{DictionaryArray, Int8Array, StringArray, types::Int8Type};
        let rows: DictionaryArray<Int8Type> =
            [Some("35"), None, Some("11"), Some(""), Some("35")].into_iter().collect();
        let texts = StringArray::from(vec![Some("35"), None, Some("11"), Some(""), Some("35")]);
        assert_eq!(encode_groups(&rows).unwrap(), encode_groups(&texts).unwrap());
        // a value that no row has is no group; a dictionary may hold nothing at all
        let values = StringArray::from(vec!["64", "35"]);
        let sparse = DictionaryArray::new(Int8Array::from(vec![Some(1), None]), std::sync::Arc::new(values));
        assert_eq!(encode_groups(&sparse).unwrap(), (vec![0, u32::MAX], vec!["35".to_owned()]));
        let none = DictionaryArray::new(Int8Array::from(vec![None; 2]), std::sync::Arc::new(StringArray::new_null(0)));
        assert_eq!(encode_groups(&none).unwrap(), (vec![u32::MAX; 2], vec![]));
    }
}
