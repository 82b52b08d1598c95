//! The columns a ranking needs, taken from one batch of the table.

use super::{RankArgs, TableError};
use crate::failure::Failure;
use crate::input::refused;
use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Float32Type, Float64Type, Int64Type, UInt64Type};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray, UInt64Array};
use arrow_schema::DataType as T;
use bansos::ranking::RankError;
use bansos::ranking::pmt::{PmtModel, VariableKind};
use bansos_arrow::pmt::Features;
use bansos_arrow::ranking::{Columns, Groups, Keys, Sizes};
use bansos_registers::table::{Column, Table};
use rustc_hash::FxHashMap;

/// Which columns are read, and where they stand in a batch.
pub(super) struct Wanted {
    /// Places in the file.
    pub(super) places: Vec<Column>,
    score: Score,
    size: Option<usize>,
    pub(super) key: Option<usize>,
    pub(super) groups: Vec<usize>,
}

pub(super) enum Score {
    Column { at: usize },
    Model { model: Box<PmtModel>, at: Vec<usize>, region: Option<usize> },
}

/// What the scores of the whole table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScoreKind {
    Float,
    Whole,
    /// Decimals with this many places.
    Decimal(u8),
}

impl Wanted {
    pub(super) fn new(args: &RankArgs, table: &Table, model: Option<PmtModel>) -> Result<Self, Failure> {
        let mut places = Vec::new();
        let mut want = |name: &str| -> Result<usize, Failure> {
            places.push(table.column(name).map_err(refused)?);
            Ok(places.len() - 1)
        };
        let score = match model {
            Some(model) => Score::Model {
                at: model.variables.iter().map(|v| want(&v.name)).collect::<Result<_, _>>()?,
                region: args.region.as_deref().map(&mut want).transpose()?,
                model: Box::new(model),
            },
            None => {
                let name = args.score.clone().unwrap_or_default();
                Score::Column { at: want(&name)? }
            }
        };
        let size = args.size.as_deref().map(&mut want).transpose()?;
        let key = args.key.as_deref().map(&mut want).transpose()?;
        let groups = args.groups.iter().map(|name| want(name)).collect::<Result<_, _>>()?;
        Ok(Self { places, score, size, key, groups })
    }

    /// What the table calls the column at a place of the batches.
    pub(super) fn name(&self, table: &Table, at: usize) -> String {
        let name = self.places.get(at).and_then(|column| table.columns().get(column.place()));
        name.cloned().unwrap_or_default()
    }

    pub(super) fn model(&self) -> Option<&PmtModel> {
        match &self.score {
            Score::Model { model, .. } => Some(model),
            Score::Column { .. } => None,
        }
    }

    /// What kind of number the scores of one batch are; kinds of several batches join to the wider one.
    pub(super) fn kind(&self, batch: &RecordBatch) -> ScoreKind {
        let Score::Column { at } = &self.score else { return ScoreKind::Float };
        let column = batch.column(*at);
        match column.data_type() {
            T::Decimal128(_, scale) => u8::try_from(*scale).map_or(ScoreKind::Float, ScoreKind::Decimal),
            T::Float64 | T::Float32 | T::Float16 => ScoreKind::Float,
            T::Utf8 => {
                let kinds = column.as_string::<i32>().iter().flatten().map(kind_of);
                kinds.fold(ScoreKind::Whole, ScoreKind::join)
            }
            _ => ScoreKind::Whole,
        }
    }
}

impl ScoreKind {
    pub(super) fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Float, _) | (_, Self::Float) => Self::Float,
            (Self::Decimal(a), Self::Decimal(b)) => Self::Decimal(a.max(b)),
            (Self::Decimal(a), Self::Whole) | (Self::Whole, Self::Decimal(a)) => Self::Decimal(a),
            (Self::Whole, Self::Whole) => Self::Whole,
        }
    }
}

/// A text with digits alone is a whole number, one with a point a decimal; anything else is left to the float parser.
fn kind_of(text: &str) -> ScoreKind {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    match (plain(whole) && plain(part), part.len(), whole.len()) {
        (true, 0, 1..=18) => ScoreKind::Whole,
        (true, places @ 1..=18, 1..=18) => ScoreKind::Decimal(places as u8),
        _ => ScoreKind::Float,
    }
}

