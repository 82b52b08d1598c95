//! The traps between the sources' code lists: the same number means different things, and the same thing has different
//! numbers. Each trap has its test, through a file where a layout reads it, else on the list itself.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

use bansos::household::FamilyRecord;
use bansos::person::{Attendance, PersonRecord, Presence, Relation};
use bansos::region::Scheme;
use bansos::{Coded, Date, Decile};
use bansos_registers::layout::code_list;
use bansos_registers::{Intake, ReadOptions, read_file, read_folder};

fn read(text: &str) -> Intake {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("x.csv");
    std::fs::write(&path, text).unwrap();
    let intake = read_file(&path, &ReadOptions::new(Date::constant(2025, 12, 31))).unwrap_or_else(|e| panic!("{e}"));
    assert!(intake.closes() && intake.quarantine.is_empty());
    intake
}

fn person(layout: &str, header: &str, row: &str) -> PersonRecord {
    let intake = read(&format!("{header}\n{row}\n"));
    assert_eq!(intake.files[0].layout, layout);
    intake.persons.into_iter().next().unwrap()
}

fn family(layout: &str, header: &str, row: &str) -> FamilyRecord {
    let intake = read(&format!("{header}\n{row}\n"));
    assert_eq!(intake.files[0].layout, layout);
    intake.families.into_iter().next().unwrap()
}

/// The entry's wording for a code.
fn says(set: &str, list: &str, code: &str) -> String {
    code_list(set, list).unwrap().read(code).map(|e| e.en.to_string()).unwrap_or_default()
}

const BDT: &str = "IDBDT,Nama,NIK,JnsKel,Hub_KK,Partisipasi_sekolah,Sta_keberadaan_art,Jenis_cacat";
const REGSOSEK: &str = "no kartu keluarga,402,403,404,405,406,409,412";

#[test]
fn trap_1_school_participation() {
    let bdt = person("bdt-2015-art", BDT, "350801000100000001,SITI,,2,1,1,1,00");
    let regsosek =
        person("regsosek-2022-anggota", REGSOSEK, "3508161211219018,SITI,3508204103659004,1,2,1965-03-01,1,1");
    assert_eq!((bdt.attendance, regsosek.attendance), (Some(Attendance::Attending), Some(Attendance::Never)));
}

#[test]
fn trap_2_roof_five_and_six() {
    assert_eq!(
        (says("regsosek-2022", "roof", "5"), says("dtsen", "roof", "5")),
        ("wood or shingle".into(), "bamboo".into())
    );
    assert_eq!(
        (says("regsosek-2022", "roof", "6"), says("dtsen", "roof", "6")),
        ("bamboo".into(), "wood or shingle".into())
    );
}

#[test]
fn trap_3_floor_eight() {
    assert_eq!(
        (says("bdt-2015", "floor", "8"), says("regsosek-2022", "floor", "8")),
        ("cheap wood".into(), "earth".into())
    );
    // and the extract with named columns has earth at 7
    assert_eq!(says("regsosek-extract", "floor", "7"), "earth");
}

#[test]
fn trap_4_does_not_cook() {
    for (set, code) in [("bdt-2015", "9"), ("regsosek-2022", "12"), ("dtsen", "0")] {
        assert_eq!(says(set, "fuel", code), "does not cook", "{set}");
    }
    // a zero is an answer, not an empty cell
    let f =
        family("dtsen-keluarga", "nomor_kartu_keluarga,desil_nasional_keluarga,id_bb_utama", "3508161211219018,3,0");
    assert_eq!(f.welfare.get("bahan_bakar_memasak"), Some(0));
}

#[test]
fn trap_5_chronic_illness_shifted_by_one() {
    assert_eq!(
        (says("bdt-2015", "chronic", "1"), says("regsosek-2022", "chronic", "1")),
        ("hypertension".into(), "none".into())
    );
}

