//! A result folder that appears whole or not at all: it is written beside its place and exchanged with what stood
//! there in one step. Killed at any moment, there is the old result or the new one. Only its owner can read it.

use super::WriteError;
use super::file::sync_folder;
use super::manifest::{Manifest, private};
use super::place::{folder_of, keep_apart, real};
use crate::{shown_name, shown_path};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Begins the name of a folder that is being written.
const PREFIX: &str = ".bansos-writing-";

/// What a folder holds; a folder is only ever replaced by one of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderKind {
    /// What a command made of registers.
    Result,
    /// Registers that were made up: input like any other register.
    Data,
}

impl FolderKind {
    /// The name of the file that marks a folder as ours and lists what was written into it.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Result => ".bansos-result",
            Self::Data => ".bansos-synth",
        }
    }
}

/// A result in the making.
#[derive(Debug)]
pub struct OutFolder {
    target: PathBuf,
    kind: FolderKind,
    writing: TempDir,
    /// Held while we live, so that a later run can tell our unfinished folder from a dead one's.
    _alive: File,
}

impl OutFolder {
    /// Begins a result for `target`, which may be absent, empty, or an earlier result that nobody has added to or changed.
    /// Where a link stands there, the result goes where the link leads.
    ///
    /// # Errors
    /// [`WriteError::Exists`] where `target` holds anything else, [`WriteError::Yours`] where somebody's files are among the
    /// result's, [`WriteError::Refused`] where the system refuses.
    pub fn begin(target: &Path) -> Result<Self, WriteError> {
        Self::begin_as(target, FolderKind::Result)
    }

    /// The same for a folder of another kind.
    ///
    /// # Errors
    /// As [`OutFolder::begin`].
    pub fn begin_as(target: &Path, kind: FolderKind) -> Result<Self, WriteError> {
        let refuse = |e: io::Error| WriteError::refused(target, e);
        let place = real(target);
        replaceable(&place, target, kind)?;
        let parent = folder_of(&place);
        fs::create_dir_all(parent).map_err(refuse)?;
        sweep(parent);
        let (writing, alive) = loop {
            let mut builder = tempfile::Builder::new();
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
            let writing = builder.prefix(PREFIX).tempdir_in(parent).map_err(refuse)?;
            match File::create(writing.path().join(kind.mark())) {
                Ok(mark) => break (writing, mark),
                // another run swept the folder away before its mark stood in it
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(refuse(e)),
            }
        };
        alive.try_lock().map_err(|e| WriteError::refused(target, e))?;
        Ok(Self { target: place, kind, writing, _alive: alive })
    }

    /// Refuses the place where it is, lies in, or holds one of these inputs; for inputs that are known only after the result was
    /// begun.
    ///
    /// # Errors
    /// [`WriteError::OverInput`].
    pub fn keep_apart_from<'a>(&self, inputs: impl IntoIterator<Item = &'a Path>) -> Result<(), WriteError> {
        keep_apart(&self.target, inputs)
    }

    /// Where to write a file of the result.
    pub fn path(&self, name: &str) -> PathBuf {
        self.writing.path().join(name)
    }

    /// Puts the finished result in its place and removes the earlier one; an earlier one in which somebody worked in the
    /// meantime is set aside as `<name>.lama`, not removed.
    ///
    /// # Errors
    /// [`WriteError::Refused`]; the earlier result is then still there.
    pub fn finish(self) -> Result<(), WriteError> {
        let refuse = |e: io::Error| WriteError::refused(&self.target, e);
        let folder = self.writing.path();
        private(folder).map_err(refuse)?;
        let mark = folder.join(self.kind.mark());
        let manifest = Manifest::of(folder, self.kind.mark()).map_err(refuse)?;
        fs::write(&mark, manifest.to_json()).and_then(|()| File::open(&mark)?.sync_all()).map_err(refuse)?;
        sync_folder(folder);
        exchange(folder, &self.target).map_err(refuse)?;
        sync_folder(folder_of(&self.target));
        // what stood there now stands at our path
        if folder.exists() && replaceable(folder, &self.target, self.kind).is_err() {
            set_aside(self.writing.keep(), &self.target).map_err(refuse)?;
        }
        Ok(()) // else dropping `writing` removes the earlier result
    }
}

/// Whether a folder may be replaced: absent, empty, or a result as it was written.
fn replaceable(folder: &Path, shown: &Path, kind: FolderKind) -> Result<(), WriteError> {
    let path = || shown_path(shown);
    let entries = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => false,
        Err(e) if e.kind() == io::ErrorKind::NotADirectory => true,
        Err(e) => return Err(WriteError::refused(shown, e)),
    };
    if !entries {
        return Ok(());
    }
    let manifest = fs::read(folder.join(kind.mark())).ok().and_then(|text| Manifest::parse(&text));
    let Some(manifest) = manifest else { return Err(WriteError::Exists { path: path() }) };
    let theirs = manifest.differences(folder, kind.mark()).map_err(|e| WriteError::refused(shown, e))?;
    match theirs.first() {
        None => Ok(()),
        Some(first) => Err(WriteError::Yours { path: path(), files: theirs.len() as u64, first: shown_name(first) }),
    }
}

