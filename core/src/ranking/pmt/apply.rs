//! Scoring one family, with what each fact added.

use super::check::digits_of;
use super::{Equation, Factor, IfMissing, ModelTarget, PmtError, PmtModel, Term, Variable, VariableKind};

/// A fact about a family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PmtFact {
    /// A measured number.
    Number(f64),
    /// A code of a questionnaire.
    Code(i64),
}

/// What one term added to a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScorePart<'m> {
    /// The term.
    pub term: &'m Term,
    /// What it added, in units of the score.
    pub added: f64,
    /// The fact was missing, and a stated rule stood in for it.
    pub assumed: bool,
}

/// A score and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored<'m> {
    /// The score, rounded to the model's digits: the logarithm of spending, or spending.
    pub score: f64,
    /// The equation used.
    pub equation: &'m Equation,
    /// The region of that equation; `None`: the national one.
    pub region: Option<&'m str>,
    /// What each term added, in the order of the equation. With the intercept they sum to the score before rounding.
    pub parts: Vec<ScorePart<'m>>,
}

impl PmtModel {
    /// The equation for a region code: the regional one with the longest matching code, else the national one.
    pub fn equation_for(&self, region: Option<&str>) -> (&Equation, Option<&str>) {
        let digits = region.map(digits_of).unwrap_or_default();
        let fits = |r: &&super::RegionEquation| {
            let own = digits_of(&r.region);
            !own.is_empty() && digits.starts_with(&own)
        };
        let best = self.regions.iter().filter(fits).max_by_key(|r| digits_of(&r.region).len());
        best.map_or((&self.national, None), |r| (&r.equation, Some(&r.region)))
    }

