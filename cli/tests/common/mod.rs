//! What the end-to-end tests share: running the program and looking at what it wrote.

#![allow(dead_code, unreachable_pub, reason = "each test file uses a part")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program, with nothing of the tester's environment that changes its words.
pub fn bansos() -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bansos"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "BANSOS_LANG"] {
        command.env_remove(name);
    }
    Run(command)
}

/// A call in the making.
pub struct Run(pub Command);

impl Run {
    pub fn arg(mut self, arg: impl AsRef<std::ffi::OsStr>) -> Self {
        self.0.arg(arg);
        self
    }

    pub fn args<A: AsRef<std::ffi::OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.0.args(args);
        self
    }

    pub fn output(mut self) -> Output {
        self.0.output().unwrap()
    }

    /// Runs with these lines typed in, demands success, and gives what it said on standard output.
    pub fn answers(mut self, typed: &str) -> String {
        let mut child = self.0.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // who stops asking closes its end: that is no failure
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        let out = child.wait_with_output().unwrap();
        assert!(out.status.success(), "{}{}", text(&out.stdout), text(&out.stderr));
        text(&out.stdout)
    }

    /// Runs, demands success, and gives what it said on standard output.
    pub fn succeeds(self) -> String {
        let out = self.output();
        assert!(out.status.success(), "{}{}", text(&out.stdout), text(&out.stderr));
        text(&out.stdout)
    }

    /// Runs, demands this exit code, and gives what it said on standard error.
    pub fn fails(self, code: i32) -> String {
        let out = self.output();
        assert_eq!(out.status.code(), Some(code), "{}{}", text(&out.stdout), text(&out.stderr));
        text(&out.stderr)
    }
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn json(path: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// All rows of a CSV with any of the delimiters the registers use, the header first, without a byte-order mark.
pub fn csv_rows(path: &Path) -> Vec<Vec<String>> {
    let content = std::fs::read_to_string(path).unwrap();
    let content = content.trim_start_matches('\u{feff}');
    let header = content.lines().next().unwrap_or_default();
    let delimiter = if header.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(content.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}