/// Gives a folder the first free name of `<target>.lama`, `<target>.lama-2`, …
fn set_aside(folder: PathBuf, target: &Path) -> io::Result<()> {
    let name = |n: u32| {
        let mut name = target.as_os_str().to_os_string();
        name.push(if n == 1 { ".lama".to_owned() } else { format!(".lama-{n}") });
        PathBuf::from(name)
    };
    match (1..=u32::MAX).map(name).find(|path| !path.exists()) {
        Some(free) => fs::rename(folder, free),
        None => Err(io::ErrorKind::AlreadyExists.into()),
    }
}

/// Exchanges `new` with `old` in one step where the system can; else moves `old` aside first.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    if !old.exists() {
        return fs::rename(new, old);
    }
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
            Ok(()) => return Ok(()),
            // some file systems cannot
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            Err(e) => return Err(e.into()),
        }
    }
    let aside = new.with_extension("old");
    fs::rename(old, &aside)?;
    match fs::rename(new, old) {
        Ok(()) => fs::rename(&aside, new),
        Err(e) => {
            fs::rename(&aside, old)?;
            Err(e)
        }
    }
}

/// Removes what killed runs left behind: folders being written, or put away, whose writer no longer holds its lock. What
/// somebody has added to or changed stays.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with(PREFIX)) {
        let folder = entry.path();
        let kinds = [FolderKind::Result, FolderKind::Data];
        let kind = kinds.into_iter().find(|kind| folder.join(kind.mark()).exists()).unwrap_or(FolderKind::Result);
        let dead = match File::open(folder.join(kind.mark())) {
            Ok(mark) => {
                let unfinished = mark.metadata().is_ok_and(|m| m.len() == 0);
                mark.try_lock().is_ok() && (unfinished || replaceable(&folder, &folder, kind).is_ok())
            }
            // half removed, or a run that is just beginning and will begin again
            Err(e) => e.kind() == io::ErrorKind::NotFound,
        };
        if dead {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bansos::Coded;

    fn write(target: &Path, text: &str) -> Result<(), WriteError> {
        let out = OutFolder::begin(target)?;
        fs::write(out.path("a.txt"), text).unwrap();
        out.finish()
    }

    #[test]
    fn a_result_appears_and_is_replaced_whole() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        write(&target, "one").unwrap();
        write(&target, "two").unwrap();
        assert_eq!(fs::read_to_string(target.join("a.txt")).unwrap(), "two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_is_not_ours_is_never_touched() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        fs::create_dir(&target).unwrap();
        write(&target, "into an empty folder").unwrap();
        let theirs = dir.path().join("theirs");
        fs::create_dir(&theirs).unwrap();
        fs::write(theirs.join("surat.docx"), "x").unwrap();
        assert_eq!(write(&theirs, "no").unwrap_err().code(), "write.exists");
        assert_eq!(write(&theirs.join("surat.docx"), "no").unwrap_err().code(), "write.exists");
        assert_eq!(fs::read_dir(&theirs).unwrap().count(), 1);
    }

    #[test]
    fn files_added_or_changed_in_a_result_stay() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        write(&target, "one").unwrap();
        fs::write(target.join("catatan.txt"), "penting").unwrap();
        assert_eq!(write(&target, "two").unwrap_err().code(), "write.yours");
        fs::remove_file(target.join("catatan.txt")).unwrap();
        // a review that was filled in, of the same length
        fs::write(target.join("a.txt"), "ono").unwrap();
        assert_eq!(write(&target, "two").unwrap_err().code(), "write.yours");
        fs::write(target.join("a.txt"), "one").unwrap();
        write(&target, "two").unwrap();
    }

    #[test]
    fn a_note_laid_in_during_the_work_is_set_aside() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        write(&target, "one").unwrap();
        let out = OutFolder::begin(&target).unwrap();
        fs::write(out.path("a.txt"), "two").unwrap();
        fs::write(target.join("catatan.txt"), "penting").unwrap();
        out.finish().unwrap();
        assert_eq!(fs::read_to_string(target.join("a.txt")).unwrap(), "two");
        assert_eq!(fs::read_to_string(dir.path().join("out.lama/catatan.txt")).unwrap(), "penting");
    }

    #[test]
    fn a_folder_is_replaced_by_its_own_kind_only() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("reg");
        let data = OutFolder::begin_as(&target, FolderKind::Data).unwrap();
        fs::write(data.path("dtks.csv"), "x").unwrap();
        data.finish().unwrap();
        assert_eq!(write(&target, "no").unwrap_err().code(), "write.exists");
        OutFolder::begin_as(&target, FolderKind::Data).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_a_result_and_links_are_followed() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (target, link) = (dir.path().join("out"), dir.path().join("terbaru"));
        write(&target, "one").unwrap();
        symlink("out", &link).unwrap();
        write(&link, "two").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(target.join("a.txt")).unwrap(), "two");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&target), mode(&target.join("a.txt"))), (0o700, 0o600));
    }

    #[test]
    fn an_unfinished_result_leaves_the_old_one() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        write(&target, "one").unwrap();
        // a killed run: its folder stays, nobody holds its lock
        let dead = dir.path().join(format!("{PREFIX}dead"));
        fs::create_dir(&dead).unwrap();
        File::create(dead.join(FolderKind::Result.mark())).unwrap();
        let living = OutFolder::begin(&dir.path().join("other")).unwrap();
        assert!(!dead.exists(), "the dead run's folder is swept away");
        write(&target, "two").unwrap();
        assert!(living.path("x").parent().unwrap().exists(), "a living run's folder is not");
    }
}
