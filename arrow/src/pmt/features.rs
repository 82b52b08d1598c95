//! Facts of many families, a column each.

use bansos::source::Welfare;
use std::collections::{BTreeMap, BTreeSet};

/// A fact known of some families.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// As the model is to name it.
    pub name: String,
    /// Unit of a number.
    pub unit: Option<String>,
    /// Its values.
    pub column: Column,
}

/// Values of a fact, one for each family.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Codes of a questionnaire; compared, never reckoned with.
    Code(Vec<Option<i64>>),
    /// Measured numbers; not a number counts as missing.
    Number(Vec<Option<f64>>),
}

impl Column {
    /// Number of families.
    pub const fn len(&self) -> usize {
        match self {
            Self::Code(values) => values.len(),
            Self::Number(values) => values.len(),
        }
    }

    /// Whether there is no family.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the fact of a family is known.
    pub fn is_known(&self, row: usize) -> bool {
        match self {
            Self::Code(values) => values.get(row).copied().flatten().is_some(),
            Self::Number(values) => values.get(row).copied().flatten().is_some_and(f64::is_finite),
        }
    }
}

/// Facts of the same families, ordered by name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    families: usize,
    columns: BTreeMap<String, Feature>,
}

/// More values than this, and a variable of a register is a measurement rather than a code list.
const CODES: usize = 12;

impl Features {
    /// No facts yet about this many families.
    pub const fn new(families: usize) -> Self {
        Self { families, columns: BTreeMap::new() }
    }

    /// From what registers say of housing and assets. A variable with more than twelve different values (floor area) is
    /// taken as a number, any other as codes; variables of one value in all families are left out.
    pub fn from_welfare<'w>(families: impl ExactSizeIterator<Item = &'w Welfare>) -> Self {
        let mut all = Self::new(families.len());
        let mut raw: BTreeMap<&str, Vec<Option<i64>>> = BTreeMap::new();
        for (row, welfare) in families.enumerate() {
            for (name, value) in welfare.iter() {
                let column = raw.entry(name).or_insert_with(|| vec![None; all.families]);
                if let Some(slot) = column.get_mut(row) {
                    *slot = Some(value);
                }
            }
        }
        for (name, values) in raw {
            let distinct: BTreeSet<i64> = values.iter().flatten().copied().collect();
            let missing = values.contains(&None);
            match distinct.len() {
                0 => {}
                1 if !missing => {}
                n if n > CODES => all.number(name, None, values.into_iter().map(|v| v.map(|v| v as f64)).collect()),
                _ => all.code(name, values),
            }
        }
        all
    }

    /// Adds a number, for instance the size of the family or the share of its members at school. A column of another
    /// length is cut or filled up with *missing*.
    pub fn number(&mut self, name: &str, unit: Option<&str>, mut values: Vec<Option<f64>>) {
        values.resize(self.families, None);
        self.add(name, unit, Column::Number(values));
    }

    /// Adds codes.
    pub fn code(&mut self, name: &str, mut values: Vec<Option<i64>>) {
        values.resize(self.families, None);
        self.add(name, None, Column::Code(values));
    }

    fn add(&mut self, name: &str, unit: Option<&str>, column: Column) {
        let feature = Feature { name: name.to_owned(), unit: unit.map(str::to_owned), column };
        self.columns.insert(name.to_owned(), feature);
    }

    /// Number of families.
    pub const fn families(&self) -> usize {
        self.families
    }

    /// The facts, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Feature> {
        self.columns.values()
    }

    /// One fact.
    pub fn get(&self, name: &str) -> Option<&Feature> {
        self.columns.get(name)
    }
}
