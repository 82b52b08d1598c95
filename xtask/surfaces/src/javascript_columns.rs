//! Node's column operations: `columns.js` with a table of what each knows, and `columns.d.ts`.

use crate::File;
use crate::javascript::{HEAD, comment, interface, member};
use crate::model::{ColumnOperation, Surface, Type};
use bansos_interop::camel;
use bansos_interop::columns::{Output, OutputKind, Place};
use bansos_interop::error::ColumnKind;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// How lists and streams become calls; the same for every operation.
const COLUMNS: &str = include_str!("columns.js");

pub(crate) fn files(surface: &Surface) -> Vec<File> {
    vec![
        ("bindings-node/columns.js".to_owned(), format!("{HEAD}'use strict';\n\n{}\n{COLUMNS}", table(surface))),
        ("bindings-node/columns.d.ts".to_owned(), types(surface)),
    ]
}

/// Options of JavaScript's own, beside those of the operation.
const TRANSFER: &str = "  /** Gives the buffer away instead of having it copied: it is detached, as with `postMessage`. */\n  transfer?: boolean;\n";
const PROGRESS: &str = "  /** Called now and then with rows done and rows in all, and at the end. */\n  onProgress?: (done: number, total: number) => void;\n  /** Stops the work; the promise is rejected with the signal's reason. */\n  signal?: AbortSignal;\n";

impl ColumnOperation {
    /// Columns that an option names.
    fn named(&self) -> impl Iterator<Item = &'static bansos_interop::columns::Input> {
        self.entry.inputs.iter().filter(|i| matches!(i.place, Place::Named | Place::NamedMany))
    }

    /// `Nik` of `nik`.
    fn pascal(&self) -> String {
        let name = camel(self.entry.name);
        name.get(..1).unwrap_or_default().to_ascii_uppercase() + name.get(1..).unwrap_or_default()
    }

    /// Whether the caller's own names stand in those of its columns.
    fn has_names_of_the_caller(&self) -> bool {
        self.entry.outputs.iter().any(|o| o.each.is_some())
    }
}

fn quoted<S: AsRef<str>>(names: impl IntoIterator<Item = S>, between: &str) -> String {
    names.into_iter().map(|n| format!("'{}'", n.as_ref())).collect::<Vec<_>>().join(between)
}

fn table(surface: &Surface) -> String {
    let mut out = "/** What each operation knows: the names of its options, which of them are days, the outputs one may choose. */\nconst COLUMN_OPERATIONS = [\n".to_owned();
    for op in &surface.columns {
        let choice = op.entry.has_choice();
        let mut options: Vec<String> = op.named().map(|i| camel(i.name)).collect();
        options.extend(op.options.iter().map(|m| camel(&m.name)));
        options.extend(choice.then(|| "columns".to_owned()));
        let days = op.options.iter().filter(|m| m.required && m.ty == Type::Day).map(|m| camel(&m.name));
        let outputs = op.entry.outputs.iter().filter(|_| choice).map(|o| camel(o.name));
        let _ = writeln!(
            out,
            "  {{ name: '{}', single: {}, options: [{}], days: [{}], outputs: [{}], reports: {} }},",
            op.entry.name,
            op.entry.is_of_one_column(),
            quoted(options, ", "),
            quoted(days, ", "),
            quoted(outputs, ", "),
            op.report.is_some() || !op.entry.tables.is_empty()
        );
    }
    out + "];\n"
}

fn value(output: &Output) -> String {
    let plain = match output.kind {
        OutputKind::Word(name) => name,
        OutputKind::Whole | OutputKind::Number => "number",
        OutputKind::Day => "Day",
    };
    if output.nullable { format!("({plain} | null)[]") } else { format!("{plain}[]") }
}

/// The names that the types take from the operations' own file.
fn imports(surface: &Surface) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    for op in &surface.columns {
        for member in &op.options {
            match member.ty.resolve(surface) {
                Type::Day => names.insert("Day".to_owned()),
                Type::Word(name) | Type::Object(name) => names.insert(name),
                _ => false,
            };
        }
        for output in op.entry.outputs {
            match output.kind {
                OutputKind::Word(name) => names.insert(name.to_owned()),
                OutputKind::Day => names.insert("Day".to_owned()),
                _ => false,
            };
        }
    }
    names
}

fn types(surface: &Surface) -> String {
    let names: Vec<String> = imports(surface).into_iter().collect();
    let mut out = format!("{HEAD}import type {{ {} }} from './surface';\n", names.join(", "));
    for report in surface.reports.values() {
        out.push_str(&interface(surface, report));
    }
    for op in &surface.columns {
        out.push_str(&of_operation(surface, op));
    }
    out.push_str("\n/** Column operations, on a worker thread. */\nexport const columns: {\n");
    for op in &surface.columns {
        out.push_str(&signatures(op));
    }
    out + "};\n"
}

