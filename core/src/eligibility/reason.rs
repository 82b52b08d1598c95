//! Why a determination came out as it did: one code per reason, with typed parameters and both sentences.

use super::Truth;
use crate::message::{Bilingual, CodeInfo, Coded, Lang, Param};
use crate::person::Flag;
use crate::policy::{Basis, Confidence, ParameterValue, Unit};
use crate::programme::ComponentName;
use crate::{Date, Rupiah};

codes! {
    /// One reason.
    pub enum Why {
        /// The programme has not begun on the date.
        NotYet { from: Date } = "eligibility.programme_not_yet", Info,
            id: "program ini baru berjalan mulai {from}",
            en: "the programme only starts on {from}";
        /// The programme does not run on the date.
        Ended { on: Date } = "eligibility.programme_ended", Info,
            id: "program ini berakhir pada {on}",
            en: "the programme ended on {on}";
        /// The family stands in the register.
        Registered = "eligibility.registered", Info,
            id: "keluarga terdaftar dalam data terpadu",
            en: "the family is in the register";
        /// The family does not stand in the register.
        NotRegistered = "eligibility.not_registered", Info,
            id: "keluarga tidak terdaftar dalam data terpadu",
            en: "the family is not in the register";
        /// Nobody says whether it does.
        RegisteredUnknown = "eligibility.registered_unknown", Info,
            id: "belum diketahui apakah keluarga terdaftar dalam data terpadu",
            en: "it is unknown whether the family is in the register";
        /// The decile is within the ceiling.
        DecileWithin { decile: u8, max: u8 } = "eligibility.decile_within", Info,
            id: "desil {decile}, tidak melebihi batas desil {max}",
            en: "decile {decile}, within the ceiling of {max}";
        /// The decile is above the ceiling.
        DecileAbove { decile: u8, max: u8 } = "eligibility.decile_above", Info,
            id: "desil {decile}, di atas batas desil {max}",
            en: "decile {decile}, above the ceiling of {max}";
        /// The decile is unknown.
        DecileUnknown { max: u8 } = "eligibility.decile_unknown", Info,
            id: "desil belum diketahui; batasnya desil {max}",
            en: "the decile is unknown; the ceiling is {max}";
        /// No ceiling is in force on the date.
        NoCeiling = "eligibility.no_decile_ceiling", Info,
            id: "pada tanggal ini belum ada batas desil",
            en: "no decile ceiling is in force on this date";
        /// Enough persons count for a component.
        Components { persons: u32, needed: u32 } = "eligibility.components", Info,
            id: "{persons} anggota terhitung dalam komponen; diperlukan {needed}",
            en: "{persons} members count for a component; {needed} needed";
        /// Too few do.
        ComponentsMissing { persons: u32, needed: u32 } = "eligibility.components_missing", Info,
            id: "hanya {persons} anggota memenuhi komponen; diperlukan {needed}",
            en: "only {persons} members fit a component; {needed} needed";
        /// It depends on unknown facts.
        ComponentsUnknown { persons: u32, needed: u32 } = "eligibility.components_unknown", Info,
            id: "belum pasti ada anggota yang masuk kelompok sasaran ({persons} pasti, diperlukan {needed}); lengkapi dulu datanya",
            en: "not yet certain that enough members fit a component ({persons} certain, {needed} needed); complete the data first";
        /// A member is counted for a component.
        Counted { member: u32, component: ComponentName, year: Rupiah } = "eligibility.member_counted", Info,
            id: "anggota ke-{member} dihitung sebagai {component}: {year} per tahun",
            en: "member {member} counts as {component}: {year} a year";
        /// A member fits a component but a cap leaves no place.
        OverCap { member: u32, component: ComponentName, cap: u32 } = "eligibility.member_over_cap", Info,
            id: "anggota ke-{member} memenuhi {component} tetapi batas {cap} orang sudah terisi",
            en: "member {member} fits {component} but the cap of {cap} persons is filled";
        /// A member may fit a component; facts are missing.
        MemberOpen { member: u32, component: ComponentName } = "eligibility.member_open", Info,
            id: "anggota ke-{member} mungkin memenuhi {component}; faktanya belum lengkap",
            en: "member {member} may fit {component}; facts are missing";
        /// A member who died, moved or was not found is not counted.
        MemberGone { member: u32 } = "eligibility.member_gone", Info,
            id: "anggota ke-{member} meninggal, pindah, atau tidak ditemukan, jadi tidak dihitung",
            en: "member {member} died, moved or was not found, and is not counted";
        /// A member born after the date is not counted.
        MemberUnborn { member: u32 } = "eligibility.member_unborn", Info,
            id: "anggota ke-{member} lahir sesudah tanggal ini, jadi tidak dihitung",
            en: "member {member} was born after this date, and is not counted";
        /// A member who is not active in the register is not counted.
        MemberUnregistered { member: u32 } = "eligibility.member_unregistered", Info,
            id: "anggota ke-{member} tidak aktif dalam data terpadu, jadi tidak dihitung",
            en: "member {member} is not active in the register, and is not counted";
        /// Enough members pass a test of the programme.
        Members { members: u32, needed: u32 } = "eligibility.members", Info,
            id: "{members} anggota memenuhi syarat; diperlukan {needed}",
            en: "{members} members pass the test; {needed} needed";
        /// Too few do.
        MembersTooFew { members: u32, needed: u32 } = "eligibility.members_too_few", Info,
            id: "hanya {members} anggota memenuhi syarat; diperlukan {needed}",
            en: "only {members} members pass the test; {needed} needed";
        /// It depends on unknown facts.
        MembersUnknown { members: u32, needed: u32 } = "eligibility.members_unknown", Info,
            id: "belum pasti cukup anggota yang memenuhi syarat ({members} pasti, diperlukan {needed}); lengkapi dulu datanya",
            en: "not yet certain that enough members pass the test ({members} certain, {needed} needed); complete the data first";
        /// A member's flag bars the family.
        FlagBars { member: u32, flag: Flag } = "eligibility.flag_bars", Info,
            id: "anggota ke-{member} tercatat sebagai {flag}; ini menggugurkan keluarga",
            en: "member {member} is reported as {flag}; this bars the family";
        /// No member carries a barring flag.
        NoFlag = "eligibility.no_flag", Info,
            id: "tidak ada anggota dengan tanda yang menggugurkan",
            en: "no member carries a barring flag";
        /// Some members were not checked.
        FlagUnknown = "eligibility.flag_unknown", Info,
            id: "belum semua anggota dipadankan untuk tanda yang menggugurkan",
            en: "not all members were checked for barring flags";
        /// A member's flag asks for a second look and bars nobody.
        FlagReview { member: u32, flag: Flag } = "eligibility.flag_review", Warning,
            id: "anggota ke-{member} tercatat sebagai {flag}; perlu diperiksa, tidak menggugurkan",
            en: "member {member} is reported as {flag}; worth checking, it bars nobody";
        /// Another programme is received that this one excludes.
        Excluded { programme: String } = "eligibility.excluded", Info,
            id: "keluarga menerima {programme}, yang tidak boleh bersamaan dengan program ini",
            en: "the family receives {programme}, which may not go together with this programme";
        /// Nothing excluded is received.
        NotExcluded = "eligibility.not_excluded", Info,
            id: "tidak menerima program lain yang dikecualikan",
            en: "no programme is received that this one excludes";
        /// It is unknown whether one is received.
        ExcludedUnknown { programme: String } = "eligibility.excluded_unknown", Info,
            id: "belum diketahui apakah keluarga menerima {programme}, yang tidak boleh bersamaan",
            en: "it is unknown whether the family receives {programme}, which may not go together";
        /// The family receives a programme that is asked for.
        Receives { programme: String } = "eligibility.receives", Info,
            id: "keluarga menerima {programme}",
            en: "the family receives {programme}";
        /// The family does not receive it.
        ReceivesNot { programme: String } = "eligibility.receives_not", Info,
            id: "keluarga tidak menerima {programme}",
            en: "the family does not receive {programme}";
        /// Nobody says.
        ReceivesUnknown { programme: String } = "eligibility.receives_unknown", Info,
            id: "belum diketahui apakah keluarga menerima {programme}",
            en: "it is unknown whether the family receives {programme}";
        /// A fact of the region's own holds.
        FactHolds { fact: OwnFact, value: i64 } = "eligibility.fact_holds", Info,
            id: "memenuhi syarat: {fact} bernilai {value}",
            en: "meets the rule: {fact} is {value}";
        /// It does not.
        FactFails { fact: OwnFact, value: i64 } = "eligibility.fact_fails", Info,
            id: "tidak memenuhi syarat: {fact} bernilai {value}",
            en: "does not meet the rule: {fact} is {value}";
        /// It is unknown.
        FactUnknown { fact: OwnFact } = "eligibility.fact_unknown", Info,
            id: "belum ada {fact}",
            en: "not known: {fact}";
        /// The family lives in the programme's area.
        RegionInside = "eligibility.region_inside", Info,
            id: "keluarga tinggal di wilayah program",
            en: "the family lives in the programme's area";
        /// It lives elsewhere.
        RegionOutside = "eligibility.region_outside", Info,
            id: "keluarga tinggal di luar wilayah program",
            en: "the family lives outside the programme's area";
        /// Nobody says where.
        RegionUnknown = "eligibility.region_unknown", Info,
            id: "belum diketahui di wilayah mana keluarga tinggal",
            en: "it is unknown where the family lives";
        /// A pupil attends less than the condition asks. The cut's size is not confirmed by any source read.
        AttendanceLow { member: u32, percent: u8, min: u8 } = "eligibility.attendance_low", Warning,
            id: "kehadiran sekolah anggota ke-{member} {percent} persen, kurang dari {min} persen; pembayaran berikutnya dapat dipotong",
            en: "member {member} attends {percent} percent of school days, below {min} percent; the next payment may be cut";
    }
}