#[test]
fn trap_6_asset_three_is_yes() {
    let header = "IDBDT,Nama_KRT,Jumlah_ART,KDPROP,KDKAB,KDKEC,KDDESA,Ada_tabung_gas,Ada_lemari_es,Ada_ac,Ada_motor,Jumah_kerbau";
    let f = family("bdt-2015-ruta", header, "350801000100000001,SLAMET,4,35,08,010,001,1,3,2,4,2");
    let has = |name: &str| f.welfare.get(name);
    assert_eq!(
        (has("aset_gas"), has("aset_kulkas"), has("aset_ac"), has("aset_motor")),
        (Some(1), Some(1), Some(0), Some(0))
    );
    // trap 13: the header is misspelt as found
    assert_eq!(has("ternak_kerbau"), Some(2));
}

#[test]
fn trap_7_relation_two_and_three() {
    let p = person("regsosek-2022-anggota", REGSOSEK, "3508161211219018,SITI,3508204103659004,1,2,1965-03-01,2,1");
    assert_eq!(p.relation, Some(Relation::Spouse));
    let p = person("regsosek-2022-anggota", REGSOSEK, "3508161211219018,SITI,3508204103659004,1,2,1965-03-01,3,1");
    assert_eq!(p.relation, Some(Relation::Child));
    let means = |set, code| code_list(set, "relation").unwrap().read(code).and_then(|e| e.means.clone());
    assert_eq!((means("siak", "3").as_deref(), means("siak", "4").as_deref()), (Some("spouse"), Some("child")));
}

#[test]
fn trap_8_difficulty_is_reversed() {
    assert_eq!(says("regsosek-2022", "difficulty", "1"), "cannot at all");
    assert_eq!(says("regsosek-2022", "difficulty", "4"), "no difficulty");
}

#[test]
fn trap_10_presence_three_to_five() {
    let of = |code: &str| {
        let bdt = person("bdt-2015-art", BDT, &format!("350801000100000001,SITI,,2,1,1,{code},00"));
        let row = format!("3508161211219018,SITI,3508204103659004,{code},2,1965-03-01,1,1");
        let regsosek = person("regsosek-2022-anggota", REGSOSEK, &row);
        (bdt.presence.unwrap(), regsosek.presence.unwrap())
    };
    assert_eq!(of("2"), (Presence::Dead, Presence::Dead));
    assert_eq!(of("4"), (Presence::Present, Presence::Moved));
    assert_eq!(of("5"), (Presence::NotFound, Presence::Present));
    // and the provincial DTSEN list has moved at 2, dead at 3
    let means = |code| code_list("dtsen", "presence").unwrap().read(code).and_then(|e| e.means.clone());
    assert_eq!((means("2").as_deref(), means("3").as_deref()), (Some("moved"), Some("dead")));
}

#[test]
fn trap_11_village_code_schemes() {
    let header = "IDBDT,Nama_KRT,Jumlah_ART,KDPROP,KDKAB,KDKEC,KDDESA";
    let bps = family("bdt-2015-ruta", header, "350801000100000001,SLAMET,4,35,8,10,1").residence.region.unwrap();
    // leading zeros lost in a spreadsheet come back: 2 + 2 + 3 + 3
    assert_eq!((bps.scheme(), bps.digits().as_str()), (Scheme::Bps, "3508010001"));
    let header = "Id Keluarga P3KE,Kode Kemendagri,Desil Kesejahteraan,Kepala Keluarga";
    let f = family("p3ke-keluarga", header, "3508173144596,35.08.16.2010,2,Ngatini");
    let code = f.residence.region.unwrap();
    assert_eq!((code.scheme(), code.digits().as_str()), (Scheme::Kemendagri, "3508162010"));
    // the code's names go with it, for registers that have the names alone
    assert_eq!(
        (f.residence.district_name.as_deref(), f.residence.village_name.as_deref()),
        (Some("Kedungjajang"), Some("Tempursari"))
    );
    // trap 14: the decile is P3KE's own, and stays with the family row as stated
    assert_eq!(f.stated_decile, Decile::new(2));
}

