//! The ranking itself: in memory where the columns fit, else in passes over the file.

use super::explain::{Explained, explain};
use super::part::{FromCell, Names, Part, ScoreKind, Wanted, labels};
use super::write::Out;
use super::{RankArgs, TableError, refused};
use crate::failure::Failure;
use crate::progress::Progress;
use bansos::Lang;
use bansos::ranking::{RankError, RankOptions, RankReport};
use bansos_arrow::ranking::{ColumnScore, Groups, Margins, Plan, Round, Survey, rank_columns, report};
use bansos_registers::table::Table;
use rustc_hash::FxHashMap;

/// Rows read at a time when a table is larger than memory.
const BATCH: usize = 1 << 18;

/// A finished ranking.
pub(super) struct Done {
    pub(super) options: RankOptions,
    pub(super) model: Option<String>,
    pub(super) groupings: Vec<Grouping>,
    /// How often the file was read.
    pub(super) passes: u32,
    pub(super) explained: Vec<Explained>,
}

/// One grouping's report.
pub(super) struct Grouping {
    /// The column; `None`: all families together.
    pub(super) column: Option<String>,
    pub(super) names: Vec<String>,
    pub(super) report: RankReport<String>,
}

/// What the first pass finds out.
struct Scan {
    kind: ScoreKind,
    names: Names,
    rows: u64,
}

pub(super) fn rank(
    table: &Table,
    wanted: &Wanted,
    args: &RankArgs,
    options: RankOptions,
    progress: Progress,
    lang: Lang,
) -> Result<Done, Failure> {
    let bar = progress.stage(crate::input::say(lang, "membaca tabel", "reading the table"), table.row_count());
    let scan = scan(table, wanted, |rows| bar.inc(rows))?;
    bar.finish_and_clear();
    let job = Job { table, wanted, args, options, scan: &scan, progress, lang };
    match scan.kind {
        ScoreKind::Float => job.run::<f64>(),
        ScoreKind::Whole => job.run::<i64>(),
        ScoreKind::Decimal(_) => job.run::<i128>(),
    }
}

fn scan(table: &Table, wanted: &Wanted, seen: impl Fn(u64)) -> Result<Scan, Failure> {
    let mut found: Vec<FxHashMap<String, u32>> = wanted.groups.iter().map(|_| FxHashMap::default()).collect();
    let (mut kind, mut rows) = (ScoreKind::Whole, 0);
    for batch in table.batches(&wanted.places, BATCH).map_err(Failure::input)? {
        let batch = batch.map_err(Failure::input)?;
        rows += batch.num_rows() as u64;
        seen(batch.num_rows() as u64);
        kind = kind.join(wanted.kind(&batch));
        for (names, &at) in found.iter_mut().zip(&wanted.groups) {
            let wrong = |_| Failure::input(TableError::NotANumber { column: wanted.name(table, at), row: 1 });
            for label in labels(batch.column(at)).map_err(wrong)?.into_iter().flatten().filter(|l| !l.is_empty()) {
                names.entry(label).or_insert(0);
            }
        }
    }
    for names in &mut found {
        let mut sorted: Vec<String> = names.keys().cloned().collect();
        sorted.sort_unstable();
        for (number, name) in (0..).zip(sorted) {
            names.insert(name, number);
        }
    }
    Ok(Scan { kind, names: found, rows })
}

struct Job<'j> {
    table: &'j Table,
    wanted: &'j Wanted,
    args: &'j RankArgs,
    options: RankOptions,
    scan: &'j Scan,
    progress: Progress,
    lang: Lang,
}

