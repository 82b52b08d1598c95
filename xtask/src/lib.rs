//! What every program of the project that makes checked-in files needs: the root, and whether to write or to compare.

use std::path::{Path, PathBuf};

/// What a task returns: nothing, or why it failed.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// The repository's root.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// Whether a generator writes its files or compares them with what is checked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Writes them.
    Write,
    /// Compares them.
    Compare,
}

impl Mode {
    /// Writes `content` at `path` (from the repository's root), or fails where what stands there differs.
    pub fn put(self, path: &str, content: &str) -> Outcome {
        let full = root().join(path);
        let there = std::fs::read_to_string(&full);
        match (self, there) {
            (_, Ok(there)) if there == content => Ok(()),
            (Self::Write, _) => {
                std::fs::create_dir_all(full.parent().unwrap_or(Path::new(".")))?;
                std::fs::write(full, content)?;
                eprintln!("wrote {path}");
                Ok(())
            }
            (Self::Compare, Ok(_)) => {
                Err(format!("{path} is not what its generator makes; run `cargo xtask generate`").into())
            }
            (Self::Compare, Err(why)) => Err(format!("{path}: {why}; run `cargo xtask generate`").into()),
        }
    }
}