/// A type of score that a batch can be read into.
pub(super) trait FromCell: Sized + Default {
    fn read(column: &ArrayRef, kind: ScoreKind) -> Result<Vec<Option<Self>>, u64>;
    /// A model's score; only floats are ever asked for one.
    fn from_model(score: f64) -> Option<Self>;
    fn show(self, kind: ScoreKind) -> String;
}

impl FromCell for f64 {
    fn read(column: &ArrayRef, _: ScoreKind) -> Result<Vec<Option<Self>>, u64> {
        match column.data_type() {
            T::Float64 => Ok(column.as_primitive::<Float64Type>().iter().collect()),
            T::Float32 => Ok(column.as_primitive::<Float32Type>().iter().map(|v| v.map(Self::from)).collect()),
            T::Utf8 => texts(column, |t| t.parse().ok()),
            _ => whole(column).map(|all| all.into_iter().map(|v| v.map(|v| v as Self)).collect()),
        }
    }
    fn from_model(score: f64) -> Option<Self> {
        Some(score)
    }
    fn show(self, _: ScoreKind) -> String {
        self.to_string()
    }
}

impl FromCell for i64 {
    fn read(column: &ArrayRef, _: ScoreKind) -> Result<Vec<Option<Self>>, u64> {
        whole(column)
    }
    fn from_model(_: f64) -> Option<Self> {
        None
    }
    fn show(self, _: ScoreKind) -> String {
        self.to_string()
    }
}

impl FromCell for i128 {
    fn read(column: &ArrayRef, kind: ScoreKind) -> Result<Vec<Option<Self>>, u64> {
        let places = kind.places();
        match column.data_type() {
            T::Decimal128(..) => Ok(column.as_primitive::<Decimal128Type>().iter().collect()),
            T::Utf8 => texts(column, |t| {
                let (whole, part) = t.split_once('.').unwrap_or((t, ""));
                format!("{whole}{part:0<places$}").parse().ok()
            }),
            _ => whole(column).map(|all| all.into_iter().map(|v| v.map(Self::from)).collect()),
        }
    }
    fn from_model(_: f64) -> Option<Self> {
        None
    }
    fn show(self, kind: ScoreKind) -> String {
        let places = kind.places();
        let text = format!("{:0>width$}", self.unsigned_abs(), width = places + 1);
        let (whole, part) = text.split_at(text.len() - places);
        format!("{}{whole}{}{part}", if self < 0 { "-" } else { "" }, if places > 0 { "." } else { "" })
    }
}

impl ScoreKind {
    fn places(self) -> usize {
        match self {
            Self::Decimal(places) => places.into(),
            _ => 0,
        }
    }
}

/// Parses texts; the error is the position of the first that does not parse.
fn texts<V>(column: &ArrayRef, parse: impl Fn(&str) -> Option<V>) -> Result<Vec<Option<V>>, u64> {
    let cell = |(row, text): (u64, Option<&str>)| text.map(|t| parse(t).ok_or(row)).transpose();
    (0..).zip(column.as_string::<i32>().iter()).map(cell).collect()
}

/// Whole numbers of any integer column or text.
fn whole(column: &ArrayRef) -> Result<Vec<Option<i64>>, u64> {
    match column.data_type() {
        T::Utf8 => texts(column, |t| t.parse().ok()),
        T::Int64 => Ok(column.as_primitive::<Int64Type>().iter().collect()),
        _ => {
            use arrow_array::types::{Int8Type, Int16Type, Int32Type, UInt8Type, UInt16Type, UInt32Type};
            macro_rules! widen {
                ($t:ty) => {
                    column.as_primitive::<$t>().iter().map(|v| v.map(i64::from)).collect()
                };
            }
            Ok(match column.data_type() {
                T::Int32 => widen!(Int32Type),
                T::Int16 => widen!(Int16Type),
                T::Int8 => widen!(Int8Type),
                T::UInt32 => widen!(UInt32Type),
                T::UInt16 => widen!(UInt16Type),
                T::UInt8 => widen!(UInt8Type),
                T::UInt64 => {
                    let fits = |(row, v): (u64, Option<u64>)| v.map(|v| i64::try_from(v).map_err(|_| row)).transpose();
                    return (0..).zip(column.as_primitive::<UInt64Type>().iter()).map(fits).collect();
                }
                _ => return Err(0),
            })
        }
    }
}

