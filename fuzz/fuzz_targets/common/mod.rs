//! What several targets need: texts made from bytes, so that a change of one byte stays near what a reader knows.
#![allow(dead_code, reason = "each target uses a part")]

#[path = "../../../registers/tests/hostile/build.rs"]
pub mod build;
pub mod html;
pub mod ledger;
pub mod workbook;

use bansos::Date;
use bansos_registers::table::{Row, Table};
use bansos_registers::{ReadOptions, read_bytes};
use std::path::PathBuf;
use std::sync::LazyLock;
use tempfile::TempDir;

/// Between the parts of an input.
pub const BREAK: u8 = 0xFF;

/// A folder of this process, in memory where the system has it.
pub static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
});

pub fn file(name: &str) -> PathBuf {
    FOLDER.path().join(name)
}

/// Each byte is a word of the list, or itself.
pub fn spell(bytes: &[u8], words: &[&str]) -> String {
    let mut text = String::new();
    for byte in bytes {
        match words.get(usize::from(*byte)) {
            Some(word) => text.push_str(word),
            None => text.push(char::from(*byte)),
        }
    }
    text
}

/// The parts of an input; empty ones behind the last.
pub fn parts<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut all = data.splitn(N, |b| *b == BREAK);
    std::array::from_fn(|_| all.next().unwrap_or_default())
}

/// Titles of a register, so that rows below them are read as persons.
pub const TITLES: [&str; 7] =
    ["id_keluarga", "nik", "nama", "hubungan", "jenis_kelamin", "tanggal_lahir", "status_kawin"];

/// Reads a workbook as a table and as a register: to the end or to an error, and every row is accepted or quarantined.
pub fn read_book(name: &str, bytes: Vec<u8>) {
    if let Ok(table) = Table::from_bytes(name, bytes.clone()) {
        let mut row = Row::new();
        if let Ok(mut rows) = table.rows() {
            while rows.read(&mut row).unwrap_or(false) {}
        }
    }
    if let Ok(intake) = read_bytes([(name, bytes)], &ReadOptions::new(Date::constant(2025, 12, 31))) {
        assert!(intake.closes());
    }
}
