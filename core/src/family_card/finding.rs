//! Observations about a family-card number.

use crate::nik::repair::Loss;

codes! {
    /// Observations about a family-card number.
    #[derive(Copy)]
    pub enum FamilyCardFinding {
        /// Serial 0000.
        SerialZero = "family_card.serial_zero", Error,
            id: "nomor urut KK 0000 tidak pernah diterbitkan; biasanya digit terakhir hilang di Excel",
            en: "family-card serial 0000 is never issued; usually a spreadsheet lost the last digit";
        /// Day or month that is in no calendar.
        DateImpossible = "family_card.date_impossible", Error,
            id: "digit 7–12 No. KK bukan tanggal pencatatan yang ada di kalender",
            en: "digits 7–12 of the family-card number are no day of recording";
        /// Recorded before there was a system that makes these numbers.
        BeforeSiak = "family_card.before_siak", Error,
            id: "tanggal pencatatan KK sebelum 2003, ketika SIAK belum ada",
            en: "the card was recorded before 2003, when SIAK did not exist";
        /// Recorded after the reference date.
        DateFuture = "family_card.date_future", Error,
            id: "tanggal pencatatan KK setelah tanggal acuan",
            en: "the card was recorded after the reference date";
        /// A day of 41 to 71 is a woman's NIK.
        LooksLikeNik = "family_card.looks_like_nik", Error,
            id: "ini NIK (hari lahir perempuan ditambah 40), bukan No. KK",
            en: "this is a NIK (a woman's day has 40 added), not a family-card number";
        /// The number is the person's own NIK.
        SameAsNik = "family_card.same_as_nik", Warning,
            id: "No. KK sama dengan NIK; salah satunya tersalin ke kolom yang lain",
            en: "the family-card number equals the NIK; one was copied into the other's column";
        /// The digits have a pattern.
        SuspiciousPattern = "family_card.suspicious_pattern", Warning,
            id: "angka No. KK berpola, seperti diisi asal-asalan",
            en: "the digits of the family-card number have a pattern, as if typed to fill the field";
        /// Something was taken away around or between the digits.
        Cleaned = "family_card.cleaned", Info,
            id: "tanda atau spasi di sekitar angka No. KK dibuang; angkanya tidak berubah",
            en: "marks or blanks around the digits of the family-card number were dropped; the digits are the same";
        /// Digits only, but not sixteen.
        DigitCount { digits: u32 } = "family_card.digit_count", Error,
            id: "No. KK ini {digits} digit, seharusnya 16; nomor yang benar tidak bisa dipulihkan dari data ini",
            en: "this family-card number has {digits} digits, not 16; the right number cannot be recovered from this data";
        /// Like 3,50812E+15.
        Scientific = "family_card.scientific", Error,
            id: "Excel menulis No. KK ini sebagai bilangan (seperti 3,50812E+15); digit belakangnya hilang",
            en: "a spreadsheet wrote this family-card number as a number (like 3.50812E+15); its last digits are lost";
        /// A floating-point number above 2^53.
        FloatRounded = "family_card.float_rounded", Error,
            id: "No. KK ini pernah menjadi bilangan pecahan; digit terakhirnya bisa berubah",
            en: "this family-card number has been a floating-point number; its last digit may have changed";
        /// Letters, or something else.
        Unreadable = "family_card.unreadable", Error,
            id: "isi kolom No. KK ini bukan angka semua",
            en: "what is in the family-card column is not all digits";
    }
}

impl FamilyCardFinding {
    /// What a cell that gives no number means to the reader; nothing for an empty one.
    pub const fn from_loss(loss: Loss) -> Option<Self> {
        match loss {
            Loss::Missing => None,
            Loss::Digits { digits } => Some(Self::DigitCount { digits }),
            Loss::Scientific { .. } => Some(Self::Scientific),
            Loss::Float => Some(Self::FloatRounded),
            Loss::Letters | Loss::Other => Some(Self::Unreadable),
        }
    }
}
