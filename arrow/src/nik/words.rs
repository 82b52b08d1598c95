//! The columns as a reader wants them: words in place of numbers, each word held once.

use super::Columns;
use arrow_array::types::Int8Type;
use arrow_array::{Array, ArrayRef, DictionaryArray, Int8Array, RecordBatch, StringArray};
use arrow_schema::ArrowError;
use bansos::Sex;
use bansos::nik::Class;
use std::sync::Arc;

impl Columns {
    /// The columns by name; `class` and `sex` as dictionaries of their words, the others as they are.
    ///
    /// # Errors
    /// None that the columns of one call can cause.
    ///
    /// ```
    /// use arrow_array::StringArray;
    /// use bansos::Date;
    /// use bansos_arrow::nik::{Wanted, examine};
    /// let cells = StringArray::from(vec!["3508126801809001"]);
    /// let batch = examine(&cells, Wanted::ALL, Date::constant(2026, 11, 21))?.to_batch()?;
    /// assert_eq!(batch.schema().field(0).name(), "class");
    /// assert_eq!(batch.num_columns(), 5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_batch(self) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
        for (name, column) in self.named() {
            let words: Option<(StringArray, i8)> = match name {
                "class" => Some((Class::ALL.iter().map(|c| Some(c.word())).collect(), 0)),
                // 1 is male
                "sex" => Some((Sex::ALL.iter().map(|s| Some(s.word())).collect(), 1)),
                _ => None,
            };
            let numbers = column.as_any().downcast_ref::<Int8Array>();
            columns.push(match (words, numbers) {
                (Some((words, first)), Some(numbers)) => {
                    // the numbers serve as keys as they are where the first word has the number 0
                    let keys = if first == 0 { numbers.clone() } else { numbers.unary(|n: i8| n.wrapping_sub(first)) };
                    (name, Arc::new(DictionaryArray::<Int8Type>::try_new(keys, Arc::new(words))?) as ArrayRef)
                }
                _ => (name, column),
            });
        }
        RecordBatch::try_from_iter(columns)
    }
}
