//! The human-edited files as typed data.

use bansos::Coded;
use bansos::policy::lint;
use bansos::programme::PolicyFile;
use std::path::Path;

/// One line of the tables in SOURCES.md.
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) title: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Occupation {
    pub(crate) phrase: String,
    pub(crate) flag: bansos::person::Flag,
    #[serde(default)]
    pub(crate) whole: bool,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Occupations {
    rule: Vec<Occupation>,
}

/// Everything under data/policy, and the sources.
pub(crate) struct Data {
    /// (file name, content), in order of the names.
    pub(crate) files: Vec<(String, PolicyFile)>,
    pub(crate) sources: Vec<Source>,
    pub(crate) occupations: Vec<Occupation>,
}

/// The files whose order the programmes keep; others follow by name.
const FIRST: [&str; 3] = ["pkh.toml", "sembako.toml", "bst.toml"];

pub(crate) fn read(root: &Path) -> Result<Data, Box<dyn std::error::Error>> {
    let folder = root.join("data/policy");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") && name != "occupations.toml" {
            names.push(name);
        }
    }
    names.sort_by_key(|n| (FIRST.iter().position(|f| f == n).unwrap_or(FIRST.len()), n.clone()));
    let mut files = Vec::new();
    for name in names {
        let text = std::fs::read_to_string(folder.join(&name))?;
        let file = toml::from_str(&text).map_err(|why| format!("data/policy/{name}: {why}"))?;
        files.push((name, file));
    }
    let text = std::fs::read_to_string(folder.join("occupations.toml"))?;
    let occupations: Occupations =
        toml::from_str(&text).map_err(|why| format!("data/policy/occupations.toml: {why}"))?;
    let sources = sources(&std::fs::read_to_string(root.join("data/SOURCES.md"))?)?;
    Ok(Data { files, sources, occupations: occupations.rule })
}

/// Rows `| id | kind | source |` of the section between the marks `<!-- policy -->` and `<!-- /policy -->`.
fn sources(text: &str) -> Result<Vec<Source>, Box<dyn std::error::Error>> {
    let section = text
        .split_once("<!-- policy -->")
        .and_then(|(_, rest)| rest.split_once("<!-- /policy -->"))
        .map(|(inside, _)| inside)
        .ok_or("data/SOURCES.md: no section between <!-- policy --> and <!-- /policy -->")?;
    let mut all: Vec<Source> = Vec::new();
    for line in section.lines().filter(|l| l.starts_with("| ") && !l.starts_with("| id ")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, kind, title] = cells.as_slice() else { return Err(format!("data/SOURCES.md: {line}").into()) };
        if all.iter().any(|s| s.id == *id) {
            return Err(format!("data/SOURCES.md: {id} stands twice").into());
        }
        all.push(Source { id: (*id).into(), kind: (*kind).into(), title: (*title).into() });
    }
    Ok(all)
}

impl Data {
    pub(crate) fn parameters(&self) -> impl Iterator<Item = &bansos::policy::Parameter> {
        self.files.iter().flat_map(|(_, f)| &f.parameters)
    }

    /// The newest day on which any value's sources were read: the edition's name.
    pub(crate) fn edition(&self) -> String {
        self.parameters().map(|p| p.verified_on).max().map(|d| d.to_string()).unwrap_or_default()
    }

    /// What is wrong, file by file.
    pub(crate) fn lint(&self) -> Vec<String> {
        let known = |id: &str| self.sources.iter().any(|s| s.id == id);
        let mut wrong = Vec::new();
        for (name, file) in &self.files {
            for why in lint(&file.parameters, &file.overlaps, &known) {
                wrong.push(format!("data/policy/{name}: [{}] {why}", why.code()));
            }
            let Some(programme) = &file.programme else { continue };
            let basis = programme.basis.iter().chain(programme.runs.iter().flat_map(|r| &r.basis));
            for b in basis.filter(|b| !known(&b.source)) {
                wrong.push(format!("data/policy/{name}: source {} is not in SOURCES.md", b.source));
            }
            if programme.basis.is_empty() || programme.runs.iter().any(|r| r.basis.is_empty()) {
                wrong.push(format!("data/policy/{name}: the programme or a period has no basis"));
            }
        }
        let mut ids: Vec<&str> = self.parameters().map(|p| p.id.as_ref()).collect();
        ids.sort_unstable();
        wrong.extend(ids.windows(2).filter(|w| w[0] == w[1]).map(|w| format!("{} is defined twice", w[0])));
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        [[parameter]]
        id = "x.y"
        unit = "persons"
        label = { id = "a", en = "b" }
        verified_on = "2026-01-01"
        values = [{ from = "2020-01-01", value = 3, confidence = "high", basis = [{ source = "S01" }] }]
    "#;

    fn lint_of(text: &str) -> Result<Vec<String>, String> {
        let file: PolicyFile = toml::from_str(text).map_err(|e| e.to_string())?;
        let source = Source { id: "S01".into(), kind: "news".into(), title: "t".into() };
        let data = Data { files: vec![("x.toml".into(), file)], sources: vec![source], occupations: Vec::new() };
        Ok(data.lint())
    }

    #[test]
    fn a_sound_file_passes() {
        assert_eq!(lint_of(GOOD), Ok(Vec::new()));
    }

    #[test]
    fn each_fault_is_found() {
        let found = |text: String, code: &str| {
            let wrong = lint_of(&text).unwrap();
            assert!(wrong.iter().any(|w| w.contains(code)), "{code}: {wrong:?}");
        };
        found(GOOD.replace(r#"basis = [{ source = "S01" }]"#, "basis = []"), "policy.no_basis");
        found(GOOD.replace("S01", "S99"), "policy.unknown_source");
        found(GOOD.replace(r#""S01" }"#, r#""K" }"#), "policy.overconfident");
        found(GOOD.replace("value = 3", r#"value = "three""#), "policy.value_unfit");
        found(GOOD.replace("x.y", "X"), "policy.bad_id");
        let second =
            r#"values = [{ from = "2021-01-01", value = 4, confidence = "high", basis = [{ source = "S01" }] }, "#;
        found(GOOD.replace("values = [", second), "policy.overlap_undecided");
        let backward = GOOD.replace(r#"from = "2020-01-01","#, r#"from = "2020-01-01", to = "2019-01-01","#);
        found(backward, "policy.dates_backward");
    }

    #[test]
    fn what_is_built_in_is_what_the_files_say() {
        let data = read(&crate::root()).unwrap();
        assert_eq!(data.lint(), Vec::<String>::new());
        let programmes: Vec<_> = data.files.iter().filter_map(|(_, f)| f.programme.clone()).collect();
        assert_eq!(programmes, bansos::programme::all());
        let parameters: Vec<_> = data.parameters().cloned().collect();
        assert_eq!(parameters, bansos::policy::parameters());
    }

    #[test]
    fn an_unknown_unit_and_a_missing_number_do_not_even_read() {
        assert!(lint_of(&GOOD.replace("\"persons\"", "\"parsecs\"")).is_err());
        assert!(lint_of(&GOOD.replace("value = 3,", "")).is_err());
        assert!(lint_of(&GOOD.replace("confidence = \"high\",", "")).is_err());
    }
}
