//! A crate's files, who leads to whom, and the rings.

use super::files::{File, Path};
use super::paths::{Modules, definer};
use crate::shell;
use std::collections::{BTreeMap, BTreeSet};

/// A crate's files.
pub(super) struct Crate(Modules);

impl Crate {
    /// The files below a crate's `src`.
    pub(super) fn read(folder: &str) -> Result<Self, std::io::Error> {
        let root = shell::root().join(folder).join("src");
        let mut folders = vec![root.clone()];
        let mut sources = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "rs") {
                    let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    sources.push((name, std::fs::read_to_string(&path)?));
                }
            }
        }
        Ok(Self::from_sources(sources.iter().map(|(name, source)| (name.as_str(), source.as_str()))))
    }

    /// Files by their names below `src`.
    pub(super) fn from_sources<'s>(sources: impl Iterator<Item = (&'s str, &'s str)>) -> Self {
        let mut all: Modules = sources.map(|(name, source)| (module(name), File::read(source))).collect();
        let tests: Vec<Path> = all
            .iter()
            .flat_map(|(path, file)| {
                file.test_modules.iter().map(|m| [path.as_slice(), std::slice::from_ref(m)].concat())
            })
            .collect();
        all.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        Self(all)
    }

    /// Every ring, as the names of its modules.
    pub(super) fn rings(&self) -> Vec<Vec<String>> {
        let leads: BTreeMap<&Path, BTreeSet<Path>> = self.0.keys().map(|path| (path, self.leads_to(path))).collect();
        let reach: BTreeMap<&Path, BTreeSet<&Path>> = leads.keys().map(|path| (*path, reached(&leads, path))).collect();
        let mut rings = BTreeSet::new();
        for (path, far) in &reach {
            let ring: Vec<&Path> = far.iter().copied().filter(|other| reach[other].contains(path)).collect();
            if ring.len() > 1 {
                rings.insert(ring);
            }
        }
        let name = |path: &Path| if path.is_empty() { "crate".to_owned() } else { path.join("::") };
        rings.into_iter().map(|ring| ring.into_iter().map(name).collect()).collect()
    }

    fn leads_to(&self, module: &Path) -> BTreeSet<Path> {
        let Some(file) = self.0.get(module) else { return BTreeSet::new() };
        let named = file.imports.iter().filter(|i| i.name != "*" && (!i.is_public || file.uses(&i.name)));
        let paths = named.map(|i| &i.path).chain(&file.paths);
        let mut found: BTreeSet<Path> = paths.filter_map(|path| definer(&self.0, module, path)).collect();
        // a module and its parts are read together anyway
        found.retain(|other| !other.starts_with(module) && !module.starts_with(other));
        found
    }
}

/// Everything that can be reached from a module; itself where it lies on a ring.
fn reached<'a>(leads: &'a BTreeMap<&Path, BTreeSet<Path>>, from: &Path) -> BTreeSet<&'a Path> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Path> = leads[from].iter().collect();
    while let Some(path) = open.pop() {
        if found.insert(path) {
            open.extend(leads.get(path).into_iter().flatten());
        }
    }
    found
}

/// `a/mod.rs` and `a.rs` are the module `a`; `lib.rs` and `main.rs` the root.
fn module(file: &str) -> Path {
    let name = file.strip_suffix(".rs").unwrap_or(file);
    let name = name.strip_suffix("/mod").unwrap_or(name);
    if ["lib", "main"].contains(&name) {
        return Path::new();
    }
    name.split('/').map(str::to_owned).collect()
}
