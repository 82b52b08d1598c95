//! What the report is made of: plain counts, filled by the run, written to `summary.json` and rendered to `report.html`.
//!
//! Nothing here is about one person. Every count by place is given once, at the lowest place ([`AreaCounts`], one per desa);
//! the report adds them up itself, so kecamatan, kabupaten and headline figures cannot disagree. Counts that the run knows
//! from elsewhere (rows of a file, persons, families) are stated too and compared with the sums: see `closing`.

use std::collections::BTreeMap;

use bansos::verivali::RemovalReason;
use bansos::{Bilingual, Decile, Severity};
use serde::{Deserialize, Serialize};

/// Everything the report says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReportData {
    /// Title, region, dates, editions.
    pub about: About,
    /// The files read, in the order read.
    pub files: Vec<InputFile>,
    /// Files of the folder that were not read, and why.
    pub skipped: Vec<SkippedFile>,
    /// Persons and families found.
    pub totals: Totals,
    /// The findings' dictionary: one entry for every code that occurs in [`AreaCounts::findings`].
    pub findings: Vec<FindingKind>,
    /// Why rows were quarantined, by file.
    pub quarantine: Vec<QuarantineReason>,
    /// Persons entered twice, numbers shared, persons in two families.
    pub duplicates: Duplicates,
    /// How many persons stand in which of the registers. Families are counted by place in [`AreaCounts::registers`].
    pub person_registers: Vec<Overlap>,
    /// Reasons for verivali known from the data, in order of precedence: a person counts under the first that applies.
    pub verivali: Vec<VerivaliReason>,
    /// The welfare ranking, where there is one.
    pub ranking: Option<Ranking>,
    /// The programmes decided, in the order to be shown.
    pub programmes: Vec<Programme>,
    /// One entry for every desa/kelurahan that has a row, person or family; unknown place: empty code.
    pub areas: Vec<AreaCounts>,
    /// How the persons were linked.
    pub linkage: Option<Linkage>,
}

/// Title, region, dates, editions.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// The kabupaten/kota (or province) the report is about, e.g. `Kabupaten Lumajang`; empty when it could not be told.
    pub region: String,
    /// The region above it, e.g. `Jawa Timur`; may be empty.
    pub province: String,
    /// The day to which ages, editions and rules refer, `YYYY-MM-DD`.
    pub as_of: String,
    /// Dated data built into the library: (`wilayah`, `2025-04`), (`policy/pkh`, `2025.1`), …
    pub editions: Vec<Edition>,
    /// Named overlay of the policy, when one was given.
    pub overlay: Option<String>,
    /// Version of the program.
    pub version: String,
    /// Time the run took, in milliseconds. Zero is not shown.
    pub elapsed_ms: u64,
    /// Whether the registers are synthetic (a demonstration); the report says so on top.
    pub synthetic: bool,
}

/// One dated body of data and which edition of it was used.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Edition {
    /// What it is.
    pub name: String,
    /// Which one.
    pub edition: String,
}

/// A file read. `rows_read = rows_accepted + rows_quarantined` is checked and printed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct InputFile {
    /// Name without folder.
    pub name: String,
    /// Layout it was recognised as, e.g. `regsosek-anggota`.
    pub layout: String,
    /// Register it belongs to: `dtks`, `p3ke`, `regsosek`, or the user's own.
    pub source: String,
    /// What one row stands for: `person`, `family`, `family_head`.
    pub unit: String,
    /// Data rows seen, after any title and header rows.
    pub rows_read: u64,
    /// Rows taken in, perhaps with findings.
    pub rows_accepted: u64,
    /// Rows set aside with a reason.
    pub rows_quarantined: u64,
    /// Accepted rows that carry at least one finding of severity warning or error.
    pub rows_with_findings: u64,
}

/// A file of the folder that was not read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SkippedFile {
    /// Name without folder.
    pub name: String,
    /// Why, in both languages.
    pub reason: Bilingual,
}

/// Persons and families found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Accepted rows that stand for a person (dtks rows, p3ke heads, Regsosek members): what was linked.
    pub person_rows: u64,
    /// Different persons found in them.
    pub persons: u64,
    /// Different families found in them.
    pub families: u64,
}

/// A kind of finding: its code, weight, and what it says without the particulars of one row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FindingKind {
    /// Stable code, `area.what`.
    pub code: String,
    /// Its severity.
    pub severity: Severity,
    /// The sentence. A template's `{parameter}` is shown as `…`.
    pub message: Bilingual,
}

/// Rows of one file set aside for one reason.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct QuarantineReason {
    /// File name.
    pub file: String,
    /// Stable code.
    pub code: String,
    /// The sentence; templates as in [`FindingKind::message`].
    pub message: Bilingual,
    /// How many rows.
    pub rows: u64,
}

