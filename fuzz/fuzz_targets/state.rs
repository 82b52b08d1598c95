//! Any bytes as a linked table that was kept: refused, or rows can be added and clusters made.
#![no_main]

use bansos_linkage::table::{TableLinker, example};
use bansos_linkage::watch::unwatched;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let bytes = [b"bansos table 1\n", data].concat();
    let Ok((mut linker, pairs, labels)) = TableLinker::restore(example("nama", "lahir"), &bytes) else { return };
    for pair in &pairs {
        linker.waterfall(pair);
    }
    let _ = linker.save(&pairs, &labels);
    let again = linker.cluster(&pairs, &unwatched).unwrap();
    assert_eq!(again.len(), labels.len());
    let _ = linker.predict(&unwatched);
});
