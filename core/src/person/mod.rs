//! A person, and the facts about one that programmes ask for. Unknown is not no: every fact is an `Option`.

mod check;
mod consolidated;
mod facts;
mod flags;
#[rustfmt::skip]
mod occupation;
mod record;

pub use check::check;
pub use consolidated::Person;
pub use facts::PersonFacts;
pub use flags::{Flag, Flags};
pub use occupation::{OccupationRule, occupations};
pub use record::PersonRecord;

words! {
    /// Sex as registered.
    pub enum Sex {
        /// Laki-laki.
        Male = "male", id: "laki-laki", en: "male";
        /// Perempuan.
        Female = "female", id: "perempuan", en: "female";
    }
}

words! {
    /// Relation to the head of the family, the common core of the sources' lists. A source that says more (istri,
    /// mertua) keeps its own word in its own list.
    pub enum Relation {
        /// Kepala keluarga.
        Head = "head", id: "kepala keluarga", en: "head of the family";
        /// Suami atau istri.
        Spouse = "spouse", id: "suami/istri", en: "spouse";
        /// Anak.
        Child = "child", id: "anak", en: "child";
        /// Menantu.
        ChildInLaw = "child_in_law", id: "menantu", en: "son- or daughter-in-law";
        /// Cucu.
        Grandchild = "grandchild", id: "cucu", en: "grandchild";
        /// Orang tua atau mertua.
        Parent = "parent", id: "orang tua/mertua", en: "parent or parent-in-law";
        /// Famili lain.
        OtherRelative = "other_relative", id: "famili lain", en: "other relative";
        /// Pembantu atau sopir.
        Worker = "worker", id: "pembantu/sopir", en: "domestic worker";
        /// Lainnya.
        Other = "other", id: "lainnya", en: "other";
    }
}

words! {
    /// Marital status; all sources use these four.
    pub enum Marital {
        /// Belum kawin.
        Single = "single", id: "belum kawin", en: "never married";
        /// Kawin.
        Married = "married", id: "kawin", en: "married";
        /// Cerai hidup.
        Divorced = "divorced", id: "cerai hidup", en: "divorced";
        /// Cerai mati.
        Widowed = "widowed", id: "cerai mati", en: "widowed";
    }
}

words! {
    /// Whether a person goes to school.
    pub enum Attendance {
        /// Belum/tidak pernah sekolah.
        Never = "never", id: "belum pernah sekolah", en: "never attended";
        /// Masih sekolah.
        Attending = "attending", id: "masih sekolah", en: "attending";
        /// Tidak bersekolah lagi.
        Left = "left", id: "tidak bersekolah lagi", en: "no longer attending";
    }
}

words! {
    /// School level as PKH counts it.
    pub enum SchoolLevel {
        /// SD, MI, Paket A, SDLB.
        Sd = "sd", id: "SD/sederajat", en: "primary";
        /// SMP, MTs, Paket B.
        Smp = "smp", id: "SMP/sederajat", en: "lower secondary";
        /// SMA, MA, SMK, Paket C.
        Sma = "sma", id: "SMA/sederajat", en: "upper secondary";
        /// Perguruan tinggi.
        Tertiary = "tertiary", id: "perguruan tinggi", en: "tertiary";
    }
}

words! {
    /// Whether a person was still there when the source was made.
    pub enum Presence {
        /// Ada.
        Present = "present", id: "ada", en: "present";
        /// Meninggal.
        Dead = "dead", id: "meninggal", en: "dead";
        /// Pindah.
        Moved = "moved", id: "pindah", en: "moved";
        /// Tidak ditemukan.
        NotFound = "not_found", id: "tidak ditemukan", en: "not found";
    }
}

words! {
    /// Status in employment; BDT, Regsosek and DTSEN share these eight.
    pub enum Employment {
        /// Berusaha sendiri.
        OwnAccount = "own_account", id: "berusaha sendiri", en: "own account";
        /// Berusaha dibantu buruh tidak tetap atau tidak dibayar.
        WithCasualWorkers = "with_casual_workers", id: "berusaha dibantu buruh tidak tetap", en: "with casual or unpaid workers";
        /// Berusaha dibantu buruh tetap atau dibayar.
        Employer = "employer", id: "berusaha dibantu buruh tetap", en: "employer of permanent workers";
        /// Buruh, karyawan, pegawai swasta.
        PrivateEmployee = "private_employee", id: "buruh/karyawan swasta", en: "private employee";
        /// PNS, TNI, Polri, BUMN, BUMD, pejabat negara (BDT: anggota legislatif).
        Public = "public", id: "PNS/TNI/Polri/BUMN/BUMD/pejabat negara", en: "civil servant, soldier, police, state enterprise or office";
        /// Pekerja bebas pertanian.
        CasualFarm = "casual_farm", id: "pekerja bebas pertanian", en: "casual farm worker";
        /// Pekerja bebas nonpertanian.
        CasualOther = "casual_other", id: "pekerja bebas nonpertanian", en: "casual non-farm worker";
        /// Pekerja keluarga, tidak dibayar.
        Unpaid = "unpaid", id: "pekerja keluarga/tidak dibayar", en: "unpaid family worker";
    }
}

codes! {
    /// Observations about one person's facts together.
    #[derive(Copy)]
    pub enum PersonFinding {
        /// No name at all.
        NameMissing = "person.name_missing", Warning,
            id: "nama kosong",
            en: "the name is empty";
        /// A name of one letter, or without letters.
        NameSuspect = "person.name_suspect", Warning,
            id: "nama hanya satu huruf atau tanpa huruf",
            en: "the name has one letter or none";
        /// Sex is written in a way that is neither L nor P.
        SexUnreadable = "person.sex_unreadable", Warning,
            id: "jenis kelamin tidak dapat dibaca",
            en: "the sex cannot be read";
        /// Older than anyone alive.
        AgeImplausible { years: u16 } = "person.age_implausible", Warning,
            id: "umur lebih dari {years} tahun tidak masuk akal",
            en: "an age above {years} years is not plausible";
    }
}
