//! From a cell to a NIK, as far as the data goes and no further.
//!
//! 1. *Lossless*: blanks, quotes, separators, digits of other scripts, `.0`, scientific notation with all sixteen digits. Done,
//!    and said.
//! 2. *Letters* that look like digits, where the result is valid in every facet: one candidate.
//! 3. *Inference*: one digit wrong, swapped, missing or too many, where evidence (declared birth date, sex, place, family
//!    card, another register's value) can tell: candidates, best first. Never done by itself.
//! 4. *Never*: `3.50812E+15`, serial 0000, a digit lost from the serial. The lost digits are not in the data; another register's
//!    value is then the only candidate.
//!
//! Two thirds of the slips of one digit give another possible NIK: no program can see them in the number alone. What can be seen and
//! done for each kind of damage is measured by the example `nik_damage` (docs/NIK-DAMAGE.md).

mod infer;
mod read;

pub use read::{Loss, Reading, Step, Steps};

use super::{DateAgreement, Declared, Form, Nik, NikFinding, RegionAgreement};
use crate::{Date, FamilyCard, Finding};
use std::fmt;

/// What is known beside the cell. Nothing known is fine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What the person or register says.
    pub declared: Declared,
    /// The family card of the same row: its place of issue is weak evidence.
    pub family_card: Option<FamilyCard>,
    /// The NIK another register has for this person.
    pub other: Option<Nik>,
}

/// How a candidate differs from the cell. Positions count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigitChange {
    /// Letters read as the digits they look like.
    Letters,
    /// One digit is another.
    Replaced {
        /// Where.
        position: u8,
    },
    /// Two neighbouring digits changed places.
    Swapped {
        /// The place of the first.
        position: u8,
    },
    /// A digit was put in.
    Inserted {
        /// Where.
        position: u8,
    },
    /// A digit was taken out.
    Removed {
        /// Where.
        position: u8,
    },
    /// The double may stand for this number.
    Float,
    /// Another register's number, of which the cell can be the remains.
    OtherRegister,
}

impl DigitChange {
    /// The word that stands for it in data.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Replaced { .. } => "replaced",
            Self::Swapped { .. } => "swapped",
            Self::Inserted { .. } => "inserted",
            Self::Removed { .. } => "removed",
            Self::Float => "float",
            Self::OtherRegister => "other_register",
        }
    }

    /// The place, where there is one.
    pub const fn position(self) -> Option<u8> {
        match self {
            Self::Replaced { position }
            | Self::Swapped { position }
            | Self::Inserted { position }
            | Self::Removed { position } => Some(position),
            Self::Letters | Self::Float | Self::OtherRegister => None,
        }
    }
}

/// A number that the cell may have meant: valid in every facet, with the evidence for and against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The number.
    pub nik: Nik,
    /// How it differs from the cell.
    pub change: DigitChange,
    /// How the declared birth date agrees.
    pub birth_date: Option<DateAgreement>,
    /// Whether the declared sex agrees.
    pub sex_agrees: Option<bool>,
    /// How the declared place agrees.
    pub region: Option<RegionAgreement>,
    /// How the family card's place of issue agrees.
    pub family_card: Option<RegionAgreement>,
    /// Whether another register has this number.
    pub other_register: Option<bool>,
    /// What all that amounts to, only to be sorted by.
    pub weight: i32,
}

/// What became of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RepairOutcome {
    /// Sixteen digits as they stand, valid.
    Clean(Nik),
    /// Sixteen digits once the [`Steps`] were taken, valid.
    Lossless(Nik),
    /// Not valid as it stands; these may have been meant, best first. Somebody must choose.
    Candidates(Vec<Candidate>),
    /// Not valid, and nothing can be proposed.
    Unrecoverable,
    /// Nothing there.
    Missing,
    /// A temporary number of village software.
    Temporary,
    /// A number of before the electronic card.
    Legacy,
}

