//! How a command fails: a code, both sentences, and the exit code that goes with it.

use crate::answer::remark;
use bansos::message::{Cause, Param, Value};
use bansos::{Bilingual, Coded, Lang};
use bansos_pipeline::PipelineError;
use bansos_registers::write::WriteError;
use bansos_registers::{shown_name, shown_path};
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
        CannotWrite { path: String, cause: Cause } = "cli.cannot_write", Error,
            id: "tidak dapat menulis {path}: {cause}",
            en: "cannot write {path}: {cause}";
        /// The system refused to read.
        CannotRead { path: String, cause: Cause } = "cli.cannot_read", Error,
            id: "tidak dapat membaca {path}: {cause}",
            en: "cannot read {path}: {cause}";
        /// More than is read of such a file, or of one of its lines.
        TooLong { path: String, most: u64 } = "cli.too_long", Error,
            id: "{path}: berkas ini atau salah satu barisnya lebih dari {most} MiB dan tidak dibaca",
            en: "{path}: the file or a line of it is longer than {most} MiB and was not read";
        /// What is to be written is there already.
        FileExists { path: String } = "cli.file_exists", Error,
            id: "{path} sudah ada dan tidak ditimpa; pilih nama lain dengan --out",
            en: "{path} is there already and is not overwritten; choose another name with --out";
        /// Another process adds to the file.
        InUse { path: String } = "cli.in_use", Error,
            id: "{path} sedang dipakai `bansos review` lain; tunggu sampai selesai, atau beri nama lain dengan --decisions",
            en: "{path} is in use by another `bansos review`; wait until it ends, or give another name with --decisions";
        /// A file of answers that another program has given another form.
        OtherAnswers { path: String } = "cli.other_answers", Error,
            id: "{path} tidak mempunyai judul kolom berkas jawaban, jadi tidak ditambahi; beri nama lain dengan --decisions",
            en: "{path} does not have the header of a file of answers and is not added to; give another name with --decisions";
        /// No column of a file says who its rows stand for.
        NobodyInFile { file: String } = "cli.nobody_in_file", Error,
            id: "{file}: tidak ada kolom yang tampak sebagai nama, NIK atau No. KK; tata letak tidak ditulis",
            en: "{file}: no column looks like a name, a NIK or a family-card number; no layout was written";
        /// A date option is no date.
        BadDate { text: String } = "cli.bad_date", Error,
            id: "{text} bukan tanggal; tulis seperti 2026-11-22",
            en: "{text} is no date; write it like 2026-11-22";
        /// A similarity that makes no sense.
        BadShare { text: String } = "cli.bad_share", Error,
            id: "{text} bukan kemiripan; tulis antara 0,5 dan 1",
            en: "{text} is no similarity; write one between 0.5 and 1";
        /// A line of a file of codes that holds none.
        BadCode { path: String, line: u64 } = "cli.bad_code", Error,
            id: "{path} baris {line}: tidak memuat sandi 128 digit heksadesimal",
            en: "{path} line {line}: no code of 128 hexadecimal digits";
        /// A line of JSON lines that is no family.
        BadLine { path: String, line: u64, why: LineFault } = "cli.bad_line", Error,
            id: "{path} baris {line}: {why}",
            en: "{path} line {line}: {why}";
    }
}

/// Why a line is refused, with the code of what says so.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct LineFault {
    code: String,
    said: Bilingual,
}

impl LineFault {
    pub(crate) fn new(code: impl Into<String>, said: Bilingual) -> Self {
        Self { code: code.into(), said }
    }

    /// A cause is told by its kind and place.
    pub(crate) fn cause(cause: &Cause) -> Self {
        let code = match cause.param() {
            Param::Text(text) => text,
            Param::Int(number) => number.to_string(),
        };
        Self::new(code, Bilingual::from_fn(|lang| format!("JSON: {}", cause.show(lang))))
    }

    pub(crate) fn coded(what: &impl Coded) -> Self {
        Self::new(what.code(), Bilingual::from_fn(|lang| format!("{} [{}]", what.message(lang), what.code())))
    }
}

impl Value for LineFault {
    fn param(&self) -> Param {
        Param::Text(self.code.clone())
    }

    fn show(&self, lang: Lang) -> String {
        self.said.get(lang).to_owned()
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

    pub(crate) fn output(path: &std::path::Path, cause: impl std::error::Error + 'static) -> Self {
        let cause = Cause::beneath(&cause);
        Self::new(Exit::Output, CliError::CannotWrite { path: shown_path(path), cause })
    }

    /// Says it on standard error, as a sentence or as JSON, and gives the exit code. What an option or a file gave is in it as
    /// names of files are: no identifier, and nothing that steers a terminal.
    pub(crate) fn print(&self, lang: Lang, json: bool) -> ExitCode {
        if json {
            let params: serde_json::Map<String, serde_json::Value> = self
                .what
                .params()
                .into_iter()
                .map(|(name, value)| {
                    let value = match value {
                        Param::Text(text) => shown_name(&text).into(),
                        Param::Int(number) => number.into(),
                    };
                    (name.to_owned(), value)
                })
                .collect();
            let messages = self.what.messages();
            let messages = serde_json::json!({ "id": shown_name(&messages.id), "en": shown_name(&messages.en) });
            let error =
                serde_json::json!({ "error": { "code": self.what.code(), "params": params, "message": messages } });
            remark!("{error}");
        } else {
            let label = match lang {
                Lang::Id => "kesalahan",
                Lang::En => "error",
            };
            remark!("{label}: {} [{}]", shown_name(&self.what.message(lang)), self.what.code());
        }
        self.exit.code()
    }
}