/// The types of one operation: what it takes, and what it makes.
fn of_operation(surface: &Surface, op: &ColumnOperation) -> String {
    let name = op.pascal();
    let mut out = String::new();
    if op.entry.has_choice() {
        let names = quoted(op.entry.outputs.iter().map(|o| camel(o.name)), " | ");
        let _ = write!(
            out,
            "\n/** What `columns.{}` makes. */\nexport type {name}ColumnName = {names};\n",
            camel(op.entry.name)
        );
    }
    if !op.has_names_of_the_caller() {
        let mark = if op.entry.has_choice() { "?" } else { "" };
        let _ = write!(
            out,
            "\n/** Columns that `columns.{}` makes, as plain lists. */\nexport interface {name}Columns {{\n",
            camel(op.entry.name)
        );
        for o in op.entry.outputs {
            let _ = writeln!(out, "{}  {}{mark}: {};", comment("  ", o.doc), camel(o.name), value(o));
        }
        out.push_str("}\n");
    }
    let _ = write!(
        out,
        "\n/** What `columns.{}` takes: the names of columns, and its options. */\nexport interface {} {{\n",
        camel(op.entry.name),
        op.title
    );
    for input in op.named() {
        let (mark, ty) = match (input.required, input.place) {
            (true, _) => ("", "string"),
            (false, Place::NamedMany) => ("?", "string | string[]"),
            (false, _) => ("?", "string"),
        };
        let _ =
            writeln!(out, "{}  {}{mark}: {ty};", comment("  ", &format!("Column: {}", input.doc)), camel(input.name));
    }
    out.extend(op.options.iter().map(|m| member(surface, m)));
    if op.entry.has_choice() {
        let standard = quoted(op.entry.outputs.iter().filter(|o| o.standard).map(|o| camel(o.name)), ", ");
        let _ = write!(out, "  /** What to make. Default: {standard}. */\n  columns?: {name}ColumnName[];\n");
    }
    out + TRANSFER + if op.entry.progress { PROGRESS } else { "" } + "}\n"
}

fn signatures(op: &ColumnOperation) -> String {
    let name = camel(op.entry.name);
    let mark = if op.named().any(|i| i.required) || op.options.iter().any(|m| m.required) { "" } else { "?" };
    let options = format!("options{mark}: {}", op.title);
    let tables = |one: &str| {
        let all: Vec<String> = op.entry.tables.iter().map(|t| format!("{}: {one}", camel(t.name))).collect();
        if all.is_empty() { String::new() } else { format!("; tables: {{ {} }}", all.join("; ")) }
    };
    let reports = match (&op.report, op.entry.report) {
        (Some(report), Some(r)) if r.per_column => format!("; reports: Record<string, {report}>"),
        (Some(report), _) => format!("; report: {report}"),
        (None, _) => String::new(),
    };
    let alone = op.report.is_none() && op.entry.tables.is_empty();
    let columns = match op.has_names_of_the_caller() {
        true => format!("Record<string, {}>", op.entry.outputs.first().map_or("unknown[]".into(), value)),
        false => format!("{}Columns", op.pascal()),
    };
    let given = match op.entry.inputs {
        [input] if op.entry.is_of_one_column() => match input.kinds.first() {
            Some(ColumnKind::Number | ColumnKind::Whole) => "values: (number | null)[]",
            _ => "values: (string | null)[]",
        },
        _ => "table: Record<string, ArrayLike<string | number | null>>",
    };
    let parameter = given.split(':').next().unwrap_or_default();
    let lists = "Record<string, (string | number | null)[]>";
    let (plain, arrow) = match alone {
        true => (columns, "Uint8Array".to_owned()),
        false => (
            format!("{{ columns: {columns}{}{reports} }}", tables(lists)),
            format!("{{ data: Uint8Array{}{reports} }}", tables("Uint8Array")),
        ),
    };
    let inputs: Vec<&str> = op.entry.inputs.iter().filter(|_| op.named().next().is_none()).map(|i| i.doc).collect();
    let doc =
        [&[op.entry.doc], inputs.as_slice(), &["Rejects with `BansosError` when the question cannot be answered."]]
            .concat()
            .join(" ");
    format!(
        "{}  {name}({given}, {options}): Promise<{plain}>;\n  /** An Arrow IPC stream gives an Arrow IPC stream. */\n  {name}({parameter}: Uint8Array, {options}): Promise<{arrow}>;\n",
        comment("  ", &doc)
    )
}
