//! Columns as hosts hand them over.

use arrow_array::{ArrayRef, RecordBatch, new_empty_array};
use arrow_schema::Schema;

/// Columns by name, each in chunks. Nothing is copied.
#[derive(Clone, Debug, Default)]
pub struct Table(Vec<(String, Vec<ArrayRef>)>);

impl Table {
    /// Columns with their names; each may be cut into chunks in its own way.
    pub fn new(columns: Vec<(String, Vec<ArrayRef>)>) -> Self {
        Self(columns)
    }

    /// Batches of one schema, as a stream brings them. A stream without a batch still says what types it has.
    pub fn from_batches(schema: &Schema, batches: &[RecordBatch]) -> Self {
        let chunks = |at: usize, field: &arrow_schema::Field| {
            let mut chunks: Vec<ArrayRef> = batches.iter().filter_map(|b| b.columns().get(at).cloned()).collect();
            if chunks.is_empty() {
                chunks.push(new_empty_array(field.data_type()));
            }
            (field.name().clone(), chunks)
        };
        Self(schema.fields().iter().enumerate().map(|(at, field)| chunks(at, field)).collect())
    }

    pub(super) fn first(&self) -> Option<&[ArrayRef]> {
        self.0.first().map(|(_, chunks)| chunks.as_slice())
    }

    pub(super) fn find(&self, name: &str) -> Option<&[ArrayRef]> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, chunks)| chunks.as_slice())
    }
}

impl From<&RecordBatch> for Table {
    fn from(batch: &RecordBatch) -> Self {
        Self::from_batches(&batch.schema(), std::slice::from_ref(batch))
    }
}
