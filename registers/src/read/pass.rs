//! One way through the rows of a table: chunks are parsed in parallel and keep their order.

use super::block::{Heading, heading};
use super::column::Tally;
use super::further::{self, Further};
use super::plan::Plan;
use super::row::{Outcome, RowReader};
use super::{Progress, ReadOptions};
use crate::layout::{Joined, Second};
use crate::table::{Blanks, Chunk, Form, Limits, Row, Source, Stream, decode};
use crate::{Intake, Kind, Lines, Quarantined, ReadError, Receipt, RowFault};
use bansos::household::FamilyRecord;
use bansos::person::PersonRecord;
use bansos::source::Origin;
use rayon::prelude::*;

/// How much of the intake was there before a file or a sheet: it is taken back where the file is damaged half-way, or is read
/// again.
pub(super) struct Before {
    pub(super) files: usize,
    pub(super) persons: usize,
    pub(super) families: usize,
    pub(super) faults: usize,
    pub(super) receipts: usize,
}

impl Before {
    pub(super) fn of(intake: &Intake) -> Self {
        Self {
            files: intake.files.len(),
            persons: intake.persons.len(),
            families: intake.families.len(),
            faults: intake.quarantine.len(),
            receipts: intake.receipts.len(),
        }
    }

    pub(super) fn restore(&self, intake: &mut Intake) {
        intake.files.truncate(self.files);
        intake.persons.truncate(self.persons);
        intake.families.truncate(self.families);
        intake.quarantine.truncate(self.faults);
        intake.receipts.truncate(self.receipts);
    }
}

/// Which rows of what are read.
pub(super) struct Job<'j> {
    pub(super) source: &'j Source,
    pub(super) form: &'j Form,
    /// Rows above the first of the table.
    pub(super) skip: usize,
    pub(super) name: &'j str,
    /// Its place in the intake.
    pub(super) file: u16,
    pub(super) options: &'j ReadOptions<'j>,
    /// A second table of the same persons below the first, by lines.
    pub(super) second: Option<(Joined, Second)>,
    /// Further tables below the first, in order.
    pub(super) further: Vec<Further>,
}

/// Reads a sheet for the second of its tables.
pub(super) fn join(source: &Source, form: &Form, second: &Second) -> Result<Joined, ReadError> {
    let mut stream = Stream::open(source, form, 0, 0, Blanks::Pass { list: false }, Limits::default())?;
    let (mut row, mut failed) = (Row::new(), None);
    let rows = std::iter::from_fn(|| match stream.next(&mut row) {
        Ok(true) => Some((row.line(), row.cells.iter().map(|cell| decode(cell).0.into_owned()).collect())),
        Ok(false) => None,
        Err(error) => {
            failed = Some(error);
            None
        }
    });
    let joined = second.join(rows);
    failed.map_or(Ok(joined), Err)
}

/// What a pass counted.
#[derive(Default)]
pub(super) struct Pass {
    pub(super) rows: u64,
    /// Rows in another encoding.
    pub(super) foreign: u32,
    /// Rows that an open quote had swallowed.
    pub(super) freed: u32,
    /// Rows whose last cells the file leaves out.
    pub(super) padded: u32,
    pub(super) lines: Lines,
    pub(super) tally: Tally,
    /// Rows of a sheet that go on to the right of the table.
    pub(super) beside: u32,
    /// Lines above families, in order.
    pub(super) headings: Vec<Heading>,
    /// Headers of further tables, in order.
    pub(super) further: Vec<Further>,
}