words! {
    /// A fact that can be missing.
    pub enum Fact {
        /// Welfare decile.
        Decile = "decile", id: "desil kesejahteraan", en: "welfare decile";
        /// In the register or not.
        Registered = "registered", id: "status terdaftar keluarga", en: "whether the family is registered";
        /// Members that are not listed.
        Members = "members", id: "anggota keluarga yang belum terdaftar", en: "members not listed";
        /// Birth date.
        Birth = "birth", id: "tanggal lahir", en: "birth date";
        /// Sex.
        Sex = "sex", id: "jenis kelamin", en: "sex";
        /// Relation to the head.
        Relation = "relation", id: "hubungan dengan kepala keluarga", en: "relation to the head";
        /// Whether the member is alive and present.
        Presence = "presence", id: "keberadaan anggota", en: "whether the member is there";
        /// Individually registered.
        MemberRegistered = "member_registered", id: "status aktif anggota", en: "whether the member is active in the register";
        /// Goes to school.
        Attendance = "attendance", id: "partisipasi sekolah", en: "whether the member goes to school";
        /// School level.
        SchoolLevel = "school_level", id: "jenjang sekolah", en: "school level";
        /// Pregnant.
        Pregnant = "pregnant", id: "status kehamilan", en: "whether pregnant";
        /// Which pregnancy.
        PregnancyOrder = "pregnancy_order", id: "kehamilan ke berapa", en: "which pregnancy it is";
        /// Severe disability.
        SevereDisability = "severe_disability", id: "tingkat disabilitas", en: "severity of the disability";
        /// On the rights victims' list.
        RightsVictim = "rights_victim", id: "daftar korban pelanggaran HAM berat", en: "the list of rights victims";
        /// Flags not matched.
        Flags = "flags", id: "hasil pemadanan tanda", en: "results of data matching";
        /// Whether another programme is received.
        Receives = "receives", id: "penerimaan program lain", en: "receipt of another programme";
        /// Where the family lives.
        Region = "region", id: "wilayah tempat tinggal", en: "where the family lives";
        /// Hard-to-reach area.
        Remote = "remote", id: "wilayah PKH Akses", en: "whether it is a hard-to-reach area";
        /// A region's own fact.
        Extra = "extra", id: "keterangan daerah", en: "a fact of the region's own";
    }
}

