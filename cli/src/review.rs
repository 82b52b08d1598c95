//! `bansos review`: the doubtful pairs, the one that a decision teaches most about first; a person decides, and the next
//! `bansos link --decisions` never contradicts it.

mod answers;

use crate::answer::{answer, answer_part};
use crate::args::Common;
use crate::failure::Failure;
use crate::input::{InputArgs, read_settings, say};
use crate::progress::Progress;
use answers::Answers;
use bansos::Lang;
use bansos::person::PersonRecord;
use bansos_linkage::register::{Pair, Settings, link};
use bansos_linkage::watch::unwatched;
use bansos_pipeline::{read_decisions, write::duplicates};
use bansos_registers::Intake;
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Decide doubtful pairs one by one, the most valuable first; the answers go to a file for `bansos link --decisions`
///
/// Shows the two rows side by side with the reasons for and against, and asks. Answers: y(a), t(idak), l(ewati) to leave it
/// open, s(elesai) to stop. What was decided earlier is not asked again. Shows names and numbers: for authorised eyes.
#[derive(Args)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    input: InputArgs,
    /// File of decisions: read where it exists, and added to
    #[arg(long, value_name = "FILE", default_value = "decisions.csv")]
    decisions: PathBuf,
    /// Settings (TOML or JSON), as for `bansos link`
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// Ask about so many pairs at most
    #[arg(long, short = 'n', default_value_t = 50)]
    limit: usize,
}

pub(crate) fn run(args: &ReviewArgs, common: &Common, lang: Lang) -> Result<ExitCode, Failure> {
    let mut settings = match &args.settings {
        Some(path) => read_settings(path)?,
        None => Settings::default(),
    };
    let intake = args.input.read(Progress::new(common.quiet, common.json), lang)?;
    let mut file = Answers::open(&args.decisions)?;
    if !file.is_empty()? {
        settings.decisions.extend(read_decisions(&args.decisions, &intake)?);
    }
    let linkage = link(&intake.persons, &intake.families, &settings, &unwatched).map_err(Failure::input)?;
    file.begin()?;
    let mut answers = std::io::stdin().lines();
    let (mut decided, total) = (0u64, linkage.review.len().min(args.limit));
    'pairs: for (i, pair) in linkage.review.iter().take(args.limit).enumerate() {
        answer!("\n{} {}/{total}  {}", say(lang, "pasangan", "pair"), i + 1, beside(&intake, pair, lang));
        answer!("{}", duplicates::explain(&linkage, pair, lang));
        let same = loop {
            answer_part!(
                "{} ",
                say(
                    lang,
                    "orang yang sama? [y]a [t]idak [l]ewati [s]elesai:",
                    "the same person? [y]es [n]o [l]ater [s]top:"
                )
            );
            let Some(Ok(line)) = answers.next() else { break 'pairs };
            match line.trim().to_ascii_lowercase().as_str() {
                "y" | "ya" | "yes" => break true,
                "t" | "tidak" | "n" | "no" => break false,
                "l" | "lewati" | "later" | "" => continue 'pairs,
                "s" | "selesai" | "stop" => break 'pairs,
                _ => {}
            }
        };
        // a decision is on disk before the next question
        file.add(&duplicates::review_cells(&intake, &linkage, pair, if same { "ya" } else { "tidak" }))?;
        decided += 1;
    }
    let left = linkage.review.len() as u64 - decided;
    if common.json {
        answer!("{}", serde_json::json!({ "decided": decided, "left": left }));
    } else {
        answer!(
            "\n{decided} {}, {left} {}",
            say(lang, "diputuskan", "decided"),
            say(lang, "masih terbuka", "still open")
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// The two rows side by side; a mark where they differ.
fn beside(intake: &Intake, pair: &Pair, lang: Lang) -> String {
    let (a, b) = (&intake.persons[pair.a as usize], &intake.persons[pair.b as usize]);
    let place = |p: &PersonRecord| {
        let file =
            intake.files.get(usize::from(p.origin.file)).map(bansos_registers::FileReport::name).unwrap_or_default();
        format!("{file}:{}", p.origin.row)
    };
    let text = |t: &Option<bansos::Text>| t.as_deref().unwrap_or("").trim().to_owned();
    let number =
        |value: Option<String>, raw: Option<&str>| value.unwrap_or_else(|| raw.unwrap_or("").trim().to_owned());
    type Show<'a> = (&'static str, &'static str, &'a dyn Fn(&PersonRecord) -> String);
    let fields: [Show<'_>; 9] = [
        ("baris", "row", &place),
        ("nama", "name", &|p| text(&p.name)),
        ("NIK", "NIK", &|p| number(p.nik.value().map(|n| n.to_digits()), p.nik.raw())),
        ("lahir", "born", &|p| p.birth_date.map(|d| d.to_string()).unwrap_or_default()),
        ("jenis kelamin", "sex", &|p| p.sex.map_or("", |s| s.label(lang)).to_owned()),
        ("ibu kandung", "mother", &|p| text(&p.mother_name)),
        ("No. KK", "family card", &|p| number(p.family_card.value().map(|n| n.to_digits()), p.family_card.raw())),
        ("hubungan", "relation", &|p| p.relation.map_or("", |r| r.label(lang)).to_owned()),
        ("alamat", "address", &|p| {
            [text(&p.residence.village_name), text(&p.residence.address)].join(" ").trim().to_owned()
        }),
    ];
    let mut out = String::from("\n");
    for (id, en, show) in fields {
        let (x, y) = (show(a), show(b));
        let mark = if x == y || x.is_empty() || y.is_empty() { ' ' } else { '≠' };
        let _ = writeln!(out, "  {:<14} {x:<34} {mark} {y}", say(lang, id, en));
    }
    out.trim_end().to_owned()
}