/// Numbers of members of any integer column or text, as far as they go: 2^64 − 1.
fn sizes(column: &ArrayRef, first_row: u64, fault: impl Fn(u64) -> Failure) -> Result<Vec<Option<u64>>, Failure> {
    let negative = |row: u64| super::refused(RankError::WeightNegative { row: first_row + row });
    let large = |row: u64| super::refused(RankError::WeightTooLarge { row: first_row + row });
    match column.data_type() {
        T::Utf8 => {
            let read = |(row, text): (u64, Option<&str>)| {
                let number = |t: &str| match (t.parse::<u64>(), t.strip_prefix('-')) {
                    (Ok(size), _) => Ok(size),
                    (_, Some(n)) if n.parse::<u128>().is_ok() => Err(negative(row)),
                    _ if !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()) => Err(large(row)),
                    _ => Err(fault(row)),
                };
                text.map(number).transpose()
            };
            (0..).zip(column.as_string::<i32>().iter()).map(read).collect()
        }
        T::UInt64 => Ok(column.as_primitive::<UInt64Type>().iter().collect()),
        _ => {
            let fits =
                |(row, v): (u64, Option<i64>)| v.map(|v| u64::try_from(v).map_err(|_| negative(row))).transpose();
            (0..).zip(whole(column).map_err(&fault)?).map(fits).collect()
        }
    }
}

/// A text of each row, of text or whole-number columns.
pub(super) fn labels(column: &ArrayRef) -> Result<Vec<Option<String>>, u64> {
    match column.data_type() {
        T::Utf8 => Ok(column.as_string::<i32>().iter().map(|v| v.map(str::to_owned)).collect()),
        T::LargeUtf8 => Ok(column.as_string::<i64>().iter().map(|v| v.map(str::to_owned)).collect()),
        T::Utf8View => Ok(column.as_string_view().iter().map(|v| v.map(str::to_owned)).collect()),
        _ => whole(column).map(|all| all.into_iter().map(|v| v.map(|v| v.to_string())).collect()),
    }
}

/// The columns of one batch, owned.
pub(super) struct Part<S> {
    first_row: u64,
    pub(super) scores: Vec<S>,
    valid: arrow_buffer::NullBuffer,
    sizes: Option<UInt64Array>,
    pub(super) keys: Option<KeyColumn>,
    pub(super) groups: Vec<Vec<u32>>,
}

pub(super) enum KeyColumn {
    Text(StringArray),
    Whole(Int64Array),
}

/// Numbers of the group names seen, for each grouping.
pub(super) type Names = Vec<FxHashMap<String, u32>>;

impl<S: FromCell + bansos_arrow::ranking::ColumnScore> Part<S> {
    pub(super) fn take(
        batch: &RecordBatch,
        wanted: &Wanted,
        table: &Table,
        kind: ScoreKind,
        names: &Names,
        first_row: u64,
    ) -> Result<Self, Failure> {
        let fault = |at: usize| {
            let column = wanted.name(table, at);
            move |row: u64| Failure::input(TableError::NotANumber { column: column.clone(), row: first_row + row + 1 })
        };
        let cells = match &wanted.score {
            Score::Column { at } => S::read(batch.column(*at), kind).map_err(fault(*at))?,
            Score::Model { model, at, region } => {
                let made = Self::scored(batch, model, at, *region, &fault)?;
                made.into_iter().map(|v| v.and_then(S::from_model)).collect()
            }
        };
        let size = |at: usize| sizes(batch.column(at), first_row, fault(at)).map(UInt64Array::from);
        let key = |at: usize| {
            let column = batch.column(at);
            let text = matches!(column.data_type(), T::Utf8 | T::LargeUtf8 | T::Utf8View);
            if text {
                labels(column).map_err(fault(at)).map(|all| KeyColumn::Text(all.into()))
            } else {
                whole(column).map_err(fault(at)).map(|all| KeyColumn::Whole(all.into()))
            }
        };
        let group = |(at, names): (&usize, &FxHashMap<String, u32>)| {
            let labels = labels(batch.column(*at)).map_err(fault(*at))?;
            let id = |label: Option<String>| label.and_then(|l| names.get(&l).copied()).unwrap_or(u32::MAX);
            Ok(labels.into_iter().map(id).collect())
        };
        Ok(Self {
            first_row,
            valid: cells.iter().map(Option::is_some).collect(),
            scores: cells.into_iter().map(Option::unwrap_or_default).collect(),
            sizes: wanted.size.map(size).transpose()?,
            keys: wanted.key.map(key).transpose()?,
            groups: wanted.groups.iter().zip(names).map(group).collect::<Result<_, Failure>>()?,
        })
    }

