//! What a command says: its answer on standard output, its remarks on standard error.
//!
//! Whoever reads may stop reading (`| head`): that is no fault, and the command's own end counts. An answer that the system
//! refuses to take, as on a full disk, makes the command fail with the code for output.

use crate::failure::Failure;
use std::fmt::Arguments;
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::Mutex;

/// The first refusal; nothing is written after it.
static REFUSED: Mutex<Option<io::Error>> = Mutex::new(None);

/// A line of the answer.
macro_rules! answer {
    ($($what:tt)*) => { $crate::answer::write(format_args!("{}\n", format_args!($($what)*))) };
}

/// A piece of the answer, without the end of the line.
macro_rules! answer_part {
    ($($what:tt)*) => { $crate::answer::write(format_args!($($what)*)) };
}

/// A line on standard error. Where nobody can be told, nobody is.
macro_rules! remark {
    ($($what:tt)*) => { $crate::answer::write_remark(format_args!($($what)*)) };
}

pub(crate) use {answer, answer_part, remark};

/// A line of the answer that is text already.
pub(crate) fn say_out(line: &str) {
    write(format_args!("{line}\n"));
}

pub(crate) fn write(what: Arguments<'_>) {
    let mut refused = REFUSED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if refused.is_none() {
        let mut out = io::stdout().lock();
        *refused = out.write_fmt(what).and_then(|()| out.flush()).err();
    }
}

pub(crate) fn write_remark(what: Arguments<'_>) {
    let _ = writeln!(io::stderr(), "{what}");
}

/// Whether all that was answered has been taken.
pub(crate) fn taken() -> Result<(), Failure> {
    match REFUSED.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
        Some(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::output(Path::new("stdout"), e)),
        _ => Ok(()),
    }
}
