//! Eligibility: who gets what, and why.
