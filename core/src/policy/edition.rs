//! The policy a caller works with: the built-in edition, chosen alternatives, overlays, a region's own parameters.

use super::{Basis, Confidence, Overlap, Overlay, OverlayValue, Parameter, ParameterValue, Unit};
use crate::Date;
use std::borrow::Cow;

codes! {
    /// Why a policy could not be put together or asked.
    #[derive(thiserror::Error)]
    pub enum PolicyError {
        /// No parameter has this id.
        UnknownParameter { parameter: String } = "policy.unknown_parameter", Error,
            id: "tidak ada parameter kebijakan bernama {parameter}",
            en: "no policy parameter is called {parameter}";
        /// The parameter has no alternative of this name.
        UnknownAlternative { parameter: String, alternative: String } = "policy.unknown_alternative", Error,
            id: "parameter {parameter} tidak mempunyai alternatif bernama {alternative}",
            en: "parameter {parameter} has no alternative called {alternative}";
        /// An overlay or a programme gives a value of the wrong kind.
        WrongKind { parameter: String, unit: Unit } = "policy.wrong_kind", Error,
            id: "nilai untuk {parameter} tidak cocok dengan satuannya ({unit})",
            en: "the value for {parameter} does not fit its unit ({unit})";
        /// Two parameters or programmes share an id.
        Twice { what: String } = "policy.twice", Error,
            id: "{what} ditetapkan dua kali",
            en: "{what} is defined twice";
        /// A programme or a rule ends before it begins.
        Backward { what: String } = "policy.ends_before", Error,
            id: "{what}: berakhir sebelum mulai",
            en: "{what}: it ends before it begins";
        /// A number in a programme's rules that cannot be.
        NumberUnfit { what: String, number: i64, unit: Unit } = "policy.number_unfit", Error,
            id: "{what}: angka {number} tidak cocok dengan satuannya ({unit})",
            en: "{what}: the number {number} does not fit its unit ({unit})";
        /// The id of a region's own programme, which may not look like a built-in one's.
        BadProgramme { what: String } = "policy.bad_programme", Error,
            id: "pengenal program \"{what}\" harus berupa huruf kecil a–z, angka, dan tanda hubung",
            en: "the programme id \"{what}\" has to consist of small letters a–z, digits and hyphens";
        /// A region's own programme without a name would be shown as nothing, one without a period is never in force.
        ProgrammeIncomplete { what: String } = "policy.programme_incomplete", Error,
            id: "program {what} harus mempunyai nama dan masa berlaku (runs)",
            en: "the programme {what} needs a name and a period in which it runs (runs)";
        /// An overlay without a name could not be shown in a determination.
        OverlayUnnamed = "policy.overlay_unnamed", Error,
            id: "lapisan kebijakan harus bernama agar tampak dalam setiap penetapan",
            en: "an overlay needs a name, so that each determination can show it";
    }
}

/// What is in force on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InForce<'p> {
    /// Nothing yet on this date; the first day of effect.
    NotYet(Date),
    /// This value.
    Value(Current<'p>),
    /// Nothing any more; the last day of effect.
    Ended(Date),
}

impl InForce<'_> {
    /// The number in force, where there is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Value(v) = self { v.value.int() } else { None }
    }
}

/// A value in force with everything known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current<'p> {
    /// The parameter.
    pub parameter: &'p Parameter,
    /// The value.
    pub value: &'p ParameterValue,
    /// Where it was read.
    pub basis: &'p [Basis],
    /// How sure; an overlay's own value says nothing of confidence.
    pub confidence: Option<Confidence>,
    /// The alternative it belongs to.
    pub alternative: Option<&'p str>,
    /// The overlay it comes from.
    pub overlay: Option<&'p str>,
    /// First day of effect.
    pub from: Date,
    /// Last day of effect.
    pub to: Option<Date>,
}

