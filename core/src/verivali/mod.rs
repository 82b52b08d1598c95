//! Verivali: verifikasi dan validasi, the correction of the register by the people who know the families.
//!
//! - [`Event`]: what somebody did about a subject on a day: listed, proposed, visited, decided, objected, corrected …
//! - [`Ledger`]: a set of chained events that only grows; two that grew apart merge, and nothing is lost ([`verify`]);
//! - [`Workflow`]: the stages of a round, who may do what there and what proves it, as data;
//! - [`State`]: what a ledger says of everybody on a day; every proposal is open, decided or superseded ([`Fate`]);
//! - [`Recap`]: initial = still eligible + each reason + undecided, for every place;
//! - [`RemovalReason`] and [`CodeMap`]: the canonical reasons, and the codes of the sources that mean them;
//! - [`plan`]: which officer visits whom on which day.
//!
//! Storage is elsewhere (`bansos-registers`: JSON Lines and SQLite): here are values and what follows from them.

mod bytes;
pub mod canonical;
mod codes;
mod digest;
mod entry;
mod event;
mod ledger;
#[cfg(feature = "serde")]
mod plain;
pub mod plan;
mod reason;
mod recap;
mod state;
mod subject;
mod workflow;

pub use canonical::{decode, encode};
pub use codes::{CodeMap, CodedField, Payment, SourceCode, code_map, code_maps};
pub use digest::Digest;
pub use entry::{Act, ActKind, Actor, Attachment, EventEntry, EvidenceKind, Link, SubjectVerdict};
pub use event::Event;
pub use ledger::{Admitted, Fault, Ledger, Mark, Merged, Soundness, admit, verify, verify_hashed};
#[cfg(feature = "serde")]
pub use plain::{Names, PlainEntry, PlainError, PlainEvent, PlainEvidence, PlainPlace, PlainSubject};
pub use reason::RemovalReason;
pub use recap::{Recap, RecapTally, Tallies};
pub use state::{DecisionConflict, Fate, Proposal, Ruling, Standing, StandingChange, State};
pub use subject::{NameError, PlainName, Subject, SubjectKind};
pub use workflow::{ActorRole, Permit, Refusal, Stage, Terms, Workflow, Workflows};
