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
    let mut ignored = Vec::new();
    // many columns say one thing about everybody in a stretch of the register: those are put in before it is written out
    let mut alike = PersonCode::default();
    let mut others = Vec::new();
    for (field, column) in persons.schema_ref().fields().iter().zip(persons.columns()) {
        let name = field.name().as_str();
        match one_answer(column).and_then(|answer| for_all(name, alike, answer)) {
            Some(all) => alike = all,
            None => others.push((name, column)),
        }
    }
    let mut all = vec![alike; persons.num_rows()];
    for (name, column) in others {
        if !one(name, column, &mut all)? {
            ignored.push(name.to_owned());
        }
    }
    Ok((all, ignored))
}

/// What a column of yes and no says, where it says the same in every row.
fn one_answer(column: &ArrayRef) -> Option<bool> {
    let column = column.as_boolean_opt().filter(|c| c.null_count() == 0 && !c.is_empty())?;
    match column.true_count() {
        0 => Some(false),
        n if n == column.len() => Some(true),
        _ => None,
    }
}

/// A person with such an answer put in; `None` where the column means something else.
fn for_all(name: &str, p: PersonCode, answer: bool) -> Option<PersonCode> {
    Some(match name {
        "pregnant" => p.with_pregnant(Some(answer)),
        "severe_disability" => p.with_severe_disability(Some(answer)),
        "rights_victim" => p.with_rights_victim(Some(answer)),
        "registered" => p.with_registered(Some(answer)),
        _ => {
            let flag = name.strip_prefix("flag_").and_then(Flag::from_word)?;
            p.with_flags(p.flags.merge(Flags::UNCHECKED.with(flag, answer)))
        }
    })
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
            match column.as_boolean_opt() {
                Some(facts) if facts.null_count() == 0 => {
                    for (p, fact) in all.iter_mut().zip(facts.values()) {
                        *p = p.$with(Some(fact));
                    }
                }
                _ => {
                    for (p, fact) in all.iter_mut().zip(booleans(column, name)?) {
                        *p = p.$with(fact);
                    }
                }
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
