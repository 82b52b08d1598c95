//! Eligibility: who gets what, and why.
//!
//! [`determine`] answers for one family, one programme and one date: Eligible, Ineligible or Undetermined (an unknown
//! fact is not a no), which members count for which component, rupiah per stage and year, every reason with the
//! parameter used and its basis, and which facts are missing. Many families: compile the rules once with
//! [`Rules::new`] and call [`Rules::verdict`] (fast, no text) or [`Rules::determine`] (everything).
//!
//! ```
//! use bansos::eligibility::{determine, FamilyFacts, Outcome};
//! use bansos::person::PersonFacts;
//! use bansos::{date::Date, policy::Policy, programme::{builtin, ids}, Decile, Rupiah};
//!
//! let toddler = PersonFacts::nothing_special().with_birth(Date::constant(2023, 5, 1));
//! let family = FamilyFacts::from_members([toddler]).with_decile(Decile::new(2));
//! let on = Date::constant(2025, 7, 1);
//! let answer = determine(&family, builtin(ids::PKH).unwrap(), on, &Policy::builtin()).unwrap();
//! assert_eq!(answer.outcome, Outcome::Eligible);
//! assert_eq!(answer.amounts.year, Rupiah(3_000_000));
//! ```

mod amounts;
mod assign;
mod batch;
mod code;
mod determination;
mod explain;
mod facts;
mod mark;
mod paid;
mod reason;
mod resolve;
mod rules;
mod ruling;
mod test;
mod truth;
mod verdict;

pub use amounts::{Amounts, StageAmount};
pub use batch::Batch;
pub use code::PersonCode;
pub use determination::{Counted, Determination, MissingFact, Outcome};
pub use facts::FamilyFacts;
pub use reason::{Fact, OwnFact, Reason, Why, criterion_code, reason_table};
pub use rules::{Limited, Rules, RulesError};
pub use truth::Truth;
pub use verdict::{Scratch, Verdict};

use crate::Date;
use crate::policy::Policy;
use crate::programme::Programme;

/// Determines one family for one programme on one date.
///
/// # Errors
/// Where the programme asks for a parameter that the policy does not have, or of the wrong kind.
pub fn determine(
    family: &FamilyFacts,
    programme: &Programme,
    date: Date,
    policy: &Policy,
) -> Result<Determination, RulesError> {
    Ok(Rules::new(programme, date, policy)?.determine(family))
}
