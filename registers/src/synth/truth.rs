//! The truth beside the registers: who each row stands for, and what was done to it.

use super::family::{Family, Person};
use super::fault::{Done, Fault};
use super::output::Output;
use super::places::Places;
use super::{Summary, SynthError, io, unwritten};
use crate::write::{OutFile, write_whole};
use bansos::Sex;
use rustc_hash::FxHashMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The four files, in the order in which `rows.csv` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Table {
    Dtks,
    P3ke,
    Families,
    Members,
}

const TABLES: [(&str, &str); 4] = [
    // file word in rows.csv and summary.json; source word of its damages
    ("dtks", "dtks"),
    ("p3ke", "p3ke"),
    ("regsosek_keluarga", "regsosek"),
    ("regsosek_anggota", "regsosek"),
];

/// What a row stands for.
pub(super) struct Row<'a> {
    pub(super) person: &'a Person,
    pub(super) fid: u64,
    pub(super) moved: bool,
    /// `re_entered`, `second_family` or nothing.
    pub(super) twice: Option<Fault>,
    pub(super) done: &'a Done,
}

pub(super) struct Truth {
    folder: PathBuf,
    /// Rows of each table by themselves; put together at the end, so that `rows.csv` lists one file after the other.
    parts: Vec<Output>,
    people: Output,
    families: Output,
    rows: [u64; 4],
    faults: FxHashMap<(&'static str, Fault), u64>,
    count: Summary,
    moved: u64,
    dead: u64,
}

const HEADER: [&str; 9] = ["source", "row", "pid", "fid", "alive", "moved", "twin", "dup", "faults"];

fn bit(b: bool) -> &'static str {
    if b { "1" } else { "0" }
}

impl Truth {
    pub(super) fn create(out: &Path) -> Result<Self, SynthError> {
        let folder = out.join("truth");
        std::fs::create_dir_all(&folder).map_err(io(&folder))?;
        // only the first part has the header
        let part = |(i, (name, _)): (usize, &(&str, &str))| {
            let header: &[&str] = if i == 0 { &HEADER } else { &[] };
            Output::csv(folder.join(format!(".rows-{name}")), header)
        };
        Ok(Self {
            parts: TABLES.iter().enumerate().map(part).collect::<Result<_, _>>()?,
            people: Output::csv(
                folder.join("people.csv"),
                &["pid", "fid", "nik", "name", "sex", "dob", "alive", "rel", "disabled", "pregnant", "school"],
            )?,
            families: Output::csv(
                folder.join("families.csv"),
                &["fid", "nkk", "decile", "moved", "district", "village"],
            )?,
            folder,
            rows: [0; 4],
            faults: FxHashMap::default(),
            count: Summary::default(),
            moved: 0,
            dead: 0,
        })
    }

    pub(super) fn family(&mut self, family: &Family, places: &Places) -> Result<(), SynthError> {
        self.count.families += 1;
        self.moved += u64::from(family.moved);
        let village = &places.villages[family.village];
        self.families.write(&[
            &family.fid.to_string(),
            &format!("{:016}", family.nkk),
            &family.decile.to_string(),
            bit(family.moved),
            &village.code[..8],
            &village.code,
        ])?;
        for p in &family.members {
            self.count.people += 1;
            self.dead += u64::from(!p.alive);
            self.people.write(&[
                &p.pid.to_string(),
                &family.fid.to_string(),
                &format!("{:016}", p.nik),
                &p.name,
                if p.sex == Sex::Male { "L" } else { "P" },
                &p.born.to_string(),
                bit(p.alive),
                p.role.word(),
                bit(p.disabled),
                bit(p.pregnant),
                p.school.unwrap_or_default(),
            ])?;
        }
        Ok(())
    }

    pub(super) fn row(&mut self, table: Table, row: &Row<'_>) -> Result<(), SynthError> {
        let at = table as usize;
        let (name, source) = TABLES[at];
        self.rows[at] += 1;
        for fault in row.done.iter().chain(row.twice) {
            *self.faults.entry((source, fault)).or_default() += 1;
        }
        let mut words = row.done.words();
        if let Some(twice) = row.twice {
            if !words.is_empty() {
                words.push('|');
            }
            words.push_str(twice.word());
        }
        self.parts[at].write(&[
            name,
            &self.rows[at].to_string(),
            &row.person.pid.to_string(),
            &row.fid.to_string(),
            bit(row.person.alive),
            bit(row.moved),
            bit(row.person.twin),
            row.twice.map_or("", Fault::word),
            &words,
        ])
    }

    pub(super) fn counts(&self) -> Summary {
        let mut all = self.count.clone();
        all.rows = TABLES.iter().zip(self.rows).map(|((name, _), n)| ((*name).to_owned(), n)).collect();
        all.faults =
            self.faults.iter().map(|((source, fault), n)| (format!("{source}:{}", fault.word()), *n)).collect();
        all.planted.insert("families_moved_away".into(), self.moved);
        all.planted.insert("people_dead".into(), self.dead);
        all
    }

    pub(super) fn finish(self, summary: &Summary) -> Result<(), SynthError> {
        self.people.finish()?;
        self.families.finish()?;
        for part in self.parts {
            part.finish()?;
        }
        let path = self.folder.join("rows.csv");
        let mut whole = OutFile::begin(&path).map_err(unwritten(&path))?;
        for (name, _) in TABLES {
            let part = self.folder.join(format!(".rows-{name}"));
            let mut from = File::open(&part).map_err(io(&part))?;
            std::io::copy(&mut from, &mut whole).map_err(io(&path))?;
            std::fs::remove_file(&part).map_err(io(&part))?;
        }
        whole.finish().map_err(unwritten(&path))?;
        let path = self.folder.join("summary.json");
        let text = serde_json::to_string_pretty(summary).map_err(|e| io(&path)(e.into()))?;
        write_whole(&path, text).map_err(unwritten(&path))
    }
}
