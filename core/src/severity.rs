//! Severities.

words! {
    /// The severity of a finding.
    pub enum Severity {
        /// Worth knowing; nothing to do (a retired region code, a harmless repair).
        Info = "info", id: "keterangan", en: "information";
        /// Look again: two facts disagree, or a value is unusual.
        Warning = "warning", id: "peringatan", en: "warning";
        /// The value cannot be right or the call cannot be answered.
        Error = "error", id: "kesalahan", en: "error";
    }
}
