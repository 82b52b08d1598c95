//! What a caller asks: options read, columns found in the table and held against what the operation takes.

use super::kinds::any_takes;
use super::{ColumnOperation, Input, Made, Misfit, Place, Table, Watch, Why};
use crate::error::{ColumnKinds, Scalar};
use crate::{Error, InputError, read};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The option by which outputs are chosen.
pub(super) const CHOICE: &str = "columns";

/// Rows between two looks at the watcher: some tens of milliseconds of work.
const SLICE: usize = 4 << 20;

/// A column that a call reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// The caller's name for it; the operation's own where it works on one column.
    pub column: String,
    /// What it is to the operation.
    pub input: &'static str,
    /// What plain values in it are: `text`, `identifier`, `number` or `whole`.
    pub kind: &'static str,
}

/// Options read, before there is a table.
pub(super) struct Asked {
    operation: &'static ColumnOperation,
    columns: Vec<(&'static Input, String)>,
    wanted: Wanted,
    /// What is left for the operation's own type.
    options: Value,
}

/// The outputs asked for.
pub(super) struct Wanted(Vec<&'static str>);

impl Wanted {
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(&name)
    }
}

impl Asked {
    pub(super) fn read(operation: &'static ColumnOperation, options: &Value) -> Result<Self, Error> {
        let mut members: Map<String, Value> = read::request(options)?;
        // a host has null for an argument that was left out
        members.retain(|_, value| !value.is_null());
        let wanted = wanted(operation, &mut members)?;
        let mut columns = Vec::new();
        for input in operation.inputs {
            let names: Vec<String> = match input.place {
                Place::First => vec![input.name.to_owned()],
                Place::Named => one(&mut members, input.name)?.into_iter().collect(),
                Place::NamedMany => many(&mut members, input.name)?,
                Place::Within(named) => named(&Value::Object(members.clone()))?,
            };
            if input.required && names.is_empty() {
                return Err(missing(input.name, input.name));
            }
            columns.extend(names.into_iter().map(|name| (input, name)));
        }
        Ok(Self { operation, columns, wanted, options: Value::Object(members) })
    }

    pub(super) fn needs(self) -> Vec<Need> {
        let need = |(input, column): (&'static Input, String)| Need {
            column,
            input: input.name,
            kind: input.kinds.first().map_or("text", |kind| kind.word()),
        };
        self.columns.into_iter().map(need).collect()
    }

    /// The call, with its columns found in the table.
    pub(super) fn of<'a>(&'a self, table: &'a Table, watch: Watch<'a>) -> Result<Call<'a>, Error> {
        let mut columns: Vec<Column<'a>> = Vec::new();
        for (input, name) in &self.columns {
            let chunks = match input.place {
                Place::First => table.first(),
                _ => table.find(name),
            };
            let column = Column { input, name, chunks: chunks.ok_or_else(|| missing(input.name, name))? };
            if !any_takes(input.kinds, column.data_type()) {
                return Err(self.misfit(&column, Why::Kind(column.data_type())));
            }
            let expected = columns.first().map_or(column.rows(), Column::rows) as u64;
            let found = column.rows() as u64;
            if expected != found {
                return Err(self.misfit(&column, Why::Length { expected, found }));
            }
            columns.push(column);
        }
        Ok(Call { columns, wanted: &self.wanted, watch, options: &self.options })
    }

    fn misfit(&self, column: &Column<'_>, why: Why<'_>) -> Error {
        let misfit = Misfit { input: column.input, why };
        (self.operation.misfit)(&misfit).unwrap_or_else(|| {
            let name = column.name.to_owned();
            let code = match misfit.why {
                Why::Kind(found) => InputError::ColumnType {
                    column: name,
                    expected: ColumnKinds(column.input.kinds),
                    found: found.to_string(),
                },
                Why::Length { expected, found } => InputError::ColumnLength { column: name, expected, found },
            };
            Error::at(format!("/{}", column.input.name), &code)
        })
    }
}

fn missing(option: &str, column: &str) -> Error {
    Error::at(format!("/{option}"), &InputError::Missing { field: column.to_owned() })
}

/// An error of a member, at its place.
fn within(option: &str) -> impl Fn(Error) -> Error {
    move |e| Error { path: format!("/{option}{}", e.path), ..e }
}

fn one(members: &mut Map<String, Value>, option: &str) -> Result<Option<String>, Error> {
    members.remove(option).map(|value| read::request(&value).map_err(within(option))).transpose()
}

fn many(members: &mut Map<String, Value>, option: &str) -> Result<Vec<String>, Error> {
    match members.remove(option) {
        None => Ok(Vec::new()),
        Some(Value::String(name)) => Ok(vec![name]),
        Some(list) => read::request(&list).map_err(within(option)),
    }
}