/// Persons entered twice, numbers shared, persons in two families. Numbers of persons unless said otherwise.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Duplicates {
    /// By register: persons entered more than once within it.
    pub within: Vec<WithinSource>,
    /// NIK carried by two or more different persons (NIK ganda): how many numbers.
    pub shared_niks: u64,
    /// … and how many persons carry them.
    pub shared_nik_persons: u64,
    /// Persons that appear with two or more different NIKs.
    pub persons_two_niks: u64,
    /// Persons that are a member of two families of one register.
    pub persons_two_families: u64,
    /// Family-card numbers used by two or more different families.
    pub shared_cards: u64,
    /// Pairs of records left to a person to judge (review queue).
    pub review_pairs: u64,
}

/// Persons entered more than once in one register.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct WithinSource {
    /// Register.
    pub source: String,
    /// Persons with more than one row.
    pub persons: u64,
    /// Rows beyond the first of each of them.
    pub extra_rows: u64,
}

/// How many stand in exactly this combination of registers (and no other).
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Overlap {
    /// Names of the registers, e.g. `["dtks", "regsosek"]`.
    pub sources: Vec<String>,
    /// How many.
    pub count: u64,
}

/// A reason for verivali that the data already shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VerivaliReason {
    /// The canonical reason.
    pub reason: RemovalReason,
    /// How the data shows it, e.g. "DTKS menyebut meninggal / the DTKS row says dead".
    pub evidence: Bilingual,
}

/// The welfare ranking.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Ranking {
    /// Model name, e.g. `contoh-pmt`; for a register's own rank say so.
    pub model: String,
    /// What kind of model it is and what it must not be taken for.
    pub note: Bilingual,
    /// Families the model was fitted on.
    pub n: u64,
    /// Number of terms.
    pub terms: u64,
    /// R² on the families it was fitted on.
    pub r2: Option<f64>,
    /// R² on families held out.
    pub r2_out: Option<f64>,
    /// `families` or `persons`: what the deciles were cut by.
    pub by: String,
    /// `start`, `upper` or `midpoint`.
    pub rule: String,
    /// Why families have no decile, with how many.
    pub unranked: Vec<Reason>,
    /// Shares by decile of what can be understood at a glance (earth floor, no latrine, …).
    pub profile: Vec<Indicator>,
    /// Deciles that registers state, held against this ranking.
    pub stated_deciles: StatedDeciles,
}

/// Deciles that registers state against our estimates. Every family is counted once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedDeciles {
    /// The registers that state them; of a list that is of none, its layout.
    pub by: Vec<String>,
    /// Whether what they state decides before the estimate.
    pub decides: bool,
    /// Families by the stated decile (rows, 1..=10) and ours (columns), where both are known.
    pub table: [[u64; 10]; 10],
    /// Families with a stated decile and without ours.
    pub stated_only: u64,
    /// Families with ours, and none that is stated.
    pub estimated_only: u64,
    /// Families without any.
    pub neither: u64,
}

impl StatedDeciles {
    /// Counts a family of which both are known.
    pub fn add(&mut self, stated: Decile, ours: Decile) {
        let at = |decile: Decile| usize::from(decile.get()).saturating_sub(1);
        if let Some(n) = self.table.get_mut(at(stated)).and_then(|row| row.get_mut(at(ours))) {
            *n += 1;
        }
    }

    /// Families of which both are known.
    #[must_use]
    pub fn both(&self) -> u64 {
        self.table.iter().flatten().sum()
    }

    /// Of those, the families whose two deciles are at most so far apart.
    #[must_use]
    pub fn within(&self, steps: usize) -> u64 {
        let rows = self.table.iter().enumerate();
        let cells =
            rows.flat_map(|(stated, row)| row.iter().enumerate().map(move |(ours, n)| (stated.abs_diff(ours), n)));
        cells.filter(|(apart, _)| *apart <= steps).map(|(_, n)| n).sum()
    }
}

/// A share by decile.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Indicator {
    /// What is counted, e.g. "Lantai tanah / Earth floor".
    pub label: Bilingual,
    /// Families of each decile for which it is true.
    pub yes: [u64; 10],
    /// Families of each decile for which it is known.
    pub known: [u64; 10],
}

/// A reason and how many families it holds for. Reasons may overlap unless said otherwise.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reason {
    /// Stable code.
    pub code: String,
    /// The sentence; templates as in [`FindingKind::message`].
    pub message: Bilingual,
    /// Families.
    pub families: u64,
}

