//! What a command reads and writes, as its options say: an output never stands on, in or around an input.
//!
//! The type of an option decides, so that no command can forget: a `PathBuf` is read, an [`OutPath`] is written, a
//! [`PriorResult`] is an earlier result that the command may replace by a later one of the same.

use crate::failure::Failure;
use bansos_registers::write::keep_apart;
use clap::ArgMatches;
use std::convert::Infallible;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::str::FromStr;

macro_rules! path {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub(crate) struct $name(PathBuf);

        impl FromStr for $name {
            type Err = Infallible;
            fn from_str(text: &str) -> Result<Self, Infallible> {
                Ok(Self(text.into()))
            }
        }

        impl Deref for $name {
            type Target = Path;
            fn deref(&self) -> &Path {
                &self.0
            }
        }

        impl AsRef<Path> for $name {
            fn as_ref(&self) -> &Path {
                &self.0
            }
        }
    };
}

path! {
    /// A file or folder that the command writes.
    OutPath
}
path! {
    /// An earlier result that the command reads whole before it writes, and may replace.
    PriorResult
}

/// Refuses an output that would touch an input.
pub(crate) fn keep_outputs_apart(matches: &ArgMatches) -> Result<(), Failure> {
    let (mut inputs, mut outputs) = (Vec::new(), Vec::new());
    collect(matches, &mut inputs, &mut outputs);
    for (i, output) in outputs.iter().enumerate() {
        let others = outputs.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other.as_path());
        keep_apart(output, inputs.iter().map(PathBuf::as_path).chain(others))?;
    }
    Ok(())
}

fn collect(matches: &ArgMatches, inputs: &mut Vec<PathBuf>, outputs: &mut Vec<PathBuf>) {
    for id in matches.ids() {
        // an option of another type is no path
        if let Ok(Some(all)) = matches.try_get_many::<PathBuf>(id.as_str()) {
            inputs.extend(all.cloned());
        }
        if let Ok(Some(all)) = matches.try_get_many::<OutPath>(id.as_str()) {
            outputs.extend(all.map(|path| path.0.clone()));
        }
    }
    if let Some((_, inner)) = matches.subcommand() {
        collect(inner, inputs, outputs);
    }
}