/// The name of a region's own fact; in sentences by its meaning, where the built-in programmes give it one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OwnFact(pub String);

impl crate::message::Value for OwnFact {
    fn param(&self) -> Param {
        Param::Text(self.0.clone())
    }
    fn show(&self, lang: Lang) -> String {
        match (self.0.as_str(), lang) {
            ("musdes", Lang::Id) => "hasil musyawarah desa".to_owned(),
            ("musdes", Lang::En) => "the result of the village deliberation".to_owned(),
            (name, Lang::Id) => format!("keterangan {name}"),
            (name, Lang::En) => format!("the fact {name}"),
        }
    }
}

impl Fact {
    /// What would settle it: where the fact is written down.
    pub const fn source_label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Decile, Lang::Id) => "pemeringkatan DTSEN keluarga ini (SIKS-NG)",
            (Self::Decile, Lang::En) => "the family's DTSEN ranking (SIKS-NG)",
            (Self::Registered | Self::MemberRegistered, Lang::Id) => "pencarian dalam data terpadu yang berlaku",
            (Self::Registered | Self::MemberRegistered, Lang::En) => "a look-up in the register of the day",
            (Self::Members | Self::Relation, Lang::Id) => "kartu keluarga terbaru",
            (Self::Members | Self::Relation, Lang::En) => "the newest family card",
            (Self::Birth | Self::Sex, Lang::Id) => "akta kelahiran, KTP, atau kartu keluarga",
            (Self::Birth | Self::Sex, Lang::En) => "birth certificate, identity card or family card",
            (Self::Presence, Lang::Id) => "kunjungan rumah atau data Dukcapil",
            (Self::Presence, Lang::En) => "a home visit or the civil registry",
            (Self::Attendance | Self::SchoolLevel, Lang::Id) => "Dapodik atau EMIS, atau surat keterangan sekolah",
            (Self::Attendance | Self::SchoolLevel, Lang::En) => "Dapodik or EMIS, or a letter of the school",
            (Self::Pregnant | Self::PregnancyOrder, Lang::Id) => "buku KIA atau keterangan bidan/puskesmas",
            (Self::Pregnant | Self::PregnancyOrder, Lang::En) => {
                "the maternal health book or a statement of the midwife"
            }
            (Self::SevereDisability, Lang::Id) => "keterangan dokter/puskesmas atau asesmen pendamping",
            (Self::SevereDisability, Lang::En) => {
                "a statement of the health centre or an assessment by the facilitator"
            }
            (Self::RightsVictim, Lang::Id) => "daftar korban yang ditetapkan pemerintah",
            (Self::RightsVictim, Lang::En) => "the list of victims fixed by the government",
            (Self::Flags, Lang::Id) => "hasil pemadanan data di SIKS-NG",
            (Self::Flags, Lang::En) => "the matching results in SIKS-NG",
            (Self::Receives, Lang::Id) => "daftar penerima program tersebut",
            (Self::Receives, Lang::En) => "the recipient list of that programme",
            (Self::Region | Self::Remote, Lang::Id) => "alamat domisili dan kode wilayah",
            (Self::Region | Self::Remote, Lang::En) => "the address of residence and its region code",
            (Self::Extra, Lang::Id) => "kunjungan rumah atau data daerah",
            (Self::Extra, Lang::En) => "a home visit or the region's own data",
        }
    }
}

