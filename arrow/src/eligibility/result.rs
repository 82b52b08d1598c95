//! The answers as columns.

use arrow_array::builder::{ListBuilder, StringDictionaryBuilder};
use arrow_array::types::UInt16Type;
use arrow_array::{ArrayRef, DictionaryArray, Int64Array, RecordBatch, StringArray, UInt8Array, UInt64Array};
use arrow_schema::{ArrowError, Field, Schema};
use bansos::eligibility::{Outcome, Rules, Truth, Verdict, criterion_code};
use std::sync::Arc;

/// One programme's answers for a table of families, in its order.
#[derive(Clone, Debug)]
pub struct Determined {
    /// Programme id.
    pub programme: String,
    /// How each comes out: 0 eligible, 1 ineligible, 2 undetermined, the order of [`Outcome::ALL`].
    pub outcome: UInt8Array,
    /// Rupiah of the year; zero unless eligible.
    pub year: Int64Array,
    /// Rupiah of the year if every unknown fact turned out in the family's favour.
    pub at_most: Int64Array,
    /// Persons counted.
    pub persons: UInt8Array,
    /// Truth of each criterion, two bits each (0 no, 1 unknown, 2 yes), in the order of `criteria`.
    pub truths: UInt64Array,
    /// What the criteria are.
    pub criteria: Vec<&'static str>,
    /// Names of columns that meant nothing.
    pub ignored: Vec<String>,
    /// The only reason, where the programme does not run on the date.
    not_running: Option<&'static str>,
}

/// The answers of one programme while they are written.
pub(super) struct Answers {
    outcome: Vec<u8>,
    year: Vec<i64>,
    at_most: Vec<i64>,
    persons: Vec<u8>,
    truths: Vec<u64>,
}

/// Some rows of them.
pub(super) struct Stretch<'a> {
    pub(super) outcome: &'a mut [u8],
    year: &'a mut [i64],
    at_most: &'a mut [i64],
    persons: &'a mut [u8],
    truths: &'a mut [u64],
}

impl Answers {
    pub(super) fn new(rows: usize) -> Self {
        // fresh zeroes come from the system untouched; a copy of zeroes would be written twice
        let (outcome, persons) = (vec![0; rows], vec![0; rows]);
        Self { outcome, year: vec![0; rows], at_most: vec![0; rows], persons, truths: vec![0; rows] }
    }

    pub(super) fn stretches(&mut self, rows: usize) -> impl Iterator<Item = Stretch<'_>> {
        let words = self.outcome.chunks_mut(rows).zip(self.persons.chunks_mut(rows));
        let sums = self.year.chunks_mut(rows).zip(self.at_most.chunks_mut(rows));
        let all = words.zip(sums).zip(self.truths.chunks_mut(rows));
        all.map(|(((outcome, persons), (year, at_most)), truths)| Stretch { outcome, year, at_most, persons, truths })
    }
}

impl Stretch<'_> {
    #[inline]
    pub(super) fn put(&mut self, at: usize, v: Verdict) {
        self.outcome[at] = v.outcome as u8;
        self.year[at] = v.year.0;
        self.at_most[at] = v.at_most.0;
        self.persons[at] = v.persons;
        self.truths[at] = v.truths;
    }
}

impl Determined {
    pub(super) fn new(rules: &Rules, answers: Answers, ignored: Vec<String>) -> Self {
        Self {
            programme: rules.programme().to_owned(),
            outcome: answers.outcome.into(),
            year: answers.year.into(),
            at_most: answers.at_most.into(),
            persons: answers.persons.into(),
            truths: answers.truths.into(),
            criteria: rules.leaf_codes(),
            ignored,
            not_running: rules.not_running(),
        }
    }

    /// Reason codes of one row, in the order of the criteria.
    pub fn reasons(&self, row: usize) -> Vec<&'static str> {
        if let Some(code) = self.not_running {
            return vec![code];
        }
        let truths = self.truths.value(row);
        let truth = |i: usize| match truths >> (2 * i) & 3 {
            0 => Truth::No,
            1 => Truth::Unknown,
            _ => Truth::Yes,
        };
        self.criteria.iter().enumerate().map(|(i, c)| criterion_code(c, truth(i))).collect()
    }

    /// As a table: outcome (dictionary of words), rupiah, persons, reason codes (list of dictionary words).
    ///
    /// # Errors
    /// Never in practice: the columns have one length.
    pub fn to_batch(&self) -> Result<RecordBatch, ArrowError> {
        let words = StringArray::from_iter_values(Outcome::ALL.iter().map(|o| o.word()));
        let outcome: ArrayRef = Arc::new(DictionaryArray::try_new(self.outcome.clone(), Arc::new(words))?);
        let mut reasons = ListBuilder::new(StringDictionaryBuilder::<UInt16Type>::new());
        for row in 0..self.outcome.values().len() {
            for code in self.reasons(row) {
                reasons.values().append(code)?;
            }
            reasons.append(true);
        }
        let columns: Vec<(&str, ArrayRef)> = vec![
            ("outcome", outcome),
            ("year", Arc::new(self.year.clone())),
            ("at_most", Arc::new(self.at_most.clone())),
            ("persons", Arc::new(self.persons.clone())),
            ("reasons", Arc::new(reasons.finish())),
        ];
        let fields: Vec<Field> =
            columns.iter().map(|(name, c)| Field::new(*name, c.data_type().clone(), false)).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns.into_iter().map(|(_, c)| c).collect())
    }
}
