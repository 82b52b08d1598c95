//! Names as the regions give them. A pool, not a register: every word is common, every person invented.

use super::dice::Dice;

/// The words of one part of the country.
pub(super) struct Pool {
    male: &'static [&'static str],
    female: &'static [&'static str],
    second_male: &'static [&'static str],
    second_female: &'static [&'static str],
    /// Names of the father's line, used by both sexes, last.
    clan: &'static [&'static str],
    /// Share with one word only.
    mononyms: f64,
}

const MUSLIM_MALE: &[&str] = &[
    "Muhammad", "Ahmad", "Abdul", "Ali", "Umar", "Hasan", "Husein", "Ibrahim", "Ismail", "Yusuf", "Zainal", "Syamsul",
    "Nur", "Khoirul", "Saiful", "Imam", "Fajar", "Rizki", "Taufik", "Hidayat", "Arif", "Fauzan", "Hafiz", "Luthfi",
];
const MUSLIM_FEMALE: &[&str] = &[
    "Siti",
    "Nur",
    "Aisyah",
    "Fatimah",
    "Khadijah",
    "Aminah",
    "Halimah",
    "Maryam",
    "Zahra",
    "Nurul",
    "Laila",
    "Salma",
    "Hafsah",
    "Zulaikha",
    "Rahmah",
    "Latifah",
    "Khotimah",
    "Munawaroh",
    "Maimunah",
    "Ruqayyah",
];

const JAVA: Pool = Pool {
    male: &[
        "Slamet", "Suparman", "Sukardi", "Tukiman", "Wagiman", "Sutrisno", "Suwarno", "Bambang", "Agus", "Eko", "Budi",
        "Joko", "Heri", "Dedi", "Hadi", "Sunarto", "Sugeng", "Mistar", "Misnadi", "Tohir", "Samsul", "Paijo",
        "Ngatimin", "Kasiran", "Satimin", "Wahyu", "Yanto", "Andi", "Rudi", "Dwi", "Tri", "Galih", "Bagus", "Dimas",
        "Rizal", "Fendi", "Mulyono", "Poniman", "Legiman", "Jumadi", "Sarwono", "Teguh", "Untung", "Wawan", "Gatot",
        "Karyono", "Darsono", "Muhammad", "Ahmad", "Abdul", "Imam", "Nur", "Taufik", "Arif", "Hafiz", "Khoirul",
    ],
    female: &[
        "Siti", "Sri", "Suminah", "Sulastri", "Wagiyem", "Ngatini", "Kasiyati", "Sumiati", "Suparti", "Sukarti",
        "Tumini", "Jumiati", "Winarsih", "Rina", "Rini", "Dewi", "Ratna", "Putri", "Ayu", "Lestari", "Wati", "Yuliana",
        "Endang", "Tutik", "Nanik", "Susanti", "Kartini", "Mariyam", "Aminah", "Aisyah", "Fatimah", "Nur", "Nurul",
        "Khotimah", "Misnati", "Juminten", "Painem", "Sutiyah", "Rohmah", "Solikhah", "Zahra", "Nabila", "Amelia",
        "Dinda", "Eka", "Dwi", "Tri", "Indah", "Anik", "Lilik", "Umi",
    ],
    second_male: &[
        "Santoso",
        "Wibowo",
        "Prasetyo",
        "Hidayat",
        "Setiawan",
        "Susanto",
        "Purnomo",
        "Nugroho",
        "Saputra",
        "Wijaya",
        "Hartono",
        "Cahyono",
        "Suryadi",
        "Kurniawan",
        "Handoko",
        "Raharjo",
        "Utomo",
        "Widodo",
        "Maulana",
        "Efendi",
        "Rahman",
        "Hakim",
        "Anshori",
        "Ghofur",
        "Aziz",
        "Mukti",
        "Wahid",
        "Basuki",
        "Firmansyah",
        "Ramadhan",
        "Pratama",
        "Aditya",
    ],
    second_female: &[
        "Wahyuni",
        "Rahayu",
        "Lestari",
        "Handayani",
        "Ningsih",
        "Utami",
        "Puspitasari",
        "Anggraini",
        "Wulandari",
        "Kusmiati",
        "Setyowati",
        "Hidayati",
        "Yulianti",
        "Rohmawati",
        "Khasanah",
        "Maghfiroh",
        "Azizah",
        "Fauziah",
        "Hasanah",
        "Jannah",
        "Salsabila",
        "Maharani",
        "Permatasari",
        "Pertiwi",
        "Astuti",
        "Purwanti",
        "Suryani",
        "Fitriani",
    ],
    clan: &[],
    mononyms: 0.28,
};

