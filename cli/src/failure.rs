//! How a command fails: a code, both sentences, and the exit code that goes with it.

use crate::answer::remark;
use bansos::{Coded, Lang};
use bansos_pipeline::PipelineError;
use bansos_registers::write::WriteError;
use std::process::ExitCode;

/// What went wrong with a command as a whole.
#[derive(Debug)]
pub(crate) struct Failure {
    what: Box<dyn Coded>,
    exit: Exit,
}

/// Documented exit codes.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub(crate) enum Exit {
    Usage = 2,
    Input = 3,
    Output = 4,
    NotRight = 5,
}

impl Exit {
    pub(crate) fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}

bansos::codes! {
    /// Failures of the command line's own.
    pub enum CliError {
        /// The system refused to write.
        CannotWrite { path: String, cause: String } = "cli.cannot_write", Error,
            id: "tidak dapat menulis {path}: {cause}",
            en: "cannot write {path}: {cause}";
        /// The system refused to read.
        CannotRead { path: String, cause: String } = "cli.cannot_read", Error,
            id: "tidak dapat membaca {path}: {cause}",
            en: "cannot read {path}: {cause}";
        /// A date option is no date.
        BadDate { text: String } = "cli.bad_date", Error,
            id: "{text} bukan tanggal; tulis seperti 2026-11-22",
            en: "{text} is no date; write it like 2026-11-22";
        /// A similarity that makes no sense.
        BadShare { text: String } = "cli.bad_share", Error,
            id: "{text} bukan kemiripan; tulis antara 0,5 dan 1",
            en: "{text} is no similarity; write one between 0.5 and 1";
        /// A line of a file of codes that holds none.
        BadCode { line: u64 } = "cli.bad_code", Error,
            id: "baris {line} tidak memuat sandi 128 digit heksadesimal",
            en: "line {line} has no code of 128 hexadecimal digits";
    }
}

impl From<PipelineError> for Failure {
    fn from(e: PipelineError) -> Self {
        let exit = match &e {
            PipelineError::Policy(_) => Exit::Usage,
            PipelineError::Write(_) => Exit::Output,
            _ => Exit::Input,
        };
        Self::new(exit, e)
    }
}

impl From<WriteError> for Failure {
    fn from(e: WriteError) -> Self {
        Self::new(Exit::Output, e)
    }
}

impl Failure {
    pub(crate) fn new(exit: Exit, what: impl Coded + 'static) -> Self {
        Self { what: Box::new(what), exit }
    }

    pub(crate) fn usage(what: impl Coded + 'static) -> Self {
        Self::new(Exit::Usage, what)
    }

    pub(crate) fn input(what: impl Coded + 'static) -> Self {
        Self::new(Exit::Input, what)
    }

    pub(crate) fn output(path: &std::path::Path, cause: impl std::fmt::Display) -> Self {
        Self::new(Exit::Output, CliError::CannotWrite { path: path.display().to_string(), cause: cause.to_string() })
    }

    /// Says it on standard error, as a sentence or as JSON, and gives the exit code.
    pub(crate) fn print(&self, lang: Lang, json: bool) -> ExitCode {
        if json {
            let params: serde_json::Map<String, serde_json::Value> = self
                .what
                .params()
                .into_iter()
                .map(|(k, v)| (k.to_owned(), serde_json::to_value(v).unwrap_or_default()))
                .collect();
            let messages = self.what.messages();
            let error =
                serde_json::json!({ "error": { "code": self.what.code(), "params": params, "message": messages } });
            remark!("{error}");
        } else {
            let label = match lang {
                Lang::Id => "kesalahan",
                Lang::En => "error",
            };
            remark!("{label}: {} [{}]", self.what.message(lang), self.what.code());
        }
        self.exit.code()
    }
}
