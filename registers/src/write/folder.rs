//! A result folder that appears whole or not at all: it is written beside its place and exchanged with what stood
//! there in one step. Killed at any moment, there is the old result or the new one.

use bansos::message::Cause;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Marks a folder as ours, so that only our own results are ever replaced.
const MARK: &str = ".bansos-result";
/// Begins the name of a folder that is being written.
const PREFIX: &str = ".bansos-writing-";

bansos::codes! {
    /// Why a result could not be written.
    #[derive(thiserror::Error)]
    pub enum WriteError {
        /// The folder exists and is not a result of ours.
        Exists { path: String } = "write.exists", Error,
            id: "folder {path} sudah ada dan bukan hasil bansos; pilih nama lain atau pindahkan folder itu",
            en: "the folder {path} exists and is no result of bansos; choose another name or move it away";
        /// The system refused, or the disk is full.
        Refused { path: String, #[source] cause: Cause } = "write.refused", Error,
            id: "tidak dapat menulis {path}: {cause}; hasil lama, bila ada, tidak berubah",
            en: "cannot write {path}: {cause}; the earlier result, if any, is unchanged";
    }
}

impl WriteError {
    /// A refusal of the system, with the path it concerns.
    pub fn refused(path: &Path, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Refused { path: path.display().to_string(), cause: Cause::new(cause) }
    }
}

/// A result in the making.
#[derive(Debug)]
pub struct OutFolder {
    target: PathBuf,
    writing: TempDir,
    /// Held while we live, so that a later run can tell our unfinished folder from a dead one's.
    _alive: File,
}

impl OutFolder {
    /// Begins a result for `target`, which may be absent, empty, or an earlier result.
    ///
    /// # Errors
    /// [`WriteError::Exists`] where `target` holds anything else; [`WriteError::Refused`] where the system refuses.
    pub fn begin(target: &Path) -> Result<Self, WriteError> {
        let refuse = |e: io::Error| WriteError::refused(target, e);
        let foreign = match fs::read_dir(target) {
            Ok(mut entries) => entries.next().is_some() && !target.join(MARK).exists(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => false,
            Err(e) if e.kind() == io::ErrorKind::NotADirectory => true,
            Err(e) => return Err(refuse(e)),
        };
        if foreign {
            return Err(WriteError::Exists { path: target.display().to_string() });
        }
        let parent = match target.parent() {
            Some(p) if !p.as_os_str().is_empty() => p.to_path_buf(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(refuse)?;
        sweep(&parent);
        let (writing, alive) = loop {
            let writing = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&parent).map_err(refuse)?;
            match File::create(writing.path().join(MARK)) {
                Ok(mark) => break (writing, mark),
                // another run swept the folder away before its mark stood in it
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(refuse(e)),
            }
        };
        alive.try_lock().map_err(|e| WriteError::refused(target, e))?;
        Ok(Self { target: target.to_path_buf(), writing, _alive: alive })
    }

    /// Where to write a file of the result.
    pub fn path(&self, name: &str) -> PathBuf {
        self.writing.path().join(name)
    }

    /// Puts the finished result in its place and removes the earlier one.
    ///
    /// # Errors
    /// [`WriteError::Refused`]; the earlier result is then still there.
    pub fn finish(self) -> Result<(), WriteError> {
        let refuse = |e: io::Error| WriteError::refused(&self.target, e);
        for entry in fs::read_dir(self.writing.path()).map_err(refuse)? {
            let path = entry.map_err(refuse)?.path();
            File::open(&path).and_then(|f| f.sync_all()).map_err(|e| WriteError::refused(&path, e))?;
        }
        // tempfile makes folders for the owner alone; the registers inside deserve that, so it stays
        exchange(self.writing.path(), &self.target).map_err(refuse)?;
        Ok(()) // dropping `writing` removes the earlier result, which now stands at its path
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
        Ok(()) => fs::remove_dir_all(&aside),
        Err(e) => {
            fs::rename(&aside, old)?;
            Err(e)
        }
    }
}

/// Removes what killed runs left behind: folders being written whose writer no longer holds its lock.
fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let dead = match File::open(entry.path().join(MARK)) {
            Ok(mark) => mark.try_lock().is_ok(),
            // half removed, or a run that is just beginning and will begin again
            Err(e) => e.kind() == io::ErrorKind::NotFound,
        };
        if dead {
            let _ = fs::remove_dir_all(entry.path());
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
    fn an_unfinished_result_leaves_the_old_one() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("out");
        write(&target, "one").unwrap();
        // a killed run: its folder stays, nobody holds its lock
        let dead = dir.path().join(format!("{PREFIX}dead"));
        fs::create_dir(&dead).unwrap();
        File::create(dead.join(MARK)).unwrap();
        let living = OutFolder::begin(&dir.path().join("other")).unwrap();
        assert!(!dead.exists(), "the dead run's folder is swept away");
        write(&target, "two").unwrap();
        assert!(living.path("x").parent().unwrap().exists(), "a living run's folder is not");
    }
}
