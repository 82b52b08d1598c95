//! The second table: operations on whole columns. A column operation is one entry here and one function over Arrow columns;
//! functions, types, stubs and documentation of every binding are made from the entry, as those of [`OPERATIONS`](crate::OPERATIONS)
//! are.
//!
//! ```
//! use arrow_array::{Float64Array, RecordBatch, StringArray, cast::AsArray, types::UInt8Type};
//! use bansos_interop::columns::{Table, call, unwatched};
//! use std::sync::Arc;
//!
//! let families = RecordBatch::try_from_iter([
//!     ("pengeluaran", Arc::new(Float64Array::from(vec![3.5, 1.5, 2.0])) as _),
//!     ("kabupaten", Arc::new(StringArray::from(vec!["3508", "6402", "6402"])) as _),
//! ])?;
//! // an option that is left out is the default of its type; a column goes by the option that names it
//! let options = serde_json::json!({ "score": "pengeluaran", "group": "kabupaten", "by": "families" });
//! let made = call("deciles", &options, &Table::from(&families), &unwatched)?;
//! let within = made.batches[0].column_by_name("decile_kabupaten").unwrap();
//! assert_eq!(within.as_primitive::<UInt8Type>().values().as_ref(), [1, 1, 6]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod asked;
mod deciles;
mod kinds;
pub mod link;
mod lists;
mod nik;
mod table;

pub use asked::Need;
pub use lists::lists;
pub use table::Table;

use crate::error::ColumnKind;
use crate::{Error, InputError, Names, names};
use arrow_array::RecordBatch;
use arrow_schema::DataType;
use asked::{Asked, Call};
use serde_json::Value;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Every column operation, in the order of the documentation.
pub const COLUMN_OPERATIONS: &[ColumnOperation] = &[nik::OPERATION, deciles::OPERATION, link::OPERATION];

/// One column operation.
#[derive(Clone, Copy, Debug)]
pub struct ColumnOperation {
    /// One word.
    pub name: &'static str,
    /// One line about it.
    pub doc: &'static str,
    /// What every language shows, and tests run.
    pub example: Example,
    /// The columns that it reads.
    pub inputs: &'static [Input],
    /// The columns that it makes: one row for each row given.
    pub outputs: &'static [Output],
    /// Tables that it makes beside them, with rows of their own.
    pub tables: &'static [Beside],
    /// What it says about its own work.
    pub report: Option<Report>,
    /// Whether it tells how far it is and can be stopped on the way.
    pub progress: bool,
    /// JSON Schema of the options. The options' own serde default is the only place where a default stands.
    #[cfg(feature = "schema")]
    pub options_schema: fn() -> schemars::Schema,
    /// A code of the operation's own for a column that does not fit; without one the general codes are given.
    misfit: fn(&Misfit<'_>) -> Option<Error>,
    run: fn(&Call<'_>) -> Result<Made, Error>,
}

/// A table and options that have an answer.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Columns as lists, JSON.
    pub table: &'static str,
    /// Options, JSON.
    pub options: &'static str,
    /// A column of the answer…
    pub column: &'static str,
    /// …and its values, JSON.
    pub answer: &'static str,
}

/// A column that an operation reads.
#[derive(Clone, Copy, Debug)]
pub struct Input {
    /// Its name in the operation; where [`Place`] says so, the option that holds the caller's name for it.
    pub name: &'static str,
    /// What it may hold; plain lists of a host are taken for the first of them.
    pub kinds: &'static [ColumnKind],
    /// Whether the operation needs it.
    pub required: bool,
    /// Where the caller says which column it is.
    pub place: Place,
    /// One line about it.
    pub doc: &'static str,
}

/// Where the caller says which column is meant.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// Nowhere: the operation works on one column, the first given.
    First,
    /// The option of the input's name.
    Named,
    /// The option of the input's name, which may hold several names.
    NamedMany,
    /// The options name columns in their own way.
    Within(fn(&Value) -> Result<Vec<String>, Error>),
}

/// A column that an operation makes.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    /// Its name; the beginning of it where there is one for each of something.
    pub name: &'static str,
    /// What it holds.
    pub kind: OutputKind,
    /// Whether a row may have none.
    pub nullable: bool,
    /// Whether it is made when the caller does not choose. Where one output is not, there is an option `columns` to choose by.
    pub standard: bool,
    /// The input or the part of the options for each of which there is one; its name follows this one's.
    pub each: Option<&'static str>,
    /// One line about it.
    pub doc: &'static str,
}

impl Output {
    const fn new(name: &'static str, kind: OutputKind, doc: &'static str) -> Self {
        Self { name, kind, nullable: false, standard: true, each: None, doc }
    }
    const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
    const fn on_demand(mut self) -> Self {
        self.standard = false;
        self
    }
    const fn each(mut self, of: &'static str) -> Self {
        self.each = Some(of);
        self
    }
}

