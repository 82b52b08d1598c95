//! A table of named columns, written as Parquet.

use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{Field, Schema};
use bansos_registers::write::WriteError;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// Columns of one length, in order.
#[derive(Default)]
pub(crate) struct Table {
    fields: Vec<Field>,
    columns: Vec<ArrayRef>,
}

impl Table {
    pub(crate) fn add(&mut self, name: &str, column: ArrayRef) {
        self.fields.push(Field::new(name, column.data_type().clone(), true));
        self.columns.push(column);
    }

    pub(crate) fn write(self, path: &Path) -> Result<(), WriteError> {
        let schema = Arc::new(Schema::new(self.fields));
        let written = || -> Result<(), Box<dyn std::error::Error>> {
            let batch = RecordBatch::try_new(schema.clone(), self.columns)?;
            let properties = WriterProperties::builder()
                .set_compression(Compression::SNAPPY)
                .set_created_by(concat!("bansos ", env!("CARGO_PKG_VERSION")).to_owned())
                .build();
            let mut writer = ArrowWriter::try_new(File::create(path)?, schema, Some(properties))?;
            writer.write(&batch)?;
            writer.close()?;
            Ok(())
        };
        written().map_err(|e| WriteError::refused(path, e))
    }
}
