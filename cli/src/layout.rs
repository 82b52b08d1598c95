//! `bansos layout new`: a layout of one's own for a file that no built-in one fits, guessed column by column and asked about.

use crate::answer::{answer, answer_part};
use crate::args::Common;
use crate::failure::{CliError, Failure};
use crate::input::say;
use crate::paths::OutPath;
use bansos::source::Field;
use bansos::{Coded, Lang};
use bansos_registers::layout::{ColumnGuess, LayoutGuess, guess, normal};
use bansos_registers::shown_path;
use bansos_registers::write::write_whole;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::io::{BufRead, IsTerminal as _};
use std::path::PathBuf;
use std::process::ExitCode;

/// Layouts of your own: how the columns of a file are read that no built-in layout fits
#[derive(Args)]
pub(crate) struct LayoutArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    New(NewArgs),
}

/// Guess what each column of a file is, ask, and write a layout for `--layout` of `run` and `read`
///
/// A guess rests on the heading and on what stands below it, and says so. Cells are shown masked. On a terminal each column is
/// asked about: Enter takes the guess, `-` leaves the column unread, the name of a field (`nik`, `name`, `?` lists them) is what
/// it is. An existing file is never overwritten.
#[derive(Args)]
struct NewArgs {
    /// The file (CSV, XLSX, XLS, ODS, Parquet)
    file: PathBuf,
    /// Where the layout goes
    #[arg(long, short, default_value = "layout.toml")]
    out: OutPath,
    /// The sheet of a workbook (default: the one whose headings say most)
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Take the guesses, ask nothing
    #[arg(long, short)]
    yes: bool,
}

/// `bansos layout`.
pub(crate) fn run(args: &LayoutArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let Command::New(args) = &args.command;
    // before anything is asked, and once more below: somebody may make one while questions are answered
    never_over(&args.out)?;
    let mut guessed = guess(&args.file, args.sheet.as_deref()).map_err(Failure::input)?;
    let asks = !args.yes && !common.json && std::io::stdin().is_terminal();
    if asks {
        ask(&mut guessed, std::io::stdin().lock(), lang);
    } else if !common.json {
        guessed.columns.iter().enumerate().for_each(|(at, column)| answer_part!("{}", shown(at, column, lang)));
    }
    if !guessed.has_somebody() {
        return Err(Failure::input(CliError::NobodyInFile { file: guessed.file.clone() }));
    }
    never_over(&args.out)?;
    write_whole(&args.out, guessed.to_toml())?;
    let out = shown_path(&args.out);
    if common.json {
        answer!("{}", as_json(&guessed, &out));
    } else {
        answer!("{}: {out}", say(lang, "tata letak ditulis", "layout written"));
        answer!("bansos read FOLDER --layout {out}");
    }
    Ok(ExitCode::SUCCESS)
}

/// A layout is a new file.
fn never_over(out: &OutPath) -> Result<(), Failure> {
    match out.exists() {
        true => Err(Failure::new(crate::failure::Exit::Output, CliError::FileExists { path: shown_path(out) })),
        false => Ok(()),
    }
}

/// A column with its guess, why, and masked cells.
fn shown(at: usize, column: &ColumnGuess, lang: Lang) -> String {
    let what = column.field.map_or(say(lang, "tidak dibaca", "not read"), |field| field.label(lang));
    let sure = match column.field {
        Some(_) => format!(" ({}: {})", say(lang, "keyakinan", "confidence"), column.confidence.label(lang)),
        None => String::new(),
    };
    let why: Vec<String> = column.why.iter().map(|why| why.message(lang)).collect();
    let cells = match column.samples.is_empty() {
        true => String::new(),
        false => format!("; {}: {}", say(lang, "contoh", "samples"), column.samples.join(" | ")),
    };
    format!("{:>3}  {:<28} → {what}{sure}\n     {}{cells}\n", at + 1, column.name, why.join(", "))
}

/// Asks about every column; where nobody answers any more, the guesses stay.
fn ask(guessed: &mut LayoutGuess, answers: impl BufRead, lang: Lang) {
    let mut answers = answers.lines();
    for at in 0..guessed.columns.len() {
        let Some(column) = guessed.columns.get(at) else { return };
        answer_part!("{}", shown(at, column, lang));
        loop {
            let question = say(
                lang,
                "     benar? [Enter] ya, [-] tidak dibaca, [?] nama bidang:",
                "     right? [Enter] yes, [-] not read, [?] names of fields:",
            );
            answer_part!("{question} ");
            let Some(Ok(line)) = answers.next() else { return };
            match line.trim() {
                "" | "y" | "ya" | "yes" => break,
                "-" => {
                    guessed.set(at, None);
                    break;
                }
                "?" => {
                    let names = LayoutGuess::fields().iter().map(|f| format!("{} ({})", f.word(), f.label(lang)));
                    answer!("     {}", names.collect::<Vec<_>>().join(", "));
                }
                name => {
                    if let Some(field) = field(name, lang) {
                        guessed.set(at, Some(field));
                        break;
                    }
                }
            }
        }
    }
}

/// A field by its word in data or its name.
fn field(name: &str, lang: Lang) -> Option<Field> {
    let name = normal(name);
    LayoutGuess::fields().iter().copied().find(|f| normal(f.word()) == name || normal(f.label(lang)) == name)
}

fn as_json(guessed: &LayoutGuess, out: &str) -> Value {
    let column = |column: &ColumnGuess| {
        json!({
            "column": column.name,
            "field": column.field.map(Field::word),
            "confidence": column.field.map(|_| column.confidence.word()),
            "why": column.why.iter().map(|w| json!({ "code": w.code(), "message": w.messages() })).collect::<Vec<_>>(),
            "samples": column.samples,
        })
    };
    json!({
        "file": guessed.file, "sheet": guessed.sheet, "header_row": guessed.header_row, "rows": guessed.rows,
        "kind": guessed.kind().word(),
        "columns": guessed.columns.iter().map(column).collect::<Vec<_>>(),
        "out": out, "layout": guessed.to_toml(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed() -> LayoutGuess {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("warga.csv");
        std::fs::write(&file, "Nama Org;Nomor;Ket\nSITI ROHMAH;3508165103659001;x\nBUDI SANTOSO;3508160203659002;y\n")
            .unwrap();
        guess(&file, None).unwrap()
    }

    fn answered(typed: &str) -> Vec<Option<Field>> {
        let mut guessed = guessed();
        ask(&mut guessed, typed.as_bytes(), Lang::En);
        guessed.columns.iter().map(|column| column.field).collect()
    }

    #[test]
    fn answers_change_the_guess() {
        assert_eq!(answered(""), [Some(Field::Name), Some(Field::Nik), None]);
        assert_eq!(answered("\n-\n\n"), [Some(Field::Name), None, None]);
        assert_eq!(
            answered("ya\nno such field\n?\nfamily_card\nmother's name\n"),
            [Some(Field::Name), Some(Field::FamilyCard), Some(Field::MotherName)]
        );
        assert_eq!(answered("\n\nname\n"), [None, Some(Field::Nik), Some(Field::Name)], "a field is one column's");
    }

    #[test]
    fn a_guess_is_shown_masked_in_both_languages() {
        let guessed = guessed();
        let column = &guessed.columns[1];
        let (id, en) = (shown(1, column, Lang::Id), shown(1, column, Lang::En));
        assert!(id.contains("keyakinan") && en.contains("confidence"), "{id}{en}");
        assert!(id.contains("35**************") && !id.contains("3508165103659001"), "{id}");
    }
}
