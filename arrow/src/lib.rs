//! bansos-arrow

pub mod link;
pub mod nik;
pub mod pmt;
pub mod ranking;