#[test]
fn trap_12_disability_with_and_without_its_zero() {
    for (cell, severe) in [("00", Some(false)), ("0", Some(false)), ("01", None), ("1", None), ("12", None)] {
        let p = person("bdt-2015-art", BDT, &format!("350801000100000001,SITI,,2,1,1,1,{cell}"));
        assert_eq!(p.severe_disability, severe, "{cell}");
        assert!(p.findings.iter().all(|n| n.field.word() != "severe_disability"), "{cell}");
    }
    assert_eq!(says("bdt-2015", "disability", "2"), "blind");
}

#[test]
fn trap_13_header_misspellings() {
    let header = "id_keluarga_P3KE,desil_kesejahteraan,kepala_keluarga,nik,kode_kemdagri,penerima _bpnt";
    let intake = read(&format!("{header}\n3508173144596,2,Ngatini,3508204103659004,35.08.16.2010,YA\n"));
    assert_eq!(intake.families[0].receives.sembako, Some(true));
}

#[test]
fn p3ke_person_and_its_times_of_day() {
    let header = "id_keluarga_p3ke,provinsi,kabupaten_kota,kecamatan,desa_kelurahan,kode_kemdagri,desil_kesejahteraan,alamat,id_individu,nama,nik,padan_dukcapil,jenis_kelamin,hubungan_dengan_kepala_keluarga,tanggal_lahir,status_kawin,pekerjaan,pendidikan,usia_dibawah_7_tahun,usia _60_tahun_keatas,penerima_bst,resiko_stunting";
    let row = "3508173144596,JAWA TIMUR,LUMAJANG,PASRUJAMBE,KERTOSARI,35.08.19.2001,1,Dusun Krajan,1,NGATINI,3508204103659004,YA,PEREMPUAN,ISTRI,01/03/1965 0:00:00,KAWIN,PETANI,SD,TIDAK,YA,TIDAK,TIDAK";
    let p = person("p3ke-individu", header, row);
    assert_eq!(p.birth_date, Some(Date::constant(1965, 3, 1)));
    assert_eq!((p.relation, p.matched, p.receives.bst), (Some(Relation::Spouse), Some(true), Some(false)));
    // a wife alone, and no head
    assert_eq!(p.findings.iter().map(|n| n.finding.code()).collect::<Vec<_>>(), ["household.heads"]);
}

#[test]
fn members_meet_their_family_by_its_card_where_there_is_no_other_key() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write(
        "anggota.csv",
        "nomor_kartu_keluarga,nomor_induk_kependudukan,nama,id_hub_kepala_keluarga\n\
         3508161211219018,3508204103659004,NGATINI,1\n3508161211219018,3508204103659005,PAIJO,3\n\
         3508161211219999,3508204103659006,SITI,1\n",
    );
    write(
        "keluarga.csv",
        "nomor_kartu_keluarga,desil_nasional_keluarga,jumlah_anggota_keluarga,kecamatan,desa\n\
         3508161211219018,3,3,KEDUNGJAJANG,TEMPURSARI\n",
    );
    let intake = read_folder(dir.path(), &ReadOptions::new(Date::constant(2025, 12, 31))).unwrap();
    let village = |i: usize| intake.persons[i].residence.village_name.as_deref();
    assert_eq!((village(0), village(1), village(2)), (Some("TEMPURSARI"), Some("TEMPURSARI"), None));
    let codes = |i: usize| intake.persons[i].findings.iter().map(|n| n.finding.code()).collect::<Vec<_>>();
    assert_eq!((codes(0), codes(2)), (vec![], vec!["household.family_missing"]));
    assert_eq!(intake.families[0].findings[0].finding.code(), "household.size_differs");
}
