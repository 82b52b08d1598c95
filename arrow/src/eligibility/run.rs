//! Families in parallel.

use super::families::Heads;
use super::group::Groups;
use super::persons::person_codes;
use super::result::Determined;
use arrow_array::RecordBatch;
use bansos::eligibility::{FamilyFacts, PersonCode, Rules, Verdict};
use rayon::prelude::*;

bansos::codes! {
    /// Why tables cannot be determined.
    pub enum ColumnsError {
        /// A column has another type than its name asks for.
        Type { column: String, expected: &'static str } = "columns.type", Error,
            id: "kolom {column} harus bertipe {expected}",
            en: "the column {column} must be {expected}";
        /// A text that the column's list of words does not have.
        Word { column: String, row: usize } = "columns.word", Error,
            id: "kolom {column} baris {row}: kata ini tidak ada dalam daftarnya",
            en: "column {column}, row {row}: this word is not in its list";
        /// Neither `family_row` in persons nor `family` in both tables.
        KeyMissing { table: &'static str } = "columns.key_missing", Error,
            id: "tabel {table} tidak mempunyai kolom family, dan persons tidak mempunyai family_row",
            en: "the table {table} has no column family, and persons has no family_row";
        /// A family without a key.
        KeyNull { row: usize } = "columns.key_null", Error,
            id: "keluarga baris {row} tidak mempunyai kunci",
            en: "the family in row {row} has no key";
        /// Two families with one key.
        KeyTwice { row: usize } = "columns.key_twice", Error,
            id: "kunci keluarga baris {row} sudah dipakai",
            en: "the key of the family in row {row} is used already";
        /// A person of a family that is not there.
        NoSuchFamily { row: usize } = "columns.no_such_family", Error,
            id: "orang baris {row} merujuk keluarga yang tidak ada",
            en: "the person in row {row} names a family that is not there";
        /// More rows than can be counted in one call.
        TooLong = "columns.too_long", Error,
            id: "tabel terlalu panjang untuk satu panggilan; bagi menurut wilayah",
            en: "the tables are too long for one call; split them by region";
    }
}

impl std::error::Error for ColumnsError {}

/// How the work is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Threads; 0: as many as there are cores. The result does not depend on it.
    pub threads: usize,
}

/// Families judged at a time by one thread.
const CHUNK: usize = 1 << 14;

/// Determines every family of the table under rules resolved for one date.
///
/// # Errors
/// Tables that do not fit together or columns of other types than their names ask for.
pub fn determine_columns(
    rules: &[&Rules],
    families: &RecordBatch,
    persons: &RecordBatch,
    options: &Options,
) -> Result<Vec<Determined>, ColumnsError> {
    let heads = Heads::read(families)?;
    let groups = Groups::read(families, persons)?;
    let (codes, mut ignored) = person_codes(persons)?;
    ignored.extend(heads.ignored.iter().cloned());
    let work =
        || rules.iter().map(|r| determine_one(r, &heads, &groups, &codes, families.num_rows(), &ignored)).collect();
    if options.threads == 0 {
        return Ok(work());
    }
    match rayon::ThreadPoolBuilder::new().num_threads(options.threads).build() {
        Ok(pool) => Ok(pool.install(work)),
        Err(_) => Ok(work()),
    }
}

fn determine_one(
    rules: &Rules,
    heads: &Heads,
    groups: &Groups,
    codes: &[PersonCode],
    count: usize,
    ignored: &[String],
) -> Determined {
    let chunks: Vec<Vec<Verdict>> = (0..count.div_ceil(CHUNK))
        .into_par_iter()
        .map_init(
            || (rules.batch(), FamilyFacts::default(), Vec::new()),
            |(batch, head, gathered), chunk| {
                let range = chunk * CHUNK..((chunk + 1) * CHUNK).min(count);
                range
                    .map(|i| {
                        heads.put(i, head);
                        let at = groups.offsets[i] as usize..groups.offsets[i + 1] as usize;
                        match &groups.rows {
                            None => batch.verdict(head, &codes[at]),
                            Some(rows) => {
                                gathered.clear();
                                gathered.extend(rows[at].iter().map(|r| codes[*r as usize]));
                                batch.verdict(head, gathered)
                            }
                        }
                    })
                    .collect()
            },
        )
        .collect();
    Determined::of(rules, chunks, ignored.to_vec())
}
