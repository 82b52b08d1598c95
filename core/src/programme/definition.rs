//! A programme, and the file it is written in.

use super::{Benefit, Component, Criterion};
use crate::policy::{Basis, Confidence, Overlap, Parameter};
use crate::{Bilingual, Date, Lang};

words! {
    /// Whose programme it is.
    pub enum Tier {
        /// Pusat.
        National = "national", id: "pusat", en: "national";
        /// Provinsi.
        Province = "province", id: "provinsi", en: "province";
        /// Kabupaten or kota.
        Regency = "regency", id: "kabupaten/kota", en: "regency or city";
        /// Desa.
        Village = "village", id: "desa", en: "village";
    }
}

words! {
    /// Who the recipient is.
    pub enum Recipient {
        /// One per family.
        Family = "family", id: "keluarga", en: "family";
        /// Each person individually.
        Person = "person", id: "orang", en: "person";
    }
}

words! {
    /// What is taken for granted where a fact is unknown; each one used is named in the determination.
    pub enum Assumption {
        /// A family handed in stands in the register.
        FamilyRegistered = "family_registered", id: "keluarga dianggap terdaftar", en: "the family is taken as registered";
        /// A member is alive and there.
        MemberPresent = "member_present", id: "anggota dianggap masih ada", en: "a member is taken as present";
        /// A member is active in the register.
        MemberRegistered = "member_registered", id: "anggota dianggap terdaftar", en: "a member is taken as registered";
        /// Nobody carries a flag that no data matching reported.
        NoFlags = "no_flags", id: "tanpa laporan pemadanan dianggap tanpa tanda", en: "without a matching report no flag is assumed";
        /// Nobody is on the list of rights victims unless it says so.
        NotRightsVictim = "not_rights_victim", id: "dianggap tidak ada dalam daftar korban pelanggaran HAM berat", en: "taken as not on the list of rights victims";
        /// The family does not live in a hard-to-reach area (PKH Akses).
        NotRemote = "not_remote", id: "dianggap bukan wilayah PKH Akses", en: "taken as not a hard-to-reach area";
        /// Nobody is pregnant outside the ages at which the registers ask for it.
        PregnancyAges = "pregnancy_ages", id: "di luar umur yang ditanyakan register dianggap tidak hamil", en: "outside the ages at which registers ask, taken as not pregnant";
    }
}

/// A name with its dates: Sembako was BPNT.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct DatedName {
    /// First day; none: since the beginning.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<Date>,
    /// The name.
    pub name: Bilingual,
}

/// When a programme runs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day; none: it still runs.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub to: Option<Date>,
    /// Where it was read.
    pub basis: Vec<Basis>,
    /// How sure.
    pub confidence: Confidence,
}

/// A programme.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Programme {
    /// Stable id in lower case.
    pub id: String,
    /// Names in order of their dates.
    pub names: Vec<DatedName>,
    /// Whose it is.
    pub tier: Tier,
    /// One per family, or each person.
    pub recipient: Recipient,
    /// When it runs.
    pub runs: Vec<Period>,
    /// What is assumed where a fact is unknown.
    #[cfg_attr(feature = "serde", serde(default))]
    pub assume: Vec<Assumption>,
    /// Where the criteria were read.
    pub basis: Vec<Basis>,
    /// Who may have it.
    pub criteria: Criterion,
    /// What is paid.
    pub benefit: Benefit,
    /// Parameter: flags worth a second look that bar nobody.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub review_flags: Option<String>,
    /// Parameter: least school attendance in percent. Below it a reason is given; the amount is not changed, because the
    /// size of the cut is not confirmed by any source read.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub attendance_min: Option<String>,
    /// Parameter: number of recipients the budget has places for.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub quota: Option<String>,
}

impl Programme {
    /// The name on a date.
    pub fn name_on(&self, date: Date) -> Option<&Bilingual> {
        self.names.iter().rev().find(|n| n.from.is_none_or(|f| f <= date)).or(self.names.first()).map(|n| &n.name)
    }

    /// The name on a date in one language, or the id.
    pub fn label(&self, date: Date, lang: Lang) -> &str {
        self.name_on(date).map_or(self.id.as_str(), |n| n.get(lang))
    }

    /// The components, where the benefit has them.
    pub fn components(&self) -> &[Component] {
        match &self.benefit {
            Benefit::Components { components, .. } => components,
            Benefit::Monthly { .. } => &[],
        }
    }

    /// The period a date falls into.
    pub fn period(&self, date: Date) -> Option<&Period> {
        self.runs.iter().find(|p| p.from <= date && p.to.is_none_or(|to| date <= to))
    }
}

/// A policy file: data/policy/*.toml, or a region's own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PolicyFile {
    /// The programme, unless the file only holds shared parameters.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub programme: Option<Programme>,
    /// Its parameters.
    #[cfg_attr(feature = "serde", serde(default, rename = "parameter"))]
    pub parameters: Vec<Parameter>,
    /// Its overlap rules.
    #[cfg_attr(feature = "serde", serde(default, rename = "overlap"))]
    pub overlaps: Vec<Overlap>,
}
