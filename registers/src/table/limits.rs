//! What a file may cost.

/// What a file may cost before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one row of a CSV (16 MiB): line breaks that are missing, or a quote that is never closed, end in an error and
    /// not in all memory.
    pub record: usize,
    /// Bytes of a file that has to be read whole (1 GiB): XLS, XLSB, ODS, and what is no text from a stream.
    pub whole: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { record: 16 << 20, whole: 1 << 30 }
    }
}