impl Job<'_> {
    /// Reads the rows behind what the intake has. A file is read whole or not at all.
    pub(super) fn pass(&self, plan: &Plan<'_>, intake: &mut Intake) -> Result<Pass, ReadError> {
        let before = Before::of(intake);
        let read = self.rows(plan, intake, &before);
        if read.is_err() {
            before.restore(intake);
        }
        read
    }

    fn rows(&self, plan: &Plan<'_>, intake: &mut Intake, before: &Before) -> Result<Pass, ReadError> {
        let (limits, size) = (Limits::default(), self.source.size().unwrap_or(0));
        let at_once = rayon::current_num_threads().max(1) * 2;
        let mut waiting: Vec<Chunk> = Vec::with_capacity(at_once);
        let mut pass = Pass::default();
        let mut stream = Stream::open(self.source, self.form, self.skip, plan.header.len(), Blanks::Keep, limits)?;
        let mut last = None;
        while let Some(mut chunk) = stream.chunk()? {
            if self.options.cancelled() {
                return Err(ReadError::Cancelled);
            }
            pass.rows += chunk.rows.len() as u64;
            pass.freed += chunk.freed;
            chunk.rows.iter().for_each(|row| pass.lines.add(row.number(), row.line()));
            let bytes = chunk.bytes;
            chunk.above = last;
            last = chunk.rows.last().cloned();
            waiting.push(chunk);
            if waiting.len() >= at_once {
                self.flush(plan, &mut waiting, intake, &mut pass);
                let faults = intake.quarantine.len() - before.faults;
                if faults > limits.faults && faults as u64 > pass.rows / 2 {
                    return Err(ReadError::TooManyFaults { file: self.name.to_owned(), rows: pass.rows });
                }
                self.report(pass.rows, bytes, size);
            }
        }
        self.flush(plan, &mut waiting, intake, &mut pass);
        self.report(pass.rows, size, size);
        Ok(pass)
    }

    /// The lines above a family that stand above the table.
    pub(super) fn above(&self, plan: &Plan<'_>) -> Result<Vec<Heading>, ReadError> {
        let mut above = Vec::new();
        if matches!(self.form, Form::Parquet { .. }) || self.skip == 0 {
            return Ok(above);
        }
        let mut stream = Stream::open(self.source, self.form, 0, plan.header.len(), Blanks::Keep, Limits::default())?;
        let (mut row, mut last) = (Row::new(), None);
        for _ in 0..self.skip {
            if !stream.next(&mut row)? {
                break;
            }
            last = below(last, &row, plan);
            above.extend(last.clone().map(Heading::above_table));
        }
        Ok(above)
    }

    /// Gives a row of a sheet the width of the table. It cannot be shifted by a cell too many: what stands to its right is no
    /// part of it. Says whether something stands there.
    fn shape(&self, row: &mut Row, columns: usize) -> bool {
        let sheet = matches!(self.form, Form::Sheet { .. } | Form::Html { .. });
        let width = self.second.as_ref().map_or(columns, |(_, second)| second.width);
        let filled = |cell: &[u8]| !cell.trim_ascii().is_empty();
        let wider = sheet && row.cells.len() > width && row.cells.iter().take(width).any(filled);
        let beside = wider && row.cells.iter().skip(width).any(filled);
        if wider {
            row.cells.cut(width);
        }
        if let Some((joined, _)) = self.second.as_ref().filter(|_| row.cells.len() <= width) {
            row.cells.pad(width);
            joined.cells(row.line()).unwrap_or_default().iter().for_each(|cell| row.cells.push(cell.as_bytes()));
            row.cells.pad(columns);
        }
        beside
    }

    /// A line above a family, or what a row of the table became.
    fn outcome(&self, row: &mut Row, reader: &mut RowReader<'_, '_>, plan: &Plan<'_>, parsed: &mut Parsed) -> Outcome {
        let of_second =
            |is: fn(&Joined, u64) -> bool| self.second.as_ref().is_some_and(|(joined, _)| is(joined, row.line()));
        if of_second(Joined::is_second) {
            return Outcome::Fault(RowFault::SecondTable, None);
        }
        let around = of_second(Joined::is_around);
        if plan.kind == Kind::Persons
            && let Some(line) = below(parsed.above.take(), row, plan)
        {
            parsed.above = Some(line.clone());
            let fault = if line.begins_family() { RowFault::FamilyHeading } else { RowFault::Remark };
            parsed.headings.push(line);
            return Outcome::Fault(fault, None);
        }
        if let Some(header) = Further::of(row, plan) {
            parsed.further.push(header);
            return Outcome::Fault(RowFault::RepeatedHeader, None);
        }
        if let Some(further) = further::table(&self.further, row.number()) {
            further.arrange(row);
        }
        parsed.beside += u32::from(self.shape(row, plan.header.len()));
        let origin = Origin { source: plan.source, file: self.file, row: row.number() };
        match reader.read(row, origin) {
            fault @ Outcome::Fault(..) => fault,
            _ if around => Outcome::Fault(RowFault::BelowTable, None),
            read => read,
        }
    }

    fn report(&self, rows: u64, bytes: u64, of: u64) {
        if let Some(report) = self.options.progress {
            report(Progress { file: self.name, rows, bytes, of });
        }
    }

    fn flush(&self, plan: &Plan<'_>, waiting: &mut Vec<Chunk>, intake: &mut Intake, pass: &mut Pass) {
        let parsed: Vec<Parsed> = waiting.par_drain(..).map(|chunk| parse(plan, self, chunk)).collect();
        for part in parsed {
            pass.beside += part.beside;
            pass.foreign += part.foreign;
            pass.padded += part.padded;
            pass.tally.merge(&part.tally);
            pass.headings.extend(part.headings);
            pass.further.extend(part.further);
            intake.persons.extend(part.persons);
            intake.families.extend(part.families);
            intake.quarantine.extend(part.quarantine);
            intake.receipts.extend(part.receipts);
        }
    }
}

