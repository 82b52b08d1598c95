//! Python's column operations: `columns.py` for columns of any Arrow library, `frames.py` for frames by the names of columns.

use crate::File;
use crate::model::{ColumnOperation, Member, Surface};
use crate::python::{FOLDER, HEAD, literal, qualified, quoted, safe};
use bansos_interop::columns::{Input, Place};
use serde_json::Value;
use std::fmt::Write as _;

/// Operations whose columns may also come without a frame: the class that answers (`_frames.py`), and the options that it sets.
const ARRAYS: &[(&str, &str, &[&str])] = &[("deciles", "Ranked", &["overall"])];
/// Operations that answer with an object to be asked further (`_linking.py`).
const OBJECTS: &[(&str, &str)] = &[("link", "Linked")];

pub(crate) fn files(surface: &Surface) -> Vec<File> {
    vec![(format!("{FOLDER}/columns.py"), columns(surface)), (format!("{FOLDER}/frames.py"), frames(surface))]
}

const IMPORTS: &str = "from __future__ import annotations\n\n";

fn columns(surface: &Surface) -> String {
    let (mut names, mut body) = (vec!["Ranked", "Table"], String::new());
    for op in &surface.columns {
        if op.entry.is_of_one_column() {
            body.push_str(&of_one_column(surface, op));
        } else if let Some((_, class, set)) = ARRAYS.iter().find(|(name, ..)| *name == op.entry.name) {
            body.push_str(&of_arrays(surface, op, class, set));
        } else {
            continue;
        }
        names.push(op.entry.name);
    }
    let all: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
    format!(
        "{HEAD}\"\"\"Columns in and out without copying: pandas, Polars, pyarrow, DuckDB, and whatever speaks the Arrow PyCapsule interface.\n\n\
         The caller gets back the kind that came in. The GIL is released; Ctrl-C stops the work.\n\"\"\"\n\n{IMPORTS}\
         from typing import Any, Dict, Mapping, Optional, Sequence, Union\n\nfrom . import _inputs as inputs\n\
         from ._frames import Progress, Ranked, on_column\nfrom ._native import Table\n\n__all__ = [{}]\n{body}",
        all.join(", ")
    )
}

fn frames(surface: &Surface) -> String {
    let (mut names, mut body) = (Vec::new(), String::new());
    for op in surface.columns.iter().filter(|op| !op.entry.is_of_one_column()) {
        body.push_str(&match OBJECTS.iter().find(|(name, _)| *name == op.entry.name) {
            Some((_, class)) => of_object(surface, op, class),
            None => of_frame(surface, op),
        });
        names.push(format!("\"{}\"", op.entry.name));
    }
    format!(
        "{HEAD}\"\"\"Data frames in and out, by the names of their columns: pandas, Polars (a lazy frame is collected), pyarrow, DuckDB, a dict of lists.\"\"\"\n\n\
         {IMPORTS}from typing import TYPE_CHECKING, Any, Dict, Mapping, Optional, Sequence, Tuple, Union, overload\n\n\
         from ._frames import Progress, on_frame\nfrom ._linking import Linked\n\n\
         if TYPE_CHECKING:\n    from typing import Literal\n\n    from . import _inputs as inputs\n\n__all__ = [{}]\n{body}",
        names.join(", ")
    )
}

/// Columns that the caller names.
fn named(op: &ColumnOperation) -> impl Iterator<Item = &'static Input> {
    op.entry.inputs.iter().filter(|i| matches!(i.place, Place::Named | Place::NamedMany))
}

/// A parameter, required or with `None` for what is left out.
fn parameter(name: &str, ty: &str, required: bool) -> String {
    match (required, ty.starts_with("Optional[")) {
        (true, _) => format!("{}: {ty}", safe(name)),
        (false, true) => format!("{}: {ty} = None", safe(name)),
        (false, false) => format!("{}: Optional[{ty}] = None", safe(name)),
    }
}

fn option(surface: &Surface, m: &Member) -> String {
    parameter(&m.name, &qualified(surface, &m.ty), m.required)
}

/// `:param name: doc`.
fn about(name: &str, doc: &str) -> String {
    let doc = quoted(doc).replace("`true`", "`True`").replace("`false`", "`False`");
    format!("    :param {}: {doc}\n", safe(name))
}

const RAISES: &str = "    :raises bansos.BansosError: with a stable ``code`` when the question cannot be answered\n";
const OF_PROGRESS: &str =
    "called with (rows done, rows in all) about ten times a second; an exception in it stops the work";

/// `"name": name, …` of options.
fn given<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    names.into_iter().map(|n| format!("\"{n}\": {}", safe(n))).collect::<Vec<_>>().join(", ")
}

