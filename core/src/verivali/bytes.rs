//! The bytes of an entry and its link, written and read; their form stands in [`super::canonical`].

use super::{
    Act, ActKind, Actor, Attachment, Digest, EventEntry, EvidenceKind, Link, PlainName, Subject, SubjectKind,
    SubjectVerdict,
};
use crate::Date;
use crate::date::{from_epoch_days, to_epoch_days};
use crate::region::{RegionCode, Scheme};

const TAG: &[u8] = b"bansos/verivali/1\n";

pub(super) fn hash(link: &Link, entry: &EventEntry) -> Digest {
    Digest::compute(&write(link, entry))
}

pub(super) fn write(link: &Link, entry: &EventEntry) -> Vec<u8> {
    let mut out = Output(Vec::with_capacity(384));
    out.0.extend_from_slice(TAG);
    out.text(link.origin.as_str());
    out.number(link.number);
    out.maybe(link.previous.as_ref(), Output::digest);
    out.number(link.sequence.into());
    out.list(&link.after, Output::digest);
    out.subject(&entry.subject);
    out.maybe(entry.place.as_ref(), |o, p| {
        o.text(p.scheme().word());
        o.text(&p.digits());
    });
    out.maybe(entry.parent.as_ref(), Output::subject);
    out.maybe(entry.twin.as_ref(), Output::subject);
    out.day(entry.on);
    out.day(entry.recorded);
    for name in [&entry.actor.role, &entry.actor.id, &entry.workflow, &entry.stage] {
        out.text(name.as_str());
    }
    out.act(&entry.act);
    out.list(&entry.evidence, |o, e| {
        o.text(e.kind.word());
        o.digest(&e.digest);
    });
    out.maybe(entry.code.as_ref(), |o, c| o.text(c.as_str()));
    out.0
}

/// The entry and link at the beginning of these bytes, and nothing behind them.
pub(super) fn read(bytes: &[u8]) -> Option<(Link, EventEntry)> {
    let mut all = Input(bytes.strip_prefix(TAG)?);
    let link = Link {
        origin: all.name()?,
        number: all.number()?,
        previous: all.maybe(Input::digest)?,
        sequence: u32::try_from(all.number()?).ok()?,
        after: all.list(Input::digest)?,
    };
    let entry = EventEntry {
        subject: all.subject()?,
        place: all.maybe(Input::place)?,
        parent: all.maybe(Input::subject)?,
        twin: all.maybe(Input::subject)?,
        on: all.day()?,
        recorded: all.day()?,
        actor: Actor { role: all.name()?, id: all.name()? },
        workflow: all.name()?,
        stage: all.name()?,
        act: all.act()?,
        evidence: all.list(|i| Some(Attachment { kind: EvidenceKind::from_word(i.text()?)?, digest: i.digest()? }))?,
        code: all.maybe(Input::name)?,
    };
    all.0.is_empty().then_some((link, entry))
}

struct Output(Vec<u8>);

impl Output {
    fn number(&mut self, mut n: u64) {
        #[allow(clippy::cast_possible_truncation, reason = "the low seven bits are what is wanted")]
        while n >= 0x80 {
            self.0.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.0.push(n.to_le_bytes()[0]);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn digest(&mut self, digest: &Digest) {
        self.0.extend_from_slice(digest.bytes());
    }

    fn day(&mut self, day: Date) {
        let n = i64::from(to_epoch_days(day));
        self.number(((n << 1) ^ (n >> 63)).cast_unsigned());
    }

    fn subject(&mut self, subject: &Subject) {
        self.text(subject.kind.word());
        self.text(subject.id.as_str());
    }

    fn maybe<T>(&mut self, thing: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.0.push(u8::from(thing.is_some()));
        if let Some(thing) = thing {
            write(self, thing);
        }
    }

    fn list<T>(&mut self, things: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.number(things.len() as u64);
        things.iter().for_each(|t| write(self, t));
    }

    fn act(&mut self, act: &Act) {
        self.text(act.kind().word());
        if let Some(digest) = act.names() {
            self.digest(&digest);
        }
        if let Some(verdict) = act.verdict() {
            self.text(verdict.word());
        }
        if let Some(system) = act.system() {
            self.text(system.as_str());
        }
    }
}

struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        let mut n = 0u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.take(1)? else { return None };
            n |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(n);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn name(&mut self) -> Option<PlainName> {
        PlainName::new(self.text()?).ok()
    }

    fn digest(&mut self) -> Option<Digest> {
        self.take(32)?.try_into().ok().map(Digest::from_bytes)
    }

    fn day(&mut self) -> Option<Date> {
        let n = self.number()?;
        let days = (n >> 1).cast_signed() ^ -(n & 1).cast_signed();
        from_epoch_days(i32::try_from(days).ok()?)
    }

    fn subject(&mut self) -> Option<Subject> {
        Some(Subject { kind: SubjectKind::from_word(self.text()?)?, id: self.name()? })
    }

    fn place(&mut self) -> Option<RegionCode> {
        let scheme = Scheme::from_word(self.text()?)?;
        RegionCode::parse(scheme, self.text()?).ok()
    }

    fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        match self.take(1)? {
            [0] => Some(None),
            [1] => read(self).map(Some),
            _ => None,
        }
    }

    fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        // nothing is reserved: a length that a damaged file claims is not believed before its things are there
        (0..self.number()?).map(|_| read(self)).collect()
    }

    fn act(&mut self) -> Option<Act> {
        let verdict = |i: &mut Self| SubjectVerdict::from_word(i.text()?);
        Some(match ActKind::from_word(self.text()?)? {
            ActKind::Listed => Act::Listed,
            ActKind::Proposed => Act::Proposed(verdict(self)?),
            ActKind::Visited => Act::Visited(verdict(self)?),
            ActKind::Decided => Act::Decided(verdict(self)?),
            ActKind::Objected => Act::Objected(verdict(self)?),
            ActKind::Corrected => Act::Corrected { what: self.digest()?, verdict: verdict(self)? },
            ActKind::Withdrawn => Act::Withdrawn { what: self.digest()? },
            ActKind::Resolved => Act::Resolved { keeps: self.digest()? },
            ActKind::Entered => Act::Entered { system: self.name()? },
            ActKind::Effective => Act::Effective { system: self.name()? },
        })
    }
}
