//! What a file may cost.

/// What a file may cost before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of one row (16 MiB), also of one cell, one XML event and one record of a workbook: line breaks that are missing, or
    /// a quote that is never closed, end in an error and not in all memory.
    pub record: usize,
    /// Bytes of what is no text and comes from a stream (1 GiB): it is taken into memory first.
    pub whole: u64,
    /// Bytes of the texts that cells of a workbook share (512 MiB), unpacked: they lie in memory.
    pub strings: u64,
    /// Bytes of the part with the cells of a sheet (8 GiB), unpacked: it streams.
    pub inflated: u64,
    /// Bytes of the cells of one sheet (2 GiB), as often as they are given: one shared text or one repeat may stand for many.
    pub text: u64,
    /// Sheets of a workbook (4,096).
    pub sheets: usize,
    /// Rows of one file that may be set aside (2 million): a file of nothing but garbage is no register.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record: 16 << 20,
            whole: 1 << 30,
            strings: 512 << 20,
            inflated: 8 << 30,
            text: 2 << 30,
            sheets: 4096,
            faults: 2_000_000,
        }
    }
}
