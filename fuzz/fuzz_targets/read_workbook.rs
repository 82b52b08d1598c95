//! Any bytes as a workbook or Parquet file: an error or rows that are counted whole, no panic.
#![no_main]

use bansos::Date;
use bansos_registers::{ReadOptions, read_file};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let dir =
        if std::path::Path::new("/dev/shm").is_dir() { tempfile::tempdir_in("/dev/shm") } else { tempfile::tempdir() };
    let dir = dir.unwrap();
    for name in ["x.xlsx", "x.parquet"] {
        let path = dir.path().join(name);
        std::fs::write(&path, data).unwrap();
        if let Ok(intake) = read_file(&path, &ReadOptions::new(Date::constant(2025, 12, 31))) {
            assert!(intake.closes());
        }
    }
});
