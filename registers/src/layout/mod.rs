//! Source layouts: how the columns and codes of a file map to the model. They are data (`registers/data/layouts/*.toml`,
//! `registers/data/codes/*.toml`), compiled in; a user adds an own one at run time with [`Layout::from_toml`].

mod builtin;
mod by_cells;
mod codes;
mod fault;
mod find;
mod fit;
mod guess;
mod header;
mod joined;
mod meaning;
mod model;
mod normal;
mod parts;
mod second;
mod title;

pub use builtin::builtin;
pub use codes::code_list;
pub use fault::{LayoutFault, LayoutWord};
pub(crate) use find::{Candidate, NoFit, best};
pub(crate) use fit::Fit;
pub use guess::{ColumnGuess, GuessReason, LayoutGuess, guess};
pub(crate) use header::{headings, is_hints};
pub(crate) use meaning::Meant;
pub use model::{Column, Layout};
pub use normal::normal;
pub(crate) use parts::Parts;
pub(crate) use second::{Joined, Second};
pub(crate) use title::TitlePlace;
