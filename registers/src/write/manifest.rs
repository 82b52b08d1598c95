//! What we wrote into a folder of ours, so that what others lay in or change there can be told from it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The files of a folder and what they hold.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// SHA-256 of each file, by its path in the folder, `/` between its parts.
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads what stands in `folder`, but for its mark.
    pub(super) fn of(folder: &Path, mark: &str) -> io::Result<Self> {
        let mut all = Self::default();
        walk(folder, "", &mut |name, path| {
            if name != mark {
                all.files.insert(name.to_owned(), digest(path)?);
            }
            Ok(())
        })?;
        Ok(all)
    }

    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }

    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The files in `folder` that are not as they were written: new ones and changed ones. A file that is gone is nobody's loss.
    pub(super) fn differences(&self, folder: &Path, mark: &str) -> io::Result<Vec<String>> {
        let now = Self::of(folder, mark)?;
        Ok(now
            .files
            .into_iter()
            .filter(|(name, hash)| self.files.get(name) != Some(hash))
            .map(|(name, _)| name)
            .collect())
    }
}

/// Makes a folder and all in it readable by the owner alone, and sees that the files are on the disk.
pub(super) fn private(folder: &Path) -> io::Result<()> {
    walk(folder, "", &mut |_, path| {
        #[cfg(unix)]
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        File::open(path)?.sync_all()
    })
}

/// Visits every file below a folder. A link counts as a file and is not followed.
fn walk(folder: &Path, prefix: &str, visit: &mut dyn FnMut(&str, &Path) -> io::Result<()>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), visit)?;
        } else {
            visit(&name, &entry.path())?;
        }
    }
    Ok(())
}

/// What a file holds; a link, a pipe and the like hold nothing that we wrote.
fn digest(path: &Path) -> io::Result<String> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Ok("-".into());
    }
    let (mut file, mut hash, mut part) = (File::open(path)?, Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut part)? {
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            n => hash.update(part.get(..n).unwrap_or_default()),
        }
    }
}
