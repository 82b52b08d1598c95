//! Why a ruta, a family or a person leaves the list.

words! {
    /// A canonical reason. SIKS-Droid, BDT, Regsosek and the words of a musyawarah all map to these.
    pub enum RemovalReason {
        /// No longer poor.
        WellOff = "MAMPU", id: "mampu", en: "well off";
        /// Moved within the country.
        Moved = "PINDAH", id: "pindah", en: "moved";
        /// Moved abroad.
        MovedAbroad = "PINDAH_LN", id: "pindah ke luar negeri", en: "moved abroad";
        /// Dead.
        Dead = "MENINGGAL", id: "meninggal", en: "dead";
        /// Nobody there knows them.
        NotFound = "TIDAK_DITEMUKAN", id: "tidak ditemukan", en: "not found";
        /// The address does not exist in the desa.
        NoSuchAddress = "ALAMAT_TIDAK_ADA", id: "alamat tidak ada", en: "no such address";
        /// The same ruta or person entered twice.
        Duplicate = "DATA_GANDA", id: "data ganda", en: "entered twice";
        /// One NIK on two persons.
        SharedNik = "NIK_GANDA", id: "NIK ganda", en: "shared NIK";
        /// Part of another ruta.
        OtherHousehold = "BAGIAN_RUTA_LAIN", id: "bagian dari rumah tangga lain", en: "part of another household";
        /// Refused to be interviewed.
        Refused = "MENOLAK", id: "menolak didata", en: "refused";
        /// Should never have been on the prelist.
        PrelistMistake = "SALAH_PRELIST", id: "kesalahan prelist", en: "prelist mistake";
        /// Asked to be taken off.
        Withdrew = "MENGUNDURKAN_DIRI", id: "mengundurkan diri", en: "withdrew";
    }
}
