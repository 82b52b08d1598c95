//! bansos-arrow