    /// Scores a family from its facts, named as the model names its variables, and its region code.
    ///
    /// # Errors
    /// [`PmtError`] where a fact is missing, of the wrong kind, out of range or of an unknown code, and the model does not
    /// say what stands in for it. Such a family has no score: it is not ranked, rather than ranked wrongly.
    pub fn score<'m>(
        &'m self,
        facts: impl Fn(&str) -> Option<PmtFact>,
        region: Option<&str>,
    ) -> Result<Scored<'m>, PmtError> {
        let (equation, region) = self.equation_for(region);
        let mut sum = equation.intercept;
        let mut parts = Vec::with_capacity(equation.terms.len());
        for term in &equation.terms {
            let part = self.part(term, &facts)?;
            sum += part.added;
            parts.push(part);
        }
        let known = parts.iter().filter(|p| !p.assumed).count();
        self.enough(known, parts.len())?;
        Ok(Scored { score: self.round(sum), equation, region, parts })
    }

    /// Whether so many known facts of so many terms suffice for a score.
    ///
    /// # Errors
    /// [`PmtError::LittleKnown`].
    pub fn enough(&self, known: usize, terms: usize) -> Result<(), PmtError> {
        let enough = known * 100 >= terms * usize::from(self.least_known);
        enough.then_some(()).ok_or(PmtError::LittleKnown { known: known as u64, terms: terms as u64 })
    }

    /// A sum of terms rounded to the model's digits.
    pub fn round(&self, sum: f64) -> f64 {
        let unit = 10_f64.powi(self.digits.into());
        let rounded = (sum * unit).round() / unit;
        if rounded.is_finite() { rounded } else { sum }
    }

    /// Spending in the model's unit: the score itself, or its exponential, which is the middle (median) of what families
    /// like this one spend.
    pub fn spending(&self, score: f64) -> f64 {
        match self.target {
            ModelTarget::Log => score.exp(),
            ModelTarget::Level => score,
        }
    }

    fn part<'m>(&self, term: &'m Term, facts: &impl Fn(&str) -> Option<PmtFact>) -> Result<ScorePart<'m>, PmtError> {
        let (added, if_missing) = match term {
            Term::Number { variable, transform, coefficient, if_missing } => {
                let x = self.number(variable, facts)?;
                let y = x.map(|x| transform.apply(x).ok_or_else(|| PmtError::Domain { variable: variable.clone() }));
                (y.transpose()?.map(|y| coefficient * y), if_missing)
            }
            Term::Category { variable, levels, if_other, if_missing } => {
                let code = self.code(variable, facts)?;
                let of = |code: i64| {
                    let listed = levels.iter().find(|l| l.code == code).map(|l| l.coefficient);
                    listed.or(*if_other).ok_or_else(|| PmtError::Other { variable: variable.clone() })
                };
                (code.map(of).transpose()?, if_missing)
            }
            Term::Product { of, coefficient, if_missing } => {
                let mut product = Some(1.0);
                for factor in of {
                    product = product.zip(self.factor(factor, facts)?).map(|(p, f)| p * f);
                }
                (product.map(|p| coefficient * p), if_missing)
            }
        };
        match (added, if_missing, self.missing) {
            (Some(added), ..) => Ok(ScorePart { term, added, assumed: false }),
            (None, Some(added), _) => Ok(ScorePart { term, added: *added, assumed: true }),
            (None, None, IfMissing::Reference) => Ok(ScorePart { term, added: 0.0, assumed: true }),
            (None, None, IfMissing::Refuse) => Err(PmtError::Missing { variable: term.variable().to_owned() }),
        }
    }

    fn factor(&self, factor: &Factor, facts: &impl Fn(&str) -> Option<PmtFact>) -> Result<Option<f64>, PmtError> {
        match factor {
            Factor::Is { variable, is } => Ok(self.code(variable, facts)?.map(|code| f64::from(u8::from(code == *is)))),
            Factor::Number { variable, transform } => {
                let Some(x) = self.number(variable, facts)? else { return Ok(None) };
                let y = transform.apply(x).ok_or_else(|| PmtError::Domain { variable: variable.clone() })?;
                Ok(Some(y))
            }
        }
    }

    fn number(&self, name: &str, facts: &impl Fn(&str) -> Option<PmtFact>) -> Result<Option<f64>, PmtError> {
        let variable = self.declared(name, VariableKind::Number)?;
        match facts(name) {
            None => Ok(None),
            Some(PmtFact::Number(x)) if x.is_nan() => Ok(None),
            Some(PmtFact::Number(x)) => Ok(Some(variable.bounded(x))),
            Some(PmtFact::Code(_)) => Err(PmtError::Kind { variable: name.to_owned() }),
        }
    }

    fn code(&self, name: &str, facts: &impl Fn(&str) -> Option<PmtFact>) -> Result<Option<i64>, PmtError> {
        self.declared(name, VariableKind::Category)?;
        match facts(name) {
            None => Ok(None),
            Some(PmtFact::Code(code)) => Ok(Some(code)),
            Some(PmtFact::Number(_)) => Err(PmtError::Kind { variable: name.to_owned() }),
        }
    }

    fn declared(&self, name: &str, kind: VariableKind) -> Result<&Variable, PmtError> {
        let variable = self.variable(name)?;
        (variable.kind == kind).then_some(variable).ok_or_else(|| PmtError::Kind { variable: name.to_owned() })
    }
}

