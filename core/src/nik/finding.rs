//! What can be said of a NIK.

use super::agree::{DateAgreement, RegionAgreement};
use super::repair::Loss;

codes! {
    /// Observations about a NIK. What can never be issued is an error; what disagrees with the declared facts a warning, because
    /// the law lets it stand.
    #[derive(Copy)]
    pub enum NikFinding {
        /// The last digit was lost to a spreadsheet.
        SerialZero = "nik.serial_zero", Error,
            id: "nomor urut 0000 tidak pernah diterbitkan; biasanya digit terakhir hilang di Excel",
            en: "serial 0000 is never issued; usually a spreadsheet lost the last digit";
        /// 0, ten digits of a village, five of a serial: what village software gives one without a NIK.
        Temporary = "nik.temporary", Error,
            id: "ini NIK sementara dari aplikasi desa, bukan dari Dukcapil",
            en: "a temporary number of village software, not Dukcapil's";
        /// A province number from before the electronic card.
        Legacy = "nik.legacy", Error,
            id: "nomor ini berawalan kode provinsi lama sebelum KTP elektronik; minta NIK yang berlaku",
            en: "the number starts with a province code from before the electronic card; ask for the one in force";
        /// 1111…, 1234…, 12341234…
        SuspiciousPattern = "nik.suspicious_pattern", Warning,
            id: "angkanya berpola, seperti diisi asal-asalan",
            en: "the digits have a pattern, as if typed to fill the field";
        /// Day or month that is in no calendar.
        DateImpossible = "nik.date_impossible", Error,
            id: "digit 7–12 bukan tanggal lahir: hari harus 01–31 (laki-laki) atau 41–71 (perempuan), bulan 01–12",
            en: "digits 7–12 are no birth date: the day is 01–31 (men) or 41–71 (women), the month 01–12";
        /// Born after the reference date in every century.
        DateFuture = "nik.date_future", Error,
            id: "tanggal lahir pada NIK setelah tanggal acuan",
            en: "the birth date in the NIK is after the reference date";
        /// Two centuries are possible.
        CenturyAmbiguous = "nik.century_ambiguous", Info,
            id: "tahun lahir pada NIK dapat berarti 19xx atau 20xx; lihat tanggal lahir di data",
            en: "the birth year in the NIK may be 19xx or 20xx; see the declared birth date";
        /// Older than anyone alive.
        AgeImplausible { years: u16 } = "nik.age_implausible", Warning,
            id: "menurut NIK umurnya {years} tahun",
            en: "by the NIK the age is {years} years";
        /// The declared birth date is another.
        BirthDateDiffers { kind: DateAgreement } = "nik.birth_date_differs", Warning,
            id: "tanggal lahir di data berbeda dengan NIK ({kind}); menurut aturan NIK tidak diubah, cukup periksa tanggalnya",
            en: "the declared birth date is not the NIK's ({kind}); by law the NIK stays, check the date";
        /// The declared sex is another.
        SexDiffers = "nik.sex_differs", Warning,
            id: "jenis kelamin di data berbeda dengan NIK (hari lahir perempuan ditambah 40)",
            en: "the declared sex is not the NIK's (a woman's day has 40 added)";
        /// The declared place is another: normal after a move.
        RegionDiffers { kind: RegionAgreement } = "nik.region_differs", Info,
            id: "alamat di data tidak di kecamatan pada NIK ({kind}); wajar bila pernah pindah",
            en: "the declared address is not the NIK's district ({kind}); normal after a move";
        /// Something was taken away around or between the digits.
        Cleaned = "nik.cleaned", Info,
            id: "tanda atau spasi di sekitar angka dibuang; angkanya tidak berubah",
            en: "marks or blanks around the digits were dropped; the digits are the same";
        /// The number is made from a cell that holds letters for digits.
        LettersForDigits = "nik.letters_for_digits", Warning,
            id: "huruf yang mirip angka (O, l, B, S, Z) ada di dalam NIK; usulan perbaikan harus diperiksa",
            en: "the NIK has letters that look like digits (O, l, B, S, Z); check the proposed repair";
        /// Digits only, but not sixteen: the missing ones are not in the data.
        DigitCount { digits: u32 } = "nik.digit_count", Error,
            id: "NIK ini {digits} digit, seharusnya 16; nomor yang benar tidak bisa dipulihkan dari data ini",
            en: "this NIK has {digits} digits, not 16; the right number cannot be recovered from this data";
        /// Neither digits nor something that looks like them.
        Unreadable = "nik.unreadable", Error,
            id: "isi kolom NIK ini bukan angka",
            en: "what is in the NIK column is not a number";
        /// Like 3,50812E+15.
        Scientific = "nik.scientific", Error,
            id: "Excel menulis NIK ini sebagai bilangan (seperti 3,50812E+15); digit belakangnya hilang",
            en: "a spreadsheet wrote this NIK as a number (like 3.50812E+15); its last digits are lost";
        /// A floating-point number above 2^53.
        FloatRounded = "nik.float_rounded", Warning,
            id: "NIK ini pernah menjadi bilangan pecahan; digit terakhirnya bisa berubah",
            en: "this NIK has been a floating-point number; its last digit may have changed";
        /// The digits stand as they are, and candidates agree with the evidence better.
        Repairable { candidates: u32 } = "nik.repairable", Warning,
            id: "ada {candidates} kemungkinan nomor yang benar; cocokkan dengan KTP/KK",
            en: "{candidates} numbers may be the right one; compare them with the identity card or family card";
    }
}

impl NikFinding {
    /// What a cell that gives no number means to the reader; nothing for an empty one.
    pub const fn from_loss(loss: Loss) -> Option<Self> {
        match loss {
            Loss::Missing => None,
            Loss::Digits { digits } => Some(Self::DigitCount { digits }),
            Loss::Scientific { .. } => Some(Self::Scientific),
            Loss::Float => Some(Self::FloatRounded),
            Loss::Letters => Some(Self::LettersForDigits),
            Loss::Other => Some(Self::Unreadable),
        }
    }
}
