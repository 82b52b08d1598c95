//! bansos-arrow

pub mod link;