const SUNDA: Pool = Pool {
    male: &[
        "Asep", "Dadang", "Ujang", "Cecep", "Dede", "Endang", "Engkos", "Iwan", "Jajang", "Kosasih", "Maman", "Nana",
        "Odin", "Rahmat", "Tatang", "Uus", "Yayan", "Yusuf", "Deden", "Ade", "Aep", "Encep", "Entis", "Iyus",
        "Muhammad", "Agus",
    ],
    female: &[
        "Neneng", "Euis", "Iis", "Imas", "Enok", "Yayah", "Cucu", "Dedeh", "Eneng", "Entin", "Iyam", "Kokom", "Lilis",
        "Mimin", "Nining", "Nunung", "Popon", "Siti", "Teti", "Titin", "Yeni", "Yoyoh", "Ai", "Elis", "Rina", "Ani",
    ],
    second_male: &[
        "Suherman",
        "Sutisna",
        "Supriatna",
        "Hidayat",
        "Rohmat",
        "Kurnia",
        "Gunawan",
        "Permana",
        "Sopandi",
        "Mulyana",
        "Nugraha",
        "Saepudin",
        "Komarudin",
        "Ruhiyat",
        "Suryana",
        "Koswara",
    ],
    second_female: &[
        "Nurhayati",
        "Rohaeni",
        "Kurniasih",
        "Suryani",
        "Rosmiati",
        "Maryani",
        "Komariah",
        "Rukmini",
        "Hodijah",
        "Nuraeni",
        "Sumarni",
        "Rahmawati",
        "Aisah",
        "Karlina",
        "Fitriyani",
    ],
    clan: &[],
    mononyms: 0.22,
};

const BALI: Pool = Pool {
    male: &["Wayan", "Putu", "Made", "Kadek", "Nyoman", "Komang", "Ketut", "Gede", "Agung", "Gusti"],
    female: &[
        "Ni Wayan",
        "Ni Putu",
        "Ni Made",
        "Ni Kadek",
        "Ni Nyoman",
        "Ni Komang",
        "Ni Ketut",
        "Ni Luh",
        "Desak",
        "Dewa Ayu",
    ],
    second_male: &[
        "Sudarma",
        "Suardana",
        "Artawan",
        "Wirawan",
        "Suparta",
        "Sukarata",
        "Adnyana",
        "Widana",
        "Arnawa",
        "Darma",
        "Sudira",
        "Mertayasa",
    ],
    second_female: &[
        "Sri", "Ariani", "Suartini", "Wati", "Artini", "Sukerti", "Yanti", "Dewi", "Rai", "Sudiani", "Murni", "Kariani",
    ],
    clan: &[],
    mononyms: 0.03,
};

const BATAK: Pool = Pool {
    male: &[
        "Parlindungan",
        "Tumpal",
        "Jonggi",
        "Maruli",
        "Hotman",
        "Poltak",
        "Binsar",
        "Sahat",
        "Togar",
        "Marihot",
        "Robert",
        "Daniel",
        "Andreas",
        "Ramses",
        "Monang",
    ],
    female: &[
        "Tiur", "Rosmaida", "Lamria", "Duma", "Tiarma", "Roma", "Nurmala", "Ester", "Maria", "Ruth", "Hotmaida",
        "Rentina", "Sondang", "Lasma",
    ],
    second_male: &["Parulian", "Pandapotan", "Halomoan", "Hasiholan", "Martua", "Tua", "Jaya"],
    second_female: &["Uli", "Hotmarina", "Romauli", "Marlina", "Rotua", "Elfrida"],
    clan: &[
        "Siregar",
        "Nasution",
        "Harahap",
        "Lubis",
        "Simanjuntak",
        "Sitorus",
        "Hutagalung",
        "Manurung",
        "Siahaan",
        "Pasaribu",
        "Tarigan",
        "Ginting",
        "Sembiring",
    ],
    mononyms: 0.02,
};