fn wanted(operation: &ColumnOperation, members: &mut Map<String, Value>) -> Result<Wanted, Error> {
    let named = if operation.has_choice() { members.remove(CHOICE) } else { None };
    let Some(named) = named else {
        return Ok(Wanted(operation.outputs.iter().filter(|o| o.standard).map(|o| o.name).collect()));
    };
    let names: Vec<String> = read::request(&named).map_err(within(CHOICE))?;
    let known = || operation.outputs.iter().map(|o| o.name);
    let unknown = |at: String| {
        let expected = known().collect::<Vec<_>>().join(", ");
        Error::at(format!("/{CHOICE}{at}"), &InputError::Word { expected })
    };
    if names.is_empty() {
        return Err(unknown(String::new()));
    }
    let known =
        |(at, name): (usize, &String)| known().find(|known| known == name).ok_or_else(|| unknown(format!("/{at}")));
    names.iter().enumerate().map(known).collect::<Result<_, _>>().map(Wanted)
}

/// What an operation works on.
pub(super) struct Call<'a> {
    columns: Vec<Column<'a>>,
    /// Outputs asked for.
    pub(super) wanted: &'a Wanted,
    /// Told how far it is.
    pub(super) watch: Watch<'a>,
    options: &'a Value,
}

/// A column of the caller's, in its place.
pub(super) struct Column<'a> {
    input: &'static Input,
    /// The caller's name for it.
    pub(super) name: &'a str,
    pub(super) chunks: &'a [ArrayRef],
}

impl Column<'_> {
    fn rows(&self) -> usize {
        self.chunks.iter().map(|c| c.len()).sum()
    }

    fn data_type(&self) -> &DataType {
        self.chunks.first().map_or(&DataType::Null, |c| c.data_type())
    }

    /// As one array; without a copy where it is one already.
    pub(super) fn joined(&self) -> Result<ArrayRef, Error> {
        match self.chunks {
            [one] => Ok(one.clone()),
            many => {
                let many: Vec<&dyn Array> = many.iter().map(AsRef::as_ref).collect();
                arrow_select::concat::concat(&many).map_err(arrow)
            }
        }
    }
}

impl Call<'_> {
    /// The options, read as the operation's own type.
    pub(super) fn options<O: DeserializeOwned>(&self) -> Result<O, Error> {
        read::request(self.options).map_err(|e| match &e.code {
            // the place of what is absent is its own
            code if code == "input.missing" && e.path.is_empty() => {
                let field = match e.params.get("field") {
                    Some(Scalar::Text(field)) => format!("/{field}"),
                    _ => String::new(),
                };
                Error { path: field, ..e }
            }
            _ => e,
        })
    }

    /// The columns given for an input, in the order in which they were named.
    pub(super) fn columns(&self, input: &str) -> impl Iterator<Item = &Column<'_>> {
        self.columns.iter().filter(move |c| c.input.name == input)
    }

    /// The column given for an input, if one was.
    pub(super) fn column(&self, input: &str) -> Result<Option<ArrayRef>, Error> {
        self.columns(input).next().map(Column::joined).transpose()
    }

    /// Rows given.
    pub(super) fn rows(&self) -> usize {
        self.columns.first().map_or(0, Column::rows)
    }

    /// Stops here where the watcher wants it.
    pub(super) fn report_progress(&self, done: usize) -> Result<(), Error> {
        match (self.watch)(done, self.rows()).is_break() {
            true => Err(Error::at("", &InputError::Stopped)),
            false => Ok(()),
        }
    }

    /// Batches of the columns under the names of their inputs, cut where any column is cut and nowhere copied. Never none, so that
    /// no rows still have columns.
    fn batches(&self) -> Result<Vec<RecordBatch>, Error> {
        let mut cuts: BTreeSet<usize> = [self.rows()].into();
        for column in &self.columns {
            let mut end = 0;
            cuts.extend(column.chunks.iter().map(|c| {
                end += c.len();
                end
            }));
        }
        cuts.extend((0..self.rows()).step_by(SLICE).skip(1));
        let mut start = 0;
        let mut batches = Vec::with_capacity(cuts.len());
        for end in cuts {
            if end > start || self.rows() == 0 {
                let slices = self.columns.iter().map(|c| (c.input.name, c.slice(start, end - start)));
                batches.push(RecordBatch::try_from_iter(slices).map_err(arrow)?);
            }
            start = end;
        }
        Ok(batches)
    }
}

impl Column<'_> {
    /// Rows that lie in one chunk.
    fn slice(&self, mut start: usize, length: usize) -> ArrayRef {
        for chunk in self.chunks {
            if start < chunk.len() || chunk.is_empty() && length == 0 {
                return chunk.slice(start, length);
            }
            start -= chunk.len();
        }
        arrow_array::new_empty_array(self.data_type())
    }
}

/// Works row by row: no row needs another, so the rows may come in slices of any size.
pub(super) fn by_rows<O: DeserializeOwned>(
    call: &Call<'_>,
    work: impl Fn(&O, &RecordBatch, &Wanted) -> Result<RecordBatch, Error>,
) -> Result<Made, Error> {
    let options: O = call.options()?;
    let (mut done, mut batches) = (0, Vec::new());
    call.report_progress(done)?;
    for batch in call.batches()? {
        batches.push(work(&options, &batch, call.wanted)?);
        done += batch.num_rows();
        call.report_progress(done)?;
    }
    Ok(Made { batches, ..Made::default() })
}

/// Arrow refused what this crate made: a fault of the library.
#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn arrow(_: ArrowError) -> Error {
    Error::at("", &crate::InternalError::Fault)
}
