//! Why places could not be given.

codes! {
    /// Why places could not be given.
    #[derive(Copy, thiserror::Error)]
    pub enum AllocationError {
        /// Columns do not have one length.
        Lengths = "allocation.lengths", Error,
            id: "kolom-kolom tidak sama panjang",
            en: "the columns do not have the same length";
        /// Two families have the same score and key, so that the order would depend on the rows.
        KeyTwice = "allocation.key_twice", Error,
            id: "dua keluarga mempunyai skor dan kunci yang sama",
            en: "two families have the same score and key";
        /// More families than can be counted.
        TooManyFamilies = "allocation.too_many_families", Error,
            id: "terlalu banyak keluarga dalam satu alokasi; bagi menurut wilayah",
            en: "too many families in one allocation; split it by region";
        /// More programmes than can be marked.
        TooManyProgrammes = "allocation.too_many_programmes", Error,
            id: "paling banyak 32 program dalam satu alokasi",
            en: "at most 32 programmes in one allocation";
        /// A programme stands twice in the list.
        ProgrammeTwice = "allocation.programme_twice", Error,
            id: "satu program tertulis dua kali dalam urutan",
            en: "a programme is named twice in the order";
        /// A negative amount.
        AmountNegative = "allocation.amount_negative", Error,
            id: "jumlah bantuan tidak boleh negatif",
            en: "an amount may not be negative";
    }
}
