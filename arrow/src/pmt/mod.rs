//! Proxy-means scores by column, and models fitted on a register's own sample of spending.
//!
//! Some registers carry measured spending for a sample of families (a tenth of Regsosek, say) and housing and assets for
//! nearly all. [`fit()`] learns from the sample what a family like this spends and returns a [`PmtModel`] that
//! [`score`] applies to everybody; [`crate::ranking`] cuts the scores in ten.
//!
//! **What this is not.** BPS ranks DTSEN with a model of 39 variables whose weights, form and level are not public. A model
//! fitted here says [`ModelStatus::OwnFit`] and answers another question: who is poor *by this register's own sample*. Its decile
//! is not the family's official decile and must not be shown as such.
//!
//! **How.** Least squares on the logarithm of spending per head with a ridge penalty: every coefficient is drawn a little
//! towards zero, by as much as predicts families left out of the fit best. That keeps rare codes and facts that say the same
//! thing twice (fridge and refrigerator) from spoiling the fit, so no variable has to be picked by hand and no system is
//! singular. Codes are categories; numbers enter as they are, as root or as logarithm, whichever predicts best; a missing
//! fact is a category of its own where the sample has enough such families, else it counts as the average family's.
//! The order of the rows does not change the model.
//!
//! **How good.** [`Fit::r2_out_of_sample`](bansos::ranking::pmt::Fit) by five-fold cross-validation is the figure to look
//! at. A sample that is too small, or a model no better than the plain average, is an error and gives no ranking.

mod design;
mod features;
mod fit;
mod score;

pub use bansos::ranking::pmt::{Fit, ModelStatus, PmtError, PmtModel};
pub use features::{Column, Feature, Features};
pub use fit::{FitOptions, fit};
pub use score::score;