impl Job<'_> {
    fn run<S: ColumnScore + FromCell>(&self) -> Result<Done, Failure> {
        let mut options = self.options;
        if let (ScoreKind::Decimal(places), Some(near)) = (self.scan.kind, &mut options.near) {
            *near *= 10_f64.powi(places.into());
        }
        let row = std::mem::size_of::<S>() as u64 + 64 + 5 * (self.wanted.groups.len() as u64 + 1);
        let mib = (self.scan.rows * row).div_ceil(1 << 20);
        let (reports, passes, explained) = if mib <= self.args.memory {
            self.in_memory::<S>(&options)?
        } else if self.args.explain.is_some() {
            return Err(Failure::usage(TableError::TooLarge { mib }));
        } else {
            self.in_passes::<S>(&options)?
        };
        let columns = std::iter::once(None).chain(self.args.groups.iter().cloned().map(Some));
        let names = std::iter::once(Vec::new()).chain(self.scan.names.iter().map(sorted));
        let groupings = columns.zip(names).zip(reports);
        let groupings = groupings.map(|((column, names), report)| Grouping { column, names, report }).collect();
        let model = self.wanted.model().map(|m| format!("{} ({})", m.name, m.status.label(self.lang)));
        Ok(Done { options: self.options, model, groupings, passes, explained })
    }

    /// Groups of each grouping, the nation first.
    fn counts(&self) -> Vec<u32> {
        self.scan.names.iter().map(|n| n.len() as u32).collect()
    }

    fn groupings(&self) -> Vec<u32> {
        std::iter::once(1).chain(self.counts()).collect()
    }

    fn out(&self) -> Result<Option<Out>, Failure> {
        self.args.out.as_deref().map(|path| Out::begin(path, self.args)).transpose()
    }

    fn in_memory<S: ColumnScore + FromCell>(&self, options: &RankOptions) -> Result<Ranking, Failure> {
        let rows = usize::try_from(self.scan.rows).unwrap_or(usize::MAX).max(1);
        let mut batches = Vec::new();
        let mut first_row = 0;
        for batch in self.table.batches(&self.wanted.places, rows).map_err(Failure::input)? {
            let batch = batch.map_err(Failure::input)?;
            let rows = batch.num_rows() as u64;
            batches.push(Part::<S>::take(
                &batch,
                self.wanted,
                self.table,
                self.scan.kind,
                &self.scan.names,
                first_row,
            )?);
            first_row += rows;
        }
        let counts = self.counts();
        let part = Part::join(batches);
        let (all, reports) = part.with(&counts, |columns| {
            let all = rank_columns(columns, options).map_err(refused)?;
            let each = all.iter().zip(columns.groups);
            let report = |(parts, groups): (&Vec<u8>, &Groups<'_>)| {
                report(columns, *groups, parts, options).map(|r| r.map(|s| s.show(self.scan.kind)))
            };
            let reports = each.map(report).collect::<Result<Vec<_>, _>>().map_err(refused)?;
            Ok::<_, Failure>((all, reports))
        })?;
        if let Some(mut out) = self.out()? {
            out.rows(0, &part, &all, self.scan.kind)?;
            out.finish()?;
        }
        let explained = match &self.args.explain {
            Some(key) => explain(&part, key, options, self.scan.kind)?,
            None => Vec::new(),
        };
        Ok((reports, 2, explained))
    }

    /// One pass over the file.
    fn pass<S: ColumnScore + FromCell>(
        &self,
        what: (&'static str, &'static str),
        mut work: impl FnMut(u64, &Part<S>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let bar = self.progress.stage(crate::input::say(self.lang, what.0, what.1), Some(self.scan.rows));
        let mut first_row = 0;
        for batch in self.table.batches(&self.wanted.places, BATCH).map_err(Failure::input)? {
            let batch = batch.map_err(Failure::input)?;
            let part = Part::take(&batch, self.wanted, self.table, self.scan.kind, &self.scan.names, first_row)?;
            work(first_row, &part)?;
            first_row += part.rows() as u64;
            bar.inc(part.rows() as u64);
        }
        bar.finish_and_clear();
        Ok(())
    }

    fn in_passes<S: ColumnScore + FromCell>(&self, options: &RankOptions) -> Result<Ranking, Failure> {
        let (counts, groupings) = (self.counts(), self.groupings());
        let mut plan = Plan::<S>::start(options, &groupings);
        let cuts = loop {
            let mut sum = plan.nothing();
            self.pass::<S>(("menghitung", "counting"), |_, part| {
                let mine = part.with(&counts, |columns| plan.summarise(columns)).map_err(refused)?;
                sum = std::mem::replace(&mut sum, plan.nothing()).merge(mine).map_err(refused)?;
                Ok(())
            })?;
            match plan.advance(sum).map_err(refused)? {
                Round::Again(next) => plan = next,
                Round::Ready(cuts) => break cuts,
            }
        };
        let mut out = self.out()?;
        let mut surveys: Vec<Survey<S>> = groupings.iter().map(|&g| Survey::new(g, options)).collect();
        self.pass::<S>(("menulis desil", "writing deciles"), |first_row, part| {
            let all: Result<_, RankError> = part.with(&counts, |columns| {
                let all = cuts.assign(columns)?;
                for ((survey, parts), groups) in surveys.iter_mut().zip(&all).zip(columns.groups) {
                    survey.merge(Survey::take(columns, *groups, parts, 0..columns.rows(), options)?)?;
                }
                Ok(all)
            });
            let all = all.map_err(refused)?;
            out.as_mut().map_or(Ok(()), |out| out.rows(first_row, part, &all, self.scan.kind))
        })?;
        if let Some(out) = out {
            out.finish()?;
        }
        let bounds: Vec<_> = surveys.iter().map(|s| s.cuts(options)).collect();
        let mut margins: Vec<Margins> = groupings.iter().map(|&g| Margins::new(g)).collect();
        self.pass::<S>(("menyusun laporan", "reporting"), |_, part| {
            let add: Result<_, RankError> = part.with(&counts, |columns| {
                let all = cuts.assign(columns)?;
                let each = margins.iter_mut().zip(&bounds).zip(&all).zip(columns.groups);
                for (((margins, bounds), parts), groups) in each {
                    margins.merge(&Margins::take(columns, *groups, parts, 0..columns.rows(), options, bounds)?)?;
                }
                Ok(())
            });
            add.map_err(refused)
        })?;
        let reports = surveys.into_iter().zip(bounds).zip(margins);
        let reports = reports.map(|((survey, bounds), margins)| {
            survey.report(options, bounds, &margins).map(|s| s.show(self.scan.kind))
        });
        // the first look, every round, writing and reporting
        Ok((reports.collect(), 1 + cuts.rounds() + 2, Vec::new()))
    }
}

type Ranking = (Vec<RankReport<String>>, u32, Vec<Explained>);

fn sorted(names: &FxHashMap<String, u32>) -> Vec<String> {
    let mut sorted: Vec<String> = names.keys().cloned().collect();
    sorted.sort_unstable();
    sorted
}