    fn scored<E: FnOnce(u64) -> Failure>(
        batch: &RecordBatch,
        model: &PmtModel,
        at: &[usize],
        region: Option<usize>,
        fault: &impl Fn(usize) -> E,
    ) -> Result<Vec<Option<f64>>, Failure> {
        let mut features = Features::new(batch.num_rows());
        for (variable, &at) in model.variables.iter().zip(at) {
            let column = batch.column(at);
            match variable.kind {
                VariableKind::Number => {
                    let values = f64::read(column, ScoreKind::Float).map_err(|row| fault(at)(row))?;
                    features.number(&variable.name, None, values);
                }
                VariableKind::Category => features.code(&variable.name, whole(column).map_err(|row| fault(at)(row))?),
            }
        }
        let regions = region.map(|at| labels(batch.column(at)).map_err(|row| fault(at)(row))).transpose()?;
        let regions: Option<Vec<Option<&str>>> = regions.as_ref().map(|all| all.iter().map(Option::as_deref).collect());
        bansos_arrow::pmt::score(model, &features, regions.as_deref()).map_err(Failure::input)
    }

    /// One part from several that follow each other.
    pub(super) fn join(parts: Vec<Self>) -> Self {
        let mut parts = parts.into_iter();
        let mut all = parts.next().unwrap_or_else(|| Self {
            first_row: 0,
            scores: Vec::new(),
            valid: arrow_buffer::NullBuffer::new_null(0),
            sizes: None,
            keys: None,
            groups: Vec::new(),
        });
        for part in parts {
            all.valid = all.valid.iter().chain(part.valid.iter()).collect();
            all.scores.extend(part.scores);
            all.sizes = all.sizes.zip(part.sizes).map(|(a, b)| a.iter().chain(b.iter()).collect());
            all.keys = match (all.keys, part.keys) {
                (Some(KeyColumn::Text(a)), Some(KeyColumn::Text(b))) => {
                    Some(KeyColumn::Text(a.iter().chain(b.iter()).collect()))
                }
                (Some(KeyColumn::Whole(a)), Some(KeyColumn::Whole(b))) => {
                    Some(KeyColumn::Whole(a.iter().chain(b.iter()).collect()))
                }
                _ => None,
            };
            for (all, more) in all.groups.iter_mut().zip(part.groups) {
                all.extend(more);
            }
        }
        all
    }

    pub(super) fn rows(&self) -> usize {
        self.scores.len()
    }

    /// Calls back with the columns as the ranking takes them: the nation first, then each grouping.
    pub(super) fn with<R>(&self, counts: &[u32], then: impl FnOnce(&Columns<'_, S>) -> R) -> R {
        let mut groups = vec![Groups::All];
        groups.extend(self.groups.iter().zip(counts).map(|(ids, &count)| Groups::U32 { ids, count }));
        then(&Columns {
            scores: &self.scores,
            valid: Some(&self.valid),
            sizes: self.sizes.as_ref().map_or(Sizes::Unknown, |s| Sizes::U64(s.values(), s.nulls())),
            keys: match &self.keys {
                None => Keys::RowOrder,
                Some(KeyColumn::Text(keys)) => Keys::Text(keys),
                Some(KeyColumn::Whole(keys)) => Keys::I64(keys.values(), keys.nulls()),
            },
            groups: &groups,
            first_row: self.first_row,
        })
    }

    pub(super) fn score(&self, row: usize) -> Option<S> {
        self.scores.get(row).copied().filter(|s| self.valid.is_valid(row) && s.key().is_some())
    }

    pub(super) fn size(&self, row: usize) -> Option<u64> {
        self.sizes.as_ref().filter(|s| s.is_valid(row)).map(|s| s.value(row))
    }

    pub(super) fn key(&self, row: usize) -> Option<String> {
        match self.keys.as_ref()? {
            KeyColumn::Text(keys) => keys.is_valid(row).then(|| keys.value(row).to_owned()),
            KeyColumn::Whole(keys) => keys.is_valid(row).then(|| keys.value(row).to_string()),
        }
    }
}