/// The built-in edition with what a caller chose on top of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// A region's own parameters.
    own: Vec<Parameter>,
    /// A region's own overlap rules.
    own_overlaps: Vec<Overlap>,
    /// (parameter, alternative) as selected.
    selected: Vec<(String, String)>,
    /// In order of application: the last one that speaks decides.
    overlays: Vec<Overlay>,
    /// Ids of a region's own programmes.
    own_programmes: Vec<String>,
}

impl Policy {
    /// The built-in edition, preferred values only.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// Selects an alternative of a disputed parameter, on the dates it covers.
    pub fn with_alternative(mut self, parameter: &str, alternative: &str) -> Result<Self, PolicyError> {
        let known = self.parameter(parameter)?.values.iter().any(|e| e.alternative.as_deref() == Some(alternative));
        if !known {
            return Err(PolicyError::UnknownAlternative {
                parameter: parameter.to_owned(),
                alternative: alternative.to_owned(),
            });
        }
        self.selected.retain(|(p, a)| (p.as_str(), a.as_str()) != (parameter, alternative));
        self.selected.push((parameter.to_owned(), alternative.to_owned()));
        Ok(self)
    }

    /// Puts a named overlay on top.
    pub fn with_overlay(mut self, overlay: Overlay) -> Result<Self, PolicyError> {
        if overlay.name.trim().is_empty() {
            return Err(PolicyError::OverlayUnnamed);
        }
        if self.overlays.iter().any(|o| o.name == overlay.name) {
            return Err(PolicyError::Twice { what: overlay.name });
        }
        for (i, set) in overlay.values.iter().enumerate() {
            // of two values from one day on nobody could say which was meant
            let same = |earlier: &OverlayValue| earlier.parameter == set.parameter && earlier.from == set.from;
            if overlay.values.iter().take(i).any(same) {
                return Err(PolicyError::Twice { what: set.parameter.to_string() });
            }
            if set.to.is_some_and(|to| to < set.from) {
                return Err(PolicyError::Backward { what: set.parameter.to_string() });
            }
            let parameter = self.parameter(&set.parameter)?;
            if set.value.as_ref().is_some_and(|v| !super::lint::fits(v, parameter.unit)) {
                return Err(PolicyError::WrongKind { parameter: set.parameter.to_string(), unit: parameter.unit });
            }
        }
        self.overlays.push(overlay);
        Ok(self)
    }

    /// Adds a region's own parameters and overlap rules.
    pub fn with_own(mut self, parameters: Vec<Parameter>, overlaps: Vec<Overlap>) -> Result<Self, PolicyError> {
        for parameter in parameters {
            if self.parameter(&parameter.id).is_ok() {
                return Err(PolicyError::Twice { what: parameter.id.to_string() });
            }
            if parameter.values.iter().any(|e| !super::lint::fits(&e.value, parameter.unit)) {
                return Err(PolicyError::WrongKind { parameter: parameter.id.to_string(), unit: parameter.unit });
            }
            if parameter.values.iter().any(|e| e.to.is_some_and(|to| to < e.from)) {
                return Err(PolicyError::Backward { what: parameter.id.to_string() });
            }
            self.own.push(parameter);
        }
        if let Some(rule) = overlaps.iter().find(|r| r.to.is_some_and(|to| to < r.from)) {
            return Err(PolicyError::Backward { what: format!("{}×{}", rule.programme, rule.with) });
        }
        self.own_overlaps.extend(overlaps);
        Ok(self)
    }

    /// Notes the id of a region's own programme; false where an earlier one has it.
    pub(crate) fn takes_programme(&mut self, id: &str) -> bool {
        let new = !self.own_programmes.iter().any(|own| own == id);
        if new {
            self.own_programmes.push(id.to_owned());
        }
        new
    }

    /// The parameter of an id.
    pub fn parameter(&self, id: &str) -> Result<&Parameter, PolicyError> {
        super::parameters()
            .iter()
            .chain(&self.own)
            .find(|p| p.id == id)
            .ok_or_else(|| PolicyError::UnknownParameter { parameter: id.to_owned() })
    }

