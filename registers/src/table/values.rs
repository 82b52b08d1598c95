//! Values of columns as text. Every kind of Arrow is read, or named by [`unreadable`]: none becomes an empty cell unseen.
//!
//! Moments become the day they fall on (in the column's own zone, where it has one) and lose their time of day; decimals are
//! exact, without a fraction of zeros; numbers of four and of two bytes that are longer than their digits are written as
//! a spreadsheet would, `3.508126E+15`, so that nobody takes the rest for digits.

use super::row::Mark;
use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions::as_time;
use arrow_array::types::*;
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType};
use arrow_schema::{DataType, IntervalUnit, TimeUnit};
use chrono::{DateTime, Offset as _, TimeZone};
use std::fmt::Write as _;

/// The word for a kind whose values are no cells.
pub(super) fn unreadable(kind: &DataType) -> Option<String> {
    let word = match kind {
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..) => "list",
        DataType::Struct(_) => "struct",
        DataType::Map(..) => "map",
        DataType::Union(..) => "union",
        DataType::Dictionary(_, values) => return unreadable(values),
        DataType::RunEndEncoded(_, values) => return unreadable(values.data_type()),
        DataType::Timestamp(_, Some(zone)) if Zone::of(zone).is_none() => return Some(format!("timestamp[{zone}]")),
        _ => return None,
    };
    Some(word.to_owned())
}

/// A column, ready to give its values one by one.
pub(super) enum Column {
    Plain(ArrayRef, Option<Zone>),
    /// A dictionary: its values, and the place of each row's.
    Keyed(ArrayRef, Box<Column>, Vec<usize>),
    /// Equal values that stand below each other are stored once.
    Runs(ArrayRef, Box<Column>),
}

impl Column {
    pub(super) fn of(array: &ArrayRef) -> Self {
        match array.data_type() {
            // a dictionary without values has only nulls
            DataType::Dictionary(..) => match array.as_any_dictionary_opt().filter(|d| !d.values().is_empty()) {
                Some(d) => Self::Keyed(array.clone(), Box::new(Self::of(d.values())), d.normalized_keys()),
                None => Self::Plain(arrow_array::new_null_array(&DataType::Null, array.len()), None),
            },
            DataType::RunEndEncoded(ends, _) => match runs(array, ends.data_type()) {
                Some((values, _)) => Self::Runs(array.clone(), Box::new(Self::of(values))),
                None => Self::Plain(array.clone(), None),
            },
            DataType::Timestamp(_, Some(zone)) => Self::Plain(array.clone(), Zone::of(zone)),
            _ => Self::Plain(array.clone(), None),
        }
    }

    /// Writes the value of a row, nothing for a null; says what is noteworthy about it.
    pub(super) fn write(&self, row: usize, out: &mut Vec<u8>) -> Option<Mark> {
        match self {
            Self::Plain(array, zone) => {
                if array.is_valid(row) {
                    cell(array, row, zone.as_ref(), out)
                } else {
                    None
                }
            }
            Self::Keyed(array, values, keys) => {
                if array.is_valid(row) {
                    values.write(*keys.get(row)?, out)
                } else {
                    None
                }
            }
            Self::Runs(array, values) => {
                let DataType::RunEndEncoded(ends, _) = array.data_type() else { return None };
                let (_, place) = runs(array, ends.data_type())?;
                values.write(place(row), out)
            }
        }
    }
}

/// The values of a run-end encoded column, and where a row's stands among them.
fn runs<'a>(array: &'a ArrayRef, ends: &DataType) -> Option<(&'a ArrayRef, Box<dyn Fn(usize) -> usize + 'a>)> {
    macro_rules! of {
        ($t:ty) => {{
            let runs = array.as_run_opt::<$t>()?;
            Some((runs.values(), Box::new(|row| runs.get_physical_index(row))))
        }};
    }
    match ends {
        DataType::Int16 => of!(Int16Type),
        DataType::Int32 => of!(Int32Type),
        DataType::Int64 => of!(Int64Type),
        _ => None,
    }
}

/// A zone of a column of moments: an offset, or a place with its history of offsets.
pub(super) enum Zone {
    Offset(arrow_array::timezone::Tz),
    Place(chrono_tz::Tz),
}

impl Zone {
    fn of(name: &str) -> Option<Self> {
        let offset = name.parse().ok().map(Self::Offset);
        offset.or_else(|| name.parse().ok().map(Self::Place))
    }

