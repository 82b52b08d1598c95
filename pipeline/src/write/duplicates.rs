//! duplicates.csv: persons entered twice, numbers shared, members in two families, with the evidence of each pair. Rows
//! are named by file and row, never by name or number.

use bansos::Lang;
use bansos::source::Origin;
use bansos_linkage::model::Part;
use bansos_linkage::register::{Duplicate, DuplicateKind, Linkage, Pair};
use bansos_registers::Intake;
use bansos_registers::write::{OutFolder, SafeCsv, WriteError};

/// Writes duplicates.csv.
///
/// # Errors
/// `write.refused` where the system refuses.
pub fn write(intake: &Intake, linkage: &Linkage, out: &OutFolder) -> Result<(), WriteError> {
    let header = ["group", "kind", "row_a", "person_a", "row_b", "person_b", "match_weight", "bukti", "evidence"];
    let mut csv = SafeCsv::begin(&out.path("duplicates.csv"), &header)?;
    for (group, duplicate) in (1u64..).zip(&linkage.duplicates) {
        let group = group.to_string();
        let (kind, of_families) = (duplicate.kind.word(), duplicate.kind == DuplicateKind::CardTwice);
        let row = |i: u32| {
            let (origin, id) = match of_families {
                true => (intake.families[i as usize].origin, linkage.family_id(linkage.family_records[i as usize])),
                false => (intake.persons[i as usize].origin, linkage.person_id(linkage.persons[i as usize])),
            };
            (named(intake, origin), id)
        };
        let Some((first, rest)) = duplicate.rows.split_first() else { continue };
        let (row_a, id_a) = row(*first);
        for other in rest {
            let (row_b, id_b) = row(*other);
            let pair = evidence(duplicate, *first, *other);
            let weight = pair.map(|p| format!("{:.1}", p.weight)).unwrap_or_default();
            let [bukti, said] =
                [Lang::Id, Lang::En].map(|lang| pair.map(|p| explain(linkage, p, lang)).unwrap_or_default());
            csv.row([&group, kind, &row_a, &id_a, &row_b, &id_b, &weight, &bukti, &said].map(|c: &str| c))?;
        }
    }
    csv.finish()
}

/// The columns of review.csv and of a file of decisions.
pub const REVIEW_HEADER: [&str; 12] = [
    "source_a",
    "file_a",
    "row_a",
    "source_b",
    "file_b",
    "row_b",
    "match_weight",
    "same",
    "bukti",
    "evidence",
    "sheet_a",
    "sheet_b",
];

/// review.csv: pairs of the grey zone, the most valuable first. Fill in `same` with yes or no and give it back with
/// `bansos link --decisions`.
///
/// # Errors
/// `write.refused` where the system refuses.
pub fn write_review(intake: &Intake, linkage: &Linkage, out: &OutFolder) -> Result<(), WriteError> {
    let mut csv = SafeCsv::begin(&out.path("review.csv"), &REVIEW_HEADER)?;
    for pair in &linkage.review {
        csv.row(review_cells(intake, linkage, pair, "").iter().map(String::as_str))?;
    }
    csv.finish()
}

/// One line of it.
pub fn review_cells(intake: &Intake, linkage: &Linkage, pair: &Pair, same: &str) -> [String; 12] {
    let side = |i: u32| {
        let o = intake.persons[i as usize].origin;
        let file = intake.files.get(usize::from(o.file));
        let (path, sheet) = file.map_or(("", ""), |f| (f.path.as_str(), f.sheet.as_deref().unwrap_or("")));
        [o.source.word().to_owned(), path.to_owned(), o.row.to_string(), sheet.to_owned()]
    };
    let ([source_a, file_a, row_a, sheet_a], [source_b, file_b, row_b, sheet_b]) = (side(pair.a), side(pair.b));
    let weight = format!("{:.1}", pair.weight);
    let [bukti, said] = [Lang::Id, Lang::En].map(|lang| explain(linkage, pair, lang));
    [source_a, file_a, row_a, source_b, file_b, row_b, weight, same.to_owned(), bukti, said, sheet_a, sheet_b]
}

/// `dtks.csv:49`, `dtks.xlsx [Krajan]:49`.
fn named(intake: &Intake, origin: Origin) -> String {
    let file = intake.files.get(usize::from(origin.file)).map(bansos_registers::FileReport::name).unwrap_or_default();
    format!("{file}:{}", origin.row)
}

/// The pair of the two rows, or else the strongest that either of them has.
fn evidence(duplicate: &Duplicate, a: u32, b: u32) -> Option<&Pair> {
    let both = |p: &&Pair| (p.a, p.b) == (a, b) || (p.a, p.b) == (b, a);
    let touches = |p: &&Pair| p.a == b || p.b == b;
    duplicate
        .pairs
        .iter()
        .find(both)
        .or_else(|| duplicate.pairs.iter().filter(touches).max_by(|x, y| x.weight.total_cmp(&y.weight)))
}

/// A pair in words: how likely it is one person, and the evidence for and against, weightiest first. What is expected
/// before any field is compared is in the chance, and no evidence of the pair's own.
pub fn explain(linkage: &Linkage, pair: &Pair, lang: Lang) -> String {
    let mut steps = linkage.model.waterfall(pair.situation, &pair.vector, pair.prior, pair.frequency);
    steps.retain(|s| s.part != Part::Prior && s.bits.abs() >= 0.05);
    steps.sort_by(|a, b| b.bits.abs().total_cmp(&a.bits.abs()));
    let percent = 100.0 / (1.0 + (-pair.weight).exp2());
    let mut text = match lang {
        Lang::Id => format!("kira-kira {percent:.0} % orang yang sama"),
        Lang::En => format!("about {percent:.0} % one person"),
    };
    for (heading, of) in [(["mendukung", "for"], 1.0_f32), (["menentang", "against"], -1.0)] {
        let side: Vec<String> = steps.iter().filter(|s| s.bits * of > 0.0).map(|s| s.label(lang)).collect();
        if !side.is_empty() {
            let heading = heading[usize::from(lang == Lang::En)];
            text += &format!("; {heading}: {}", side.join(", "));
        }
    }
    text
}
