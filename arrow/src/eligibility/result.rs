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

impl Determined {
    pub(super) fn of(rules: &Rules, chunks: Vec<Vec<Verdict>>, ignored: Vec<String>) -> Self {
        let all = || chunks.iter().flatten();
        Self {
            programme: rules.programme().to_owned(),
            outcome: all().map(|v| v.outcome as u8).collect::<Vec<_>>().into(),
            year: all().map(|v| v.year.0).collect::<Vec<_>>().into(),
            at_most: all().map(|v| v.at_most.0).collect::<Vec<_>>().into(),
            persons: all().map(|v| v.persons).collect::<Vec<_>>().into(),
            truths: all().map(|v| v.truths).collect::<Vec<_>>().into(),
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
