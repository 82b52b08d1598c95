//! Whether generated files are written or compared.

use crate::shell::{self, Outcome};

/// Whether a generator writes its files or compares them with what is checked in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Write,
    Compare,
}

impl Mode {
    /// Writes `content` at `path` (from the repository's root), or fails where what stands there differs.
    pub(crate) fn put(self, path: &str, content: &str) -> Outcome {
        let full = shell::root().join(path);
        match self {
            Self::Write => {
                std::fs::write(full, content)?;
                eprintln!("wrote {path}");
                Ok(())
            }
            Self::Compare if std::fs::read_to_string(full)? == content => Ok(()),
            Self::Compare => Err(format!("{path} is not what its generator makes; run `cargo xtask generate`").into()),
        }
    }
}
