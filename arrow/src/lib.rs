//! **bansos-arrow**: registers as columns, in parallel, over the core: Arrow kernels and the linkage of whole registers.

#[cfg(feature = "columns")]
pub mod eligibility;
pub mod link;
#[cfg(feature = "columns")]
pub mod nik;
#[cfg(feature = "columns")]
pub mod pmt;
#[cfg(feature = "columns")]
pub mod ranking;
