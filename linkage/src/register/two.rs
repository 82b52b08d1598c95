//! Two rows alone, as a form asks: judged by the model as it is, since two rows teach nothing about a register.

use super::columns::Columns;
use super::engine::SURE;
use super::household::Links;
use super::score::Scorer;
use super::{Pair, Settings, Step, Verdict};
use crate::clusters::Bond;
use bansos::person::PersonRecord;

/// Two rows compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The levels and the weight.
    pub pair: Pair,
    /// The weight taken apart.
    pub steps: Vec<Step>,
    /// What clustering would make of it.
    pub bond: Bond,
    /// What it comes to by itself.
    pub verdict: Verdict,
}

/// Compares two rows, one of them found in a register of `rows` rows: the more rows there are, the likelier a namesake,
/// and the more has to agree.
///
/// ```
/// use bansos_linkage::register::{Settings, Verdict, compare};
/// use bansos::source::{Identifier, Origin, Source};
/// use bansos::person::PersonRecord;
/// let row = |source, nik: &str, name: &str| PersonRecord {
///     nik: Identifier::from_cell(nik),
///     name: Some(name.into()),
///     ..PersonRecord::blank(Origin { source, file: 0, row: 1 })
/// };
/// let a = row(Source::Dtks, "3508126801809001", "SITI AMINAH");
/// let b = row(Source::Regsosek, "3508126801809001", "St. Aminah");
/// let c = row(Source::Regsosek, "3508121203859002", "BUDI SANTOSO");
/// let verdict = |x, y| compare(x, y, 1_000_000, &Settings::default()).verdict;
/// assert_eq!(verdict(&a, &b), Verdict::Same);
/// assert_eq!(verdict(&a, &c), Verdict::Different);
/// ```
pub fn compare(a: &PersonRecord, b: &PersonRecord, rows: u64, settings: &Settings) -> Compared {
    let mut columns = Columns::new(&[a.clone(), b.clone()], &[]);
    columns.source_rows.fill(rows);
    let model = settings.model.clone().for_rows(rows);
    let scorer = Scorer::new(&columns, &model);
    let pair = scorer.pair(0, 1, &Links::new(&columns, &[], SURE));
    let bond = scorer.bond(&pair, settings.match_weight);
    let steps = model.waterfall(pair.situation, &pair.vector, pair.prior, pair.frequency);
    Compared { pair, bond, steps, verdict: settings.verdict(pair.weight, bond) }
}
