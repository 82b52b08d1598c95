//! Verivali: verifikasi dan validasi, the correction of the register by the people who know the families.
//!
//! - [`Event`]: what somebody did about a subject on a day: listed, proposed, visited, decided, objected, corrected …
//! - [`Reason`]: the canonical reasons for which a ruta or a person leaves the list; the words of every source map to them.
//! - [`plan`]: which officer visits whom on which day.

pub mod plan;
mod reason;
mod subject;

pub use reason::Reason;
pub use subject::{Kind, Name, NameError, Subject};
