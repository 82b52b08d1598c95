//! Whether a model can be applied at all, asked once before it scores anybody.

use super::{Equation, Factor, PmtError, PmtModel, Term, Variable, VariableKind};

impl PmtModel {
    /// Looks the whole model over: version, variables declared once and used as what they are, finite numbers, no code or
    /// region twice.
    ///
    /// # Errors
    /// The first fault found.
    pub fn check(&self) -> Result<(), PmtError> {
        if self.schema != 1 {
            return Err(PmtError::Schema { schema: self.schema });
        }
        if self.digits > 12 {
            return Err(PmtError::Digits { digits: self.digits });
        }
        distinct(self.variables.iter().map(|v| v.name.clone()))?;
        for variable in &self.variables {
            finite(&variable.name, [variable.min, variable.max].into_iter().flatten())?;
        }
        distinct(self.regions.iter().map(|r| digits_of(&r.region)))?;
        let regional = self.regions.iter().map(|r| &r.equation);
        std::iter::once(&self.national).chain(regional).try_for_each(|equation| self.check_equation(equation))
    }

    /// A declared variable.
    ///
    /// # Errors
    /// [`PmtError::Undeclared`].
    pub fn variable(&self, name: &str) -> Result<&Variable, PmtError> {
        let found = self.variables.iter().find(|v| v.name == name);
        found.ok_or_else(|| PmtError::Undeclared { variable: name.to_owned() })
    }

    fn check_equation(&self, equation: &Equation) -> Result<(), PmtError> {
        finite("intercept", [equation.intercept])?;
        for term in &equation.terms {
            match term {
                Term::Number { variable, coefficient, if_missing, .. } => {
                    self.check_kind(variable, VariableKind::Number)?;
                    finite(variable, [*coefficient].into_iter().chain(*if_missing))?;
                }
                Term::Category { variable, levels, if_other, if_missing } => {
                    self.check_kind(variable, VariableKind::Category)?;
                    distinct(levels.iter().map(|l| format!("{variable} {}", l.code)))?;
                    finite(variable, levels.iter().map(|l| l.coefficient).chain(*if_other).chain(*if_missing))?;
                }
                Term::Product { of, coefficient, if_missing } => {
                    let mut name = String::new();
                    for factor in of {
                        name = factor.variable().to_owned();
                        let kind = if matches!(factor, Factor::Is { .. }) {
                            VariableKind::Category
                        } else {
                            VariableKind::Number
                        };
                        self.check_kind(&name, kind)?;
                    }
                    finite(&name, [*coefficient].into_iter().chain(*if_missing))?;
                }
            }
        }
        Ok(())
    }

    fn check_kind(&self, name: &str, kind: VariableKind) -> Result<(), PmtError> {
        let same = self.variable(name)?.kind == kind;
        same.then_some(()).ok_or_else(|| PmtError::Kind { variable: name.to_owned() })
    }
}

/// The digits of a region code, without its dots.
pub(super) fn digits_of(region: &str) -> String {
    region.chars().filter(char::is_ascii_digit).collect()
}

fn distinct(names: impl Iterator<Item = String>) -> Result<(), PmtError> {
    let mut seen = std::collections::BTreeSet::new();
    for name in names {
        if let Some(name) = seen.replace(name) {
            return Err(PmtError::Doubled { name });
        }
    }
    Ok(())
}

fn finite(name: &str, values: impl IntoIterator<Item = f64>) -> Result<(), PmtError> {
    let all = values.into_iter().all(f64::is_finite);
    all.then_some(()).ok_or_else(|| PmtError::NotFinite { name: name.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::super::*;

    fn model(terms: Vec<Term>) -> PmtModel {
        PmtModel {
            schema: 1,
            name: "test".into(),
            status: ModelStatus::Example,
            note: String::new(),
            target: ModelTarget::Log,
            unit: "rupiah".into(),
            missing: IfMissing::Refuse,
            least_known: 0,
            digits: 9,
            variables: vec![Variable::number("luas", "m2"), Variable::category("lantai")],
            national: Equation::new(1.0, terms),
            regions: vec![],
        }
    }

    #[test]
    fn each_fault_of_a_model_has_its_code() {
        let number = |variable: &str, coefficient| {
            let transform = Transform::Identity;
            Term::Number { variable: variable.into(), transform, coefficient, if_missing: None }
        };
        let category = |levels| Term::Category { variable: "lantai".into(), levels, if_other: None, if_missing: None };
        let fault = |terms| model(terms).check().unwrap_err();
        assert_eq!(model(vec![number("luas", 0.5)]).check(), Ok(()));
        assert_eq!(fault(vec![number("atap", 0.5)]), PmtError::Undeclared { variable: "atap".into() });
        assert_eq!(fault(vec![number("lantai", 0.5)]), PmtError::Kind { variable: "lantai".into() });
        assert_eq!(fault(vec![number("luas", f64::NAN)]), PmtError::NotFinite { name: "luas".into() });
        let twice = vec![CodeTerm::new(1, 0.0), CodeTerm::new(1, 0.1)];
        assert_eq!(fault(vec![category(twice)]), PmtError::Doubled { name: "lantai 1".into() });
        let is = Factor::Is { variable: "luas".into(), is: 1 };
        let product = Term::Product { of: vec![is], coefficient: 1.0, if_missing: None };
        assert_eq!(fault(vec![product]), PmtError::Kind { variable: "luas".into() });
        assert_eq!(PmtModel { schema: 2, ..model(vec![]) }.check(), Err(PmtError::Schema { schema: 2 }));
        assert_eq!(PmtModel { digits: 13, ..model(vec![]) }.check(), Err(PmtError::Digits { digits: 13 }));
    }
}
