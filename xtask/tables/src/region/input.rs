//! The hand-written files of data/region.

use crate::root;
use std::collections::BTreeMap;
use std::error::Error;

/// All of them.
pub(super) struct Input {
    pub(super) laws: Vec<Law>,
    pub(super) provinces: Vec<Province>,
    pub(super) retired: Vec<Retired>,
    pub(super) moved: Vec<Moved>,
    /// Regency → law that made it.
    pub(super) formed: BTreeMap<String, String>,
    pub(super) names: Names,
    pub(super) bps: Bps,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Law {
    pub(super) text: String,
    pub(super) date: Option<String>,
    pub(super) year: Option<u16>,
    #[allow(dead_code, reason = "for the reader of the file")]
    about: String,
    pub(super) confidence: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Province {
    pub(super) code: String,
    pub(super) formed: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Retired {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) successor: String,
    pub(super) law: String,
    pub(super) districts: Option<String>,
    #[serde(default)]
    pub(super) aliases: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moved {
    pub(super) from: String,
    pub(super) to: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Formed {
    law: String,
    codes: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    #[serde(rename = "override")]
    pub(super) replace: BTreeMap<String, String>,
    pub(super) aliases: BTreeMap<String, Vec<String>>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bps {
    pub(super) pairs: BTreeMap<String, String>,
    pub(super) provinces: BTreeMap<String, String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Laws {
    law: Vec<Law>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Provinces {
    province: Vec<Province>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RetiredFile {
    retired: Vec<Retired>,
    moved: Vec<Moved>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FormedFile {
    formed: Vec<Formed>,
}

fn read<T: serde::de::DeserializeOwned>(file: &str) -> Result<T, Box<dyn Error>> {
    let path = root().join("data/region").join(file);
    toml::from_str(&std::fs::read_to_string(path)?).map_err(|e| format!("data/region/{file}: {e}").into())
}

impl Input {
    /// Reads and lints: every law named must stand in laws.toml with a date or a year.
    pub(super) fn read() -> Result<Self, Box<dyn Error>> {
        let laws = read::<Laws>("laws.toml")?.law;
        let known = |text: &str| match laws.iter().any(|l| l.text == text) {
            true => Ok(()),
            false => Err(format!("data/region: {text} does not stand in laws.toml")),
        };
        for law in &laws {
            if law.date.is_some() == law.year.is_some() {
                return Err(format!("laws.toml: {} needs a date or a year, and not both", law.text).into());
            }
            if !matches!(law.confidence.as_str(), "high" | "medium") {
                return Err(format!("laws.toml: {}: confidence is high or medium", law.text).into());
            }
        }
        let provinces = read::<Provinces>("provinces.toml")?.province;
        let RetiredFile { retired, moved } = read("retired.toml")?;
        let mut formed = BTreeMap::new();
        for Formed { law, codes } in read::<FormedFile>("formed.toml")?.formed {
            known(&law)?;
            for code in codes {
                if formed.insert(code.clone(), law.clone()).is_some() {
                    return Err(format!("formed.toml: {code} stands twice").into());
                }
            }
        }
        for law in provinces.iter().filter_map(|p| p.formed.as_ref()).chain(retired.iter().map(|r| &r.law)) {
            known(law)?;
        }
        Ok(Self { names: read("names.toml")?, bps: read("bps.toml")?, laws, provinces, retired, moved, formed })
    }
}