/// What was decided for one programme. Outcomes are counted by place in [`AreaCounts::decisions`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Programme {
    /// Key used in [`AreaCounts::decisions`], e.g. `pkh`.
    pub code: String,
    /// Name in force on the date.
    pub name: Bilingual,
    /// Edition of the policy.
    pub edition: String,
    /// Legal basis, as named in the policy file.
    pub basis: Vec<String>,
    /// Whether the programme is in force on the date; when not, only this is said.
    pub in_force: bool,
    /// Why families are ineligible.
    pub ineligible: Vec<Reason>,
    /// Facts that are missing for the undetermined.
    pub missing: Vec<Reason>,
    /// Components (PKH): persons that count, and rupiah a year.
    pub components: Vec<Component>,
    /// Receipt as stated in the registers against the determination; `None` when no register states it.
    pub stated: Option<StatedReceipt>,
}

/// Persons of eligible families that count for one component.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Component {
    /// Name.
    pub name: Bilingual,
    /// Persons.
    pub persons: u64,
    /// Rupiah a year.
    pub amount_year: i64,
}

/// Families by what the registers state they receive and what was determined.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StatedReceipt {
    /// Where it is stated, e.g. `P3KE`.
    pub source: String,
    /// Stated to receive: eligible, ineligible, undetermined.
    pub yes: [u64; 3],
    /// Stated not to receive.
    pub no: [u64; 3],
    /// Not stated.
    pub unknown: [u64; 3],
    /// Families by decile 1..=10: receives, does not, not stated. Families without a decile are in none.
    pub deciles: [[u64; 3]; 10],
    /// The highest decile that the rules of the day take in; `None` where they ask for no decile.
    pub meant: Option<u8>,
}

/// The counts of one desa/kelurahan.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct AreaCounts {
    /// Kecamatan.
    pub kecamatan: Place,
    /// Desa or kelurahan.
    pub desa: Place,
    /// Accepted and quarantined rows that name this place.
    pub rows: u64,
    /// Persons found.
    pub persons: u64,
    /// Families found.
    pub families: u64,
    /// Findings by code.
    pub findings: BTreeMap<String, u64>,
    /// Families by combination of registers; key: names joined with `+` in the order dtks, p3ke, regsosek, e.g. `dtks+regsosek`.
    pub registers: BTreeMap<String, u64>,
    /// Families by decile 1..=10.
    pub deciles: [u64; 10],
    /// Persons in families by decile 1..=10.
    pub decile_persons: [u64; 10],
    /// Families without a decile.
    pub unranked: u64,
    /// Persons in families without a decile.
    pub unranked_persons: u64,
    /// Persons by verivali reason known from the data. A person counts once, under the first reason of
    /// [`ReportData::verivali`] that applies, so that the recap closes: persons = without a reason + Σ reasons.
    pub verivali: BTreeMap<RemovalReason, u64>,
    /// Families by programme.
    pub decisions: BTreeMap<String, Outcomes>,
}

/// A place by code and name; both empty when unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Kemendagri code without dots.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Families of one place and programme by outcome. `eligible + ineligible + undetermined` is the place's families.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Outcomes {
    /// Eligible.
    pub eligible: u64,
    /// Ineligible.
    pub ineligible: u64,
    /// Undetermined: a fact is missing.
    pub undetermined: u64,
    /// Rupiah a year to the eligible.
    pub amount_year: i64,
    /// Stated to receive, determined ineligible.
    pub receives_ineligible: u64,
    /// Stated not to receive, determined eligible.
    pub eligible_not_receiving: u64,
}

/// How the persons were linked.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Linkage {
    /// Pairs of records compared after blocking.
    pub pairs_compared: u64,
    /// Pairs taken as the same person.
    pub pairs_linked: u64,
    /// Pairs left for review.
    pub pairs_review: u64,
    /// Match weight (log2 odds) from which a pair is taken as the same person.
    pub threshold_link: f64,
    /// Match weight from which a pair goes to review.
    pub threshold_review: f64,
    /// EM rounds until the weights stood still; 0 when none ran.
    pub em_rounds: u32,
    /// Persons by number of rows: (`rows`, `persons`), rising.
    pub cluster_sizes: Vec<(u64, u64)>,
    /// Links refused because of a constraint (twins, two sound NIKs, two places in one family).
    pub refused_by_constraint: u64,
    /// Pairs by match weight: (lower bound of the class, pairs), rising; classes of equal width. May be empty.
    pub weights: Vec<(f64, u64)>,
}

/// How the report is to be written.
#[derive(Clone, Copy, Debug)]
pub struct ReportOptions {
    /// Counts of persons and families from 1 to `small_cell - 1` are not shown; 0 or 1 shows all.
    pub small_cell: u32,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self { small_cell: 5 }
    }
}
