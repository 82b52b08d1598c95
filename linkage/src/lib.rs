#![doc = include_str!("../README.md")]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod blocks;
#[cfg(feature = "clk")]
pub mod clk;
pub mod clusters;
mod count;
pub mod measure;
pub mod model;
pub mod register;
pub mod table;
pub mod watch;
