//! Some columns in Arrow batches.

use super::{Column, Form, Row, Rows, Table, parquet};
use crate::ReadError;
use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// Batches of some columns of a [`Table`].
pub struct Batches<'t> {
    schema: SchemaRef,
    all: Box<dyn Iterator<Item = Result<RecordBatch, ReadError>> + 't>,
}

impl Batches<'_> {
    /// Names and types of the columns, also where there is no row.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<RecordBatch, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.all.next()
    }
}

pub(super) fn open<'t>(table: &'t Table, columns: &[Column], rows: usize) -> Result<Batches<'t>, ReadError> {
    let places: Vec<usize> = columns.iter().map(|c| c.place()).collect();
    // with a header among its rows, a Parquet file is text like any other
    if matches!(table.form, Form::Parquet { .. }) && table.skip <= 1 {
        let (schema, all) = parquet::batches(&table.source, &places, rows, table.limits)?;
        return Ok(Batches { schema, all: Box::new(all) });
    }
    let field = |c: &Column| {
        let name = table.columns.get(c.place()).cloned().unwrap_or_default();
        Field::new(name, DataType::Utf8, true)
    };
    let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
    let mut all = table.rows()?;
    let (columns, mut row) = (columns.to_vec(), Row::new());
    let own = schema.clone();
    let next = move || batch(&mut all, &mut row, &columns, rows, &own, table).transpose();
    Ok(Batches { schema, all: Box::new(std::iter::from_fn(next)) })
}

fn batch(
    all: &mut Rows<'_>,
    row: &mut Row,
    columns: &[Column],
    rows: usize,
    schema: &SchemaRef,
    table: &Table,
) -> Result<Option<RecordBatch>, ReadError> {
    let mut texts: Vec<StringBuilder> = columns.iter().map(|_| StringBuilder::new()).collect();
    let mut read = 0;
    while read < rows && all.read(row)? {
        read += 1;
        for (text, column) in texts.iter_mut().zip(columns) {
            text.append_option(row.filled(*column));
        }
    }
    if read == 0 {
        return Ok(None);
    }
    let arrays = texts.into_iter().map(|mut text| Arc::new(text.finish()) as ArrayRef).collect();
    RecordBatch::try_new(schema.clone(), arrays).map(Some).map_err(|_| table.source.damaged("Arrow"))
}
