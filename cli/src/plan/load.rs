//! The families and persons of a result folder as tables that the eligibility columns understand.

use crate::failure::Failure;
use crate::input::unreadable;
use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_schema::{Field, Schema};
use bansos::Decile;
use bansos::eligibility::Rules;
use bansos::message::Cause;
use bansos_arrow::eligibility::{Determined, Options, determine_columns};
use bansos_registers::table::Table;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A result of `bansos run`.
pub(super) struct Register {
    families: RecordBatch,
    persons: RecordBatch,
    /// Kemendagri code of the kecamatan of each family, as a number; 0 where unknown.
    pub(super) district: Vec<u64>,
    pub(super) decile: Vec<Option<Decile>>,
    pub(super) members: Vec<u64>,
    pub(super) family_id: Vec<String>,
    folder: PathBuf,
}

/// (column of the result, column of the rules).
const FAMILY: [(&str, &str); 7] = [
    ("family_id", "family"),
    ("decile", "decile"),
    ("stated_size", "size"),
    ("district_code", "region"),
    ("receives_pkh", "receives_pkh"),
    ("receives_sembako", "receives_sembako"),
    ("receives_bst", "receives_bst"),
];
const PERSON: [(&str, &str); 10] = [
    ("family_id", "family"),
    ("birth_date", "birth_date"),
    ("sex", "sex"),
    ("relation", "relation"),
    ("presence", "presence"),
    ("attendance", "attendance"),
    ("school_level", "school_level"),
    ("pregnant", "pregnant"),
    ("severe_disability", "severe_disability"),
    ("occupation", "occupation"),
];

/// The named columns of a Parquet file under their new names, as one batch.
fn table(path: &Path, columns: &[(&str, &str)]) -> Result<RecordBatch, Failure> {
    let table = Table::open(path).map_err(Failure::input)?;
    let found = columns.iter().map(|(from, _)| table.column(from)).collect::<Result<Vec<_>, _>>();
    let batches = table.batches(&found.map_err(Failure::input)?, 1 << 16).map_err(Failure::input)?;
    let schema = batches.schema();
    let parts = batches.collect::<Result<Vec<_>, _>>().map_err(Failure::input)?;
    let named = schema.fields().iter().zip(columns).map(|(field, (_, to))| field.as_ref().clone().with_name(*to));
    let named = Arc::new(Schema::new(named.map(|field| field.with_nullable(true)).collect::<Vec<Field>>()));
    let whole = arrow_select::concat::concat_batches(&schema, &parts);
    whole
        .and_then(|whole| RecordBatch::try_new(named, whole.columns().to_vec()))
        .map_err(|e| unreadable(path, Cause::beneath(&e)))
}

fn numbers(batch: &RecordBatch, name: &str) -> Vec<Option<i64>> {
    let column = batch.column_by_name(name).and_then(|c| c.as_primitive_opt::<Int64Type>());
    column.map_or_else(|| vec![None; batch.num_rows()], |c| c.iter().collect())
}

fn texts(batch: &RecordBatch, name: &str) -> Vec<String> {
    let column = batch.column_by_name(name).and_then(|c| c.as_string_opt::<i32>());
    column.map_or_else(
        || vec![String::new(); batch.num_rows()],
        |c| c.iter().map(|t| t.unwrap_or_default().to_owned()).collect(),
    )
}

impl Register {
    pub(super) fn read(folder: &Path) -> Result<Self, Failure> {
        let families = table(&folder.join("families.parquet"), &FAMILY)?;
        let persons = table(&folder.join("persons.parquet"), &PERSON)?;
        let plain = table(&folder.join("families.parquet"), &[("members", "members")])?;
        let digits = |t: &String| t.bytes().filter(u8::is_ascii_digit).fold(0u64, |n, b| n * 10 + u64::from(b - b'0'));
        let decile = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok()).and_then(Decile::new);
        Ok(Self {
            district: texts(&families, "region").iter().map(digits).collect(),
            decile: numbers(&families, "decile").into_iter().map(decile).collect(),
            members: numbers(&plain, "members").into_iter().map(|n| n.map_or(0, i64::unsigned_abs)).collect(),
            family_id: texts(&families, "family"),
            families,
            persons,
            folder: folder.to_owned(),
        })
    }

    /// Score of each family where the result ranked it (lower is poorer), in millionths; the last for the unranked.
    pub(super) fn scores(&self) -> Result<Vec<i64>, Failure> {
        let ranked = table(&self.folder.join("deciles.parquet"), &[("family_id", "family"), ("score", "score")])?;
        #[allow(clippy::cast_possible_truncation, reason = "scores are written with six decimals")]
        let micro = |t: &String| t.parse::<f64>().ok().map_or(i64::MAX, |s| (s * 1e6).round() as i64);
        let by_family: rustc_hash::FxHashMap<String, i64> =
            texts(&ranked, "family").into_iter().zip(texts(&ranked, "score").iter().map(micro)).collect();
        Ok(self.family_id.iter().map(|f| by_family.get(f).copied().unwrap_or(i64::MAX)).collect())
    }

    /// Whether a programme is received, as the register says it.
    pub(super) fn receives(&self, programme: &str) -> Option<Vec<bool>> {
        let column = self.families.column_by_name(&format!("receives_{programme}"))?.as_boolean_opt()?;
        Some(column.iter().map(|b| b == Some(true)).collect())
    }

    pub(super) fn determine(&self, rules: &[&Rules]) -> Result<Vec<Determined>, Failure> {
        determine_columns(rules, &self.families, &self.persons, &Options::default()).map_err(Failure::input)
    }

    pub(super) fn len(&self) -> usize {
        self.families.num_rows()
    }
}
