//! `nik`: a column of NIKs judged.

use super::asked::{Wanted as Asked, arrow, by_rows};
use super::{ColumnOperation, Example, Input, Misfit, Output, OutputKind, Place, Why};
use crate::error::ColumnKind;
use crate::value::Day;
use crate::{Error, InternalError};
use arrow_array::RecordBatch;
use bansos_arrow::nik::{NikColumnError, Wanted, examine};
use serde::Deserialize;

pub(super) const OPERATION: ColumnOperation = ColumnOperation {
    name: "nik",
    doc: "Judges a column of NIKs: the verdict of each cell in one word, and what the digits say.",
    example: Example {
        table: r#"{"nik":["3508126801809001","350812680180900",null]}"#,
        options: r#"{"as_of":"2026-11-21"}"#,
        column: "class",
        answer: r#"["valid","length","empty"]"#,
    },
    inputs: &[Input {
        name: "nik",
        kinds: &[ColumnKind::Identifier],
        required: true,
        place: Place::First,
        doc: "The NIKs, as texts. Numbers are refused: above 2^53 they change.",
    }],
    outputs: &[
        Output::new("class", OutputKind::Word("NikClass"), "The verdict in one word, as `nik.examine` gives it."),
        Output::new("region", OutputKind::Whole, "The first six digits; null where there are no sixteen digits.")
            .nullable()
            .on_demand(),
        Output::new("birth_date", OutputKind::Day, "The birth date, the younger one where two are possible.")
            .nullable()
            .on_demand(),
        Output::new("sex", OutputKind::Word("Sex"), "The sex that the day field says.").nullable().on_demand(),
        Output::new("flags", OutputKind::Whole, "Bits of all findings.").on_demand(),
    ],
    tables: &[],
    report: None,
    progress: true,
    #[cfg(feature = "schema")]
    options_schema: || schemars::schema_for!(NikColumnOptions),
    misfit,
    run: |call| by_rows(call, judge),
};

/// How a column of NIKs is judged.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct NikColumnOptions {
    /// The reference date: it decides the century of the two-digit year.
    as_of: Day,
}

fn judge(options: &NikColumnOptions, rows: &RecordBatch, asked: &Asked) -> Result<RecordBatch, Error> {
    let cells = rows.columns().first().ok_or_else(|| Error::at("", &InternalError::Fault))?;
    let wanted = Wanted {
        class: asked.has("class"),
        region: asked.has("region"),
        birth_date: asked.has("birth_date"),
        sex: asked.has("sex"),
        flags: asked.has("flags"),
    };
    examine(cells, wanted, options.as_of.0).map_err(|e| Error::at("", &e))?.to_batch().map_err(arrow)
}

/// The kernel's own code tells why a NIK is no number.
fn misfit(misfit: &Misfit<'_>) -> Option<Error> {
    match misfit.why {
        Why::Kind(found) => Some(Error::at("", &NikColumnError::Type { found: found.to_string() })),
        Why::Length { .. } => None,
    }
}
