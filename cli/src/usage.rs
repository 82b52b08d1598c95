//! Help, and what is said of a command line that cannot be read: never with an identifier that somebody typed or pasted in.

use crate::answer::remark;
use crate::failure::Exit;
use bansos_registers::shown_name;
use std::io::ErrorKind;
use std::process::ExitCode;

/// So many digits in one word may be an identifier, or most of one.
const DIGITS: usize = 8;

/// Says it, and gives the exit code: help and version are answers.
pub(crate) fn refuse(refusal: &clap::Error) -> ExitCode {
    if refusal.use_stderr() {
        let said = masked(&refusal.render().to_string());
        let lines: Vec<String> = said.trim_end().lines().map(shown_name).collect();
        remark!("{}", lines.join("\n"));
        return Exit::Usage.code();
    }
    // clap knows whether a terminal reads it, and colours it only then
    match refusal.print() {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Exit::Output.code(),
        _ => ExitCode::SUCCESS,
    }
}

/// Every digit of a long number becomes a star, whatever stands between the digits.
fn masked(text: &str) -> String {
    let long = |word: &str| word.chars().filter(char::is_ascii_digit).count() >= DIGITS;
    let hide = |word: &str| word.chars().map(|c| if c.is_ascii_digit() { '*' } else { c }).collect::<String>();
    text.split_inclusive(char::is_whitespace)
        .map(|word| if long(word) { hide(word) } else { word.to_owned() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn identifiers_are_not_repeated() {
        assert_eq!(
            masked("unrecognized '3508-1052-0380-9001'\nuse 2026"),
            "unrecognized '****-****-****-****'\nuse 2026"
        );
        assert_eq!(masked("--as-of 2026-1-2"), "--as-of 2026-1-2");
    }
}
