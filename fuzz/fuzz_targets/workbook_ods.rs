//! ODS made of the words of its content, in a ZIP whose checksums are right.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| common::workbook::ods(data));
