//! Why a result could not be written.

use crate::shown_path;
use bansos::message::Cause;
use std::path::Path;

bansos::codes! {
    /// Why a result could not be written.
    #[derive(thiserror::Error)]
    pub enum WriteError {
        /// The folder exists and is not a result of ours.
        Exists { path: String } = "write.exists", Error,
            id: "folder {path} sudah ada dan bukan hasil bansos; pilih nama lain atau pindahkan folder itu",
            en: "the folder {path} exists and is no result of bansos; choose another name or move it away";
        /// The earlier result holds files that somebody added or changed.
        Yours { path: String, files: u64, first: String } = "write.yours", Error,
            id: "folder {path} memuat {files} berkas yang ditambahkan atau diubah setelah hasil ditulis, antara lain {first}; pindahkan berkas itu atau pilih nama lain, supaya tidak ada yang hilang",
            en: "the folder {path} holds {files} files that were added or changed after the result was written, {first} among them; move them away or choose another name, so that nothing is lost";
        /// The output is an input, lies in one, or holds one.
        OverInput { path: String, input: String } = "write.over_input", Error,
            id: "keluaran {path} menimpa atau bercampur dengan masukan {input}; pilih tempat lain untuk keluaran, tidak ada yang ditulis",
            en: "the output {path} would overwrite or mix with the input {input}; choose another place for the output, nothing was written";
        /// The system refused, or the disk is full.
        Refused { path: String, #[source] cause: Cause } = "write.refused", Error,
            id: "tidak dapat menulis {path}: {cause}; hasil lama, bila ada, tidak berubah",
            en: "cannot write {path}: {cause}; the earlier result, if any, is unchanged";
    }
}

impl WriteError {
    /// A refusal of the system, with the path it concerns.
    pub fn refused(path: &Path, cause: impl std::error::Error + 'static) -> Self {
        Self::Refused { path: shown_path(path), cause: Cause::beneath(&cause) }
    }
}