/// One reason: what was asked, which parameter was used, what was seen, how it came out, and on what basis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Code, parameters and sentences.
    pub why: Why,
    /// The outcome.
    pub truth: Truth,
    /// Whether the outcome depends on it; otherwise it explains an amount or asks for a second look.
    pub decides: bool,
    /// The parameter used.
    pub parameter: Option<String>,
    /// Its value on the date.
    pub value: Option<ParameterValue>,
    /// Its unit.
    pub unit: Option<Unit>,
    /// Where the value or the rule was read.
    pub basis: Vec<Basis>,
    /// Confidence in the value, by its sources.
    pub confidence: Option<Confidence>,
    /// The alternative the value belongs to.
    pub alternative: Option<String>,
    /// The overlay the value comes from.
    pub overlay: Option<String>,
}

impl Reason {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        self.why.code()
    }
    /// Named parameters.
    pub fn params(&self) -> Vec<(&'static str, Param)> {
        self.why.params()
    }
    /// Both sentences.
    pub fn message(&self) -> Bilingual {
        self.why.messages()
    }
    /// For one cell of a table: `code` or `code(name=value,…)`.
    pub fn machine(&self) -> String {
        let params = self.params();
        if params.is_empty() {
            return self.code().to_owned();
        }
        let each: Vec<String> = params
            .into_iter()
            .map(|(name, value)| match value {
                Param::Int(n) => format!("{name}={n}"),
                Param::Text(t) => format!("{name}={t}"),
            })
            .collect();
        format!("{}({})", self.code(), each.join(","))
    }
}

