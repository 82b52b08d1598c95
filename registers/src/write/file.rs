//! A file that appears whole or not at all: it is written beside its place and renamed into it. Killed at any moment, or on a
//! full disk, there is the old file or the new one.

use super::WriteError;
use super::place::{folder_of, is_stream, real};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Begins the name of a file that is being written.
const PREFIX: &str = ".bansos-berkas-";

/// A file in the making; nothing stands at its place before [`OutFile::finish`]. Only its owner can read it.
///
/// ```
/// use bansos_registers::write::OutFile;
/// use std::io::Write;
/// let dir = tempfile::tempdir()?;
/// let path = dir.path().join("a.txt");
/// let mut out = OutFile::begin(&path)?;
/// out.write_all(b"halo")?;
/// assert!(!path.exists());
/// out.finish()?;
/// assert_eq!(std::fs::read(&path)?, b"halo");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct OutFile {
    target: PathBuf,
    form: Form,
}

#[derive(Debug)]
enum Form {
    Beside(NamedTempFile),
    /// A pipe, a terminal or the like, which has no old content to save.
    Stream(File),
}

impl OutFile {
    /// Begins a file that will stand at `target`; where a link stands there, at the place it leads to.
    ///
    /// # Errors
    /// [`WriteError::Refused`] where the system refuses.
    pub fn begin(target: &Path) -> Result<Self, WriteError> {
        let refuse = |e: io::Error| WriteError::refused(target, e);
        if is_stream(target) {
            let file = fs::OpenOptions::new().write(true).open(target).map_err(refuse)?;
            return Ok(Self { target: target.to_path_buf(), form: Form::Stream(file) });
        }
        let place = real(target);
        if place.is_dir() {
            return Err(refuse(io::ErrorKind::IsADirectory.into()));
        }
        sweep(folder_of(&place));
        let file = tempfile::Builder::new().prefix(PREFIX).tempfile_in(folder_of(&place)).map_err(refuse)?;
        file.as_file().try_lock().map_err(|e| WriteError::refused(target, e))?;
        Ok(Self { target: place, form: Form::Beside(file) })
    }

    /// Gives the file its place; it is on the disk then.
    ///
    /// # Errors
    /// [`WriteError::Refused`]; what stood there before is then still there.
    pub fn finish(self) -> Result<(), WriteError> {
        let refuse = |e: io::Error| WriteError::refused(&self.target, e);
        match self.form {
            Form::Stream(mut file) => file.flush().map_err(refuse),
            Form::Beside(file) => {
                file.as_file().sync_all().map_err(refuse)?;
                file.persist(&self.target).map_err(|e| refuse(e.error))?;
                sync_folder(folder_of(&self.target));
                Ok(())
            }
        }
    }
}

impl Write for OutFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.form {
            Form::Beside(file) => file.write(bytes),
            Form::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.form {
            Form::Beside(file) => file.flush(),
            Form::Stream(file) => file.flush(),
        }
    }
}

/// Writes a small file whole.
///
/// # Errors
/// [`WriteError::Refused`] where the system refuses; what stood there before is then still there.
pub fn write_whole(path: &Path, content: impl AsRef<[u8]>) -> Result<(), WriteError> {
    let mut out = OutFile::begin(path)?;
    out.write_all(content.as_ref()).map_err(|e| WriteError::refused(path, e))?;
    out.finish()
}

/// Opens a file that only grows, a ledger or a list of answers; one that is begun is for its owner alone.
///
/// # Errors
/// Where the system refuses.
pub fn open_to_append(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Lets its owner alone read a file that somebody else's library begins.
pub(crate) fn for_owner_alone(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// A rename is on the disk when its folder is; where folders cannot be opened, the system sees to it.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Removes what killed writers left: files being written whose writer no longer holds its lock.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|e| e.file_name().to_string_lossy().starts_with(PREFIX)) {
        let old = |m: fs::Metadata| m.modified().ok()?.elapsed().ok();
        // a writer takes its lock right after making its file
        let settled = entry.metadata().ok().and_then(old).is_some_and(|age| age.as_secs() > 60);
        if settled && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_file_leaves_the_old_one_and_nothing_beside() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.csv");
        write_whole(&path, "lama").unwrap();
        let mut out = OutFile::begin(&path).unwrap();
        out.write_all(b"ba").unwrap();
        drop(out);
        assert_eq!(fs::read_to_string(&path).unwrap(), "lama");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        assert!(OutFile::begin(dir.path()).is_err(), "a folder is no file");
        assert!(OutFile::begin(&dir.path().join("tiada/a.csv")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_only_the_owner_reads() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let (file, link) = (dir.path().join("a"), dir.path().join("terbaru"));
        symlink("a", &link).unwrap();
        write_whole(&link, "x").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "x");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_written_to_as_it_comes() {
        write_whole(Path::new("/dev/null"), "x").unwrap();
        assert!(is_stream(Path::new("/dev/null")));
    }

    #[test]
    fn what_a_killed_writer_left_goes_after_a_minute() {
        let dir = tempfile::tempdir().unwrap();
        let earlier = std::time::SystemTime::now() - std::time::Duration::from_secs(120);
        let left = |name: &str| {
            let path = dir.path().join(format!("{PREFIX}{name}"));
            let file = File::create(&path).unwrap();
            file.set_modified(earlier).unwrap();
            (path, file)
        };
        let ((dead, _), (alive, held)) = (left("a"), left("b"));
        held.lock().unwrap();
        fs::write(dir.path().join(format!("{PREFIX}c")), "new").unwrap();
        OutFile::begin(&dir.path().join("x.csv")).unwrap().finish().unwrap();
        assert!(!dead.exists() && alive.exists() && dir.path().join(format!("{PREFIX}c")).exists());
    }
}
