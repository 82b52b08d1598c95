//! Events and entries as plain data: the one form that files, databases, bindings and forms hold them in.

use super::{
    Act, ActKind, Actor, Attachment, Digest, Event, EventEntry, EvidenceKind, Link, PlainName, Subject, SubjectKind,
    SubjectVerdict,
};
use crate::Date;
use crate::region::{RegionCode, Scheme};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

codes! {
    /// Why plain data is no event.
    #[derive(Copy, thiserror::Error)]
    pub enum PlainError {
        /// A field is missing, or holds something that it cannot.
        Field { field: &'static str } = "verivali.bad_field", Error,
            id: "isian {field} tidak ada atau tidak dikenal",
            en: "the field {field} is missing or not understood";
        /// A name is no name.
        Name { field: &'static str, why: &'static str } = "verivali.bad_name", Error,
            id: "isian {field} bukan nama yang dapat dipakai ({why})",
            en: "the field {field} is no name ({why})";
        /// A field that this kind of act does not have: it would stand beside the event, outside its hash.
        Extra { field: &'static str } = "verivali.extra_field", Error,
            id: "isian {field} tidak dikenal pada jenis peristiwa ini",
            en: "this kind of act has no field {field}";
    }
}

type Str<'a> = Cow<'a, str>;

/// A subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainSubject<'a> {
    /// `household`, `family` or `person`.
    #[serde(borrow)]
    pub kind: Str<'a>,
    /// Its id in the register.
    #[serde(borrow)]
    pub id: Str<'a>,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainPlace<'a> {
    /// `kemendagri` or `bps`.
    #[serde(borrow)]
    pub scheme: Str<'a>,
    /// Its digits.
    #[serde(borrow)]
    pub code: Str<'a>,
}

/// An attachment by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainEvidence<'a> {
    /// An [`EvidenceKind`].
    #[serde(borrow)]
    pub kind: Str<'a>,
    /// SHA-256, hexadecimal.
    #[serde(borrow)]
    pub digest: Str<'a>,
}

/// What a caller writes. Dates are ISO.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainEntry<'a> {
    /// About whom.
    #[serde(borrow)]
    pub subject: PlainSubject<'a>,
    /// Where they live.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlainPlace<'a>>,
    /// Their ruta or family.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<PlainSubject<'a>>,
    /// With whom they are double.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<PlainSubject<'a>>,
    /// The day it was done.
    #[serde(borrow)]
    pub on: Str<'a>,
    /// The day it was written down; left out: the day it was done.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<Str<'a>>,
    /// In which role.
    #[serde(borrow)]
    pub role: Str<'a>,
    /// By whom.
    #[serde(borrow)]
    pub actor: Str<'a>,
    /// Under which rules.
    #[serde(borrow)]
    pub workflow: Str<'a>,
    /// At which stage.
    #[serde(borrow)]
    pub stage: Str<'a>,
    /// An [`ActKind`].
    #[serde(borrow)]
    pub act: Str<'a>,
    /// `LAYAK` or a reason, where the act says something of the subject.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Str<'a>>,
    /// Hash of the event that is corrected, withdrawn or kept.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Str<'a>>,
    /// The other system, where it was entered or became effective.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub system: Option<Str<'a>>,
    /// What proves it.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<PlainEvidence<'a>>,
    /// The code as its source had it.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Str<'a>>,
}

/// An event in a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlainEvent<'a> {
    /// The ledger it was written in.
    #[serde(borrow)]
    pub origin: Str<'a>,
    /// Its number there.
    pub number: u64,
    /// Hash of the event before it there.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Str<'a>>,
    /// Its number in the subject's story.
    pub sequence: u32,
    /// Hashes of the last events of the subject that the writer knew.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Str<'a>>,
    /// What it says.
    #[serde(borrow, flatten)]
    pub entry: PlainEntry<'a>,
    /// Its hash.
    #[serde(borrow)]
    pub hash: Str<'a>,
    #[serde(flatten, skip_serializing)]
    rest: NothingElse,
}

