//! Why an act is refused, and what is needed instead.

use super::super::{ActKind, EvidenceKind};
use crate::message::{Lang, Param, Value};
use crate::region::Scheme;
use crate::{Bilingual, Date};

/// Words of a workflow inside a sentence: ids for programs, labels for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms(pub Vec<(String, Bilingual)>);

// what a program reads are the ids; two lists with the same ids are one
impl std::hash::Hash for Terms {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|(id, _)| id.hash(state));
    }
}

impl Terms {
    /// Kinds of evidence.
    pub(super) fn evidence(kinds: impl IntoIterator<Item = EvidenceKind>) -> Self {
        let both = |k: EvidenceKind| Bilingual::new(k.label(Lang::Id), k.label(Lang::En));
        Self(kinds.into_iter().map(|k| (k.word().to_owned(), both(k))).collect())
    }

    /// Kinds of acts.
    pub(super) fn acts(kinds: impl IntoIterator<Item = ActKind>) -> Self {
        let both = |k: ActKind| Bilingual::new(k.label(Lang::Id), k.label(Lang::En));
        Self(kinds.into_iter().map(|k| (k.word().to_owned(), both(k))).collect())
    }
}

impl Value for Terms {
    fn param(&self) -> Param {
        Param::Text(self.0.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", "))
    }
    fn show(&self, lang: Lang) -> String {
        let all: Vec<&str> = self.0.iter().map(|(_, label)| label.get(lang)).collect();
        let or = if lang == Lang::Id { " atau " } else { " or " };
        match all.split_last() {
            Some((last, [])) => (*last).to_owned(),
            Some((last, rest)) => format!("{}{or}{last}", rest.join(", ")),
            None => "–".to_owned(),
        }
    }
}