    /// Seconds ahead of UTC at a moment.
    fn ahead(&self, moment: i64) -> Option<i64> {
        let utc = DateTime::from_timestamp(moment, 0)?.naive_utc();
        let offset = match self {
            Self::Offset(zone) => zone.offset_from_utc_datetime(&utc).fix(),
            Self::Place(zone) => zone.offset_from_utc_datetime(&utc).fix(),
        };
        Some(offset.local_minus_utc().into())
    }
}

const DAY: i64 = 86_400;

/// Writes one value that is there.
fn cell(array: &dyn Array, row: usize, zone: Option<&Zone>, out: &mut Vec<u8>) -> Option<Mark> {
    macro_rules! value {
        ($t:ty) => {
            array.as_primitive::<$t>().value(row)
        };
    }
    let mut text = String::new();
    // writing to a String cannot fail
    macro_rules! say {
        ($($arg:tt)*) => {{
            let _ = write!(text, $($arg)*);
            None
        }};
    }
    let mark = match array.data_type() {
        DataType::Null => None,
        DataType::Utf8 => bytes(array.as_string::<i32>().value(row).as_bytes(), out),
        DataType::LargeUtf8 => bytes(array.as_string::<i64>().value(row).as_bytes(), out),
        DataType::Utf8View => bytes(array.as_string_view().value(row).as_bytes(), out),
        DataType::Binary => bytes(array.as_binary::<i32>().value(row), out),
        DataType::LargeBinary => bytes(array.as_binary::<i64>().value(row), out),
        DataType::BinaryView => bytes(array.as_binary_view().value(row), out),
        DataType::FixedSizeBinary(_) => bytes(array.as_fixed_size_binary().value(row), out),
        DataType::Boolean => say!("{}", if array.as_boolean().value(row) { "TRUE" } else { "FALSE" }),
        DataType::Int8 => say!("{}", value!(Int8Type)),
        DataType::Int16 => say!("{}", value!(Int16Type)),
        DataType::Int32 => say!("{}", value!(Int32Type)),
        DataType::Int64 => say!("{}", value!(Int64Type)),
        DataType::UInt8 => say!("{}", value!(UInt8Type)),
        DataType::UInt16 => say!("{}", value!(UInt16Type)),
        DataType::UInt32 => say!("{}", value!(UInt32Type)),
        DataType::UInt64 => say!("{}", value!(UInt64Type)),
        DataType::Float16 => small_float(value!(Float16Type).to_f32(), 2048.0, &mut text),
        DataType::Float32 => small_float(value!(Float32Type), 16_777_216.0, &mut text),
        DataType::Float64 => {
            let value = value!(Float64Type);
            // how some programs write a missing number
            if !value.is_nan() {
                let _ = write!(text, "{value}");
            }
            (value.abs() >= 1e15).then_some(Mark::Float)
        }
        DataType::Decimal32(..) => decimal::<Decimal32Type>(array, row, &mut text),
        DataType::Decimal64(..) => decimal::<Decimal64Type>(array, row, &mut text),
        DataType::Decimal128(..) => decimal::<Decimal128Type>(array, row, &mut text),
        DataType::Decimal256(..) => decimal::<Decimal256Type>(array, row, &mut text),
        DataType::Date32 => day(i64::from(value!(Date32Type)) * DAY, None, &mut text),
        DataType::Date64 => day(value!(Date64Type).div_euclid(1000), None, &mut text),
        DataType::Timestamp(unit, _) => {
            let seconds = match unit {
                TimeUnit::Second => value!(TimestampSecondType),
                TimeUnit::Millisecond => value!(TimestampMillisecondType).div_euclid(1_000),
                TimeUnit::Microsecond => value!(TimestampMicrosecondType).div_euclid(1_000_000),
                TimeUnit::Nanosecond => value!(TimestampNanosecondType).div_euclid(1_000_000_000),
            };
            day(seconds, zone, &mut text)
        }
        DataType::Time32(TimeUnit::Second) => time::<Time32SecondType>(i64::from(value!(Time32SecondType)), &mut text),
        DataType::Time32(_) => time::<Time32MillisecondType>(i64::from(value!(Time32MillisecondType)), &mut text),
        DataType::Time64(TimeUnit::Microsecond) => {
            time::<Time64MicrosecondType>(value!(Time64MicrosecondType), &mut text)
        }
        DataType::Time64(_) => time::<Time64NanosecondType>(value!(Time64NanosecondType), &mut text),
        DataType::Duration(TimeUnit::Second) => say!("{} s", value!(DurationSecondType)),
        DataType::Duration(TimeUnit::Millisecond) => say!("{} ms", value!(DurationMillisecondType)),
        DataType::Duration(TimeUnit::Microsecond) => say!("{} us", value!(DurationMicrosecondType)),
        DataType::Duration(TimeUnit::Nanosecond) => say!("{} ns", value!(DurationNanosecondType)),
        DataType::Interval(IntervalUnit::YearMonth) => say!("P{}M", value!(IntervalYearMonthType)),
        DataType::Interval(IntervalUnit::DayTime) => {
            let value = value!(IntervalDayTimeType);
            say!("P{}DT{}ms", value.days, value.milliseconds)
        }
        DataType::Interval(IntervalUnit::MonthDayNano) => {
            let value = value!(IntervalMonthDayNanoType);
            say!("P{}M{}DT{}ns", value.months, value.days, value.nanoseconds)
        }
        // named by `unreadable`, which nobody asks for by name
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::ListView(_)
        | DataType::LargeListView(_)
        | DataType::FixedSizeList(..)
        | DataType::Struct(_)
        | DataType::Map(..)
        | DataType::Union(..)
        | DataType::Dictionary(..)
        | DataType::RunEndEncoded(..) => None,
    };
    out.extend_from_slice(text.as_bytes());
    mark
}

