//! A Rust toolchain that can build for wasm32-unknown-unknown.
//!
//! An ordinary machine has rustup, which is asked first. Where it cannot fetch the target (no way to its server), or
//! where `WASM_STD=debian` says so, Debian's rustc-web serves: a recent rustc with the source of its standard library and
//! that source's dependencies. Its packages are unpacked below `target/`, not installed, and std is compiled once. Nothing
//! outside this checkout changes, but for LLVM's shared library where that is absent.

use super::{Tool, target};
use crate::shell::Outcome;
use std::path::{Path, PathBuf};

const TARGET: &str = "wasm32-unknown-unknown";
const HOST: &str = "x86_64-unknown-linux-gnu";

/// Who compiles for the browser.
pub(super) enum Compiler {
    /// A toolchain of rustup's, by name.
    Rustup(String),
    /// A sysroot below `target/`.
    Private(PathBuf),
}

impl Compiler {
    /// `cargo`, set up to compile with it.
    pub(super) fn cargo(&self) -> Tool {
        match self {
            Self::Rustup(name) => Tool::new("cargo", ".").args([format!("+{name}")]),
            Self::Private(sysroot) => Tool::new("cargo", ".")
                .env("RUSTC", sysroot.join("bin/rustc"))
                .env("LD_LIBRARY_PATH", sysroot.join("lib")),
        }
    }
}

/// Who compiles for the browser, made ready.
pub(super) fn compiler() -> Result<Compiler, Box<dyn std::error::Error>> {
    let mode = std::env::var("WASM_STD").unwrap_or_else(|_| "auto".to_owned());
    let active = Tool::new("rustup", ".").args(["show", "active-toolchain"]).output();
    let active = active.and_then(|line| line.split_whitespace().next().map(str::to_owned));
    if mode != "debian" {
        let installed = Tool::new("rustup", ".").args(["target", "list", "--installed"]).output().unwrap_or_default();
        // bounded: a closed network must not hang the build
        let added = || Tool::new("timeout", ".").args(["180", "rustup", "target", "add", TARGET]).run().is_ok();
        if let Some(active) = active.filter(|_| installed.lines().any(|line| line == TARGET) || added()) {
            return Ok(Compiler::Rustup(active));
        }
        if mode == "rustup" {
            return Err(format!("rustup cannot add {TARGET}").into());
        }
        eprintln!("rustup cannot add {TARGET}; using Debian's compiler and the source of its standard library");
    }
    debian().map(Compiler::Private)
}

fn debian() -> Result<PathBuf, Box<dyn std::error::Error>> {
    let folder = target().join("wasm-std");
    let sysroot = folder.join("usr");
    if !folder.join(".complete").exists() {
        if cfg!(not(all(target_os = "linux", target_arch = "x86_64"))) {
            return Err("the way without rustup is for Debian on x86_64 only".into());
        }
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("deb"))?;
        unpack(&folder)?;
        link_tools(&sysroot)?;
        compile_std(&folder, &sysroot)?;
        std::fs::write(folder.join(".complete"), "")?;
    }
    Ok(sysroot)
}

/// Downloads the packages and unpacks what is needed of them.
fn unpack(folder: &Path) -> Outcome {
    Tool::new("apt-get", ".").args(["-qq", "update"]).run().or_else(|why| {
        eprintln!("{why}; going on with the package lists there are");
        Outcome::Ok(())
    })?;
    let shown = Tool::new("apt-cache", ".").args(["show", "rustc-web"]).output().unwrap_or_default();
    let version = shown.lines().find_map(|l| l.strip_prefix("Version: ")).ok_or("this Debian has no rustc-web")?;
    let short = version.splitn(3, '.').take(2).collect::<Vec<_>>().join(".");
    let packages = ["rustc-web", "libstd-rust-web-dev", &format!("libstd-rust-web-{short}"), "rust-web-src"];
    let deb = folder.join("deb");
    Tool::new("apt-get", &deb.to_string_lossy())
        .args(["-qq", "download"])
        .args(packages.map(|p| format!("{p}={version}")))
        .run()?;
    let (into, mut files) = (folder.to_string_lossy().into_owned(), Vec::new());
    for file in std::fs::read_dir(&deb)? {
        files.push(file?.path());
    }
    for file in &files {
        let path = file.to_string_lossy().into_owned();
        if path.contains("rust-web-src") {
            // of the sources only library/ is needed, and 300 MB are not
            let wanted = "--wildcards './usr/lib/rustlib/src*' './usr/src/*/library/*'";
            let script = format!("dpkg-deb --fsys-tarfile '{path}' | tar -x -C '{into}' {wanted}");
            Tool::new("sh", ".").args(["-c", &script]).run()?;
        } else {
            Tool::new("dpkg-deb", ".").args(["-x", &path, &into]).run()?;
        }
    }
    let sysroot = folder.join("usr");
    // rustup sets LD_LIBRARY_PATH to the toolchain's lib only
    for file in std::fs::read_dir(sysroot.join("lib/x86_64-linux-gnu"))? {
        let file = file?.path();
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("librustc_driver-") {
            std::fs::rename(&file, sysroot.join("lib").join(name))?;
        }
    }
    if rustc(&sysroot).is_none() {
        let depends = files.iter().find(|f| f.to_string_lossy().contains(&format!("libstd-rust-web-{short}")));
        let depends = depends.map(|f| f.to_string_lossy().into_owned()).unwrap_or_default();
        let depends = Tool::new("dpkg-deb", ".").args(["-f", &depends, "Depends"]).output().unwrap_or_default();
        let llvm = depends.split([',', ' ']).find(|w| w.starts_with("libllvm")).ok_or("rustc-web names no LLVM")?;
        super::install::system_packages("the shared library of LLVM", &[llvm])?;
    }
    rustc(&sysroot).map(|version| eprintln!("{version}")).ok_or_else(|| "the unpacked rustc does not run".into())
}

