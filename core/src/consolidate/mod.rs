//! Consolidation: many records of one person become one, with provenance.
