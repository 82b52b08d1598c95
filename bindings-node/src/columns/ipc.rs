//! Arrow IPC streams in and out. Nothing of Node in it: the same file is fuzzed (`arrow_ipc`).

use arrow_array::RecordBatch;
use arrow_buffer::Buffer;
use arrow_ipc::{reader::StreamDecoder, writer::StreamWriter};
use arrow_schema::Schema;
use bansos_interop::columns::Table;
use bansos_interop::{Error as Refusal, InputError};
use std::time::Duration;

/// What goes wrong on the worker thread.
pub(super) type Judged<T> = Result<T, Refusal>;

fn broken<E>(_: E) -> Refusal {
    Refusal::at("", &InputError::Ipc)
}

/// The columns of a stream, which lie in its bytes.
pub(super) fn read(mut bytes: Buffer) -> Judged<Table> {
    let (mut decoder, mut batches) = (StreamDecoder::new(), Vec::new());
    while !bytes.is_empty() {
        batches.extend(decoder.decode(&mut bytes).map_err(broken)?);
    }
    decoder.finish().map_err(broken)?;
    let schema = decoder.schema().filter(|s| !s.fields().is_empty()).ok_or_else(|| broken(()))?;
    Ok(Table::from_batches(&schema, &batches))
}

/// A stream; what the kernel took, without the crossing, stands in its schema.
pub(super) fn write(batches: &[RecordBatch], kernel: Duration) -> Judged<Vec<u8>> {
    let schema = batches.first().map(RecordBatch::schema).ok_or_else(|| broken(()))?;
    let took = [("bansos.kernel_seconds".to_owned(), kernel.as_secs_f64().to_string())];
    let schema = Schema::clone(&schema).with_metadata(took.into_iter().collect());
    let size: usize = batches.iter().map(RecordBatch::get_array_memory_size).sum();
    let mut writer = StreamWriter::try_new(Vec::with_capacity(size + 4096), &schema).map_err(broken)?;
    for batch in batches {
        writer.write(batch).map_err(broken)?;
    }
    writer.into_inner().map_err(broken)
}
