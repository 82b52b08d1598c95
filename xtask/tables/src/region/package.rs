//! npm packages: fetched by npm itself, kept in target/, trusted only when their hash is the pinned one.

use crate::root;
use base64::Engine as _;
use sha2::Digest as _;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A package at one version and the sha512 its registry gave for it.
pub(super) struct Package {
    name: &'static str,
    version: &'static str,
    sha512: &'static str,
}

/// Current codes and names: Kepmendagri 300.2.2-2138/2025. MIT.
pub(super) const INDONESIA_NODEJS: Package = Package {
    name: "indonesia-nodejs",
    version: "1.1.0",
    sha512: "q/Zhj1IdCPFjec4TnjGi4a2zwZTuyiJyaam2Z2kvu9RvGVPscyk3c6xghDdiXQKmoS/ETuZP53ATOUt0Dy3ZEA==",
};

/// Codes before the 2022 split of Papua: Kepmendagri 050-145/2022. MIT.
pub(super) const PARSENIK: Package = Package {
    name: "parsenik",
    version: "1.0.3",
    sha512: "7YHH4xsBKzolPOrOMRAEThWTeH6HLfmYJwbC5aNZK7JB3xvHxOq2pwSAu5BNrVb98IpNZnFfAisMMD3u4xksMQ==",
};

/// The same decree by another hand. Its data is ODbL, so it is compared and nothing of it is kept.
pub(super) const IDN_AREA_DATA: Package = Package {
    name: "idn-area-data",
    version: "4.0.1",
    sha512: "PhNSIl5T7swVwwWxJOFMtCaeHAF9TUu0HLDf+36EIWZro9j7au83AFIJiBQGL+iRsBDA2OlpJ5fjiqxNYndzOQ==",
};

/// BPS codes and names of before the 2022 split. MIT.
pub(super) const DAERAH_INDONESIA: Package = Package {
    name: "daerah-indonesia",
    version: "1.0.1",
    sha512: "l9IH/urSCAbIAcVYm//5se6hy/7MF1vEJDMd8W3/xF3Qf1HIMz9ynCTxnuxPE8scPL6L7h8WWES5Hsmt9XEigw==",
};

impl Package {
    /// The folder of the unpacked package.
    pub(super) fn fetch(&self) -> Result<PathBuf> {
        let store = root().join("target/region");
        std::fs::create_dir_all(&store)?;
        let archive = store.join(format!("{}-{}.tgz", self.name, self.version));
        if !archive.exists() {
            let spec = format!("{}@{}", self.name, self.version);
            let out = Command::new("npm").args(["pack", "--silent", &spec]).current_dir(&store).output()?;
            if !out.status.success() {
                return Err(format!("npm pack {spec}: {}", String::from_utf8_lossy(&out.stderr).trim()).into());
            }
        }
        let found = base64::engine::general_purpose::STANDARD.encode(sha2::Sha512::digest(std::fs::read(&archive)?));
        if found != self.sha512 {
            std::fs::remove_file(&archive)?;
            return Err(format!("{} {} has another hash than the pinned one", self.name, self.version).into());
        }
        let folder = store.join(format!("{}-{}", self.name, self.version));
        std::fs::create_dir_all(&folder)?;
        let status = Command::new("tar").arg("xzf").arg(&archive).arg("-C").arg(&folder).status()?;
        if !status.success() {
            return Err(format!("tar could not unpack {}", archive.display()).into());
        }
        Ok(folder.join("package"))
    }
}

/// Code → name, codes undotted: 2, 4 and 6 digits together.
pub(super) type Names = BTreeMap<String, String>;

fn insert(names: &mut Names, code: &str, name: &str) -> Result<()> {
    match names.insert(code.to_owned(), name.to_owned()) {
        None => Ok(()),
        Some(_) => Err(format!("{code} stands twice in its source").into()),
    }
}

#[derive(serde::Deserialize)]
struct Coded {
    code: String,
    name: String,
}

/// indonesia-nodejs: three JSON lists of `{code, name}`.
pub(super) fn current(folder: &std::path::Path) -> Result<Names> {
    let mut names = Names::new();
    for (file, digits) in [("provinces", 2), ("cities", 4), ("districts", 6)] {
        let text = std::fs::read_to_string(folder.join(format!("data/json/{file}.json")))?;
        for row in serde_json::from_str::<Vec<Coded>>(&text)? {
            if row.code.len() != digits {
                return Err(format!("{file}.json: {} has not {digits} digits", row.code).into());
            }
            insert(&mut names, &row.code, &row.name)?;
        }
    }
    Ok(names)
}

/// indonesia-nodejs: the codes of the villages.
pub(super) fn villages(folder: &std::path::Path) -> Result<BTreeSet<String>> {
    let text = std::fs::read_to_string(folder.join("data/json/villages.json"))?;
    Ok(serde_json::from_str::<Vec<Coded>>(&text)?.into_iter().map(|row| row.code).collect())
}

#[derive(serde::Deserialize)]
struct Nested {
    kode: String,
    nama: String,
    #[serde(default, alias = "kecamatan")]
    kabupaten_kota: Vec<Nested>,
}

/// parsenik: one nested JSON.
pub(super) fn before_split(folder: &std::path::Path) -> Result<Names> {
    fn walk(names: &mut Names, rows: &[Nested]) -> Result<()> {
        for row in rows {
            insert(names, &row.kode, &row.nama)?;
            walk(names, &row.kabupaten_kota)?;
        }
        Ok(())
    }
    let mut names = Names::new();
    walk(&mut names, &serde_json::from_str::<Vec<Nested>>(&std::fs::read_to_string(folder.join("source.json"))?)?)?;
    Ok(names)
}

/// idn-area-data: three CSV files whose first field is the dotted code. Codes only.
pub(super) fn idn_codes(folder: &std::path::Path) -> Result<Vec<String>> {
    let mut codes = Vec::new();
    for file in ["provinces", "regencies", "districts"] {
        let text = std::fs::read_to_string(folder.join(format!("data/{file}.csv")))?;
        codes.extend(text.lines().skip(1).filter_map(|l| l.split(',').next()).map(|c| c.replace('.', "")));
    }
    codes.sort();
    Ok(codes)
}

#[derive(serde::Deserialize)]
struct Numbered {
    id: u32,
    nama: String,
}

/// daerah-indonesia: a JSON list of `{id, nama}`; the regencies.
pub(super) fn bps(folder: &std::path::Path) -> Result<Names> {
    let mut names = Names::new();
    let text = std::fs::read_to_string(folder.join("data/kabupaten.json"))?;
    for row in serde_json::from_str::<Vec<Numbered>>(&text)? {
        insert(&mut names, &row.id.to_string(), &row.nama)?;
    }
    Ok(names)
}
