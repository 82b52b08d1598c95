//! bansos-conformance
