//! One way through the rows of a table: chunks are parsed in parallel and keep their order.

use super::column::Tally;
use super::plan::Plan;
use super::row::{Outcome, RowReader};
use super::{Progress, ReadOptions};
use crate::table::{Blanks, Chunk, Form, Limits, Source, Stream};
use crate::{Intake, Lines, Quarantined, ReadError, Receipt};
use bansos::Date;
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
        while let Some(chunk) = stream.chunk()? {
            if self.options.cancelled() {
                return Err(ReadError::Cancelled);
            }
            pass.rows += chunk.rows.len() as u64;
            pass.freed += chunk.freed;
            chunk.rows.iter().for_each(|row| pass.lines.add(row.number(), row.line()));
            let bytes = chunk.bytes;
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

    fn report(&self, rows: u64, bytes: u64, of: u64) {
        if let Some(report) = self.options.progress {
            report(Progress { file: self.name, rows, bytes, of });
        }
    }

    fn flush(&self, plan: &Plan<'_>, waiting: &mut Vec<Chunk>, intake: &mut Intake, pass: &mut Pass) {
        let parse = |chunk| parse(plan, self.options.as_of, self.file, chunk);
        let parsed: Vec<Parsed> = waiting.par_drain(..).map(parse).collect();
        for part in parsed {
            pass.foreign += part.foreign;
            pass.padded += part.padded;
            pass.tally.merge(&part.tally);
            intake.persons.extend(part.persons);
            intake.families.extend(part.families);
            intake.quarantine.extend(part.quarantine);
            intake.receipts.extend(part.receipts);
        }
    }
}

struct Parsed {
    persons: Vec<PersonRecord>,
    families: Vec<FamilyRecord>,
    quarantine: Vec<Quarantined>,
    receipts: Vec<Receipt>,
    foreign: u32,
    padded: u32,
    tally: Tally,
}

fn parse(plan: &Plan<'_>, as_of: Date, file: u16, chunk: Chunk) -> Parsed {
    let n = chunk.rows.len();
    let mut parsed = Parsed {
        persons: Vec::with_capacity(if plan.kind.has_persons() { n } else { 0 }),
        families: Vec::with_capacity(if plan.kind == crate::Kind::Persons { 0 } else { n }),
        quarantine: Vec::new(),
        receipts: Vec::new(),
        foreign: 0,
        padded: 0,
        tally: Tally::default(),
    };
    let mut reader = RowReader::new(plan, as_of);
    for row in &chunk.rows {
        let number = row.number();
        let origin = Origin { source: plan.source, file, row: number };
        reader.foreign_encoding = 0;
        let mut outcome = reader.read(row, origin);
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
