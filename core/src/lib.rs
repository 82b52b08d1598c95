//! **bansos**: the domain of Indonesia's social registry, defined once.
//!
//! Three kinds of answer are kept apart:
//!
//! - an *error*: the call could not be answered ([`message::Coded`] enums ending in `Error`);
//! - a *finding*: an observation about data, graded and returned, never thrown ([`finding::Finding`]);
//! - a *determination*: an answer with outcome, reasons, legal basis and policy edition
//!   ([`eligibility::Determination`]).
//!
//! Everything here is pure: no I/O, no clock, no randomness, no threads, no unsafe. Dates come in as arguments.
#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

#[macro_use]
pub mod message;
pub mod date;
pub mod finding;
pub mod rupiah;

pub mod family_card;
pub mod nik;
pub mod region;

pub mod household;
pub mod person;
pub mod source;
pub mod text;

pub mod allocation;
pub mod eligibility;
pub mod kpm;
pub mod policy;
pub mod programme;
pub mod ranking;
pub mod targeting;

pub mod consolidate;
pub mod dedup;
pub mod verivali;

pub use date::Date;
pub use family_card::FamilyCard;
pub use finding::{Finding, Severity};
pub use message::{Coded, Lang, Message};
pub use nik::Nik;
pub use person::Sex;
pub use ranking::Decile;
pub use region::RegionCode;
pub use rupiah::Rupiah;

/// A short text shared by many records: names and places repeat, so equal texts can share one allocation.
pub type Text = std::sync::Arc<str>;
