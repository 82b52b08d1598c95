//! The canonical encoding: the bytes of an event that are hashed, and that a database keeps.
//!
//! One event has one encoding. In order:
//!
//! | part | form |
//! |---|---|
//! | tag | the bytes `bansos/verivali/1` and a line feed |
//! | origin, number, previous, sequence, after | text, number, maybe digest, number, list of digests |
//! | subject | kind (text), id (text) |
//! | place | maybe: scheme (text), digits (text) |
//! | parent, twin | maybe subject |
//! | on, recorded | day |
//! | role, actor, workflow, stage | text |
//! | act | kind (text), then what it holds: verdict (text), digest, name (text) |
//! | evidence | list of kind (text), digest |
//! | code | maybe text |
//!
//! A *number* is LEB128, seven bits a byte, lowest first, as short as it can be. A *text* is its length in bytes (number)
//! and its UTF-8. A *digest* is its 32 bytes. A *day* is days since 1970-01-01, zigzag (0, −1, 1, −2 … as 0, 1, 2, 3 …),
//! a number. *Maybe* is a byte 0, or a byte 1 and the thing. A *list* is its length (number) and its things. Enumerations
//! are written as their words, so that a new word changes no old event.

use super::Event;
use super::bytes::{read, write};

/// The canonical bytes of an event, without its hash.
///
/// ```
/// # use bansos::{Date, verivali::*};
/// # let name = |t: &str| PlainName::new(t).unwrap();
/// # let day = Date::constant(2022, 8, 1);
/// # let entry = EventEntry { subject: Subject::new(SubjectKind::Household, "R1").unwrap(), place: None, parent: None, twin: None, on: day,
/// #     recorded: day, actor: Actor { role: name("pusdatin"), id: name("K1") }, workflow: name("w"), stage: name("s"),
/// #     act: Act::Listed, evidence: vec![], code: None };
/// # let link = Link { origin: name("desa-1"), number: 1, previous: None, sequence: 1, after: vec![] };
/// let event = Event::seal(link, entry);
/// assert_eq!(Digest::compute(&encode(&event)), event.hash());
/// assert_eq!(decode(&encode(&event)), Some(event));
/// ```
pub fn encode(event: &Event) -> Vec<u8> {
    write(&event.link, &event.entry)
}

/// The event whose canonical bytes these are; `None` where they are not the canonical bytes of any.
pub fn decode(bytes: &[u8]) -> Option<Event> {
    let (link, entry) = read(bytes)?;
    let event = Event::seal(link, entry);
    // one event, one encoding: what decodes differently from how it encodes was not written by us
    (encode(&event) == bytes).then_some(event)
}