/// The answer of [`repair`]. The caller keeps the cell as it was.
#[derive(Clone, PartialEq, Eq)]
pub struct Repair {
    /// What became of it.
    pub outcome: RepairOutcome,
    /// The lossless steps taken.
    pub steps: Steps,
    /// The sixteen digits after those steps, valid or not.
    pub read: Option<Nik>,
    /// Why there are no sixteen digits to read, or none to trust.
    pub loss: Option<Loss>,
}

impl Repair {
    /// The number, where it is certain: clean or lossless.
    pub const fn nik(&self) -> Option<Nik> {
        match self.outcome {
            RepairOutcome::Clean(nik) | RepairOutcome::Lossless(nik) => Some(nik),
            _ => None,
        }
    }

    /// The candidates, best first.
    pub fn candidates(&self) -> &[Candidate] {
        match &self.outcome {
            RepairOutcome::Candidates(all) => all,
            _ => &[],
        }
    }

    /// The one candidate that the evidence singles out: it agrees with the declared birth date or is another register's number, nothing
    /// declared contradicts its date or sex, and it stands alone at the top. Still to be confirmed.
    pub fn proposal(&self) -> Option<&Candidate> {
        let (first, rest) = self.candidates().split_first()?;
        let supported = first.birth_date == Some(DateAgreement::Same) || first.other_register == Some(true);
        let alone = rest.iter().all(|c| c.weight < first.weight);
        (supported && alone && first.sex_agrees != Some(false) && first.change != DigitChange::Float).then_some(first)
    }

    /// What there is to say about the reading; [`Nik::examine`] says the rest about the number.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        // of a cell that is no number at all nothing was cleaned
        let cleaned = (!self.steps.is_empty() && self.loss != Some(Loss::Other)).then_some(NikFinding::Cleaned);
        let loss = self.loss.and_then(NikFinding::from_loss);
        let proposed = match self.candidates().len() {
            0 => None,
            n => Some(NikFinding::Repairable { candidates: u32::try_from(n).unwrap_or(u32::MAX) }),
        };
        [cleaned, loss, proposed].into_iter().flatten().map(Finding::from)
    }
}

impl fmt::Debug for Repair {
    /// What became of it, never of whom.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let candidates = self.candidates().len();
        let outcome = match self.outcome {
            RepairOutcome::Clean(_) => "Clean",
            RepairOutcome::Lossless(_) => "Lossless",
            RepairOutcome::Candidates(_) => "Candidates",
            RepairOutcome::Unrecoverable => "Unrecoverable",
            RepairOutcome::Missing => "Missing",
            RepairOutcome::Temporary => "Temporary",
            RepairOutcome::Legacy => "Legacy",
        };
        f.debug_struct("Repair")
            .field("outcome", &outcome)
            .field("steps", &self.steps)
            .field("candidates", &candidates)
            .finish()
    }
}

impl Nik {
    /// The lossless rung alone, as a register is read: the sixteen digits of a cell and what was dropped around them, or why there
    /// are none. Whether the number is valid is another question.
    ///
    /// ```
    /// use bansos::Nik;
    /// use bansos::nik::repair::{Loss, Step};
    /// let (nik, steps) = Nik::read("'3508 1268 0180 9001").unwrap();
    /// assert_eq!(nik.to_digits(), "3508126801809001");
    /// assert!(steps.has(Step::Quotes) && steps.has(Step::Blanks));
    /// assert_eq!(Nik::read("3.50812E+15"), Err(Loss::Scientific { digits: 6 }));
    /// ```
    pub fn read(text: &str) -> Result<(Self, Steps), Loss> {
        let reading = Reading::from_cell(text);
        reading.number().map(|n| (Self(n), reading.steps())).ok_or(reading.loss().unwrap_or(Loss::Other))
    }
}

