//! `cargo xtask check words`: whether the project keeps to the words of docs/STYLE.md.
//!
//! A word in backquotes in the second column of that page's tables stands nowhere else: in no sentence, comment or
//! document. So one thing keeps one word, and the page is the only list.

use crate::shell::{self, Outcome};
use std::process::Command;

/// The page of style.
const STYLE: &str = "docs/STYLE.md";
/// Pages that speak of the words themselves, and what was written before.
const ABOUT: [&str; 4] = [STYLE, "docs/GLOSSARY.md", "CHANGELOG.md", "xtask/src/words.rs"];
/// Files that a person writes or reads; surveys and laws in data/ keep their own words.
const KINDS: [&str; 11] = ["rs", "md", "py", "pyi", "ts", "js", "mjs", "php", "html", "css", "svg"];

/// Fails with every place of such a word. Where there is no git, nothing is known of the files.
pub(crate) fn check() -> Outcome {
    let style = std::fs::read_to_string(shell::root().join(STYLE))?;
    let unwanted = unwanted(&style);
    if unwanted.is_empty() {
        return Err(format!("{STYLE} has no table of words").into());
    }
    let out = Command::new("git").args(["ls-files"]).current_dir(shell::root()).output();
    let Some(files) = out.ok().filter(|out| out.status.success()) else { return Ok(()) };
    let files = String::from_utf8(files.stdout)?;
    let read = files.lines().filter(|file| is_read(file));
    let found: Vec<String> = read
        .filter_map(|file| Some((file, std::fs::read_to_string(shell::root().join(file)).ok()?)))
        .flat_map(|(file, text)| places(&text, &unwanted).into_iter().map(move |at| format!("{file}:{at}")))
        .collect();
    if found.is_empty() {
        eprintln!("words: ok");
        return Ok(());
    }
    Err(format!("words that {STYLE} has a better one for:\n{}", found.join("\n")).into())
}

fn is_read(file: &str) -> bool {
    let kind = file.rsplit_once('.').is_some_and(|(_, kind)| KINDS.contains(&kind));
    kind && !ABOUT.iter().any(|page| file.ends_with(page))
}

/// The words in backquotes in the second column of every table, in small letters.
fn unwanted(style: &str) -> Vec<String> {
    let cells = style.lines().filter_map(|line| line.strip_prefix('|')?.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_lowercase).collect()
}

/// `line: word` for each place of a word in a text.
fn places(text: &str, unwanted: &[String]) -> Vec<String> {
    let lines = text.lines().enumerate();
    lines
        .flat_map(|(at, line)| {
            let line = line.to_lowercase();
            let found = unwanted.iter().filter(|word| holds(&line, word)).cloned().collect::<Vec<_>>();
            found.into_iter().map(move |word| format!("{}: {word}", at + 1))
        })
        .collect()
}

/// Whether a word stands in a line by itself, and not within a longer one.
fn holds(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let (before, after) = (line[..at].chars().next_back(), line[at + word.len()..].chars().next());
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_whole_and_in_any_case() {
        let style = "| tulis | jangan |\n|---|---|\n| kesalahan | `galat`, eror |\n| *ditahan* | `di karantina` |";
        let unwanted = unwanted(style);
        assert_eq!(unwanted, ["galat", "di karantina"]);
        assert_eq!(places("galatan\neror\nGalat: baris di karantina.", &unwanted), ["3: galat", "3: di karantina"]);
    }
}