/// What is left of an event when its fields are taken: nothing. A field more would be outside the hash, and whoever reads
/// the file would take it for part of what was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct NothingElse;

impl<'de> Deserialize<'de> for NothingElse {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Rest;
        impl<'de> serde::de::Visitor<'de> for Rest {
            type Value = NothingElse;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("no further field")
            }
            fn visit_map<M: serde::de::MapAccess<'de>>(self, mut map: M) -> Result<NothingElse, M::Error> {
                match map.next_key::<serde::de::IgnoredAny>()? {
                    None => Ok(NothingElse),
                    // what it is called may be anything, a person's name too
                    Some(_) => Err(serde::de::Error::custom("a field that no event has")),
                }
            }
        }
        from.deserialize_map(Rest)
    }
}

/// Names that repeat share one allocation: a ledger of a million events has a handful of stages and roles.
#[derive(Clone, Debug, Default)]
pub struct Names(FxHashSet<PlainName>);

impl Names {
    fn get(&mut self, field: &'static str, text: &str) -> Result<PlainName, PlainError> {
        if let Some(known) = self.0.get(text) {
            return Ok(known.clone());
        }
        use crate::message::Coded;
        let name = PlainName::new(text).map_err(|e| PlainError::Name { field, why: e.code() })?;
        self.0.insert(name.clone());
        Ok(name)
    }
}

fn word<T>(field: &'static str, read: impl Fn(&str) -> Option<T>, text: &str) -> Result<T, PlainError> {
    read(text).ok_or(PlainError::Field { field })
}

fn needed<T>(field: &'static str, thing: Option<T>) -> Result<T, PlainError> {
    thing.ok_or(PlainError::Field { field })
}

fn day(field: &'static str, text: &str) -> Result<Date, PlainError> {
    text.parse().map_err(|_| PlainError::Field { field })
}

impl<'a> PlainSubject<'a> {
    fn of(subject: &'a Subject) -> Self {
        Self { kind: subject.kind.word().into(), id: subject.id.as_str().into() }
    }

    /// As a subject.
    ///
    /// # Errors
    /// [`PlainError`].
    pub fn read(&self) -> Result<Subject, PlainError> {
        let name = Names::default().get("subject.id", &self.id)?;
        Ok(Subject { kind: word("subject.kind", SubjectKind::from_word, &self.kind)?, id: name })
    }
}

impl PlainPlace<'_> {
    /// As a region code.
    ///
    /// # Errors
    /// [`PlainError`].
    pub fn read(&self) -> Result<RegionCode, PlainError> {
        let scheme = word("place.scheme", Scheme::from_word, &self.scheme)?;
        RegionCode::parse(scheme, &self.code).map_err(|_| PlainError::Field { field: "place.code" })
    }
}

impl<'a> From<&'a EventEntry> for PlainEntry<'a> {
    /// An entry as plain data.
    fn from(entry: &'a EventEntry) -> Self {
        Self {
            subject: PlainSubject::of(&entry.subject),
            place: entry.place.map(|p| PlainPlace { scheme: p.scheme().word().into(), code: p.digits().into() }),
            parent: entry.parent.as_ref().map(PlainSubject::of),
            twin: entry.twin.as_ref().map(PlainSubject::of),
            on: entry.on.to_string().into(),
            recorded: (entry.recorded != entry.on).then(|| entry.recorded.to_string().into()),
            role: entry.actor.role.as_str().into(),
            actor: entry.actor.id.as_str().into(),
            workflow: entry.workflow.as_str().into(),
            stage: entry.stage.as_str().into(),
            act: entry.act.kind().word().into(),
            verdict: entry.act.verdict().map(|v| v.word().into()),
            names: entry.act.names().map(|d| d.hex().into()),
            system: entry.act.system().map(|s| s.as_str().into()),
            evidence: entry
                .evidence
                .iter()
                .map(|e| PlainEvidence { kind: e.kind.word().into(), digest: e.digest.hex().into() })
                .collect(),
            code: entry.code.as_ref().map(|c| c.as_str().into()),
        }
    }
}

