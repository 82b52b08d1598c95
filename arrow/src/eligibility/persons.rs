//! The persons table as packed persons.

use super::run::ColumnsError;
use super::words::{booleans, integers, texts};
use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use bansos::eligibility::{Flag, Flags, PersonCode, flags_of_occupation};
use bansos::person::{Attendance, Presence, Relation, SchoolLevel, Sex};

/// Packs a persons table; also gives the names of the columns that mean nothing here.
///
/// # Errors
/// A column of another type than its name asks for, or a word that its list does not have.
pub fn person_codes(persons: &RecordBatch) -> Result<(Vec<PersonCode>, Vec<String>), ColumnsError> {
    let mut all = vec![PersonCode::default(); persons.num_rows()];
    let mut ignored = Vec::new();
    // most matches report nothing about anybody in a stretch of the register: such columns are put in together
    let mut clear = Flags::UNCHECKED;
    for (field, column) in persons.schema_ref().fields().iter().zip(persons.columns()) {
        let flag = field.name().strip_prefix("flag_").and_then(Flag::from_word);
        match flag.filter(|_| is_all_no(column)) {
            Some(flag) => clear = clear.with(flag, false),
            None if one(field.name(), column, &mut all)? => {}
            None => ignored.push(field.name().clone()),
        }
    }
    if clear != Flags::UNCHECKED {
        all.iter_mut().for_each(|p| p.flags = p.flags.merge(clear));
    }
    Ok((all, ignored))
}

/// Whether a column says no in every row.
fn is_all_no(column: &ArrayRef) -> bool {
    column.as_boolean_opt().is_some_and(|c| c.null_count() == 0 && c.true_count() == 0)
}

/// Puts a column's facts in; false where the name means nothing.
fn one(name: &str, column: &ArrayRef, all: &mut [PersonCode]) -> Result<bool, ColumnsError> {
    macro_rules! words {
        ($word:ty, $with:ident) => {{
            let read = texts(column, name, <$word>::from_word)?;
            for (row, (p, fact)) in all.iter_mut().zip(read).enumerate() {
                match fact {
                    None => {}
                    Some(None) => return Err(ColumnsError::Word { column: name.to_owned(), row }),
                    Some(word) => *p = p.$with(word),
                }
            }
        }};
    }
    macro_rules! truths {
        ($with:ident) => {
            for (p, fact) in all.iter_mut().zip(booleans(column, name)?) {
                *p = p.$with(fact);
            }
        };
    }
    match name {
        "family" | "family_row" => {}
        "birth_date" => {
            if column.data_type() != &DataType::Date32 {
                return Err(ColumnsError::Type { column: name.to_owned(), expected: "date32" });
            }
            let days = column.as_primitive::<Date32Type>();
            for (p, day) in all.iter_mut().zip(days.iter()) {
                p.birth_day = day.unwrap_or(PersonCode::NO_DAY);
            }
        }
        "age" => {
            for (p, age) in all.iter_mut().zip(integers(column, name)?) {
                p.age = age.and_then(|a| u16::try_from(a).ok()).unwrap_or(PersonCode::NO_AGE);
            }
        }
        "sex" => words!(Sex, with_sex),
        "relation" => words!(Relation, with_relation),
        "presence" => words!(Presence, with_presence),
        "attendance" => words!(Attendance, with_attendance),
        "school_level" => words!(SchoolLevel, with_school_level),
        "pregnant" => truths!(with_pregnant),
        "severe_disability" => truths!(with_severe_disability),
        "rights_victim" => truths!(with_rights_victim),
        "registered" => truths!(with_registered),
        "pregnancy_order" => {
            for (p, order) in all.iter_mut().zip(integers(column, name)?) {
                *p = p.with_pregnancy_order(order.and_then(|o| u8::try_from(o).ok()));
            }
        }
        "occupation" => {
            for (p, flags) in all.iter_mut().zip(texts(column, name, flags_of_occupation)?) {
                p.flags = p.flags.merge(flags.unwrap_or(Flags::UNCHECKED));
            }
        }
        _ => match name.strip_prefix("flag_").and_then(Flag::from_word) {
            Some(flag) => {
                for (p, fact) in all.iter_mut().zip(booleans(column, name)?) {
                    if let Some(reported) = fact {
                        p.flags = p.flags.merge(Flags::UNCHECKED.with(flag, reported));
                    }
                }
            }
            None => return Ok(false),
        },
    }
    Ok(true)
}
