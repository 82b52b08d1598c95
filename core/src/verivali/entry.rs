//! What somebody did about a subject on a day, and its place in the chain.

use super::{Digest, PlainName, RemovalReason, Subject};
use crate::{Date, RegionCode};

/// What is said of a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubjectVerdict {
    /// Belongs on the list (layak).
    Eligible,
    /// Does not, for this reason (tidak layak).
    NotEligible(RemovalReason),
}

impl SubjectVerdict {
    /// `LAYAK`, or the reason's word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Eligible => "LAYAK",
            Self::NotEligible(reason) => reason.word(),
        }
    }

    /// What [`SubjectVerdict::word`] says.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "LAYAK" => Some(Self::Eligible),
            other => RemovalReason::from_word(other).map(Self::NotEligible),
        }
    }

    /// As a person reads it.
    pub const fn label(self, lang: crate::Lang) -> &'static str {
        match (self, lang) {
            (Self::Eligible, crate::Lang::Id) => "layak",
            (Self::Eligible, crate::Lang::En) => "eligible",
            (Self::NotEligible(reason), lang) => reason.label(lang),
        }
    }
}

words! {
    /// The kinds of [`Act`].
    pub enum ActKind {
        /// On the list that the round begins with.
        Listed = "listed", id: "daftar awal", en: "listed";
        /// Usulan.
        Proposed = "proposed", id: "usulan", en: "proposal";
        /// Kunjungan.
        Visited = "visited", id: "kunjungan", en: "visit";
        /// Putusan, at whatever stage.
        Decided = "decided", id: "putusan", en: "decision";
        /// Sanggah.
        Objected = "objected", id: "sanggah", en: "objection";
        /// Koreksi of a named event.
        Corrected = "corrected", id: "koreksi", en: "correction";
        /// A named proposal or objection is taken back.
        Withdrawn = "withdrawn", id: "pencabutan", en: "withdrawal";
        /// Of decisions that contradict each other, one is named that holds.
        Resolved = "resolved", id: "penyelesaian", en: "resolution";
        /// Typed into another system.
        Entered = "entered", id: "entri ke sistem", en: "entered";
        /// Seen in that system as it was entered.
        Effective = "effective", id: "berlaku di sistem", en: "effective";
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// The subject is on the list that the round begins with (prelist).
    Listed,
    /// A proposal (usulan): it stays open until it is decided, or superseded by an event that names it.
    Proposed(SubjectVerdict),
    /// What a visit found. It decides nothing.
    Visited(SubjectVerdict),
    /// A decision of a musyawarah, a pleno, an office. Which of them: the stage says it.
    Decided(SubjectVerdict),
    /// An objection (sanggah): open like a proposal.
    Objected(SubjectVerdict),
    /// Instead of a named event, this is right.
    Corrected {
        /// The event that was wrong.
        what: Digest,
        /// What is right.
        verdict: SubjectVerdict,
    },
    /// A named proposal or objection is taken back.
    Withdrawn {
        /// The proposal or objection.
        what: Digest,
    },
    /// Of decisions made apart from each other that disagree, one holds.
    Resolved {
        /// The decision that holds.
        keeps: Digest,
    },
    /// The decision was typed into another system, such as SIKS-NG.
    Entered {
        /// Its name.
        system: PlainName,
    },
    /// The other system shows it.
    Effective {
        /// Its name.
        system: PlainName,
    },
}

impl Act {
    /// An act of a kind, from what that kind needs; the rest is not asked for.
    ///
    /// # Errors
    /// The error of the part that was asked for and is missing.
    pub fn from_parts<E>(
        kind: ActKind,
        verdict: impl FnOnce() -> Result<SubjectVerdict, E>,
        named: impl FnOnce() -> Result<Digest, E>,
        system: impl FnOnce() -> Result<PlainName, E>,
    ) -> Result<Self, E> {
        Ok(match kind {
            ActKind::Listed => Self::Listed,
            ActKind::Proposed => Self::Proposed(verdict()?),
            ActKind::Visited => Self::Visited(verdict()?),
            ActKind::Decided => Self::Decided(verdict()?),
            ActKind::Objected => Self::Objected(verdict()?),
            ActKind::Corrected => Self::Corrected { what: named()?, verdict: verdict()? },
            ActKind::Withdrawn => Self::Withdrawn { what: named()? },
            ActKind::Resolved => Self::Resolved { keeps: named()? },
            ActKind::Entered => Self::Entered { system: system()? },
            ActKind::Effective => Self::Effective { system: system()? },
        })
    }

    /// Which kind of act.
    pub const fn kind(&self) -> ActKind {
        match self {
            Self::Listed => ActKind::Listed,
            Self::Proposed(_) => ActKind::Proposed,
            Self::Visited(_) => ActKind::Visited,
            Self::Decided(_) => ActKind::Decided,
            Self::Objected(_) => ActKind::Objected,
            Self::Corrected { .. } => ActKind::Corrected,
            Self::Withdrawn { .. } => ActKind::Withdrawn,
            Self::Resolved { .. } => ActKind::Resolved,
            Self::Entered { .. } => ActKind::Entered,
            Self::Effective { .. } => ActKind::Effective,
        }
    }

    /// What it says of the subject, where it says something itself.
    pub const fn verdict(&self) -> Option<SubjectVerdict> {
        match self {
            Self::Proposed(v) | Self::Visited(v) | Self::Decided(v) | Self::Objected(v) => Some(*v),
            Self::Corrected { verdict, .. } => Some(*verdict),
            _ => None,
        }
    }

    /// The event that it names.
    pub const fn names(&self) -> Option<Digest> {
        match self {
            Self::Corrected { what, .. } | Self::Withdrawn { what } => Some(*what),
            Self::Resolved { keeps } => Some(*keeps),
            _ => None,
        }
    }

    /// The other system that it speaks of.
    pub const fn system(&self) -> Option<&PlainName> {
        match self {
            Self::Entered { system } | Self::Effective { system } => Some(system),
            _ => None,
        }
    }
}

words! {
    /// What proves an event.
    pub enum EvidenceKind {
        /// Signed minutes of a meeting.
        Minutes = "minutes", id: "berita acara", en: "minutes";
        /// A photo of the house.
        Photo = "photo", id: "foto rumah", en: "photo of the house";
        /// Where the house stands.
        Coordinates = "coordinates", id: "titik koordinat", en: "coordinates";
        /// Surat pernyataan tanggung jawab mutlak.
        Responsibility = "responsibility", id: "SPTJM", en: "statement of full responsibility";
        /// The filled-in questionnaire.
        Form = "form", id: "kuesioner", en: "questionnaire";
        /// Another document: a death certificate, a letter of moving, a decree.
        Document = "document", id: "dokumen", en: "document";
    }
}

/// An attachment: the ledger holds its digest, never the thing itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attachment {
    /// What it is.
    pub kind: EvidenceKind,
    /// SHA-256 of the file.
    pub digest: Digest,
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor {
    /// In which role; the workflow says which roles may do what.
    pub role: PlainName,
    /// Who, by an id of the office, never a NIK.
    pub id: PlainName,
}

/// What a caller writes: an event before it has its place in a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EventEntry {
    /// About whom.
    pub subject: Subject,
    /// Where the subject lives, where the event says so.
    pub place: Option<RegionCode>,
    /// The ruta or family that a person belongs to, where the event says so.
    pub parent: Option<Subject>,
    /// With whom it is double (DATA_GANDA, NIK_GANDA), or of whose ruta it is part (BAGIAN_RUTA_LAIN).
    pub twin: Option<Subject>,
    /// The day it was done.
    pub on: Date,
    /// The day it was written down.
    pub recorded: Date,
    /// By whom.
    pub actor: Actor,
    /// Under which rules.
    pub workflow: PlainName,
    /// At which stage of them.
    pub stage: PlainName,
    /// What.
    pub act: Act,
    /// What proves it.
    pub evidence: Vec<Attachment>,
    /// The code as its source had it, such as `siks-droid/hasil_verivali/6`, so that it can be given back.
    pub code: Option<PlainName>,
}

/// The place of an event in its ledger and in the story of its subject.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The ledger it was written in.
    pub origin: PlainName,
    /// Its number there, from 1.
    pub number: u64,
    /// The event before it there; none before the first.
    pub previous: Option<Digest>,
    /// Its number in the subject's story: one more than the greatest of `after`, from 1.
    pub sequence: u32,
    /// The last events of the subject that the writer knew: one, or several after a merge; none for the first. Rising.
    pub after: Vec<Digest>,
}
