//! bansos-interop
