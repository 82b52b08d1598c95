//! **bansos-arrow**: registers as columns, in parallel, over the core: Arrow in, Arrow out.

pub mod eligibility;
pub mod nik;
pub mod pmt;
pub mod ranking;
