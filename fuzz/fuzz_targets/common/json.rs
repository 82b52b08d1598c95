//! Changes to plain data at any place.

use arbitrary::Arbitrary;
use serde_json::Value;

/// A change to plain data: which value (counted through), and what becomes of it.
#[derive(Arbitrary, Debug)]
pub struct Edit {
    at: u16,
    to: Change,
}

#[derive(Arbitrary, Debug)]
enum Change {
    Null,
    Truth(bool),
    Whole(i64),
    Long(u64),
    Number(f64),
    Text(String),
    Word(u8),
    /// What stands at another place.
    Copy(u16),
    /// The value so many times in a list, at most eight.
    List(u8),
    /// The member or element is taken away.
    Remove(u8),
    /// A member of its own.
    Member(u8, i64),
}

/// Words that operations know.
const WORDS: &[&str] = &[
    "",
    "2026-11-21",
    "0001-01-01",
    "9999-12-31",
    "2024-02-29",
    "male",
    "female",
    "35.08",
    "3508",
    "64.02.01.2001",
    "pkh",
    "sembako",
    "household",
    "person",
    "yes",
    "no",
    "unknown",
    "3508126801809001",
    "9999999999999999",
    "1e308",
    "-0.0",
    "decile",
    "families",
    "nama",
];

impl Edit {
    pub fn apply(&self, value: &mut Value) {
        let count = count(value);
        let other =
            |at: u16, value: &mut Value| nth(value, &mut (usize::from(at) % count)).cloned().unwrap_or_default();
        let copied = if let Change::Copy(at) = self.to { other(at, value) } else { Value::Null };
        let Some(here) = nth(value, &mut (usize::from(self.at) % count)) else { return };
        match &self.to {
            Change::Null => *here = Value::Null,
            Change::Truth(truth) => *here = (*truth).into(),
            Change::Whole(n) => *here = (*n).into(),
            Change::Long(n) => *here = (*n).into(),
            Change::Number(n) => *here = (*n).into(),
            Change::Text(text) => *here = text.as_str().into(),
            Change::Word(n) => *here = WORDS[usize::from(*n) % WORDS.len()].into(),
            Change::Copy(_) => *here = copied,
            Change::List(n) => *here = vec![here.clone(); usize::from(*n % 8)].into(),
            Change::Remove(n) => match here {
                Value::Array(list) if !list.is_empty() => drop(list.remove(usize::from(*n) % list.len())),
                Value::Object(members) => {
                    let key = members.keys().nth(usize::from(*n) % members.len().max(1)).cloned();
                    key.map(|key| members.remove(&key));
                }
                _ => {}
            },
            Change::Member(n, to) => {
                if let Value::Object(members) = here {
                    members.insert(WORDS[usize::from(*n) % WORDS.len()].to_owned(), (*to).into());
                }
            }
        }
    }
}

fn count(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The value at a number, counted from the outside inwards.
fn nth<'a>(value: &'a mut Value, left: &mut usize) -> Option<&'a mut Value> {
    if *left == 0 {
        return Some(value);
    }
    *left -= 1;
    match value {
        Value::Array(list) => list.iter_mut().find_map(|v| nth(v, left)),
        Value::Object(members) => members.values_mut().find_map(|v| nth(v, left)),
        _ => None,
    }
}