/// A line above a family; below one of labels, the line of their values.
fn below(above: Option<Heading>, row: &Row, plan: &Plan<'_>) -> Option<Heading> {
    above.and_then(|line| line.of_values(row)).or_else(|| heading(row, plan))
}

struct Parsed {
    persons: Vec<PersonRecord>,
    families: Vec<FamilyRecord>,
    quarantine: Vec<Quarantined>,
    receipts: Vec<Receipt>,
    foreign: u32,
    padded: u32,
    beside: u32,
    tally: Tally,
    headings: Vec<Heading>,
    further: Vec<Further>,
    /// The line above, where the row above is one.
    above: Option<Heading>,
}

fn parse(plan: &Plan<'_>, job: &Job<'_>, mut chunk: Chunk) -> Parsed {
    let (n, file) = (chunk.rows.len(), job.file);
    let mut parsed = Parsed {
        persons: Vec::with_capacity(if plan.kind.has_persons() { n } else { 0 }),
        families: Vec::with_capacity(if plan.kind == crate::Kind::Persons { 0 } else { n }),
        quarantine: Vec::new(),
        receipts: Vec::new(),
        foreign: 0,
        padded: 0,
        beside: 0,
        tally: Tally::default(),
        headings: Vec::new(),
        further: Vec::new(),
        above: chunk.above.as_ref().filter(|_| plan.kind == Kind::Persons).and_then(|row| heading(row, plan)),
    };
    let mut reader = RowReader::new(plan, job.options.as_of);
    for row in &mut chunk.rows {
        let number = row.number();
        let origin = Origin { source: plan.source, file, row: number };
        reader.foreign_encoding = 0;
        let mut outcome = job.outcome(row, &mut reader, plan, &mut parsed);
        if let (Some(columns), Some(receives)) = (&plan.receipts, outcome.receives()) {
            columns.read(&row.cells, origin, receives, &mut parsed.receipts);
        }
        match outcome {
            Outcome::Person(p) => parsed.persons.push(p),
            Outcome::Family(f) => parsed.families.push(f),
            Outcome::Both(p, mut f) => {
                f.receives = p.receives;
                parsed.persons.push(p);
                parsed.families.push(f);
            }
            Outcome::Fault(reason, field) => {
                let column = field.and_then(|f| plan.column_name(f));
                parsed.quarantine.push(Quarantined { file, source: plan.source, row: number, column, reason });
            }
        }
        parsed.foreign += u32::from(reader.foreign_encoding > 0);
    }
    (parsed.tally, parsed.padded) = (reader.tally, reader.padded);
    parsed
}
