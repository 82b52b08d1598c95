//! An event in a ledger: an entry at its place, with the hash of both.

use super::{Digest, EventEntry, Link, bytes};

/// An event in a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Event {
    /// Its place.
    pub link: Link,
    /// What it says.
    pub entry: EventEntry,
    hash: Digest,
}

impl Event {
    /// An event with the hash that its content has.
    pub fn seal(link: Link, entry: EventEntry) -> Self {
        let hash = bytes::hash(&link, &entry);
        Self { link, entry, hash }
    }

    /// An event as a storage gives it back: with the hash that it claims. [`Event::is_intact`] holds the two together.
    pub const fn claimed(link: Link, entry: EventEntry, hash: Digest) -> Self {
        Self { link, entry, hash }
    }

    /// Its hash: the name by which other events call it.
    pub const fn hash(&self) -> Digest {
        self.hash
    }

    /// Whether the content has the hash that it claims.
    pub fn is_intact(&self) -> bool {
        bytes::hash(&self.link, &self.entry) == self.hash
    }
}
