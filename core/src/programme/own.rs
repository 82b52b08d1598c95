//! A region's own file, checked before it is used.

use super::{PolicyFile, Programme, builtin};
use crate::policy::{Lint, ParameterValue, Policy, PolicyError, Unit, fits};

impl PolicyFile {
    /// Adds the file's parameters and overlap rules to a policy, and gives back its programme. Refused by name: a programme with
    /// the id of a built-in or an earlier one, one without a name or a period, a number that cannot be (fewer than no persons, a decile of 11), a quota in a
    /// parameter that nobody has, and what ends before it begins.
    ///
    /// # Errors
    /// [`PolicyError`].
    pub fn add_to(self, policy: Policy) -> Result<(Policy, Option<Programme>), PolicyError> {
        let mut policy = policy.with_own(self.parameters, self.overlaps)?;
        if let Some(programme) = &self.programme {
            programme.check(&policy)?;
            if !policy.takes_programme(&programme.id) {
                return Err(PolicyError::Twice { what: programme.id.clone() });
            }
        }
        Ok((policy, self.programme))
    }

    /// The file's overlap rules that name a programme which is neither built in nor the file's own.
    pub fn unknown_programmes(&self) -> Vec<Lint> {
        let own = self.programme.as_ref().map(|p| p.id.as_str());
        let unknown = |id: &&str| builtin(id).is_none() && own != Some(*id);
        let mut wrong = Vec::new();
        for rule in &self.overlaps {
            for programme in [rule.programme.as_ref(), rule.with.as_ref()].into_iter().filter(unknown) {
                let parameter = format!("{}×{}", rule.programme, rule.with);
                wrong.push(Lint::UnknownProgramme { parameter, programme: programme.to_owned() });
            }
        }
        wrong
    }
}

impl Programme {
    fn check(&self, policy: &Policy) -> Result<(), PolicyError> {
        let what = || self.id.clone();
        // PKH, "pkh " and pkh with a foreign letter would be taken for the law's by everybody who reads them
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if self.id.is_empty() || !self.id.chars().all(plain) {
            return Err(PolicyError::BadProgramme { what: what() });
        }
        if builtin(&self.id).is_some() {
            return Err(PolicyError::Twice { what: what() });
        }
        if self.runs.is_empty() || self.names.is_empty() {
            return Err(PolicyError::ProgrammeIncomplete { what: what() });
        }
        if self.runs.iter().any(|run| run.to.is_some_and(|to| to < run.from)) {
            return Err(PolicyError::Backward { what: what() });
        }
        let unfit = |(n, unit): &(i64, Unit)| !fits(&ParameterValue::Int(*n), *unit);
        if let Some((number, unit)) = self.fixed_numbers().into_iter().find(unfit) {
            return Err(PolicyError::NumberUnfit { what: what(), number, unit });
        }
        self.rarely_asked().try_for_each(|parameter| policy.parameter(parameter).map(drop))
    }
}
