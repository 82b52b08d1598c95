//! An Arrow IPC stream as Node hands it over, whole or with changed bytes: refused, or every column operation answers.
//!
//! Arrow's decoder panics at some damage, which the guard turns into an error; what is looked for here is what no guard holds:
//! memory that is read or asked for without measure.
#![no_main]

#[path = "../../bindings-node/src/columns/ipc.rs"]
#[allow(dead_code, reason = "writing is not tried")]
mod ipc;

#[path = "common/columns.rs"]
mod columns;

use arrow_buffer::Buffer;
use bansos_interop::shielded;
use columns::{NAMES, answered, sample};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// Streams of two batches, each with another column in front: the first is the one that `nik` judges.
static BASES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let turned = |by: usize| sample().project(&(0..8).map(|i| (i + by) % 8).collect::<Vec<_>>()).unwrap();
    (0..8).map(|by| ipc::write(&[turned(by), turned(by)], std::time::Duration::ZERO).unwrap()).collect()
});

fuzz_target!(
    init: std::panic::set_hook(Box::new(|_| {})),
    |data: &[u8]| {
        let Some((kind, rest)) = data.split_first() else { return };
        let mut bytes = rest.to_vec();
        if *kind >= 8 {
            bytes = BASES[usize::from(*kind % 8)].clone();
            for edit in rest.chunks_exact(3).take(16) {
                let at = usize::from(u16::from_le_bytes([edit[0], edit[1]])) % bytes.len();
                bytes[at] = edit[2];
            }
        }
        // aligned, as a Buffer of JavaScript's bytes need not be
        for shift in [0, 1] {
            let shifted = [&vec![0; shift][..], &bytes].concat();
            let buffer = Buffer::from_vec(shifted).slice(shift);
            let _ = shielded(|| ipc::read(buffer).map(|table| answered(&table, &NAMES)));
        }
    }
);