codes! {
    /// Why a workflow does not let something be done. A warning lets it be done and is told.
    pub enum Refusal {
        /// There is no such workflow.
        UnknownWorkflow { workflow: String } = "workflow.unknown", Error,
            id: "alur {workflow} tidak dikenal",
            en: "the workflow {workflow} is not known";
        /// The day lies before or after the workflow.
        NotInForce { workflow: String, on: Date, from: Date } = "workflow.not_in_force", Error,
            id: "alur {workflow} tidak berlaku pada {on} (mulai {from}); pilih alur yang berlaku pada hari itu",
            en: "the workflow {workflow} is not in force on {on} (it begins on {from}); choose one that is";
        /// The workflow has no such stage.
        UnknownStage { stage: String, known: Terms } = "workflow.unknown_stage", Error,
            id: "tahap {stage} tidak ada dalam alur ini; yang ada: {known}",
            en: "the workflow has no stage {stage}; it has {known}";
        /// That is not done at this stage.
        NotHere { act: ActKind, stage: Terms, possible: Terms } = "workflow.not_here", Error,
            id: "{act} tidak dilakukan di tahap {stage}; di sini: {possible}",
            en: "no {act} at the stage {stage}; here: {possible}";
        /// Somebody else does that.
        WrongRole { act: ActKind, stage: Terms, role: Terms, needed: Terms } = "workflow.wrong_role", Error,
            id: "{role} tidak berwenang atas {act} di tahap {stage}; yang berwenang: {needed}",
            en: "{role} may not record a {act} at the stage {stage}; allowed: {needed}";
        /// An earlier stage is missing.
        TooEarly { stage: Terms, needed: Terms } = "workflow.too_early", Error,
            id: "belum dapat ke tahap {stage}; harus melalui {needed} dahulu",
            en: "too early for the stage {stage}; {needed} comes first";
        /// Evidence is missing.
        MissingEvidence { act: ActKind, needed: Terms } = "workflow.missing_evidence", Error,
            id: "{act} ini harus disertai {needed}",
            en: "this {act} needs {needed}";
        /// The objection was not answered in time.
        Lapsed { days: u16, until: Date, on: Date } = "workflow.lapsed", Error,
            id: "sanggahan harus diverifikasi dalam {days} hari, sampai {until}; pada {on} sudah gugur dan harus diajukan lagi",
            en: "an objection has to be verified within {days} days, until {until}; on {on} it has lapsed and has to be made again";
        /// Outside the days of the month on which it is taken in.
        OutsideDays { act: ActKind, first: u8, last: u8, on: Date } = "workflow.outside_days", Warning,
            id: "{act} diterima tanggal {first}–{last} setiap bulan; yang tertanggal {on} ikut bulan berikutnya",
            en: "a {act} is taken in from day {first} to {last} of a month; one of {on} waits for the next month";
        /// Written down before it was done.
        RecordedBefore { on: Date, recorded: Date } = "workflow.recorded_before", Error,
            id: "dicatat {recorded}, padahal dilakukan {on}",
            en: "recorded on {recorded}, before it was done on {on}";
        /// A day on which nothing can have been done or written down yet.
        ImpossibleDay { day: Date, last: Date } = "workflow.impossible_day", Error,
            id: "tanggal {day} tidak mungkin; yang dapat dicatat sampai {last}",
            en: "the day {day} cannot be; what can be recorded ends with {last}";
        /// The subject is said to belong to itself.
        OwnParent = "workflow.own_parent", Error,
            id: "subjek ini disebut sebagai rumah tangga atau keluarganya sendiri",
            en: "the subject is named as the household or family that it belongs to itself";
        /// A person is said to be what others belong to.
        ParentPerson = "workflow.parent_person", Error,
            id: "yang disebut sebagai rumah tangga atau keluarganya adalah orang",
            en: "a person is named as the household or family that the subject belongs to";
        /// The subject is said to be double with itself.
        OwnTwin = "workflow.own_twin", Error,
            id: "subjek ini disebut ganda dengan dirinya sendiri",
            en: "the subject is named as the double of itself";
        /// No place ever had this code.
        NoSuchPlace { scheme: Scheme } = "workflow.no_such_place", Error,
            id: "kode wilayah ini tidak pernah ada menurut {scheme}",
            en: "no place ever had this code of {scheme}";
        /// Neither on the list nor proposed.
        NotOnList { act: ActKind } = "workflow.not_on_list", Error,
            id: "subjek ini tidak ada di daftar awal dan belum pernah diusulkan; usulkan dahulu sebelum {act}",
            en: "this subject is not on the list and was never proposed; propose it before a {act}";
        /// On the list already.
        OnListAlready = "workflow.on_list_already", Error,
            id: "subjek ini sudah ada di daftar awal",
            en: "this subject is on the list already";
        /// Decisions contradict each other.
        InConflict { decisions: u32 } = "workflow.in_conflict", Error,
            id: "ada {decisions} putusan yang bertentangan; selesaikan dahulu dengan menyebut putusan yang berlaku",
            en: "{decisions} decisions contradict each other; first name the one that holds";
        /// There is no contradiction to end.
        NoConflict = "workflow.no_conflict", Error,
            id: "tidak ada putusan yang bertentangan pada subjek ini, atau putusan yang disebut bukan salah satunya",
            en: "no decisions contradict each other here, or the one named is none of them";
        /// The event it names is not there.
        UnknownEvent { act: ActKind } = "workflow.unknown_event", Error,
            id: "peristiwa yang disebut {act} ini tidak ada dalam riwayat subjek",
            en: "the event that this {act} names is not in the story of the subject";
        /// What it names does not wait any more.
        NotOpen = "workflow.not_open", Error,
            id: "yang dicabut bukan usulan atau sanggahan yang masih terbuka",
            en: "what is taken back is no open proposal or objection";
        /// There is no decision to enter.
        NothingDecided { act: ActKind } = "workflow.nothing_decided", Error,
            id: "belum ada putusan pada subjek ini; {act} menyusul putusan",
            en: "nothing has been decided about this subject; the {act} follows a decision";
    }
}
