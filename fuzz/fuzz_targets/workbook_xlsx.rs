//! XLSX made of the words of its parts, in a ZIP whose checksums are right: sheet, shared texts, styles, workbook.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| common::workbook::xlsx(data));
