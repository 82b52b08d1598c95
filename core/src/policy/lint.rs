//! What may not stand in a policy file: a value without basis, two values on one date without a choice, a unit that
//! does not fit, a number without a known source.

use super::{Confidence, DatedValue, Overlap, Parameter, ParameterValue, Unit};

codes! {
    /// What is wrong with a policy file.
    pub enum Lint {
        /// A value names no source.
        NoBasis { parameter: String } = "policy.no_basis", Error,
            id: "{parameter}: ada nilai tanpa dasar",
            en: "{parameter}: a value has no basis";
        /// A value names a source that data/SOURCES.md does not have.
        UnknownSource { parameter: String, source: String } = "policy.unknown_source", Error,
            id: "{parameter}: sumber {source} tidak ada di SOURCES.md",
            en: "{parameter}: source {source} is not in SOURCES.md";
        /// Two values are in effect on one date and none is preferred.
        OverlapUndecided { parameter: String, date: crate::Date } = "policy.overlap_undecided", Error,
            id: "{parameter}: dua nilai berlaku pada {date} dan tidak ada yang diutamakan",
            en: "{parameter}: two values are in effect on {date} and none is preferred";
        /// Two values of one alternative, or two preferred values, are in effect on one date.
        OverlapSame { parameter: String, date: crate::Date } = "policy.overlap_same", Error,
            id: "{parameter}: dua nilai dari alternatif yang sama berlaku pada {date}",
            en: "{parameter}: two values of the same alternative are in effect on {date}";
        /// The value is of another kind than its unit, or out of its range.
        ValueUnfit { parameter: String, unit: Unit } = "policy.value_unfit", Error,
            id: "{parameter}: nilai tidak cocok dengan satuan {unit}",
            en: "{parameter}: a value does not fit the unit {unit}";
        /// The dates run backwards.
        DatesBackward { parameter: String } = "policy.dates_backward", Error,
            id: "{parameter}: tanggal akhir mendahului tanggal awal",
            en: "{parameter}: the end lies before the start";
        /// A preferred value or an alternative does not say why.
        NoReason { parameter: String } = "policy.no_reason", Error,
            id: "{parameter}: nilai yang diperselisihkan tidak disertai alasan",
            en: "{parameter}: a disputed value gives no reason";
        /// A value rests on unconfirmed knowledge alone yet claims high confidence.
        Overconfident { parameter: String } = "policy.overconfident", Error,
            id: "{parameter}: keyakinan tinggi tanpa sumber yang terkonfirmasi",
            en: "{parameter}: high confidence without a confirmed source";
        /// An overlap rule names a programme that does not exist, so it rules nothing.
        UnknownProgramme { parameter: String, programme: String } = "policy.unknown_programme", Error,
            id: "{parameter}: tidak ada program {programme}, jadi aturan ini tidak mengatur apa pun",
            en: "{parameter}: there is no programme {programme}, so this rule rules nothing";
        /// The id does not have the shape `programme.what`.
        BadId { parameter: String } = "policy.bad_id", Error,
            id: "{parameter}: pengenal harus berbentuk program.hal",
            en: "{parameter}: the id must look like programme.what";
    }
}

/// Whether a value's kind and range fit a unit.
pub(crate) fn fits(value: &ParameterValue, unit: Unit) -> bool {
    match (value, unit) {
        (ParameterValue::Int(n), Unit::Decile) => (1..=10).contains(n),
        (ParameterValue::Int(n), Unit::Percent) => (0..=100).contains(n),
        (ParameterValue::Int(n), Unit::Years) => (0..=150).contains(n),
        (ParameterValue::Int(n), Unit::Months) => (0..=1200).contains(n),
        (ParameterValue::Int(n), Unit::Persons | Unit::Families | Unit::Order) => *n >= 0,
        (ParameterValue::Int(n), Unit::Rupiah | Unit::RupiahPerYear | Unit::RupiahPerMonth) => {
            (0..=1_000_000_000_000_000).contains(n)
        }
        (ParameterValue::Word(_), Unit::Choice) => true,
        (ParameterValue::Words(words), Unit::Flags) => {
            words.iter().all(|w| crate::person::Flag::from_word(w).is_some())
        }
        (ParameterValue::Words(_), Unit::Components) => true,
        (ParameterValue::Calendar(stages), Unit::Calendar) => {
            !stages.is_empty()
                && stages.iter().all(|s| {
                    (1..=12).contains(&s.pay)
                        && (1..=12).contains(&s.first)
                        && s.months >= 1
                        && s.first + s.months <= 13
                })
        }
        _ => false,
    }
}

