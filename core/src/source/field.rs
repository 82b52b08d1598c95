//! The fields of a source row, so that a finding can name the one it concerns.

words! {
    /// A field of a row as the model names it. Layouts map a file's columns to these words.
    pub enum Field {
        /// The row as a whole.
        Row = "row", id: "baris", en: "row";
        /// The source's own key of the family or household.
        FamilyKey = "family_key", id: "ID keluarga", en: "family ID";
        /// NIK.
        Nik = "nik", id: "NIK", en: "NIK";
        /// No. KK.
        FamilyCard = "family_card", id: "No. KK", en: "family-card number";
        /// Name of the person.
        Name = "name", id: "nama", en: "name";
        /// Name of the head of the family.
        HeadName = "head_name", id: "nama kepala keluarga", en: "name of the head of the family";
        /// Sex.
        Sex = "sex", id: "jenis kelamin", en: "sex";
        /// Birth date.
        BirthDate = "birth_date", id: "tanggal lahir", en: "birth date";
        /// Birthplace.
        BirthPlace = "birth_place", id: "tempat lahir", en: "birthplace";
        /// Mother's name.
        MotherName = "mother_name", id: "nama ibu kandung", en: "mother's name";
        /// Relation to the head.
        Relation = "relation", id: "hubungan dengan kepala keluarga", en: "relation to the head";
        /// Marital status.
        Marital = "marital", id: "status perkawinan", en: "marital status";
        /// School attendance.
        Attendance = "attendance", id: "partisipasi sekolah", en: "school attendance";
        /// School level.
        SchoolLevel = "school_level", id: "jenjang sekolah", en: "school level";
        /// Pregnant or postpartum.
        Pregnant = "pregnant", id: "kehamilan", en: "pregnancy";
        /// Severe disability.
        SevereDisability = "severe_disability", id: "disabilitas berat", en: "severe disability";
        /// Occupation.
        Occupation = "occupation", id: "pekerjaan", en: "occupation";
        /// Employment status.
        Employment = "employment", id: "status pekerjaan", en: "employment status";
        /// Found, dead, moved.
        Presence = "presence", id: "keberadaan", en: "presence";
        /// Matched with the population register.
        Matched = "matched", id: "padan Dukcapil", en: "matched with Dukcapil";
        /// Province name.
        Province = "province", id: "provinsi", en: "province";
        /// Kabupaten or kota name.
        Regency = "regency", id: "kabupaten/kota", en: "regency or city";
        /// Kecamatan name.
        District = "district", id: "kecamatan", en: "district";
        /// Desa or kelurahan name.
        Village = "village", id: "desa/kelurahan", en: "village";
        /// Street, hamlet, RT, RW.
        Address = "address", id: "alamat", en: "address";
        /// Code of the region, all levels in one cell.
        RegionCode = "region_code", id: "kode wilayah", en: "region code";
        /// Province part of a code in several cells.
        ProvinceCode = "province_code", id: "kode provinsi", en: "province code";
        /// Regency part of a code in several cells.
        RegencyCode = "regency_code", id: "kode kabupaten/kota", en: "regency code";
        /// District part of a code in several cells.
        DistrictCode = "district_code", id: "kode kecamatan", en: "district code";
        /// Village part of a code in several cells.
        VillageCode = "village_code", id: "kode desa/kelurahan", en: "village code";
        /// Stated number of members.
        Size = "size", id: "jumlah anggota", en: "family size";
        /// Spending per head and month.
        Spending = "spending", id: "pengeluaran per kapita", en: "spending per head";
        /// Decile the source states.
        Decile = "decile", id: "desil", en: "decile";
        /// Receives PKH.
        ReceivesPkh = "receives_pkh", id: "penerima PKH", en: "receives PKH";
        /// Receives Sembako (BPNT).
        ReceivesSembako = "receives_sembako", id: "penerima Sembako/BPNT", en: "receives Sembako/BPNT";
        /// Receives BST.
        ReceivesBst = "receives_bst", id: "penerima BST", en: "receives BST";
        /// Housing or assets.
        Welfare = "welfare", id: "perumahan dan aset", en: "housing and assets";
        /// Birthplace and birth date in one cell (TTL).
        BirthPlaceDate = "birth_place_date", id: "tempat dan tanggal lahir", en: "birthplace and birth date";
        /// Hamlet, where it has a column beside the address.
        Hamlet = "hamlet", id: "dusun", en: "hamlet";
        /// RT, where it has a column beside the address; or RT and RW in one cell.
        Rt = "rt", id: "RT", en: "RT";
        /// RW, where it has a column beside the address.
        Rw = "rw", id: "RW", en: "RW";
        /// Programmes that the cell names: `PKH+BPNT`.
        Programmes = "programmes", id: "program yang diterima", en: "programmes received";
    }
}

/// A finding together with the field it concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Noticed {
    /// The field.
    pub field: Field,
    /// What was found.
    pub finding: crate::Finding,
}

impl Noticed {
    /// Pairs the two.
    pub fn new(field: Field, finding: impl Into<crate::Finding>) -> Self {
        Self { field, finding: finding.into() }
    }
}
