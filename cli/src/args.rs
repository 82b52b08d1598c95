//! Options that every command has.

use bansos::Lang;
use clap::{Args, ValueEnum};
use std::io::{IsTerminal, stderr};

/// Options of every command.
#[derive(Args)]
pub(crate) struct Common {
    /// Language of sentences (default: from BANSOS_LANG, LC_ALL or LANG; else Indonesian)
    #[arg(long, global = true, value_enum, env = "BANSOS_LANG", hide_env_values = true)]
    lang: Option<LangArg>,
    /// Answer as JSON, for programs
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// No progress bars
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// More of what happens on standard error (-v, -vv); never a person's value
    #[arg(long, short, global = true, action = clap::ArgAction::Count)]
    verbose: u8,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    /// Bahasa Indonesia
    Id,
    /// English
    En,
}

impl Common {
    pub(crate) fn lang(&self) -> Lang {
        match self.lang {
            Some(LangArg::Id) => Lang::Id,
            Some(LangArg::En) => Lang::En,
            None => lang_of_environment(|name| std::env::var(name).ok()),
        }
    }

    pub(crate) fn start_log(&self) {
        let level = match self.verbose {
            0 => "warn",
            1 => "info",
            _ => "debug",
        };
        tracing_subscriber::fmt()
            .with_writer(stderr)
            .with_ansi(stderr().is_terminal())
            .with_target(false)
            .without_time()
            .with_env_filter(tracing_subscriber::EnvFilter::new(level))
            .init();
    }
}

/// The first of LC_ALL, LC_MESSAGES and LANG that is set decides; only `en…` is English.
fn lang_of_environment(var: impl Fn(&str) -> Option<String>) -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| var(name).filter(|v| !v.is_empty()));
    match set {
        Some(v) if v.to_ascii_lowercase().starts_with("en") => Lang::En,
        _ => Lang::Id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_comes_from_the_first_variable_that_is_set() {
        let with = |pairs: &'static [(&str, &str)]| {
            lang_of_environment(|n| pairs.iter().find(|(k, _)| *k == n).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(with(&[]), Lang::Id);
        assert_eq!(with(&[("LANG", "C.UTF-8")]), Lang::Id);
        assert_eq!(with(&[("LANG", "en_GB.UTF-8")]), Lang::En);
        assert_eq!(with(&[("LC_ALL", "id_ID.UTF-8"), ("LANG", "en_US.UTF-8")]), Lang::Id);
        assert_eq!(with(&[("LC_ALL", ""), ("LANG", "en_US.UTF-8")]), Lang::En);
    }
}
