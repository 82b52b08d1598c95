//! NIK columns beside a read-only pass over the same memory: `cargo bench -p bansos-benches --bench nik`.
//!
//! One thread unless said. On a shared machine read the fastest column: samples are short, so that some fall between the others'
//! work. What travels is the ratio to `read_only`.

use arrow_array::{ArrayRef, FixedSizeBinaryArray, StringArray, StringViewArray};
use bansos::{Date, nik::Class, region};
use bansos_arrow::nik::{Path, Wanted, examine_with};
use bansos_benches::Random;
use divan::{Bencher, black_box, counter::ItemsCount};
use std::sync::{Arc, LazyLock};

const CELLS: usize = 1_000_000;
const AS_OF: Date = Date::constant(2026, 11, 21);

/// Synthetic numbers over all districts in force, four in a hundred of them wrong: a letter, a district, a month, serial 0000.
static TEXT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let districts: Vec<u64> = region::regencies()
        .filter(|r| region::status(*r) == region::Status::Current)
        .flat_map(region::children)
        .map(|d| d.number())
        .collect();
    let mut random = Random::new(11);
    let mut bytes = Vec::with_capacity(CELLS * 16);
    for _ in 0..CELLS {
        let district = districts[random.below(districts.len() as u64) as usize];
        let day = 1 + random.below(28) + 40 * random.below(2);
        let fault = random.below(100);
        let month = if fault == 0 { 13 } else { 1 + random.below(12) };
        let district = if fault == 1 { district / 100 * 100 + 99 } else { district };
        let serial = if fault == 2 { 0 } else { 9_000 + random.below(1_000) };
        let mut cell = format!("{district}{day:02}{month:02}{:02}{serial:04}", random.below(100)).into_bytes();
        if fault == 3 {
            cell[7] = b'O';
        }
        bytes.extend(cell);
    }
    bytes
});

fn cells() -> impl Iterator<Item = &'static str> {
    TEXT.as_chunks::<16>().0.iter().map(|c| std::str::from_utf8(c).unwrap())
}

static FIXED: LazyLock<ArrayRef> = LazyLock::new(|| Arc::new(FixedSizeBinaryArray::new(16, TEXT.clone().into(), None)));
static UTF8: LazyLock<ArrayRef> = LazyLock::new(|| Arc::new(StringArray::from_iter_values(cells())));
static VIEW: LazyLock<ArrayRef> = LazyLock::new(|| Arc::new(StringViewArray::from_iter_values(cells())));

fn main() {
    divan::main();
}

/// Every byte read and added: what the memory allows.
#[divan::bench(sample_count = 200)]
fn read_only(bencher: Bencher) {
    let bytes: &[u8] = &TEXT;
    bencher.counter(ItemsCount::new(CELLS)).bench(|| {
        let (words, _) = black_box(bytes).as_chunks::<8>();
        words.iter().fold(0u64, |sum, word| sum.wrapping_add(u64::from_le_bytes(*word)))
    });
}

/// The row path: one text at a time through the core.
#[divan::bench(sample_count = 50)]
fn row_by_row(bencher: Bencher) {
    bencher.counter(ItemsCount::new(CELLS)).bench(|| cells().filter(|c| Class::from_text(c, AS_OF).is_valid()).count());
}

fn column(bencher: Bencher, array: &ArrayRef, wanted: Wanted, path: Path, threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    bencher
        .counter(ItemsCount::new(CELLS))
        .bench(|| pool.install(|| examine_with(array.as_ref(), wanted, AS_OF, path).unwrap()));
}

#[divan::bench(sample_count = 200)]
fn class_scalar_fixed(bencher: Bencher) {
    column(bencher, &FIXED, Wanted::default(), Path::Scalar, 1);
}

#[divan::bench(sample_count = 200)]
fn class_avx2_fixed(bencher: Bencher) {
    column(bencher, &FIXED, Wanted::default(), Path::Avx2, 1);
}

#[divan::bench(sample_count = 200)]
fn class_avx2_utf8(bencher: Bencher) {
    column(bencher, &UTF8, Wanted::default(), Path::Avx2, 1);
}

#[divan::bench(sample_count = 200)]
fn class_avx2_view(bencher: Bencher) {
    column(bencher, &VIEW, Wanted::default(), Path::Avx2, 1);
}

#[divan::bench(sample_count = 200)]
fn class_avx2_utf8_two_threads(bencher: Bencher) {
    column(bencher, &UTF8, Wanted::default(), Path::Avx2, 2);
}

#[divan::bench(sample_count = 50)]
fn everything_avx2_utf8(bencher: Bencher) {
    column(bencher, &UTF8, Wanted::ALL, Path::Avx2, 1);
}