impl Term {
    /// The variable it looks at; the first one of an interaction.
    pub fn variable(&self) -> &str {
        match self {
            Self::Number { variable, .. } | Self::Category { variable, .. } => variable,
            Self::Product { of, .. } => of.first().map_or("", Factor::variable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;

    fn model() -> PmtModel {
        let number = |coefficient, if_missing| Term::Number {
            variable: "luas".into(),
            transform: Transform::Log,
            coefficient,
            if_missing,
        };
        let levels = vec![CodeTerm::new(1, 0.2), CodeTerm::new(7, -0.3)];
        let category = Term::Category { variable: "lantai".into(), levels, if_other: None, if_missing: None };
        let is = Factor::Is { variable: "lantai".into(), is: 7 };
        let area = Factor::Number { variable: "luas".into(), transform: Transform::Identity };
        let product = Term::Product { of: vec![is, area], coefficient: -0.01, if_missing: Some(0.0) };
        let regional = Equation::new(12.0, vec![number(0.5, Some(1.0))]);
        PmtModel {
            schema: 1,
            name: "test".into(),
            status: ModelStatus::Example,
            note: String::new(),
            target: ModelTarget::Log,
            unit: "rupiah".into(),
            missing: IfMissing::Refuse,
            least_known: 0,
            digits: 6,
            variables: vec![Variable::number("luas", "m2").between(1.0, 200.0), Variable::category("lantai")],
            national: Equation::new(13.0, vec![number(0.25, None), category, product]),
            regions: vec![RegionEquation { region: "35.08".into(), equation: regional }],
        }
    }

    fn facts(luas: Option<f64>, lantai: Option<i64>) -> impl Fn(&str) -> Option<PmtFact> {
        move |name| match name {
            "luas" => luas.map(PmtFact::Number),
            "lantai" => lantai.map(PmtFact::Code),
            _ => None,
        }
    }

    #[test]
    fn parts_add_up_to_the_score() {
        let model = model();
        model.check().unwrap();
        let scored = model.score(facts(Some(50.0), Some(7)), Some("3374010001")).unwrap();
        let sum = scored.equation.intercept + scored.parts.iter().map(|p| p.added).sum::<f64>();
        assert!((scored.score - sum).abs() < 1e-6 && scored.region.is_none());
        assert!((sum - (13.0 + 0.25 * 50_f64.ln() - 0.3 - 0.5)).abs() < 1e-12);
        assert!((model.spending(scored.score) - scored.score.exp()).abs() < 1e-9);
    }

    #[test]
    fn bounds_hold_and_a_missing_fact_is_never_guessed_in_silence() {
        let model = model();
        let huge = model.score(facts(Some(1e9), Some(1)), None).unwrap();
        let most = model.score(facts(Some(200.0), Some(1)), None).unwrap();
        assert_eq!(huge.score, most.score);
        let missing = |variable: &str| PmtError::Missing { variable: variable.into() };
        assert_eq!(model.score(facts(None, Some(1)), None), Err(missing("luas")));
        assert_eq!(model.score(facts(Some(9.0), None), None), Err(missing("lantai")));
        assert_eq!(model.score(facts(Some(9.0), Some(4)), None), Err(PmtError::Other { variable: "lantai".into() }));
        let lenient = PmtModel { missing: IfMissing::Reference, ..model };
        let scored = lenient.score(facts(None, Some(1)), None).unwrap();
        assert_eq!(scored.parts.iter().filter(|p| p.assumed).count(), 2);
        assert!((scored.score - 13.2).abs() < 1e-12);
    }

    #[test]
    fn a_family_of_whom_little_is_known_gets_no_score() {
        let strict = PmtModel { missing: IfMissing::Reference, least_known: 50, ..model() };
        let error = strict.score(facts(None, Some(1)), None).unwrap_err();
        assert_eq!(error, PmtError::LittleKnown { known: 1, terms: 3 });
        assert!(strict.score(facts(Some(30.0), None), None).is_err());
        assert!(strict.score(facts(Some(30.0), Some(1)), None).is_ok());
    }

    #[test]
    fn the_longest_region_code_wins_and_others_fall_back() {
        let model = model();
        assert_eq!(model.equation_for(Some("35.08.16.2010")).1, Some("35.08"));
        assert_eq!(model.equation_for(Some("3509")).1, None);
        assert_eq!(model.equation_for(None).1, None);
        let scored = model.score(facts(None, None), Some("3508162010")).unwrap();
        assert!((scored.score - 13.0).abs() < 1e-12 && scored.parts.iter().all(|p| p.assumed));
    }
}
