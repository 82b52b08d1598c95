//! Why a ledger file cannot be read or written.

use bansos::message::{Cause, CauseKind};
use bansos::{Coded, codes};
use std::path::Path;

codes! {
    /// A ledger file could not be read or written.
    #[derive(thiserror::Error)]
    pub enum LedgerError {
        /// The system refused.
        Io { file: String, #[source] reason: Cause } = "ledger.io", Error,
            id: "{file}: tidak dapat dibaca atau ditulis ({reason})",
            en: "{file}: cannot be read or written ({reason})";
        /// Not one line or row is an event.
        NoLedger { file: String } = "ledger.no_ledger", Error,
            id: "{file}: bukan buku verivali; tidak satu pun barisnya berisi peristiwa",
            en: "{file}: this is no verivali ledger; not one line of it is an event";
        /// Damaged: nothing is written behind damage.
        Damaged { file: String, faults: u64, first: String } = "ledger.damaged", Error,
            id: "{file}: buku ini rusak di {faults} tempat ({first}), jadi tidak ditulisi; periksa dengan `bansos verivali verify` dan selamatkan bagian yang utuh dengan --sound",
            en: "{file}: the ledger is damaged in {faults} places ({first}) and is not written to; look with `bansos verivali verify` and save the sound part with --sound";
        /// What was written is not there as it was written.
        NotKept { file: String } = "ledger.not_kept", Error,
            id: "{file}: basis data tidak menyimpan apa yang ditulis kepadanya (pemicu, atau baris asing); tidak satu pun dicatat",
            en: "{file}: the database does not keep what is written to it (a trigger, or a foreign row); nothing was recorded";
        /// The database refused.
        Database { file: String, #[source] reason: Cause } = "ledger.database", Error,
            id: "{file}: basis data menolak ({reason})",
            en: "{file}: the database refused ({reason})";
    }
}

impl LedgerError {
    pub(super) fn io(path: &Path) -> impl Fn(std::io::Error) -> Self + '_ {
        |e| Self::Io { file: crate::table::file_name(path), reason: Cause::from(e) }
    }

    pub(super) fn damaged(path: &Path, first: &impl Coded) -> Self {
        Self::Damaged { file: crate::table::file_name(path), faults: 1, first: first.code().to_owned() }
    }

    pub(super) fn database(path: &Path) -> impl Fn(rusqlite::Error) -> Self + '_ {
        |e| Self::Database { file: crate::table::file_name(path), reason: refusal(&e).into() }
    }
}

/// What the database says may quote what was written to it.
fn refusal(error: &rusqlite::Error) -> CauseKind {
    use rusqlite::ErrorCode as E;
    match error.sqlite_error_code() {
        Some(E::DatabaseBusy | E::DatabaseLocked | E::FileLockingProtocolFailed) => CauseKind::Busy,
        Some(E::DiskFull | E::TooBig) => CauseKind::Full,
        Some(E::ReadOnly) => CauseKind::ReadOnly,
        Some(E::PermissionDenied | E::AuthorizationForStatementDenied) => CauseKind::Denied,
        Some(E::NotADatabase | E::DatabaseCorrupt | E::SchemaChanged) => CauseKind::Database,
        Some(E::ConstraintViolation | E::OperationAborted | E::TypeMismatch) => CauseKind::Rule,
        Some(E::OutOfMemory) => CauseKind::Memory,
        Some(E::CannotOpen | E::NotFound) => CauseKind::NotFound,
        Some(_) => CauseKind::System,
        None => CauseKind::Database,
    }
}