/// The arguments of an example: `name=value`.
fn keywords(options: &Value, skip: &[&str]) -> String {
    let all = options.as_object().into_iter().flatten().filter(|(name, _)| !skip.contains(&name.as_str()));
    all.map(|(name, value)| format!(", {}={}", safe(name), literal(value))).collect()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

fn of_one_column(surface: &Surface, op: &ColumnOperation) -> String {
    let (name, mut parameters) = (op.entry.name, vec!["values: Any".to_owned(), "*".to_owned()]);
    parameters.extend(op.options.iter().map(|m| option(surface, m)));
    let mut options: Vec<&str> = op.options.iter().map(|m| m.name.as_str()).collect();
    let (mut out, mut about_outputs) = (String::new(), String::new());
    if op.entry.has_choice() {
        let all: Vec<String> = op.entry.outputs.iter().map(|o| format!("\"{}\"", o.name)).collect();
        let _ = write!(out, "\n{}_COLUMNS = ({})\n", name.to_ascii_uppercase(), all.join(", "));
        let standard: Vec<&str> = op.entry.outputs.iter().filter(|o| o.standard).map(|o| o.name).collect();
        let all: Vec<String> =
            op.entry.outputs.iter().map(|o| format!("``{}`` ({})", o.name, o.doc.trim_end_matches('.'))).collect();
        about_outputs =
            about("columns", &format!("which of {}. Default: ``{}``.", all.join(", "), standard.join(", ")));
        parameters.push("columns: Optional[Sequence[str]] = None".to_owned());
        options.push("columns");
    }
    let progress = if op.entry.progress { ", progress" } else { "" };
    if op.entry.progress {
        parameters.push("progress: Progress = None".to_owned());
    }
    let _ = write!(out, "\n\ndef {name}({}) -> Any:\n    \"\"\"{}\n\n", parameters.join(", "), quoted(op.entry.doc));
    out.extend(
        op.entry
            .inputs
            .first()
            .map(|i| about("values", &format!("{} A column of any Arrow library, or a list of ``str``.", i.doc))),
    );
    out.extend(op.options.iter().map(|m| about(&m.name, &m.doc)));
    out.push_str(&about_outputs);
    if op.entry.progress {
        out.push_str(&about("progress", OF_PROGRESS));
    }
    let _ = write!(out, "    :returns: a table of the kind that came in; :class:`Table` for a list\n{RAISES}\n");
    let (table, asked) = (json(op.entry.example.table), json(op.entry.example.options));
    let values = table.as_object().and_then(|t| t.values().next()).cloned().unwrap_or_default();
    let rows = values.as_array().map_or(0, Vec::len);
    let _ = write!(
        out,
        "    >>> import bansos\n    >>> bansos.columns.{name}({}{})\n    <bansos.Table {rows} rows: {}>\n    \"\"\"\n",
        literal(&values),
        keywords(&asked, &[]),
        op.entry.example.column
    );
    let _ = writeln!(out, "    options: Dict[str, Any] = {{{}}}", given(options));
    let _ = writeln!(out, "    return on_column(\"{name}\", values, options{progress})");
    out
}

fn of_arrays(surface: &Surface, op: &ColumnOperation, class: &str, set: &[&str]) -> String {
    let name = op.entry.name;
    let options: Vec<&Member> = op.options.iter().filter(|m| !set.contains(&m.name.as_str())).collect();
    let mut parameters: Vec<String> = Vec::new();
    for (at, input) in named(op).enumerate() {
        parameters.push(parameter(input.name, "Any", input.required));
        if at == 0 {
            parameters.push("*".to_owned());
            parameters.extend(options.iter().filter(|m| m.required).map(|m| option(surface, m)));
        }
    }
    parameters.extend(options.iter().filter(|m| !m.required).map(|m| option(surface, m)));
    let mut out =
        format!("\n\ndef {name}({}) -> {class}:\n    \"\"\"{}\n\n", parameters.join(", "), quoted(op.entry.doc));
    out.extend(named(op).map(|i| about(i.name, i.doc)));
    out.extend(options.iter().map(|m| about(&m.name, &m.doc)));
    let _ = writeln!(out, "{RAISES}    \"\"\"");
    let _ = writeln!(out, "    arrays: Dict[str, Any] = {{{}}}", given(named(op).map(|i| i.name)));
    let _ = writeln!(out, "    options: Dict[str, Any] = {{{}}}", given(options.iter().map(|m| m.name.as_str())));
    let _ = writeln!(out, "    return {class}._of(\"{name}\", arrays, options)");
    out
}

/// Names of columns and options, as keywords.
fn by_name(surface: &Surface, op: &ColumnOperation) -> Vec<String> {
    let column = |i: &Input| match (i.place, i.required) {
        (Place::NamedMany, _) => format!("{}: Union[None, str, Sequence[str]] = None", safe(i.name)),
        (_, required) => parameter(i.name, "str", required),
    };
    let (required, left): (Vec<&Input>, Vec<&Input>) = named(op).partition(|i| i.required);
    let (asked, more): (Vec<&Member>, Vec<&Member>) = op.options.iter().partition(|m| m.required);
    let mut all: Vec<String> = required.into_iter().map(column).collect();
    all.extend(asked.into_iter().map(|m| option(surface, m)));
    all.extend(left.into_iter().map(column));
    all.extend(more.into_iter().map(|m| option(surface, m)));
    if op.entry.progress {
        all.push("progress: Progress = None".to_owned());
    }
    all
}

fn of_frame(surface: &Surface, op: &ColumnOperation) -> String {
    let (name, parameters) = (op.entry.name, by_name(surface, op).join(", "));
    let (mut out, reports) = (String::new(), op.report.is_some());
    if reports {
        let _ = write!(
            out,
            "\n\n@overload\ndef {name}(frame: Any, *, {parameters}, report: Literal[False] = False) -> Any: ...\n\
             @overload\ndef {name}(frame: Any, *, {parameters}, report: Literal[True]) -> Tuple[Any, Dict[str, Any]]: ...\n\
             def {name}(frame: Any, *, {parameters}, report: bool = False) -> Any:\n"
        );
    } else {
        let _ = write!(out, "\n\ndef {name}(frame: Any, *, {parameters}) -> Any:\n");
    }
    let _ = write!(out, "    \"\"\"{}\n\n    Adds to the frame:\n\n", quoted(op.entry.doc));
    for o in op.entry.outputs {
        let of = o.each.map_or(String::new(), |each| format!("<{each}>"));
        let _ = writeln!(out, "    - ``{}{of}``: {}", o.name, quoted(o.doc));
    }
    let _ = write!(out, "\n{}", about("frame", "a frame, or a dict of lists"));
    out.extend(named(op).map(|i| about(i.name, &format!("Column: {}", i.doc))));
    out.extend(op.options.iter().map(|m| about(&m.name, &m.doc)));
    if op.entry.progress {
        out.push_str(&about("progress", OF_PROGRESS));
    }
    if reports {
        out.push_str(&about("report", "also gives what the operation says about its work, by name of the new column"));
    }
    let pair = if reports { "; with ``report`` a pair of it and the reports" } else { "" };
    let _ = write!(out, "    :returns: the frame with the new columns, of the kind that came in{pair}\n{RAISES}\n");
    let (table, asked) = (json(op.entry.example.table), json(op.entry.example.options));
    let _ = write!(
        out,
        "    >>> import bansos\n    >>> frame = {}\n    >>> bansos.frames.{name}(frame{})[\"{}\"]\n    {}\n    \"\"\"\n",
        literal(&table),
        keywords(&asked, &[]),
        op.entry.example.column,
        literal(&json(op.entry.example.answer))
    );
    let names = named(op).map(|i| i.name).chain(op.options.iter().map(|m| m.name.as_str()));
    let _ = writeln!(out, "    options: Dict[str, Any] = {{{}}}", given(names));
    let last = match (reports, op.entry.progress) {
        (true, true) => ", report, progress",
        (true, false) => ", report",
        (false, true) => ", progress=progress",
        (false, false) => "",
    };
    let _ = writeln!(out, "    return on_frame(\"{name}\", frame, options{last})");
    out
}

/// What names no column takes its first required option without a name.
fn of_object(surface: &Surface, op: &ColumnOperation, class: &str) -> String {
    let name = op.entry.name;
    let mut parameters = by_name(surface, op);
    if named(op).next().is_none() && op.options.iter().any(|m| m.required) {
        parameters.insert(1, "*".to_owned());
    }
    let mut out = format!(
        "\n\ndef {name}(frame: Any, {}) -> {class}:\n    \"\"\"{}\n\n",
        parameters.join(", "),
        quoted(op.entry.doc)
    );
    out.push_str(&about("frame", "a frame, or a dict of columns"));
    out.extend(op.options.iter().map(|m| about(&m.name, &m.doc)));
    let _ = writeln!(out, "{RAISES}");
    let (table, asked) = (json(op.entry.example.table), json(op.entry.example.options));
    let first = op.options.iter().find(|m| m.required).map_or("", |m| m.name.as_str());
    let _ = write!(
        out,
        "    >>> import bansos\n    >>> bansos.{name}({}, {}{})  # doctest: +ELLIPSIS\n    <...{class} object at ...>\n    \"\"\"\n",
        literal(&table),
        literal(&asked[first]),
        keywords(&asked, &[first])
    );
    let _ = writeln!(out, "    options: Dict[str, Any] = {{{}}}", given(op.options.iter().map(|m| m.name.as_str())));
    let _ = writeln!(out, "    return {class}._of(\"{name}\", frame, options)");
    out
}
