//! bansos-registers