/// Takes a cell as it comes. See the [module](self) for the ladder.
///
/// ```
/// use bansos::{Date, Sex, nik::{self, Declared, repair::{Evidence, RepairOutcome}}};
/// let as_of = Date::constant(2026, 11, 21);
/// let declared = Declared { birth_date: Some(Date::constant(1980, 1, 28)), sex: Some(Sex::Female), ..Declared::default() };
/// let evidence = Evidence { declared, ..Evidence::default() };
///
/// // the month is 81, and the declared date says which digit is wrong
/// let found = nik::repair("3508126881809001", &evidence, as_of);
/// assert_eq!(found.proposal().map(|c| c.nik.to_digits()).as_deref(), Some("3508126801809001"));
/// assert_eq!(found.nik(), None); // proposed, not done
///
/// assert_eq!(nik::repair("3.50812E+15", &evidence, as_of).outcome, RepairOutcome::Unrecoverable);
/// ```
pub fn repair(text: &str, evidence: &Evidence, as_of: Date) -> Repair {
    Reading::from_cell(text).repair(evidence, as_of)
}

impl Reading {
    /// The rungs above the lossless one, for a cell that has been read: see [`repair`].
    pub fn repair(self, evidence: &Evidence, as_of: Date) -> Repair {
        let read = self.number().map(Nik);
        let outcome = match (read, self.loss()) {
            (Some(nik), _) => of_number(nik, self.steps(), evidence, as_of),
            (None, None | Some(Loss::Missing)) => RepairOutcome::Missing,
            (None, Some(loss)) => some_or_lost(self.candidates(loss, evidence, as_of)),
        };
        Repair { outcome, steps: self.steps(), read, loss: self.loss() }
    }

    fn candidates(self, loss: Loss, evidence: &Evidence, as_of: Date) -> Vec<Candidate> {
        let told = infer::can_tell(&evidence.declared);
        let shown = self.shown().unwrap_or_default();
        let other = infer::other_register(&shown, evidence).into_iter();
        match loss {
            Loss::Letters => infer::candidates(infer::letters(self), evidence, as_of),
            Loss::Float => infer::candidates(infer::neighbours(self), evidence, as_of),
            Loss::Digits { digits: 15 } if told => {
                let put_back = infer::one_missing(&shown, &evidence.declared, as_of);
                agreeing(infer::candidates(other.chain(put_back), evidence, as_of))
            }
            Loss::Digits { digits: 17 } if told => {
                agreeing(infer::candidates(other.chain(infer::one_too_many(&shown)), evidence, as_of))
            }
            _ => infer::candidates(other, evidence, as_of),
        }
    }
}

/// Sixteen digits: valid, or what one wrong digit explains.
fn of_number(nik: Nik, steps: Steps, evidence: &Evidence, as_of: Date) -> RepairOutcome {
    let found = nik.examine(&evidence.declared, as_of);
    match found.form {
        Form::Temporary => return RepairOutcome::Temporary,
        Form::Legacy => return RepairOutcome::Legacy,
        Form::Ok | Form::Suspicious => {}
    }
    if found.is_valid() {
        return if steps.is_empty() { RepairOutcome::Clean(nik) } else { RepairOutcome::Lossless(nik) };
    }
    let other = infer::other_register(&infer::split(nik.0), evidence);
    // a zeroed serial is never guessed, and with it nothing else either
    let list = if found.serial_zero {
        infer::candidates(other.into_iter(), evidence, as_of)
    } else {
        infer::candidates(other.into_iter().chain(infer::one_wrong(nik.0)), evidence, as_of)
    };
    some_or_lost(list)
}

/// Where a digit is missing or too many, only what the declared birth date confirms is worth proposing.
fn agreeing(mut list: Vec<Candidate>) -> Vec<Candidate> {
    list.retain(|c| c.birth_date == Some(DateAgreement::Same) || c.other_register == Some(true));
    list
}

fn some_or_lost(list: Vec<Candidate>) -> RepairOutcome {
    if list.is_empty() { RepairOutcome::Unrecoverable } else { RepairOutcome::Candidates(list) }
}

#[cfg(test)]
mod tests;
