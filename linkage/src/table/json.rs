//! Settings from JSON, whoever wrote them.

use super::splink::SplinkSettings;
use super::{TableError, TableSettings};
use bansos::message::{Cause, CauseKind};
use serde_json::Value;

impl TableSettings {
    /// Reads settings or a trained model from JSON: this library's own, or Splink's (see [`super::splink`]). Which they are is
    /// seen from their levels.
    ///
    /// # Errors
    /// `table.settings` where the text is neither; `table.splink` for a condition of Splink without a counterpart.
    ///
    /// ```
    /// use bansos_linkage::table::TableSettings;
    /// let settings = TableSettings::from_json(r#"{ "threshold": 4 }"#).unwrap();
    /// assert_eq!(settings, TableSettings { threshold: 4.0, ..TableSettings::default() });
    /// ```
    pub fn from_json(text: &str) -> Result<Self, TableError> {
        let value: Value = serde_json::from_str(text).map_err(unread)?;
        // once more from the text, for the place of a fault
        if is_splink(&value) { Self::from_value(value) } else { serde_json::from_str(text).map_err(unread) }
    }

    /// The same from JSON already parsed.
    ///
    /// # Errors
    /// As [`Self::from_json`].
    pub fn from_value(value: Value) -> Result<Self, TableError> {
        if is_splink(&value) {
            return serde_json::from_value::<SplinkSettings>(value).map_err(unread)?.try_into();
        }
        serde_json::from_value(value).map_err(unread)
    }
}

fn is_splink(value: &Value) -> bool {
    value.pointer("/comparisons/0/comparison_levels").is_some()
}

/// What serde says quotes the text, so only the kind of fault and its place are kept.
#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn unread(why: serde_json::Error) -> TableError {
    let cause = if why.is_syntax() { Cause::new(CauseKind::Syntax) } else { Cause::from_serde(&why.to_string()) };
    TableError::Settings { why: cause.at(why.line() as u64, why.column() as u64) }
}