impl<'a> PlainEntry<'a> {
    /// As an entry.
    ///
    /// # Errors
    /// [`PlainError`].
    pub fn read(&self, names: &mut Names) -> Result<EventEntry, PlainError> {
        let digest = |field, text: &str| Digest::parse(text).ok_or(PlainError::Field { field });
        let on = day("on", &self.on)?;
        let act = word("act", ActKind::from_word, &self.act)?;
        let act = self.act(act, names)?;
        Ok(EventEntry {
            subject: self.subject.read()?,
            place: self.place.as_ref().map(PlainPlace::read).transpose()?,
            parent: self.parent.as_ref().map(PlainSubject::read).transpose()?,
            twin: self.twin.as_ref().map(PlainSubject::read).transpose()?,
            on,
            recorded: self.recorded.as_ref().map_or(Ok(on), |d| day("recorded", d))?,
            actor: Actor { role: names.get("role", &self.role)?, id: names.get("actor", &self.actor)? },
            workflow: names.get("workflow", &self.workflow)?,
            stage: names.get("stage", &self.stage)?,
            act,
            evidence: self
                .evidence
                .iter()
                .map(|e| {
                    let kind = word("evidence.kind", EvidenceKind::from_word, &e.kind)?;
                    Ok(Attachment { kind, digest: digest("evidence.digest", &e.digest)? })
                })
                .collect::<Result<_, PlainError>>()?,
            code: self.code.as_ref().map(|c| names.get("code", c)).transpose()?,
        })
    }

    fn act(&self, kind: ActKind, names: &mut Names) -> Result<Act, PlainError> {
        let verdict = || word("verdict", SubjectVerdict::from_word, needed("verdict", self.verdict.as_deref())?);
        let named = || word("names", Digest::parse, needed("names", self.names.as_deref())?);
        let system = || names.get("system", needed("system", self.system.as_deref())?);
        let act = Act::from_parts(kind, verdict, named, system)?;
        let extra = [
            ("verdict", self.verdict.is_some() && act.verdict().is_none()),
            ("names", self.names.is_some() && act.names().is_none()),
            ("system", self.system.is_some() && act.system().is_none()),
        ];
        match extra.into_iter().find(|(_, extra)| *extra) {
            Some((field, _)) => Err(PlainError::Extra { field }),
            None => Ok(act),
        }
    }
}

impl<'a> From<&'a Event> for PlainEvent<'a> {
    /// An event as plain data.
    fn from(event: &'a Event) -> Self {
        Self {
            origin: event.link.origin.as_str().into(),
            number: event.link.number,
            previous: event.link.previous.map(|d| d.hex().into()),
            sequence: event.link.sequence,
            after: event.link.after.iter().map(|d| d.hex().into()).collect(),
            entry: PlainEntry::from(&event.entry),
            hash: event.hash().hex().into(),
            rest: NothingElse,
        }
    }
}

impl<'a> PlainEvent<'a> {
    /// As an event that claims its hash.
    ///
    /// # Errors
    /// [`PlainError`].
    pub fn read(&self, names: &mut Names) -> Result<Event, PlainError> {
        let digest = |field, text: &str| Digest::parse(text).ok_or(PlainError::Field { field });
        let link = Link {
            origin: names.get("origin", &self.origin)?,
            number: self.number,
            previous: self.previous.as_ref().map(|d| digest("previous", d)).transpose()?,
            sequence: self.sequence,
            after: self.after.iter().map(|d| digest("after", d)).collect::<Result<_, _>>()?,
        };
        Ok(Event::claimed(link, self.entry.read(names)?, digest("hash", &self.hash)?))
    }
}