/// Everything wrong with a set of parameters and overlap rules. `known` says whether a source id exists.
pub fn lint(parameters: &[Parameter], overlaps: &[Overlap], known: &dyn Fn(&str) -> bool) -> Vec<Lint> {
    let mut wrong = Vec::new();
    for parameter in parameters {
        let name = || parameter.id.to_string();
        let shape = |part: &str| {
            !part.is_empty()
                && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
        };
        if !parameter.id.split_once('.').is_some_and(|(a, b)| shape(a) && shape(b)) {
            wrong.push(Lint::BadId { parameter: name() });
        }
        for entry in parameter.values.iter() {
            one_entry(parameter, entry, known, &mut wrong);
        }
        clashes(parameter, &mut wrong);
    }
    for rule in overlaps {
        let name = || format!("{}×{}", rule.programme, rule.with);
        if rule.basis.is_empty() {
            wrong.push(Lint::NoBasis { parameter: name() });
        }
        if rule.to.is_some_and(|to| to < rule.from) {
            wrong.push(Lint::DatesBackward { parameter: name() });
        }
        for b in rule.basis.iter().filter(|b| !known(&b.source)) {
            wrong.push(Lint::UnknownSource { parameter: name(), source: b.source.to_string() });
        }
    }
    wrong
}

fn one_entry(parameter: &Parameter, entry: &DatedValue, known: &dyn Fn(&str) -> bool, wrong: &mut Vec<Lint>) {
    let name = || parameter.id.to_string();
    if entry.basis.is_empty() {
        wrong.push(Lint::NoBasis { parameter: name() });
    }
    for b in entry.basis.iter().filter(|b| !known(&b.source)) {
        wrong.push(Lint::UnknownSource { parameter: name(), source: b.source.to_string() });
    }
    if entry.to.is_some_and(|to| to < entry.from) {
        wrong.push(Lint::DatesBackward { parameter: name() });
    }
    if !fits(&entry.value, parameter.unit) {
        wrong.push(Lint::ValueUnfit { parameter: name(), unit: parameter.unit });
    }
    if (entry.preferred || entry.alternative.is_some()) && entry.reason.is_none() {
        wrong.push(Lint::NoReason { parameter: name() });
    }
    let unconfirmed = !entry.basis.is_empty() && entry.basis.iter().all(|b| b.source == "K");
    if unconfirmed && entry.confidence == Confidence::High {
        wrong.push(Lint::Overconfident { parameter: name() });
    }
}

fn clashes(parameter: &Parameter, wrong: &mut Vec<Lint>) {
    let values: &[DatedValue] = &parameter.values;
    for (i, a) in values.iter().enumerate() {
        for b in values.iter().skip(i + 1) {
            let start = a.from.max(b.from);
            if !(a.covers(start) && b.covers(start)) {
                continue;
            }
            let (parameter, date) = (parameter.id.to_string(), start);
            match (&a.alternative, &b.alternative) {
                (None, None) if !a.preferred && !b.preferred => wrong.push(Lint::OverlapUndecided { parameter, date }),
                (a_name, b_name) if a_name == b_name => wrong.push(Lint::OverlapSame { parameter, date }),
                (None, Some(_)) if !a.preferred => wrong.push(Lint::OverlapUndecided { parameter, date }),
                (Some(_), None) if !b.preferred => wrong.push(Lint::OverlapUndecided { parameter, date }),
                _ => {}
            }
        }
    }
}
