//! Whether generated files are written or compared.

use crate::{Outcome, root};
use std::path::Path;

/// Whether a generator writes its files or compares them with what is checked in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Compare,
}

impl Mode {
    /// Writes `content` at `path` (from the repository's root), or fails where what stands there differs.
    pub(crate) fn put(self, path: &str, content: &str) -> Outcome {
        let full = root().join(path);
        match self {
            Self::Write => {
                std::fs::create_dir_all(full.parent().unwrap_or(Path::new(".")))?;
                std::fs::write(full, content)?;
                eprintln!("wrote {path}");
                Ok(())
            }
            Self::Compare => match std::fs::read_to_string(full) {
                Ok(there) if there == content => Ok(()),
                Ok(_) => Err(format!("{path} is not what its generator makes; run `cargo xtask generate`").into()),
                Err(why) => Err(format!("{path}: {why}; run `cargo xtask generate`").into()),
            },
        }
    }
}