const MALAY: Pool = Pool {
    male: MUSLIM_MALE,
    female: MUSLIM_FEMALE,
    second_male: &[
        "Effendi", "Zulkifli", "Syahrial", "Iskandar", "Anwar", "Zaini", "Firdaus", "Azhar", "Junaidi", "Mahmud",
        "Rusli", "Yunus", "Idris", "Said",
    ],
    second_female: &[
        "Zahara", "Hasanah", "Yusnita", "Syafrida", "Murni", "Asmawati", "Marlina", "Rosnah", "Juwita", "Herlina",
        "Mardiana", "Nurlela",
    ],
    clan: &[],
    mononyms: 0.15,
};

const BUGIS: Pool = Pool {
    male: &[
        "Andi",
        "Baso",
        "Muhammad",
        "Syamsuddin",
        "Abdul",
        "Sudirman",
        "Hamzah",
        "Amiruddin",
        "Jufri",
        "Rusdi",
        "Mappa",
        "Lahaji",
        "Daeng",
        "Ambo",
    ],
    female: &[
        "Andi",
        "Besse",
        "Hasnah",
        "Rosmini",
        "Hajrah",
        "Nurhaeda",
        "Sitti",
        "Darmawati",
        "Indo",
        "Suriani",
        "Kasmawati",
        "Marwah",
        "Bau",
    ],
    second_male: &["Mappiasse", "Rahman", "Latif", "Arsyad", "Tahir", "Malik", "Salam", "Saleh", "Nur", "Ilham"],
    second_female: &["Tenri", "Intang", "Ramlah", "Hartati", "Nurhayati", "Amriani", "Fitri", "Hasmiah"],
    clan: &[],
    mononyms: 0.2,
};

const EAST: Pool = Pool {
    male: &[
        "Yohanes",
        "Petrus",
        "Paulus",
        "Yosef",
        "Markus",
        "Matius",
        "Lukas",
        "Yakobus",
        "Antonius",
        "Stefanus",
        "Dominikus",
        "Frans",
        "Hendrik",
        "Yulius",
        "Simon",
    ],
    female: &[
        "Maria",
        "Yuliana",
        "Kristina",
        "Theresia",
        "Agustina",
        "Veronika",
        "Magdalena",
        "Marta",
        "Yosefina",
        "Elisabet",
        "Katarina",
        "Margareta",
        "Rosalia",
        "Ester",
    ],
    second_male: &["Bosko", "Fransiskus", "Emanuel", "Gabriel", "Benediktus", "Wilhelmus"],
    second_female: &["Goreti", "Imakulata", "Fransiska", "Lusia", "Oktaviana", "Dolorosa"],
    clan: &[
        "Seran",
        "Bria",
        "Nahak",
        "Tefa",
        "Lake",
        "Kogoya",
        "Wenda",
        "Tabuni",
        "Wakum",
        "Rumbiak",
        "Latuconsina",
        "Pattiasina",
        "Manuputty",
        "Naibaho",
    ],
    mononyms: 0.02,
};

impl Pool {
    /// The habits of a province, by the first two digits of its code.
    pub(super) fn of_province(number: u64) -> &'static Pool {
        match number {
            12 => &BATAK,
            11 | 13..=19 | 21 | 61..=63 => &MALAY,
            32 | 36 => &SUNDA,
            51 => &BALI,
            53 | 71 | 81 | 82 | 91..=97 => &EAST,
            72..=76 => &BUGIS,
            _ => &JAVA,
        }
    }

    /// A name, and the clan it ends with where there is one.
    pub(super) fn name(&self, dice: &mut Dice, male: bool, clan: Option<&'static str>) -> String {
        // every region has people from Java and everybody's Muslim names
        let own = if dice.chance(0.12) { &JAVA } else { self };
        let (first, second) = if male { (own.male, own.second_male) } else { (own.female, own.second_female) };
        let first = if dice.chance(0.07) { if male { MUSLIM_MALE } else { MUSLIM_FEMALE } } else { first };
        let mut name = dice.pick_common(first).to_owned();
        let u = dice.unit();
        if u >= own.mononyms {
            if u > 0.80 {
                name.push(' ');
                name.push_str(dice.pick_common(first));
            }
            name.push(' ');
            name.push_str(dice.pick_common(second));
        }
        if let Some(clan) = clan {
            name.push(' ');
            name.push_str(clan);
        }
        name
    }

    pub(super) fn clan(&self, dice: &mut Dice) -> Option<&'static str> {
        if self.clan.is_empty() { None } else { Some(*dice.pick(self.clan)) }
    }
}
