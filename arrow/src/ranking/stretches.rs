//! How rows are divided among threads.

use std::ops::Range;

/// Equal stretches of rows, one for each thread, none so short that starting it costs more than it saves.
pub(super) fn stretches(rows: usize) -> Vec<Range<usize>> {
    let parts = rayon::current_num_threads().min(rows / (1 << 16)).max(1);
    (0..parts).map(|part| rows * part / parts..rows * (part + 1) / parts).collect()
}

/// Each part of the rows with its stretch of every output.
pub(super) fn share<'o>(out: &'o mut [Vec<u8>], parts: &[Range<usize>]) -> Vec<(Range<usize>, Vec<&'o mut [u8]>)> {
    let mut rest: Vec<&mut [u8]> = out.iter_mut().map(Vec::as_mut_slice).collect();
    let mut shared = Vec::new();
    for rows in parts {
        let mut mine = Vec::new();
        for slice in &mut rest {
            let (head, tail) = std::mem::take(slice).split_at_mut(rows.len());
            mine.push(head);
            *slice = tail;
        }
        shared.push((rows.clone(), mine));
    }
    shared
}
