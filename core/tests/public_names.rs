//! One noun, one type: no public type name stands in two modules of this crate, so a reader who meets it knows which
//! thing is meant.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[test]
fn every_public_type_name_is_unique() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut places: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    each_file(&root, &mut |path, text| {
        for name in text.lines().filter_map(public_type) {
            places.entry(name.to_owned()).or_default().push(path.to_owned());
        }
    });
    assert!(places.len() > 200, "the search finds the crate's types");
    places.retain(|_, files| files.len() > 1);
    assert!(places.is_empty(), "{places:#?}");
}

/// The name that a line declares.
fn public_type(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("pub ")?;
    let kinds = ["struct ", "enum ", "trait ", "type ", "union "];
    let name = kinds.iter().find_map(|kind| rest.strip_prefix(kind))?;
    // a macro's `$name` is no name
    name.split(|c: char| !c.is_alphanumeric() && c != '_').next().filter(|name| !name.is_empty())
}

fn each_file(folder: &Path, seen: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            each_file(&path, seen);
        } else if path.extension().is_some_and(|e| e == "rs") {
            seen(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}
