//! A programme's rules in sentences: the same tree that is computed writes its own page.

use bansos::Lang;
use bansos::programme::{Compare, Criterion, Number, PersonTest};

/// One of two texts.
pub(crate) fn say(lang: Lang, id: &str, en: &str) -> String {
    lang.choose(id, en).to_owned()
}

/// A number of a rule: itself, or the parameter it stands for.
pub(crate) fn number(n: &Number) -> String {
    match n {
        Number::Fixed(n) => n.to_string(),
        Number::Parameter(id) => format!("`{id}`"),
    }
}

/// A criterion as nested list items.
pub(crate) fn criterion(c: &Criterion, lang: Lang, depth: usize, out: &mut String) {
    let mut item = |text: String| {
        out.push_str(&"  ".repeat(depth));
        out.push_str("- ");
        out.push_str(&text);
        out.push('\n');
    };
    match c {
        Criterion::All(all) => {
            item(say(lang, "semua ini:", "all of these:"));
            all.iter().for_each(|c| criterion(c, lang, depth + 1, out));
        }
        Criterion::Any(all) => {
            item(say(lang, "salah satu dari:", "any of these:"));
            all.iter().for_each(|c| criterion(c, lang, depth + 1, out));
        }
        Criterion::Not(c) => {
            item(say(lang, "bukan:", "not:"));
            criterion(c, lang, depth + 1, out);
        }
        Criterion::Registered => {
            item(say(lang, "keluarga terdaftar dalam data terpadu", "the family is in the register"));
        }
        Criterion::DecileAtMost(n) => item(match lang {
            Lang::Id => format!("desil paling tinggi {} (tanpa batas sebelum parameternya berlaku)", number(n)),
            Lang::En => format!("decile at most {} (no ceiling before the parameter is in force)", number(n)),
        }),
        Criterion::ComponentsAtLeast(n) => item(match lang {
            Lang::Id => format!("paling sedikit {} anggota terhitung dalam komponen", number(n)),
            Lang::En => format!("at least {} members count for a component", number(n)),
        }),
        Criterion::MembersAtLeast { test, count } => item(match lang {
            Lang::Id => format!("paling sedikit {} anggota yang hidup: {}", number(count), person(test, lang)),
            Lang::En => format!("at least {} living members: {}", number(count), person(test, lang)),
        }),
        Criterion::NoFlag(id) => item(match lang {
            Lang::Id => format!("tidak ada anggota dengan tanda dalam `{id}`"),
            Lang::En => format!("no member carries a flag of `{id}`"),
        }),
        Criterion::NothingExcluded => item(say(
            lang,
            "tidak menerima program yang dikecualikan pada tanggal itu (lihat tabel tumpang tindih)",
            "receives nothing that is excluded on the date (see the overlap table)",
        )),
        Criterion::Receives(p) => item(match lang {
            Lang::Id => format!("menerima `{p}`"),
            Lang::En => format!("receives `{p}`"),
        }),
        Criterion::Fact { name, compare, value } => {
            let how = match compare {
                Compare::Equal => "=",
                Compare::AtLeast => "≥",
                Compare::AtMost => "≤",
            };
            item(match lang {
                Lang::Id => format!("keterangan daerah `{name}` {how} {}", number(value)),
                Lang::En => format!("own fact `{name}` {how} {}", number(value)),
            });
        }
        Criterion::RegionIn(all) => item(match lang {
            Lang::Id => format!("tinggal di wilayah {}", all.join(", ")),
            Lang::En => format!("lives in {}", all.join(", ")),
        }),
    }
}

/// A test over one person in words.
pub(crate) fn person(t: &PersonTest, lang: Lang) -> String {
    let join = |all: &[PersonTest], word: String| {
        all.iter().map(|t| person(t, lang)).collect::<Vec<_>>().join(&format!(" {word} "))
    };
    match t {
        PersonTest::All(all) => join(all, say(lang, "dan", "and")),
        PersonTest::Any(all) => format!("({})", join(all, say(lang, "atau", "or"))),
        PersonTest::Not(t) => format!("{} ({})", say(lang, "bukan", "not"), person(t, lang)),
        PersonTest::Anyone => say(lang, "siapa pun", "anyone"),
        PersonTest::AgeAtLeast(n) => format!("{} ≥ {}", say(lang, "umur", "age"), number(n)),
        PersonTest::AgeAtMost(n) => format!("{} ≤ {}", say(lang, "umur", "age"), number(n)),
        PersonTest::Attendance(a) => a.label(lang).to_owned(),
        PersonTest::SchoolLevel(all) => {
            let each: Vec<&str> = all.iter().map(|l| l.label(lang)).collect();
            format!("{} {}", say(lang, "jenjang", "level"), each.join("/"))
        }
        PersonTest::Pregnant => say(lang, "hamil atau nifas", "pregnant or postpartum"),
        PersonTest::PregnancyOrderAtMost(n) => match lang {
            Lang::Id => format!("kehamilan paling jauh ke-{}", number(n)),
            Lang::En => format!("at most pregnancy no. {}", number(n)),
        },
        PersonTest::SevereDisability => say(lang, "disabilitas berat", "severe disability"),
        PersonTest::RightsVictim => {
            say(lang, "dalam daftar korban pelanggaran HAM berat", "on the list of rights victims")
        }
        PersonTest::Sex(s) => s.label(lang).to_owned(),
        PersonTest::Relation(r) => r.label(lang).to_owned(),
        PersonTest::Flag(f) => f.label(lang).to_owned(),
    }
}
