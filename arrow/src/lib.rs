#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

pub mod eligibility;
pub mod nik;
pub mod pmt;
pub mod ranking;
