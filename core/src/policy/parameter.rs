//! A dated parameter as data. Every type may stand in a `const` (the built-in edition) or be read from TOML.

use crate::{Bilingual, Date, Lang, Rupiah};
use std::borrow::Cow;

type Str = Cow<'static, str>;

words! {
    /// What a parameter's value counts.
    pub enum Unit {
        /// Whole rupiah, once.
        Rupiah = "rupiah", id: "rupiah", en: "rupiah";
        /// Whole rupiah for a full year.
        RupiahPerYear = "rupiah_per_year", id: "rupiah per tahun", en: "rupiah a year";
        /// Whole rupiah for a month.
        RupiahPerMonth = "rupiah_per_month", id: "rupiah per bulan", en: "rupiah a month";
        /// Persons.
        Persons = "persons", id: "orang", en: "persons";
        /// Families.
        Families = "families", id: "keluarga", en: "families";
        /// Completed years of age, or years.
        Years = "years", id: "tahun", en: "years";
        /// A decile, 1 to 10.
        Decile = "decile", id: "desil", en: "decile";
        /// An ordinal: the second pregnancy is 2.
        Order = "order", id: "urutan ke", en: "ordinal";
        /// Percent.
        Percent = "percent", id: "persen", en: "percent";
        /// A number of months.
        Months = "months", id: "bulan", en: "months";
        /// When a year's money is paid, and for which months.
        Calendar = "calendar", id: "kalender tahap", en: "calendar of stages";
        /// A list of data-matching flags.
        Flags = "flags", id: "daftar tanda", en: "list of flags";
        /// An ordered list of component codes.
        Components = "components", id: "urutan komponen", en: "order of components";
        /// One word out of a list that the parameter's label explains.
        Choice = "choice", id: "pilihan", en: "choice";
    }
}

words! {
    /// Confidence in the value, by its sources.
    pub enum Confidence {
        /// Several independent sources, or an official text.
        High = "high", id: "tinggi", en: "high";
        /// One decent source, or several that copy each other.
        Medium = "medium", id: "sedang", en: "medium";
        /// Not confirmed in the material read.
        Low = "low", id: "rendah", en: "low";
    }
}

/// Where a value was read: a source of data/SOURCES.md, and the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Basis {
    /// Source id, such as `S07`.
    pub source: Str,
    /// Article, table or statement; empty where the source as a whole says it.
    #[cfg_attr(feature = "serde", serde(default))]
    pub article: Str,
}

/// One payment of a year: when it is paid and for which months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Installment {
    /// Month of payment, 1 to 12.
    pub pay: u8,
    /// First month paid for, 1 to 12.
    pub first: u8,
    /// How many months are paid for.
    pub months: u8,
}

/// The value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum ParameterValue {
    /// Rupiah, ages, counts, deciles.
    Int(i64),
    /// One word.
    Word(Str),
    /// Flags or component codes.
    Words(Cow<'static, [Str]>),
    /// Stages of a year.
    Calendar(Cow<'static, [Installment]>),
}

impl ParameterValue {
    /// The number, where it is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(n) = self { Some(*n) } else { None }
    }
    /// The word, where it is one.
    pub fn word(&self) -> Option<&str> {
        if let Self::Word(w) = self { Some(w) } else { None }
    }
    /// The list of words, where it is one.
    pub fn words(&self) -> Option<&[Str]> {
        if let Self::Words(w) = self { Some(w) } else { None }
    }
    /// The stages, where it is a calendar.
    pub fn calendar(&self) -> Option<&[Installment]> {
        if let Self::Calendar(c) = self { Some(c) } else { None }
    }

    /// As a person reads it.
    pub fn show(&self, unit: Unit, lang: Lang) -> String {
        match self {
            Self::Int(n) if matches!(unit, Unit::Rupiah | Unit::RupiahPerYear | Unit::RupiahPerMonth) => {
                Rupiah(*n).to_string()
            }
            Self::Int(n) => n.to_string(),
            Self::Word(w) => w.to_string(),
            Self::Words(w) => w.join(", "),
            Self::Calendar(c) => {
                let each: Vec<String> = c
                    .iter()
                    .map(|s| match lang {
                        Lang::Id => format!("bulan {} ({} bulan sejak bulan {})", s.pay, s.months, s.first),
                        Lang::En => format!("month {} ({} months from month {})", s.pay, s.months, s.first),
                    })
                    .collect();
                each.join("; ")
            }
        }
    }
}

/// One value of a parameter through a span of dates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct DatedValue {
    /// First day of effect.
    pub from: Date,
    /// Last day of effect; none: until superseded.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<Date>,
    /// The value.
    pub value: ParameterValue,
    /// Name of the alternative, where this is not the preferred value of its dates.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub alternative: Option<Str>,
    /// Chosen among conflicting sources.
    #[cfg_attr(feature = "serde", serde(default))]
    pub preferred: bool,
    /// Why it is preferred, or what stands for the alternative; what is doubtful.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub reason: Option<Bilingual>,
    /// Where it was read. Never empty in the built-in edition.
    #[cfg_attr(feature = "serde", serde(default))]
    pub basis: Cow<'static, [Basis]>,
    /// How sure.
    pub confidence: Confidence,
}

impl DatedValue {
    /// Whether it is in effect on a date.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// One parameter through time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Parameter {
    /// `programme.what`, never renamed.
    pub id: Str,
    /// What the value counts.
    pub unit: Unit,
    /// What it is.
    pub label: Bilingual,
    /// The day its sources were last read.
    pub verified_on: Date,
    /// All values, preferred ones and alternatives, in order of `from`.
    pub values: Cow<'static, [DatedValue]>,
}

impl Parameter {
    /// The names of the alternatives that can be selected.
    pub fn alternatives(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.values.iter().filter_map(|e| e.alternative.as_deref()).collect();
        names.dedup();
        names
    }
}

/// Whether two programmes may be held together, on which dates.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Overlap {
    /// The programme whose rule it is.
    pub programme: Str,
    /// The other programme.
    pub with: Str,
    /// May one family have both?
    pub allowed: bool,
    /// First day of effect.
    pub from: Date,
    /// Last day of effect; none: until superseded.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<Date>,
    /// Where it was read.
    #[cfg_attr(feature = "serde", serde(default))]
    pub basis: Cow<'static, [Basis]>,
    /// How sure.
    pub confidence: Confidence,
}

impl Overlap {
    /// Whether the rule is in effect on a date.
    pub fn covers(&self, date: Date) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }
}

/// One line of data/SOURCES.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    /// Source id.
    pub id: &'static str,
    /// What kind of text: law, official, news, page, code, own.
    pub kind: &'static str,
    /// What it is.
    pub title: &'static str,
}
