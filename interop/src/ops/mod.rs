//! The operations by area. Each is a request, an answer and a function that maps the one to the other through the core.

#[cfg(feature = "full")]
pub mod allocation;
#[cfg(feature = "full")]
pub mod dedup;
#[cfg(feature = "full")]
pub mod eligibility;
pub mod family_card;
pub mod nik;
pub mod person;
#[cfg(feature = "full")]
pub mod policy;
#[cfg(feature = "full")]
pub mod ranking;
pub mod region;
pub mod repair;
#[cfg(feature = "full")]
pub mod targeting;
#[cfg(feature = "full")]
pub mod verivali;
pub mod version;
