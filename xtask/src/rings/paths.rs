//! Where a path leads.

use super::files::{File, Path};
use std::collections::BTreeMap;

/// The files of a crate by their modules; the crate's root is the empty path.
pub(super) type Modules = BTreeMap<Path, File>;

/// Names handed on more often than this go round in a circle.
const MOST_HANDS: usize = 16;

/// The module whose file defines what a path, written in `module`, names; none for a module as such and for another crate.
pub(super) fn definer(all: &Modules, module: &[String], path: &[String]) -> Option<Path> {
    resolve(all, module, path, MOST_HANDS)
}

fn resolve(all: &Modules, module: &[String], path: &[String], hands: usize) -> Option<Path> {
    let (first, rest) = path.split_first()?;
    let hands = hands.checked_sub(1)?;
    match first.as_str() {
        "crate" => within(all, &[], rest, hands),
        "self" => within(all, module, rest, hands),
        "super" => match rest.first().map(String::as_str) {
            Some("super") => resolve(all, module.split_last()?.1, rest, hands),
            _ => within(all, module.split_last()?.1, rest, hands),
        },
        // a bare name is a child, an import, or nothing that leads out of the file
        name => match child(all, module, name) {
            Some(child) if !rest.is_empty() => within(all, &child, rest, hands),
            _ => {
                let import = all.get(module)?.imports.iter().find(|i| i.name == name && i.path != path)?;
                resolve(all, module, &[import.path.as_slice(), rest].concat(), hands)
            }
        },
    }
}

/// The same for a path that begins in a module: a child, what the module hands on, or its own.
fn within(all: &Modules, module: &[String], path: &[String], hands: usize) -> Option<Path> {
    let hands = hands.checked_sub(1)?;
    let (name, rest) = path.split_first()?;
    let file = all.get(module)?;
    let import = file.imports.iter().find(|i| i.name == *name);
    match (child(all, module, name), import) {
        (Some(child), _) if !rest.is_empty() => within(all, &child, rest, hands),
        (_, Some(import)) => resolve(all, module, &[import.path.as_slice(), rest].concat(), hands),
        (Some(_), None) => None,
        (None, None) => {
            let globs = file.imports.iter().filter(|i| i.is_public && i.name == "*");
            let through = globs.filter_map(|glob| resolve(all, module, &[glob.path.as_slice(), path].concat(), hands));
            let mut has = through.filter(|found| all.get(found).is_some_and(|f| f.uses(name)));
            Some(has.next().unwrap_or_else(|| module.to_vec()))
        }
    }
}

fn child(all: &Modules, module: &[String], name: &str) -> Option<Path> {
    let path = [module, &[name.to_owned()]].concat();
    all.contains_key(&path).then_some(path)
}
