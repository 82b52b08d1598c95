//! What one file names.

use super::tokens::tokens;

/// A path as it is written: `super`, `thing`.
pub(super) type Path = Vec<String>;

/// `use a::B as C;`: what is imported, under which name, and whether it is handed on. A glob's name is `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) name: String,
    pub(super) path: Path,
    pub(super) is_public: bool,
}

/// A file's imports, the other paths it names, and every single name.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub(super) imports: Vec<Import>,
    pub(super) paths: Vec<Path>,
    pub(super) names: Vec<String>,
    /// Its modules that only tests have.
    pub(super) test_modules: Vec<String>,
}

impl File {
    pub(super) fn read(source: &str) -> Self {
        let mut file = Self::default();
        Reader { tokens: &tokens(source), at: 0, modules: Vec::new(), depth: 0 }.all(&mut file);
        file
    }

    /// Whether a name stands outside of the imports.
    pub(super) fn uses(&self, name: &str) -> bool {
        self.names.iter().any(|n| n == name)
    }
}

struct Reader<'t> {
    tokens: &'t [&'t str],
    at: usize,
    /// The depths of braces at which modules written in this file began.
    modules: Vec<usize>,
    depth: usize,
}

impl Reader<'_> {
    fn token(&self, ahead: usize) -> &str {
        self.tokens.get(self.at + ahead).copied().unwrap_or("")
    }

    fn before(&self) -> &str {
        self.at.checked_sub(1).map_or("", |at| self.tokens[at])
    }

    fn all(&mut self, file: &mut File) {
        while self.at < self.tokens.len() {
            match self.token(0) {
                "#" if self.is_for_tests() => self.skip_item(file),
                "use" if self.token(1) != "<" => self.import(file),
                "mod" if self.token(2) == "{" => {
                    self.modules.push(self.depth);
                    self.at += 2;
                }
                "{" => (self.depth, self.at) = (self.depth + 1, self.at + 1),
                "}" => self.close(),
                name if name.starts_with(|c: char| c.is_alphabetic() || c == '_') => self.path(file),
                _ => self.at += 1,
            }
        }
    }

    fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.modules.last() == Some(&self.depth) {
            self.modules.pop();
        }
        self.at += 1;
    }

    fn is_for_tests(&self) -> bool {
        self.tokens[self.at..].starts_with(&["#", "[", "cfg", "(", "test", ")", "]"])
    }

    /// Over the item that follows the attributes: to its semicolon, or to the end of its braces.
    fn skip_item(&mut self, file: &mut File) {
        self.at += 7;
        if self.token(0) == "mod" && self.token(2) == ";" {
            file.test_modules.push(self.token(1).to_owned());
        }
        let mut depth = 0_usize;
        while self.at < self.tokens.len() {
            match self.token(0) {
                "{" | "(" | "[" => depth += 1,
                ")" | "]" => depth = depth.saturating_sub(1),
                "}" if depth <= 1 => break,
                "}" => depth -= 1,
                ";" if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        self.at += 1;
    }

    fn import(&mut self, file: &mut File) {
        let is_public = matches!(self.before(), "pub" | ")");
        self.at += 1;
        let mut found = Vec::new();
        self.tree(&[], &mut found);
        for (name, path) in found {
            let path = self.outside(path);
            match self.modules.is_empty() {
                true => file.imports.push(Import { name, path, is_public }),
                // the names of a module within are its own
                false => file.paths.push(path),
            }
        }
    }

    /// One branch of a `use` after what stands before it: `a::{b, c as d, e::*}`.
    fn tree(&mut self, stem: &[String], found: &mut Vec<(String, Path)>) {
        let mut path = stem.to_vec();
        loop {
            match self.token(0) {
                "::" => self.at += 1,
                "{" => return self.branches(&path, found),
                "as" => {
                    found.push((self.token(1).to_owned(), path));
                    self.at += 2;
                    return;
                }
                "," | "}" | ";" | "" => {
                    let own = path.pop_if(|last| last == "self");
                    let name = path.last().cloned().unwrap_or_default();
                    if own.is_none() || !path.is_empty() {
                        found.push((name, path));
                    }
                    return;
                }
                "*" => {
                    found.push(("*".to_owned(), path));
                    self.at += 1;
                    return;
                }
                name => {
                    path.push(name.to_owned());
                    self.at += 1;
                }
            }
        }
    }

    fn branches(&mut self, stem: &[String], found: &mut Vec<(String, Path)>) {
        self.at += 1;
        while !matches!(self.token(0), "}" | "") {
            if self.token(0) == "," {
                self.at += 1;
            } else {
                self.tree(stem, found);
            }
        }
        self.at += 1;
    }

    /// A name, with what follows it after `::`. A macro's own `$crate::` is resolved where the macro is used.
    fn path(&mut self, file: &mut File) {
        let is_first = !matches!(self.before(), "." | "::" | "$");
        let mut path = vec![self.token(0).to_owned()];
        self.at += 1;
        while self.token(0) == "::" && self.token(1).starts_with(|c: char| c.is_alphabetic() || c == '_') {
            path.push(self.token(1).to_owned());
            self.at += 2;
        }
        if is_first {
            file.names.push(path[0].clone());
            let path = self.outside(path);
            if path.len() > 1 {
                file.paths.push(path);
            }
        }
    }

    /// A path as the file itself would write it: in a module written in the file, `super` is the file.
    fn outside(&self, mut path: Path) -> Path {
        for _ in &self.modules {
            if path.first().is_some_and(|p| p == "super") {
                path[0] = "self".to_owned();
                if path.get(1).is_some_and(|p| p == "super") {
                    path.remove(0);
                }
            }
        }
        path
    }
}