/// Every reason code, for documentation and completeness tests.
pub fn reason_table() -> &'static [CodeInfo] {
    Why::TABLE
}

/// The stable code of the reason that a criterion gives in a verdict.
pub fn criterion_code(criterion: &str, truth: Truth) -> &'static str {
    match (criterion, truth) {
        ("registered", Truth::Yes) => "eligibility.registered",
        ("registered", Truth::No) => "eligibility.not_registered",
        ("registered", Truth::Unknown) => "eligibility.registered_unknown",
        ("decile", Truth::Yes) => "eligibility.decile_within",
        ("decile", Truth::No) => "eligibility.decile_above",
        ("decile", Truth::Unknown) => "eligibility.decile_unknown",
        ("no_ceiling", _) => "eligibility.no_decile_ceiling",
        ("components", Truth::Yes) => "eligibility.components",
        ("components", Truth::No) => "eligibility.components_missing",
        ("components", Truth::Unknown) => "eligibility.components_unknown",
        ("members", Truth::Yes) => "eligibility.members",
        ("members", Truth::No) => "eligibility.members_too_few",
        ("members", Truth::Unknown) => "eligibility.members_unknown",
        ("flags", Truth::Yes) => "eligibility.no_flag",
        ("flags", Truth::No) => "eligibility.flag_bars",
        ("flags", Truth::Unknown) => "eligibility.flag_unknown",
        ("excluded", Truth::Yes) => "eligibility.not_excluded",
        ("excluded", Truth::No) => "eligibility.excluded",
        ("excluded", Truth::Unknown) => "eligibility.excluded_unknown",
        ("receives", Truth::Yes) => "eligibility.receives",
        ("receives", Truth::No) => "eligibility.receives_not",
        ("receives", Truth::Unknown) => "eligibility.receives_unknown",
        ("fact", Truth::Yes) => "eligibility.fact_holds",
        ("fact", Truth::No) => "eligibility.fact_fails",
        ("fact", Truth::Unknown) => "eligibility.fact_unknown",
        ("region", Truth::Yes) => "eligibility.region_inside",
        ("region", Truth::No) => "eligibility.region_outside",
        _ => "eligibility.region_unknown",
    }
}
