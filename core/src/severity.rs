//! Severities.

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Severity {
    /// Worth knowing; nothing to do (a retired region code, a harmless repair).
    Info,
    /// Look again: two facts disagree, or a value is unusual.
    Warning,
    /// The value cannot be right or the call cannot be answered.
    Error,
}

impl Severity {
    /// The word used in files.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