fn rustc(sysroot: &Path) -> Option<String> {
    Tool::new(sysroot.join("bin/rustc"), ".").args(["-V"]).env("LD_LIBRARY_PATH", sysroot.join("lib")).output()
}

/// The linker and cargo of the toolchain in use.
fn link_tools(sysroot: &Path) -> Outcome {
    let own = Tool::new("rustc", ".").args(["--print", "sysroot"]).output().ok_or("no rustc")?;
    let lld = PathBuf::from(own).join(format!("lib/rustlib/{HOST}/bin/rust-lld"));
    let cargo = Tool::new("rustup", ".").args(["which", "cargo"]).output().ok_or("rustup knows no cargo")?;
    let bin = sysroot.join(format!("lib/rustlib/{HOST}/bin"));
    std::fs::create_dir_all(&bin)?;
    for (from, to) in [(lld, bin.join("rust-lld")), (cargo.into(), sysroot.join("bin/cargo"))] {
        let _ = std::fs::remove_file(&to);
        #[cfg(unix)]
        std::os::unix::fs::symlink(from, to)?;
        #[cfg(not(unix))]
        let _ = (from, to);
    }
    Ok(())
}

/// Compiles std for the target from its own vendored source, and lays it into the sysroot.
fn compile_std(folder: &Path, sysroot: &Path) -> Outcome {
    let work = folder.join("build");
    std::fs::create_dir_all(work.join("src"))?;
    std::fs::create_dir_all(work.join(".cargo"))?;
    let manifest = "[package]\nname = \"std-for-wasm\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[lib]\n[workspace]\n";
    std::fs::write(work.join("Cargo.toml"), manifest)?;
    std::fs::write(work.join("src/lib.rs"), "pub fn f() {}\n")?;
    let source = sysroot.join("lib/rustlib/src/rust");
    let vendor = source.join("library/vendor");
    std::fs::write(
        work.join(".cargo/config.toml"),
        format!(
            "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = \"{}\"\n",
            vendor.display()
        ),
    )?;
    // bitcode, so that lto works for the crates that link this std; no folder's name in the module
    let flags = format!("-Cembed-bitcode=yes --remap-path-prefix={}=/rustc/src", source.display());
    Tool::new(sysroot.join("bin/cargo"), &work.to_string_lossy())
        .args(["build", "--offline", "-Zbuild-std=std,panic_abort", "--release", "--target", TARGET])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", sysroot.join("bin/rustc"))
        .env("RUSTFLAGS", flags)
        .env("LD_LIBRARY_PATH", sysroot.join("lib"))
        .env("CARGO_TARGET_DIR", work.join("target"))
        .run()?;
    let out = sysroot.join(format!("lib/rustlib/{TARGET}/lib"));
    std::fs::create_dir_all(&out)?;
    for file in std::fs::read_dir(work.join("target").join(TARGET).join("release/deps"))? {
        let file = file?.path();
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".rlib") && !name.starts_with("libstd_for_wasm") {
            std::fs::copy(&file, out.join(name))?;
        }
    }
    for done in [work, folder.join("deb"), sysroot.join("share")] {
        let _ = std::fs::remove_dir_all(done);
    }
    Ok(())
}
