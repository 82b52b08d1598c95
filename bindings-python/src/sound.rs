//! Whether Arrow data of another library is what its type says. Nothing of Python in it: the same file is fuzzed (`c_data`).

use arrow_array::{ArrayRef, make_array};
use arrow_data::ArrayData;

/// An array of what another library handed over, or the first row up to which it is not sound. Nothing of it has been looked at so
/// far: text may be no UTF-8, offsets may cut a letter, run back or out of the buffer, views may point nowhere. All later code is safe
/// because this checks everything once.
pub(crate) fn sound(chunk: ArrayData) -> Result<ArrayRef, usize> {
    if chunk.validate_full().is_ok() {
        return Ok(make_array(chunk));
    }
    // each half is looked at once
    let (mut from, mut to) = (0, chunk.len());
    while to - from > 1 {
        let middle = from.midpoint(to);
        match chunk.slice(from, middle - from).validate_full() {
            Ok(()) => from = middle,
            Err(_) => to = middle,
        }
    }
    Err(from)
}