/// Text, or what may be text of another encoding; bytes that no text has are not handed on.
fn bytes(value: &[u8], out: &mut Vec<u8>) -> Option<Mark> {
    // a fixed width is filled up with zeros
    let end = value.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
    let value = value.get(..end).unwrap_or_default();
    let control = |b: &u8| *b < 0x20 && !matches!(*b, b'\t' | b'\n' | b'\r');
    if value.iter().any(control) && std::str::from_utf8(value).is_err() || value.contains(&0) {
        return Some(Mark::NoText);
    }
    out.extend_from_slice(value);
    None
}

/// A number of few digits. Beyond `exact` it may stand for its neighbours; where it is as long as an identifier, only the
/// digits that it has are written.
fn small_float(value: f32, exact: f32, text: &mut String) -> Option<Mark> {
    if value.is_nan() {
        return None;
    }
    if value.is_finite() && value.abs() >= 1e12 {
        text.push_str(&format!("{value:.6E}").replacen('E', "E+", 1));
    } else {
        let _ = write!(text, "{value}");
    }
    (value.abs() >= exact).then_some(Mark::Float)
}

fn decimal<T: DecimalType>(array: &dyn Array, row: usize, text: &mut String) -> Option<Mark> {
    let whole = array.as_primitive_opt::<T>()?.value_as_string(row);
    let zeros = whole.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|b| b == b'0'));
    text.push_str(zeros.map_or(whole.as_str(), |(number, _)| number));
    None
}

/// The day of a moment; one that no calendar of ours has is written as seconds, which nobody takes for a date.
fn day(seconds: i64, zone: Option<&Zone>, text: &mut String) -> Option<Mark> {
    let ahead = zone.map_or(Some(0), |zone| zone.ahead(seconds));
    let date = ahead
        .and_then(|ahead| i32::try_from((seconds + ahead).div_euclid(DAY)).ok())
        .and_then(bansos::date::from_epoch_days);
    // an instant of UTC may be midnight where it was written: whoever reads the date judges that by its time
    let time = seconds.rem_euclid(DAY);
    let instant = zone.is_some() && ahead == Some(0) && time != 0 && time % 1800 == 0;
    let _ = match date {
        Some(date) if instant => write!(text, "{date}T{:02}:{:02}:00Z", time / 3600, time / 60 % 60),
        Some(date) => write!(text, "{date}"),
        None => write!(text, "{seconds} s"),
    };
    None
}

