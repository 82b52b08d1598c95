//! bansos-arrow

pub mod eligibility;
pub mod link;
pub mod nik;
pub mod pmt;
pub mod ranking;
