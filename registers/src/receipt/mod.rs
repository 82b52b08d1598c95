//! Lists of recipients: what their rows say is received, when, how much, and whether it was paid. Of which programme a list is stands in
//! its cells, or above it, or in the name of its sheet or file.

mod columns;
mod period;
mod programme;
mod title;

pub(crate) use columns::ReceiptColumns;
pub use period::Period;
pub(crate) use programme::id as programme_id;
pub(crate) use title::ListTitle;

use bansos::Rupiah;
use bansos::source::Origin;

/// What one row of a list of recipients says is received. A row that names two programmes says it twice.
#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The row.
    pub origin: Origin,
    /// Id of the programme; none where the list names none that is known.
    pub programme: Option<&'static str>,
    /// When it is for.
    pub period: Period,
    /// How much, where the row names one programme.
    pub amount: Option<Rupiah>,
    /// Whether it was paid, where the list says.
    pub paid: Option<bool>,
}

bansos::reticent! { Receipt { origin, programme, period } }
