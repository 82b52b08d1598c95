//! The persons table as packed persons.

use super::error::{ColumnType, ColumnsError};
use super::words::{booleans, each_integer, each_text, texts};
use arrow_array::cast::AsArray;
use arrow_array::types::Date32Type;
use arrow_array::{Array, ArrayRef, BooleanArray, RecordBatch};
use arrow_schema::DataType;
use bansos::eligibility::PersonCode;
use bansos::person::{Attendance, Flag, Flags, Presence, Relation, SchoolLevel, Sex};

/// Packs a persons table; also gives the names of the columns that mean nothing here.
///
/// # Errors
/// A column of another type than its name asks for, or a word that its list does not have.
pub fn person_codes(persons: &RecordBatch) -> Result<(Vec<PersonCode>, Vec<String>), ColumnsError> {
    let mut all = Vec::new();
    let ignored = put_persons(persons, &mut all)?;
    Ok((all, ignored))
}

/// A column of yes and no of which few say the one and most the other.
struct Exceptions<'c> {
    column: &'c BooleanArray,
    fact: Truthful,
    /// Whether the few say yes.
    is_rare: bool,
}

/// The same into memory used again and again.
pub(super) fn put_persons(persons: &RecordBatch, all: &mut Vec<PersonCode>) -> Result<Vec<String>, ColumnsError> {
    let (mut ignored, mut alike, mut rare, mut others) = (Vec::new(), PersonCode::default(), Vec::new(), Vec::new());
    // what most say is put in before everybody is written out; only those who say otherwise are touched again
    for (field, column) in persons.schema_ref().fields().iter().zip(persons.columns()) {
        let name = field.name().as_str();
        let whole = column.as_boolean_opt().filter(|c| c.null_count() == 0);
        match (Truthful::named(name), whole) {
            (Some(fact), Some(column)) => {
                let yes = column.true_count();
                let is_rare = yes * 2 < column.len();
                alike = fact.set(alike, !is_rare);
                if if is_rare { yes > 0 } else { yes < column.len() } {
                    rare.push(Exceptions { column, fact, is_rare });
                }
            }
            (Some(fact), None) => others.push((name, column, Some(fact))),
            // of a column that says one thing, the first row says it all
            (None, _) if says_one_thing(column) => {
                let first = &mut [alike];
                if !one(name, &column.slice(0, 1), first)? {
                    ignored.push(name.to_owned());
                }
                [alike] = *first;
            }
            (None, _) => others.push((name, column, None)),
        }
    }
    all.clear();
    all.resize(persons.num_rows(), alike);
    for Exceptions { column, fact, is_rare } in rare {
        let put = |row: usize| all[row] = fact.set(all[row], is_rare);
        if is_rare {
            column.values().set_indices().for_each(put);
        } else {
            (!column.values()).set_indices().for_each(put);
        }
    }
    for (name, column, fact) in others {
        match fact {
            Some(fact) => {
                for (p, said) in all.iter_mut().zip(booleans(column, name)?) {
                    *p = fact.put(*p, said);
                }
            }
            None if one(name, column, all)? => {}
            None => ignored.push(name.to_owned()),
        }
    }
    Ok(ignored)
}

/// Whether numbers, or words of a dictionary, are one and the same in every row.
fn says_one_thing(column: &ArrayRef) -> bool {
    let data = column.to_data();
    let key = if let DataType::Dictionary(key, _) = column.data_type() { key } else { column.data_type() };
    let (Some(width), Some(bytes)) = (key.primitive_width(), data.buffers().first()) else { return false };
    let rows = bytes.as_slice().get(data.offset() * width..(data.offset() + data.len()) * width).unwrap_or_default();
    // every row equals the one before it
    data.null_count() == 0 && !rows.is_empty() && rows[width..] == rows[..rows.len() - width]
}

/// A fact that is yes, no or unknown.
#[derive(Clone, Copy)]
enum Truthful {
    Pregnant,
    SevereDisability,
    RightsVictim,
    Registered,
    Flag(Flag),
}

impl Truthful {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "pregnant" => Self::Pregnant,
            "severe_disability" => Self::SevereDisability,
            "rights_victim" => Self::RightsVictim,
            "registered" => Self::Registered,
            _ => Self::Flag(Flag::from_word(name.strip_prefix("flag_")?)?),
        })
    }

    /// A person with this fact, whatever was said before.
    #[inline]
    fn set(self, p: PersonCode, fact: bool) -> PersonCode {
        match self {
            Self::Flag(flag) => p.with_flags(p.flags.with(flag, fact)),
            other => other.put(p, Some(fact)),
        }
    }

    /// A person with this fact; a flag reported by any column is reported.
    #[inline]
    fn put(self, p: PersonCode, fact: Option<bool>) -> PersonCode {
        match self {
            Self::Pregnant => p.with_pregnant(fact),
            Self::SevereDisability => p.with_severe_disability(fact),
            Self::RightsVictim => p.with_rights_victim(fact),
            Self::Registered => p.with_registered(fact),
            Self::Flag(flag) => match fact {
                Some(said) => p.with_flags(p.flags.merge(Flags::UNCHECKED.with(flag, said))),
                None => p,
            },
        }
    }
}

/// Puts a column's facts in; false where the name means nothing.
fn one(name: &str, column: &ArrayRef, all: &mut [PersonCode]) -> Result<bool, ColumnsError> {
    macro_rules! put_words {
        ($word:ty, $with:ident) => {{
            let packed = |w: $word| PersonCode::default().$with(Some(w)).attrs();
            let mask = <$word>::ALL.iter().fold(0, |mask, w| mask | packed(*w));
            // a text that is no word of the list has no packed form; its row is told
            let read = |text: &str| <$word>::from_word(text).map(packed);
            let mut unread = None;
            each_text(column, name, read, |row, said| match said {
                Some(word) => all[row].put_attrs(mask, word),
                None => unread = unread.or(Some(row)),
            })?;
            if let Some(row) = unread {
                return Err(ColumnsError::Word { column: name.to_owned(), row });
            }
        }};
    }
    match name {
        "family" | "family_row" => {}
        "birth_date" => {
            if column.data_type() != &DataType::Date32 {
                return Err(ColumnsError::Type { column: name.to_owned(), expected: ColumnType::Date });
            }
            let days = column.as_primitive::<Date32Type>();
            if days.null_count() == 0 {
                all.iter_mut().zip(days.values()).for_each(|(p, day)| p.birth_day = *day);
            } else {
                all.iter_mut().zip(days).for_each(|(p, day)| p.birth_day = day.unwrap_or(PersonCode::NO_DAY));
            }
        }
        "age" => each_integer(column, name, |row, age| {
            all[row].age = age.and_then(|a| u16::try_from(a).ok()).unwrap_or(PersonCode::NO_AGE);
        })?,
        "sex" => put_words!(Sex, with_sex),
        "relation" => put_words!(Relation, with_relation),
        "presence" => put_words!(Presence, with_presence),
        "attendance" => put_words!(Attendance, with_attendance),
        "school_level" => put_words!(SchoolLevel, with_school_level),
        "pregnancy_order" => each_integer(column, name, |row, order| {
            all[row] = all[row].with_pregnancy_order(order.and_then(|o| u8::try_from(o).ok()));
        })?,
        "occupation" => {
            for (p, flags) in all.iter_mut().zip(texts(column, name, Flags::from_occupation)?) {
                p.flags = p.flags.merge(flags.unwrap_or(Flags::UNCHECKED));
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}
