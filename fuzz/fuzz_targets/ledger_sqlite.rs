//! A ledger in a database, changed by statements or in its bytes: whatever statements on events leave as whole has the events that
//! were acknowledged, and an append behind it is kept.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| common::ledger::database(data));