    /// Every parameter, built in and own.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        super::parameters().iter().chain(&self.own)
    }

    /// What is in force for a parameter on a date: the last overlay that speaks of the date, else the last selected
    /// alternative that does, else the preferred value.
    pub fn at(&self, id: &str, date: Date) -> Result<InForce<'_>, PolicyError> {
        let parameter = self.parameter(id)?;
        for overlay in self.overlays.iter().rev() {
            let speaks =
                |v: &&super::OverlayValue| v.parameter == id && v.from <= date && v.to.is_none_or(|to| date <= to);
            if let Some(set) = overlay.values.iter().rev().find(speaks) {
                return Ok(match &set.value {
                    None => InForce::Ended(set.from.yesterday().unwrap_or(set.from)),
                    Some(value) => InForce::Value(Current {
                        parameter,
                        value,
                        basis: &set.basis,
                        confidence: None,
                        alternative: None,
                        overlay: Some(&overlay.name),
                        from: set.from,
                        to: set.to,
                    }),
                });
            }
        }
        let chosen = self.selected.iter().rev().filter(|(p, _)| p == id).find_map(|(_, name)| {
            parameter.values.iter().rev().find(|e| e.alternative.as_deref() == Some(name.as_str()) && e.covers(date))
        });
        let preferred = || parameter.values.iter().rev().find(|e| e.alternative.is_none() && e.covers(date));
        if let Some(entry) = chosen.or_else(preferred) {
            return Ok(InForce::Value(Current {
                parameter,
                value: &entry.value,
                basis: &entry.basis,
                confidence: Some(entry.confidence),
                alternative: entry.alternative.as_deref(),
                overlay: None,
                from: entry.from,
                to: entry.to,
            }));
        }
        let plain = || parameter.values.iter().filter(|e| e.alternative.is_none());
        let ended = plain().filter_map(|e| e.to).filter(|to| *to < date).max();
        let next = plain().map(|e| e.from).filter(|from| *from > date).min();
        Ok(match (ended, next) {
            (Some(on), _) => InForce::Ended(on),
            (None, Some(from)) => InForce::NotYet(from),
            (None, None) => InForce::NotYet(Date::MAX),
        })
    }

    /// Whether two programmes may be held together on a date, with the rule that says so. Either programme's rule
    /// counts; a rule that forbids goes before one that allows; without a rule they may.
    pub fn overlap(&self, a: &str, b: &str, date: Date) -> Option<&Overlap> {
        let rules = || {
            self.overlaps().filter(move |o| {
                o.covers(date) && ((o.programme == a && o.with == b) || (o.programme == b && o.with == a))
            })
        };
        rules().find(|o| !o.allowed).or_else(|| rules().next())
    }

    /// The programmes that one programme excludes on a date, with the rules.
    pub fn excludes<'a>(&'a self, programme: &'a str, date: Date) -> impl Iterator<Item = (&'a str, &'a Overlap)> {
        self.overlaps()
            .filter(move |o| !o.allowed && o.covers(date))
            .filter_map(move |o| if o.programme == programme { Some((o.with.as_ref(), o)) } else { None })
    }

    /// Every overlap rule.
    pub fn overlaps(&self) -> impl Iterator<Item = &Overlap> {
        super::overlaps().iter().chain(&self.own_overlaps)
    }

    /// The edition's name.
    pub fn edition(&self) -> &'static str {
        super::EDITION
    }

    /// The overlays in order of application.
    pub fn overlay_names(&self) -> Vec<String> {
        self.overlays.iter().map(|o| o.name.clone()).collect()
    }

    /// The selected alternatives as `parameter/alternative`.
    pub fn alternative_names(&self) -> Vec<String> {
        self.selected.iter().map(|(p, a)| format!("{p}/{a}")).collect()
    }
}

/// The basis of a value as owned data.
pub(crate) fn owned(basis: &[Basis]) -> Vec<Basis> {
    basis.to_vec()
}

/// A text that outlives the policy.
pub(crate) fn text(s: &str) -> Cow<'static, str> {
    Cow::Owned(s.to_owned())
}
