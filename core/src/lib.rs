#![doc = include_str!("../README.md")]
//!
//! # The nouns
//!
//! | noun | what it is |
//! |---|---|
//! | [`Nik`] | the number a person keeps for life; [`nik`] parses, examines and repairs it |
//! | [`FamilyCard`] | No. KK, the number of a family's card; [`family_card`] |
//! | [`RegionCode`] | a place by Kemendagri's or BPS's numbering, with its history; [`region`] |
//! | [`Person`](person::Person), [`Art`](household::Art) | somebody; somebody as a member of a family or household |
//! | [`Keluarga`](household::Keluarga), [`Ruta`](household::Ruta) | the people on one family card; the people of one kitchen |
//! | [`Kpm`](kpm::Kpm) | a family that a programme has taken in, with dates, recipient and status |
//! | [`source`] | rows of DTKS, P3KE, Regsosek, BDT and DTSEN, each with where it came from |
//! | [`dedup`], [`consolidate`] | which rows are one person, and the one record they become |
//! | [`Decile`] | a place in the line of welfare, 1 to 10; [`ranking`] |
//! | [`policy`] | what the law says on a day: dated parameters, each with its source |
//! | [`programme`], [`eligibility`] | a programme's rules as a tree of criteria, and the determination for one family |
//! | [`allocation`], [`targeting`] | who gets the places there are, and who is missed |
//! | [`verivali`] | a chained ledger of what desa and offices decided, its recap, and the plan of visits |
//! | [`Finding`], [`Bilingual`], [`Lang`] | observations, and sentences in both languages; [`finding`], [`message`] |
//! | [`Date`], [`Rupiah`] | civil days and whole rupiah; [`date`], [`rupiah`] |
//!
//! Why it is so, and what people believe of NIK that is not true, stands in [`_documentation`].
//!
#![doc = include_str!("cookbook.md")]
#![forbid(unsafe_code)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

#[cfg(doc)]
pub mod _documentation;

#[macro_use]
pub mod message;
mod cause;
pub mod date;
pub mod finding;
pub mod rupiah;
mod severity;

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

#[doc(hidden)]
pub mod plumbing;

pub use date::Date;
pub use family_card::FamilyCard;
pub use finding::{Finding, Severity};
pub use message::{Bilingual, Coded, Lang};
pub use nik::Nik;
pub use person::Sex;
pub use ranking::Decile;
pub use region::RegionCode;
pub use rupiah::Rupiah;

/// A short text shared by many records: names and places repeat, so equal texts can share one allocation.
pub type Text = std::sync::Arc<str>;
