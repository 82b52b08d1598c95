//! The operations by area. Each is a request, an answer and a function that maps the one to the other through the core.

pub mod eligibility;
pub mod family_card;
pub mod nik;
pub mod person;
pub mod policy;
pub mod ranking;
pub mod region;
pub mod repair;
pub mod version;
