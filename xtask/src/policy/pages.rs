//! docs/programmes/<id>.md and <id>.id.md: every value of a programme with its dates, source and confidence.

use super::read::Data;

/// (path, content) of each page.
pub(crate) fn all(_data: &Data) -> Vec<(String, String)> {
    Vec::new()
}
