//! What the fuzz targets of workbooks and ledgers do, over a few random inputs in every test: so they follow the code, and what must hold
//! is looked at without nightly. `PROPTEST_CASES=100000` makes it a longer run, `cargo xtask fuzz` one that looks for what it has not seen.
#![allow(unreachable_pub, reason = "the targets are another crate's")]

#[path = "../../fuzz/fuzz_targets/common/mod.rs"]
mod common;

use common::{BREAK, html, ledger, workbook};
use proptest::collection::vec;
use proptest::prelude::*;

/// Words of a form more often than other bytes.
fn words() -> impl Strategy<Value = Vec<u8>> {
    vec(prop_oneof![8 => 0_u8..48, 2 => any::<u8>(), 1 => Just(BREAK)], 0..200)
}

proptest! {
    #[test]
    fn workbooks(data in words()) {
        for read in [workbook::xlsx, workbook::xlsb, workbook::ods, workbook::xls, html::page] {
            read(&data);
        }
    }

    #[test]
    fn ledgers(data in vec(any::<u8>(), 1..120)) {
        ledger::lines(&data);
        ledger::database(&data);
    }
}
