//! XLS made of records, in a compound file whose chains hold unless the input breaks them.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| common::workbook::xls(data));
