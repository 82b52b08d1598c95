//! Where an output may stand: never on an input, in one, or around one, whatever name leads there.

use super::WriteError;
use crate::shown_path;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Refuses an output that is one of the inputs, lies in one, or holds one; also by way of links, and by a hard link to a
/// file of an input; and one that is the mark of a ledger or the log of a database among them. What does not exist yet collides
/// by its place: a ledger that is begun and a list that is written are two files.
///
/// ```
/// use bansos_registers::write::keep_apart;
/// use std::path::Path;
/// let dir = tempfile::tempdir()?;
/// let table = dir.path().join("t.csv");
/// std::fs::write(&table, "a\n1\n")?;
/// assert!(keep_apart(&table, [table.as_path()]).is_err());
/// assert!(keep_apart(dir.path(), [table.as_path()]).is_err());
/// assert!(keep_apart(&dir.path().join("u.csv"), [table.as_path()]).is_ok());
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// [`WriteError::OverInput`].
pub fn keep_apart<'a>(output: &Path, inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), WriteError> {
    let out = real(output);
    let clash = |input: &&Path| {
        let input = real(input);
        input.starts_with(&out) || out.starts_with(&input) || is_beside(&out, &input) || shares_a_file(&out, &input)
    };
    match inputs.into_iter().filter(|input| !input.as_os_str().is_empty() && !is_stream(input)).find(clash) {
        Some(input) => Err(WriteError::OverInput { path: shown_path(output), input: shown_path(input) }),
        None => Ok(()),
    }
}

/// Whether the path is something that is written to as it comes, such as a terminal, a pipe or `/dev/null`.
pub(super) fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

/// The place itself: links followed, also of what does not exist yet.
pub(crate) fn real(path: &Path) -> PathBuf {
    if let Ok(found) = fs::canonicalize(path) {
        return found;
    }
    // a link to what is not there yet
    if let Ok(to) = fs::read_link(path) {
        let to = path.parent().unwrap_or(Path::new("")).join(to);
        if to != path && !to.is_symlink() {
            return real(&to);
        }
    }
    match (path.parent(), path.components().next_back()) {
        (Some(parent), Some(Component::Normal(name))) => {
            real(if parent.as_os_str().is_empty() { Path::new(".") } else { parent }).join(name)
        }
        _ => std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf()),
    }
}

/// What a ledger, or the library of a database, keeps beside a file under its name.
const BESIDE: [&str; 4] = [".mark", "-wal", "-shm", "-journal"];

fn is_beside(out: &Path, input: &Path) -> bool {
    BESIDE.iter().any(|end| {
        let mut name = input.as_os_str().to_owned();
        name.push(end);
        out.starts_with(PathBuf::from(name))
    })
}

/// Whether an existing output file is, under another name, a file of the input.
fn shares_a_file(out: &Path, input: &Path) -> bool {
    let same = |file: &Path| same_file::is_same_file(out, file).unwrap_or(false);
    out.is_file() && (same(input) || files_of(input).is_ok_and(|files| files.iter().any(|file| same(file))))
}

/// The files that stand in a folder itself, as the readers of folders see them.
fn files_of(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect()
}

/// The folder that holds a path.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::Coded;

    fn refused(output: &Path, input: &Path) -> bool {
        match keep_apart(output, [input]) {
            Ok(()) => false,
            Err(e) => {
                assert_eq!(e.code(), "write.over_input");
                true
            }
        }
    }

    #[test]
    fn an_output_in_on_or_around_an_input_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("masukan");
        fs::create_dir(&input).unwrap();
        fs::write(input.join("a.csv"), "x").unwrap();
        assert!(refused(&input, &input));
        assert!(refused(&input.join("hasil"), &input));
        assert!(refused(&input.join("hasil/dua"), &input));
        assert!(refused(dir.path(), &input));
        assert!(refused(&input.join("../masukan"), &input));
        assert!(refused(&input.join("a.csv"), &input.join("a.csv")));
        assert!(!refused(&dir.path().join("masukan2"), &input));
        assert!(!refused(&dir.path().join("hasil"), &input));
        assert!(!refused(&dir.path().join("hasil"), &dir.path().join("absent")));
        // what both would be begun at one place, and what lies beside a ledger
        assert!(refused(&dir.path().join("baru.jsonl"), &dir.path().join("baru.jsonl")));
        assert!(refused(&dir.path().join("buku.jsonl.mark"), &dir.path().join("buku.jsonl")));
        assert!(refused(&dir.path().join("buku.db-wal/x"), &dir.path().join("buku.db")));
        assert!(!refused(&dir.path().join("buku.jsonl.csv"), &dir.path().join("buku.jsonl")));
    }

    #[cfg(unix)]
    #[test]
    fn links_hide_nothing() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        fs::create_dir(at("masukan")).unwrap();
        fs::write(at("masukan/a.csv"), "x").unwrap();
        symlink(at("masukan"), at("tautan")).unwrap();
        assert!(refused(&at("tautan"), &at("masukan")));
        assert!(refused(&at("masukan/x"), &at("tautan")));
        symlink(at("masukan/nanti.csv"), at("nanti")).unwrap();
        assert!(refused(&at("nanti"), &at("masukan")), "a dangling link leads into the input");
        fs::hard_link(at("masukan/a.csv"), at("b.csv")).unwrap();
        assert!(refused(&at("b.csv"), &at("masukan/a.csv")));
        assert!(refused(&at("b.csv"), &at("masukan")));
    }
}
