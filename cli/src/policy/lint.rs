//! Checks of files that a region or a planner wrote.

use crate::answer::say_out;
use crate::failure::{Exit, Failure};
use crate::input::{read_text, say};
use bansos::eligibility::{Rules, RulesError};
use bansos::message::Value;
use bansos::policy::{Overlay, Policy, PolicyError, lint};
use bansos::programme::PolicyFile;
use bansos::{Coded, Lang};
use bansos_registers::settings;
use bansos_registers::{shown_name, shown_path};
use std::path::PathBuf;
use std::process::ExitCode;

pub(super) fn run(files: &[PathBuf], json: bool, lang: Lang) -> Result<ExitCode, Failure> {
    let mut wrong = 0;
    for path in files {
        let faults = check(&read_text(path)?, lang);
        for (code, text) in &faults {
            if json {
                say_out(&serde_json::json!({ "file": shown_path(path), "code": code, "message": text }).to_string());
            } else {
                say_out(&format!("{}: {text} [{code}]", shown_path(path)));
            }
        }
        if faults.is_empty() && !json {
            say_out(&format!("{}: {}", shown_path(path), say(lang, "baik", "sound")));
        }
        wrong += faults.len();
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { Exit::NotRight.code() })
}

/// Everything wrong with one file: (code, sentence).
fn check(text: &str, lang: Lang) -> Vec<(String, String)> {
    // what stands in a file is shown as names of files are
    let said = |c: &dyn Coded| (c.code().to_owned(), shown_name(&c.message(lang)));
    if let Ok(overlay) = settings::from_toml::<Overlay>(text) {
        return Policy::builtin().with_overlay(overlay).err().map(|e| said(&e)).into_iter().collect();
    }
    let file: PolicyFile = match settings::from_toml(text) {
        Ok(file) => file,
        Err(e) => return vec![("policy.unreadable".to_owned(), e.show(lang))],
    };
    // A region cites its own decrees: any source id is known that it writes.
    let known = |id: &str| !id.is_empty();
    let mut faults: Vec<_> = lint(&file.parameters, &file.overlaps, &known).iter().map(|l| said(l)).collect();
    faults.extend(file.unknown_programmes().iter().map(|l| said(l)));
    let lints = faults.len();
    match file.add_to(Policy::builtin()) {
        // dates that run backwards were named already
        Err(PolicyError::Backward { .. }) if lints > 0 => {}
        Err(e) => faults.push(said(&e)),
        Ok((policy, programme)) => {
            for programme in programme.iter() {
                for day in programme.runs.iter().map(|r| r.from) {
                    match Rules::new(programme, day, &policy) {
                        Ok(_) => {}
                        // the policy's own code says more than that the policy cannot answer
                        Err(RulesError::Policy { why }) => faults.push(said(&why)),
                        Err(e) => faults.push(said(&e)),
                    }
                }
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = include_str!("../../../examples/kabupaten-programme/lansia-tunggal.toml");
    const OVERLAY: &str = include_str!("../../../examples/kabupaten-programme/usul-desil-2.toml");

    fn codes(text: &str) -> Vec<String> {
        check(text, Lang::En).into_iter().map(|(code, _)| code).collect()
    }

    #[test]
    fn the_example_is_sound_and_its_faults_are_found() {
        assert!(codes(OWN).is_empty(), "{:?}", codes(OWN));
        assert_eq!(
            codes(&OWN.replacen("basis = [{ source = \"PERBUP\", article = \"pasal 3 (contoh)\" }]", "basis = []", 1)),
            ["policy.no_basis"]
        );
        assert_eq!(codes(&OWN.replace("\"35.08\"", "\"35.0\"")), ["eligibility.bad_region"]);
        assert_eq!(codes(&OWN.replace("unit = \"decile\"", "unit = \"parsec\"")), ["policy.unreadable"]);
        assert_eq!(codes(&OWN.replace("sembako.calendar", "sembako.callendar")), ["policy.unknown_parameter"]);
    }

    #[test]
    fn an_own_programme_takes_nobodys_name_and_its_numbers_can_be() {
        let taken = codes(&OWN.replacen("id = \"lansia-tunggal\"", "id = \"pkh\"", 1));
        // whatever else names the programme by its old id is found too
        assert!(taken.contains(&"policy.twice".to_owned()), "{taken:?}");
        let count = |n: &str| OWN.replacen("count = 1", &format!("count = {n}"), 1);
        assert_ne!(count("2"), OWN);
        assert_eq!(codes(&count("-1")), ["policy.number_unfit"]);
        assert_eq!(codes(&count("\"lansia-tunggal.tidak_ada\"")), ["policy.unknown_parameter"]);
        assert_eq!(codes(&OWN.replace("\"lansia-tunggal.quota\"\n\n", "\"x.y\"\n\n")), ["policy.unknown_parameter"]);
        for field in ["review_flags", "attendance_min"] {
            let with =
                OWN.replacen("id = \"lansia-tunggal\"", &format!("id = \"lansia-tunggal\"\n{field} = \"x.y\""), 1);
            assert_eq!(codes(&with), ["policy.unknown_parameter"], "{field}");
        }
        let overlap = |with: &str, days: &str| {
            let basis = "basis = [{ source = \"PERBUP\" }]\nconfidence = \"high\"\nallowed = false";
            format!("{OWN}\n[[overlap]]\nprogramme = \"lansia-tunggal\"\nwith = \"{with}\"\n{days}\n{basis}\n")
        };
        assert_eq!(codes(&overlap("pkh", "from = \"2025-01-01\"")), [""; 0]);
        assert_eq!(codes(&overlap("pkhh", "from = \"2025-01-01\"")), ["policy.unknown_programme"]);
        assert_eq!(codes(&overlap("pkh", "from = \"2025-01-01\"\nto = \"2024-01-01\"")), ["policy.dates_backward"]);
    }

    #[test]
    fn an_own_programmes_id_cannot_be_taken_for_the_laws() {
        // in another case, with a blank, nothing, a mark that nobody sees, a Cyrillic letter
        for id in ["PKH", "Pkh", "pkh ", " pkh", "", "pkh\u{200b}", "\u{440}kh", "pkh;=1"] {
            let own = OWN.replacen("id = \"lansia-tunggal\"", &format!("id = \"{id}\""), 1);
            assert!(codes(&own).contains(&"policy.bad_programme".to_owned()), "{id:?}: {:?}", codes(&own));
        }
    }

    #[test]
    fn an_own_programme_has_a_name_and_a_period() {
        let line = |field: &str| OWN.lines().find(|line| line.starts_with(&format!("{field} = "))).unwrap_or_default();
        for field in ["runs", "names"] {
            let own = OWN.replacen(line(field), &format!("{field} = []"), 1);
            assert_ne!(own, OWN, "{field}");
            assert!(codes(&own).contains(&"policy.programme_incomplete".to_owned()), "{field}: {:?}", codes(&own));
        }
    }

    #[test]
    fn an_overlay_that_sets_a_day_twice_and_a_number_in_a_file_is_not_repeated() {
        let set =
            |from: &str, value: u8| format!("{{ parameter = \"pkh.max_decile\", from = \"{from}\", value = {value} }}");
        let overlay = |second: String| format!("name = \"x\"\nset = [{}, {second}]\n", set("2025-01-01", 3));
        assert_eq!(codes(&overlay(set("2025-01-01", 4))), ["policy.twice"]);
        assert!(codes(&overlay(set("2025-02-01", 4))).is_empty(), "from a later day on");
        let said = check(&OWN.replace("\"35.08\"", "\"3508105203809001\""), Lang::En);
        assert!(!said.is_empty() && said.iter().all(|(_, text)| !text.contains("35081052")), "{said:?}");
    }

    #[test]
    fn an_overlay_on_a_parameter_that_nobody_has_is_found() {
        assert_eq!(codes(OVERLAY), ["policy.unknown_parameter"]); // a parameter of the example's own programme
        assert!(codes(&OVERLAY.replace("lansia-tunggal.", "pkh.")).is_empty());
    }
}
