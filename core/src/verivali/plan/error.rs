//! Why no plan could be made.

codes! {
    /// Why no plan could be made.
    #[derive(Copy, thiserror::Error)]
    pub enum PlanError {
        /// Nobody to send.
        NoOfficer = "plan.no_officer", Error,
            id: "tidak ada petugas dengan kapasitas kunjungan",
            en: "there is no officer with a capacity for visits";
        /// Deadline before the first working day, or every day is a holiday.
        NoWorkingDay = "plan.no_working_day", Error,
            id: "tidak ada hari kerja antara tanggal mulai dan batas waktu",
            en: "there is no working day between the start and the deadline";
        /// An officer or target names a place that is not in the list.
        UnknownPlace { place: u32 } = "plan.unknown_place", Error,
            id: "desa nomor {place} tidak ada dalam daftar desa",
            en: "place number {place} is not in the list of places";
        /// Kilometres were asked for.
        NoCoordinates { place: u32 } = "plan.no_coordinates", Error,
            id: "desa nomor {place} tidak mempunyai koordinat yang sah, padahal perjalanan dihitung dalam kilometer",
            en: "place number {place} has no valid coordinates, though travel is counted in kilometres";
        /// A target is to stay with an officer who is not in the list.
        UnknownOfficer { officer: u32 } = "plan.unknown_officer", Error,
            id: "petugas nomor {officer} tidak ada dalam daftar petugas",
            en: "officer number {officer} is not in the list of officers";
    }
}
