//! Families in parallel.

use super::error::ColumnsError;
use super::families::Heads;
use super::group::Groups;
use super::persons::{person_codes, put_persons};
use super::result::{Answers, Determined, Stretch};
use arrow_array::RecordBatch;
use bansos::eligibility::{Batch, FamilyFacts, PersonCode, Rules};
use rayon::prelude::*;

/// How the work is done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Threads; 0: as many as there are cores. The result does not depend on it.
    pub threads: usize,
}

/// Families judged at a time by one thread.
const CHUNK: usize = 1 << 14;

/// Determines every family of the table under rules resolved for one date. Persons are packed a few thousand families at a
/// time where they come in the order of their families, so that beside the answer little memory is needed.
///
/// # Errors
/// Tables that do not fit together or columns of other types than their names ask for.
pub fn determine_columns(
    rules: &[&Rules],
    families: &RecordBatch,
    persons: &RecordBatch,
    options: &Options,
) -> Result<Vec<Determined>, ColumnsError> {
    let work = || run(rules, families, persons);
    if options.threads == 0 {
        return work();
    }
    match rayon::ThreadPoolBuilder::new().num_threads(options.threads).build() {
        Ok(pool) => pool.install(work),
        Err(_) => work(),
    }
}

fn run(rules: &[&Rules], families: &RecordBatch, persons: &RecordBatch) -> Result<Vec<Determined>, ColumnsError> {
    let groups = Groups::read(families, persons)?;
    let (_, mut ignored) = person_codes(&persons.slice(0, 0))?;
    ignored.extend(Heads::read(&families.slice(0, 0))?.ignored);
    // persons in any order: all are packed first
    let all = groups.rows.as_ref().map(|_| person_codes(persons)).transpose()?;
    let tables = Tables { families, persons, groups: &groups, all: all.as_ref().map(|(codes, _)| codes.as_slice()) };
    let count = families.num_rows();
    let mut answers: Vec<Answers> = rules.iter().map(|_| Answers::new(count)).collect();
    let mut stretches: Vec<_> = answers.iter_mut().map(|a| a.stretches(CHUNK)).collect();
    let jobs: Vec<(usize, Vec<Stretch<'_>>)> = (0..count.div_ceil(CHUNK))
        .map(|chunk| (chunk * CHUNK, stretches.iter_mut().filter_map(Iterator::next).collect()))
        .collect();
    drop(stretches);
    let done: Vec<Result<(), ColumnsError>> = jobs
        .into_par_iter()
        .map_init(|| Worker::new(rules), |worker, (from, out)| tables.determine(worker, from, out))
        .collect();
    // the first fault in the order of the rows, whichever thread was first
    done.into_iter().collect::<Result<(), _>>()?;
    Ok(rules.iter().zip(answers).map(|(r, a)| Determined::new(r, a, ignored.clone())).collect())
}

/// What a thread works with from stretch to stretch.
struct Worker<'r> {
    batch: Batch<'r>,
    packed: Vec<PersonCode>,
    kinds: Vec<u32>,
    head: FamilyFacts,
}

impl<'r> Worker<'r> {
    fn new(rules: &[&'r Rules]) -> Self {
        Self { batch: Batch::new(rules), packed: Vec::new(), kinds: Vec::new(), head: FamilyFacts::default() }
    }
}

struct Tables<'t> {
    families: &'t RecordBatch,
    persons: &'t RecordBatch,
    groups: &'t Groups,
    /// All persons packed, where they are in no order.
    all: Option<&'t [PersonCode]>,
}

impl Tables<'_> {
    /// Families from `from` on, as many as the answers have room for, under each of the rules.
    fn determine(&self, worker: &mut Worker<'_>, from: usize, mut out: Vec<Stretch<'_>>) -> Result<(), ColumnsError> {
        let len = out.first().map_or(0, |o| o.outcome.len());
        let heads = Heads::read(&self.families.slice(from, len))?;
        let offsets = &self.groups.offsets[from..=from + len];
        let (first, last) = (offsets[0] as usize, offsets[len] as usize);
        if let (Some(all), Some(order)) = (self.all, &self.groups.rows) {
            worker.packed.clear();
            worker.packed.extend(order[first..last].iter().map(|r| all[*r as usize]));
        } else {
            let here = self.persons.slice(first, last - first);
            put_persons(&here, &mut worker.packed).map_err(|fault| fault.moved(first))?;
        }
        worker.batch.kinds(&worker.packed, &mut worker.kinds);
        for at in 0..len {
            heads.put(at, &mut worker.head);
            let kinds = &worker.kinds[offsets[at] as usize - first..offsets[at + 1] as usize - first];
            for (verdict, out) in worker.batch.verdicts(&worker.head, kinds).zip(&mut out) {
                out.put(at, verdict);
            }
        }
        Ok(())
    }
}
