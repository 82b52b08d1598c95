//! A report's data read back.

use crate::data::ReportData;

bansos::codes! {
    /// Failures of the report's own.
    #[derive(thiserror::Error)]
    pub enum ReportError {
        /// The file is no report.json.
        NotAReport { path: String, line: usize, column: usize } = "report.not_a_report", Error,
            id: "{path} bukan report.json dari bansos (baris {line}, kolom {column}); tunjukkan folder hasil bansos run",
            en: "{path} is no report.json of bansos (line {line}, column {column}); name the result folder of bansos run";
    }
}

impl ReportData {
    /// Reads what a run left as `report.json`; `path` is named where it is none.
    ///
    /// # Errors
    /// [`ReportError::NotAReport`]: no JSON, or JSON of something else.
    pub fn from_json(text: &str, path: &str) -> Result<Self, ReportError> {
        let refuse = |line, column| ReportError::NotAReport { path: path.to_owned(), line, column };
        let data: Self = serde_json::from_str(text).map_err(|e| refuse(e.line(), e.column()))?;
        // any JSON object would do for serde's defaults; a result has files
        if data.files.is_empty() { Err(refuse(1, 1)) } else { Ok(data) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::kabupaten;
    use crate::{ReportOptions, html};

    #[test]
    fn a_result_is_read_back_and_rendered_the_same() {
        let data = kabupaten(4, 10);
        let again = ReportData::from_json(&serde_json::to_string(&data).unwrap(), "report.json").unwrap();
        let options = ReportOptions::default();
        assert_eq!(html(&again, &options), html(&data, &options));
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for text in ["", "{}", "[1, 2]", "{\"files\": 3}"] {
            assert!(ReportData::from_json(text, "x.json").is_err(), "{text}");
        }
    }
}
