//! Any bytes below a known header: no panic, and every row is accepted or quarantined.
#![no_main]

use bansos::Date;
use bansos_registers::{ReadOptions, read_file};
use libfuzzer_sys::fuzz_target;

const HEADER: &[u8] = b"id_keluarga,nik,nama,hubungan,jenis_kelamin,tanggal_lahir,status_kawin\n";

fuzz_target!(|data: &[u8]| {
    // in memory where the system has it
    let dir =
        if std::path::Path::new("/dev/shm").is_dir() { tempfile::tempdir_in("/dev/shm") } else { tempfile::tempdir() };
    let dir = dir.unwrap();
    let path = dir.path().join("x.csv");
    for with_header in [true, false] {
        let bytes = if with_header { [HEADER, data].concat() } else { data.to_vec() };
        std::fs::write(&path, bytes).unwrap();
        if let Ok(intake) = read_file(&path, &ReadOptions::new(Date::constant(2025, 12, 31))) {
            assert!(intake.closes());
        }
    }
});