/// What a column holds that an operation makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputKind {
    /// Words of a list of [`crate::value`], by the list's name.
    Word(&'static str),
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Civil dates.
    Day,
}

/// A table that an operation makes beside its columns.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// Its name.
    pub name: &'static str,
    /// One line about it.
    pub doc: &'static str,
    /// Its columns.
    pub outputs: &'static [Output],
}

/// What an operation says about its own work.
#[derive(Clone, Copy, Debug)]
pub struct Report {
    /// Whether there is one for each column made, by the column's name.
    pub per_column: bool,
    /// JSON Schema of one.
    #[cfg(feature = "schema")]
    pub schema: fn() -> schemars::Schema,
}

/// A column that an operation cannot use.
struct Misfit<'a> {
    input: &'static Input,
    why: Why<'a>,
}

enum Why<'a> {
    Kind(&'a DataType),
    Length { expected: u64, found: u64 },
}

/// What a column operation made.
#[derive(Debug, Default)]
pub struct Made {
    /// One row for each row given, in their order.
    pub batches: Vec<RecordBatch>,
    /// Tables with rows of their own, by name.
    pub tables: Vec<(&'static str, RecordBatch)>,
    /// What the operation says about its work: by column, or alone under an empty name.
    pub reports: Vec<(String, Value)>,
    /// Time in the kernel, without the crossing.
    pub took: Duration,
}

/// Told (rows done, rows in all) now and then; may stop the work.
pub type Watch<'a> = &'a (dyn Fn(usize, usize) -> ControlFlow<()> + Sync);

/// Watches nothing.
pub fn unwatched(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

/// The column operation of that name.
///
/// # Errors
/// `input.operation`.
pub fn find(name: &str) -> Result<&'static ColumnOperation, Error> {
    COLUMN_OPERATIONS.iter().find(|op| op.name == name).ok_or_else(|| Error::at("", &InputError::Operation))
}

/// Runs a column operation. The table may have more columns than are read.
///
/// # Errors
/// `input.*` for options that cannot be read, an absent column (`input.missing`), and one that does not fit, where the operation
/// has no code of its own for that; else the operation's codes. A fault of the library is an error too.
pub fn call(name: &str, options: &Value, table: &Table, watch: Watch<'_>) -> Result<Made, Error> {
    let operation = find(name)?;
    let asked = Asked::read(operation, options)?;
    let call = asked.of(table, watch)?;
    let work = || {
        let start = Instant::now();
        let made = (operation.run)(&call)?;
        Ok(Made { took: start.elapsed(), ..made })
    };
    crate::shielded(work)
}

/// The same with the names of options and of the report's members as a language spells them. Columns keep their names.
///
/// # Errors
/// As [`call`]; the path and the parameters are spelled the same way.
pub fn call_named(name: &str, options: Value, table: &Table, watch: Watch<'_>, names: Names) -> Result<Made, Error> {
    let mut made = call(name, &spelled(options, names), table, watch).map_err(|e| names::spell(e, names))?;
    if names == Names::Camel {
        for (_, report) in &mut made.reports {
            *report = names::rename(report.take(), names::camel);
        }
    }
    Ok(made)
}

/// Which columns of the caller's table a call reads, so that only they need cross the border.
///
/// # Errors
/// As [`call`], as far as columns are named.
pub fn needs(name: &str, options: Value, names: Names) -> Result<Vec<Need>, Error> {
    let operation = find(name)?;
    let asked = Asked::read(operation, &spelled(options, names)).map_err(|e| names::spell(e, names))?;
    Ok(asked.needs())
}

/// Options as this library spells them: their names, and the names of outputs asked for. What they hold is the caller's.
fn spelled(options: Value, names: Names) -> Value {
    match options {
        Value::Object(members) if names == Names::Camel => members
            .into_iter()
            .map(|(name, value)| match value {
                Value::Array(wanted) if name == asked::CHOICE => {
                    let snake = |v: Value| v.as_str().map(|v| names::snake(v).into()).unwrap_or(v);
                    (name, wanted.into_iter().map(snake).collect())
                }
                value => (names::snake(&name), value),
            })
            .collect(),
        options => options,
    }
}

impl ColumnOperation {
    /// Whether the caller may choose which columns are made.
    pub fn has_choice(&self) -> bool {
        self.outputs.iter().any(|o| !o.standard)
    }

    /// Whether it works on one column, which then needs no name.
    pub fn is_of_one_column(&self) -> bool {
        matches!(self.inputs, [Input { place: Place::First, .. }])
    }

    /// Whether the library itself gave a column its name, and not the caller's data.
    pub fn names(&self, column: &str) -> bool {
        let mut outputs = self.outputs.iter().chain(self.tables.iter().flat_map(|t| t.outputs));
        outputs.any(|o| o.each.is_none() && o.name == column)
    }
}

#[cfg(test)]
mod tests;
