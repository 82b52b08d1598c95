//! bansos-arrow

pub mod link;
pub mod ranking;