fn time<T: ArrowPrimitiveType>(value: i64, text: &mut String) -> Option<Mark> {
    let _ = match as_time::<T>(value) {
        Some(time) => write!(text, "{time}"),
        None => write!(text, "{value}"),
    };
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
    use super::*;
    use arrow_array::builder::{FixedSizeBinaryBuilder, Int32Builder, ListBuilder};
    use arrow_array::*;
    use std::sync::Arc;

    fn read(array: impl Array + 'static) -> (String, Option<Mark>) {
        let column = Column::of(&(Arc::new(array) as ArrayRef));
        let (mut out, mut nothing) = (Vec::new(), Vec::new());
        let mark = column.write(0, &mut out);
        // the second value of each is null
        assert_eq!(column.write(1, &mut nothing), None);
        assert!(nothing.is_empty());
        (String::from_utf8_lossy(&out).into_owned(), mark)
    }

    fn text(array: impl Array + 'static) -> String {
        assert_eq!(unreadable(array.data_type()), None);
        read(array).0
    }

    /// 5 July 1968, at two minutes to midnight.
    const SECONDS: i64 = (-545 * DAY) + DAY - 120;

    #[test]
    fn days() {
        let moments = |scale: i64| vec![Some(SECONDS * scale), None];
        assert_eq!(text(Date32Array::from(vec![Some(-545), None])), "1968-07-05");
        assert_eq!(text(Date64Array::from(moments(1000))), "1968-07-05");
        assert_eq!(text(TimestampSecondArray::from(moments(1))), "1968-07-05");
        assert_eq!(text(TimestampMillisecondArray::from(moments(1_000))), "1968-07-05");
        assert_eq!(text(TimestampMicrosecondArray::from(moments(1_000_000))), "1968-07-05");
        assert_eq!(text(TimestampNanosecondArray::from(moments(1_000_000_000))), "1968-07-05");
        let zoned = |zone: &str| TimestampMicrosecondArray::from(moments(1_000_000)).with_timezone(zone);
        assert_eq!([text(zoned("UTC")), text(zoned("+00:00"))], ["1968-07-05", "1968-07-05"]);
        assert_eq!([text(zoned("+07:00")), text(zoned("Asia/Jakarta"))], ["1968-07-06", "1968-07-06"]);
        // what Spark makes of midnight in Jakarta
        let utc = TimestampSecondArray::from(vec![Some(-545 * DAY - 7 * 3600), None]).with_timezone("UTC");
        let utc = text(utc);
        assert_eq!(utc, "1968-07-04T17:00:00Z");
        assert_eq!(bansos::date::read(&utc).date, Some(bansos::Date::constant(1968, 7, 5)));
        // midnight in Jakarta, when it was eight hours ahead of UTC
        let born = TimestampSecondArray::from(vec![Some(-7185 * DAY - 8 * 3600), None]).with_timezone("Asia/Jakarta");
        assert_eq!(text(born), "1950-04-30");
        assert_eq!(
            unreadable(zoned("Bulan/Tranquillitatis").data_type()).as_deref(),
            Some("timestamp[Bulan/Tranquillitatis]")
        );
        // no day of ours is no empty cell
        assert_eq!(text(Date64Array::from(vec![Some(i64::MAX), None])), format!("{} s", i64::MAX / 1000));
    }

    #[test]
    fn numbers() {
        let nik = 3_508_161_103_659_001_i64;
        assert_eq!(text(Int64Array::from(vec![Some(nik), None])), "3508161103659001");
        assert_eq!(text(UInt64Array::from(vec![Some(nik as u64), None])), "3508161103659001");
        assert_eq!(text(Int32Array::from(vec![Some(-7), None])), "-7");
        assert_eq!(text(UInt32Array::from(vec![Some(7), None])), "7");
        assert_eq!(text(Int16Array::from(vec![Some(7), None])), "7");
        assert_eq!(text(UInt16Array::from(vec![Some(7), None])), "7");
        assert_eq!(text(Int8Array::from(vec![Some(7), None])), "7");
        assert_eq!(text(UInt8Array::from(vec![Some(7), None])), "7");
        assert_eq!(
            read(Float64Array::from(vec![Some(nik as f64), None])),
            ("3508161103659001".to_owned(), Some(Mark::Float))
        );
        assert_eq!(read(Float64Array::from(vec![Some(f64::NAN), None])), (String::new(), None));
        // of a number of four bytes, seven digits are left
        assert_eq!(
            read(Float32Array::from(vec![Some(nik as f32), None])),
            ("3.508161E+15".to_owned(), Some(Mark::Float))
        );
        assert_eq!(text(Float32Array::from(vec![Some(350_816.5), None])), "350816.5");
        let half = <Float16Type as ArrowPrimitiveType>::Native::from_f32;
        assert_eq!(text(Float16Array::from(vec![Some(half(7.0)), None])), "7");
        let nik = i128::from(nik);
        let decimal = |value: i128, precision, scale| {
            text(Decimal128Array::from(vec![Some(value), None]).with_precision_and_scale(precision, scale).unwrap())
        };
        assert_eq!(decimal(nik, 16, 0), "3508161103659001");
        assert_eq!(decimal(nik * 100, 38, 2), "3508161103659001");
        assert_eq!(decimal(35_081_611_036_590, 16, -2), "3508161103659000");
        assert_eq!([decimal(1250, 10, 2), decimal(5, 3, 3), decimal(-150, 10, 1)], ["12.50", "0.005", "-15"]);
        let wide = <Decimal256Type as ArrowPrimitiveType>::Native::from_i128(nik);
        assert_eq!(
            text(Decimal256Array::from(vec![Some(wide), None]).with_precision_and_scale(76, 0).unwrap()),
            "3508161103659001"
        );
        assert_eq!(text(Decimal64Array::from(vec![Some(1700), None]).with_precision_and_scale(18, 2).unwrap()), "17");
        assert_eq!(text(Decimal32Array::from(vec![Some(17), None]).with_precision_and_scale(9, 0).unwrap()), "17");
        assert_eq!(text(BooleanArray::from(vec![Some(true), None])), "TRUE");
    }

    #[test]
    fn texts() {
        let name = vec![Some("SITI"), None];
        assert_eq!(text(StringArray::from(name.clone())), "SITI");
        assert_eq!(text(LargeStringArray::from(name.clone())), "SITI");
        assert_eq!(text(StringViewArray::from(name.clone())), "SITI");
        let bytes = vec![Some(b"SITI".as_slice()), None];
        assert_eq!(text(BinaryArray::from(bytes.clone())), "SITI");
        assert_eq!(text(LargeBinaryArray::from(bytes.clone())), "SITI");
        assert_eq!(text(BinaryViewArray::from(bytes)), "SITI");
        let mut fixed = FixedSizeBinaryBuilder::new(6);
        fixed.append_value(b"SITI\0\0").unwrap();
        fixed.append_null();
        assert_eq!(text(fixed.finish()), "SITI");
        let picture = vec![Some(b"\x89PNG\r\n\x1a\n\0\0\x01".as_slice()), None];
        assert_eq!(read(BinaryArray::from(picture)), (String::new(), Some(Mark::NoText)));
        assert_eq!(text(DictionaryArray::<Int8Type>::from_iter(name.clone())), "SITI");
        assert_eq!(text(DictionaryArray::<Int8Type>::from_iter([None::<&str>, None])), "");
        assert_eq!(text(RunArray::<Int16Type>::from_iter(name.clone())), "SITI");
        assert_eq!(text(RunArray::<Int64Type>::from_iter(name)), "SITI");
        assert_eq!(text(NullArray::new(2)), "");
    }

    #[test]
    fn times() {
        let seconds = 7 * 3600 + 30 * 60;
        assert_eq!(text(Time32SecondArray::from(vec![Some(seconds), None])), "07:30:00");
        assert_eq!(text(Time32MillisecondArray::from(vec![Some(seconds * 1000), None])), "07:30:00");
        let seconds = i64::from(seconds);
        assert_eq!(text(Time64MicrosecondArray::from(vec![Some(seconds * 1_000_000), None])), "07:30:00");
        assert_eq!(text(Time64NanosecondArray::from(vec![Some(seconds * 1_000_000_000), None])), "07:30:00");
        assert_eq!(text(DurationSecondArray::from(vec![Some(90), None])), "90 s");
        assert_eq!(text(DurationMillisecondArray::from(vec![Some(90), None])), "90 ms");
        assert_eq!(text(DurationMicrosecondArray::from(vec![Some(90), None])), "90 us");
        assert_eq!(text(DurationNanosecondArray::from(vec![Some(90), None])), "90 ns");
        assert_eq!(text(IntervalYearMonthArray::from(vec![Some(14), None])), "P14M");
        let days = IntervalDayTimeType::make_value(3, 5);
        assert_eq!(text(IntervalDayTimeArray::from(vec![Some(days), None])), "P3DT5ms");
        let months = IntervalMonthDayNanoType::make_value(2, 3, 5);
        assert_eq!(text(IntervalMonthDayNanoArray::from(vec![Some(months), None])), "P2M3DT5ns");
    }

    #[test]
    fn what_is_no_cell_is_named() {
        let mut list = ListBuilder::new(Int32Builder::new());
        list.append_value([Some(1)]);
        let list = list.finish();
        assert_eq!(unreadable(list.data_type()).as_deref(), Some("list"));
        let field = |kind: &DataType| Arc::new(arrow_schema::Field::new("item", kind.clone(), true));
        for (kind, word) in [
            (DataType::LargeList(field(&DataType::Utf8)), "list"),
            (DataType::ListView(field(&DataType::Utf8)), "list"),
            (DataType::LargeListView(field(&DataType::Utf8)), "list"),
            (DataType::FixedSizeList(field(&DataType::Utf8), 2), "list"),
            (DataType::Struct(vec![field(&DataType::Utf8)].into()), "struct"),
            (DataType::Map(field(&DataType::Utf8), false), "map"),
            (DataType::Dictionary(Box::new(DataType::Int8), Box::new(list.data_type().clone())), "list"),
        ] {
            assert_eq!(unreadable(&kind).as_deref(), Some(word));
        }
    }
}
