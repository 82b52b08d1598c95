//! Questions to a finished result (`bansos run`): what would a change do, who gets a place, how well does it reach.

mod allocate;
mod load;
mod quotas;
mod simulate;
mod targeting;

// for the page of codes
#[cfg(test)]
pub(crate) use {allocate::AllocateError, quotas::QuotaError, simulate::SimulateError};

pub(crate) use allocate::{AllocateArgs, run as run_allocate};
pub(crate) use simulate::{SimulateArgs, run as run_simulate};
pub(crate) use targeting::{TargetingArgs, run as run_targeting};
