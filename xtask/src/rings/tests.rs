use super::crates::Crate;
use super::tokens::tokens;

fn rings(files: &[(&str, &str)]) -> Vec<String> {
    Crate::from_sources(files.iter().copied()).rings().into_iter().map(|ring| ring.join(" ")).collect()
}

#[test]
fn two_files_that_import_each_other_are_a_ring() {
    let b = ("b.rs", "use super::a::A; pub struct B(A);");
    assert_eq!(rings(&[("lib.rs", "mod a; mod b;"), ("a.rs", "pub struct A; use crate::b::{B};"), b]), ["a b"]);
    assert_eq!(rings(&[("lib.rs", "mod a; mod b;"), ("a.rs", "pub struct A;"), b]), [""; 0]);
    // a path without `use`, and one that is handed on by a third
    assert_eq!(rings(&[("lib.rs", "mod a; mod b; pub use b::B;"), ("a.rs", "fn f(_: &crate::B) {}"), b]), ["a b"]);
    assert_eq!(rings(&[("lib.rs", "mod a; mod b; pub use b::*;"), ("a.rs", "fn f(_: &super::B) {}"), b]), ["a b"]);
    let by_module = ("a.rs", "use super::b as other; fn f() -> other::B { other::B }");
    assert_eq!(rings(&[("lib.rs", "mod a; mod b;"), by_module, b]), ["a b"]);
}

#[test]
fn a_longer_ring_is_one() {
    let files = [
        ("main.rs", "mod a; mod b; mod c; mod d; fn main() { d::run() }"),
        ("a.rs", "use crate::b::x;"),
        ("b/mod.rs", "mod below; pub use below::x; use crate::d::run;"),
        ("b/below.rs", "use super::super::c; fn x() { c::y() }"),
        ("c.rs", "pub fn y() { crate::a::z() }"),
        ("d.rs", "pub fn run() {}"),
    ];
    assert_eq!(rings(&files), ["a b::below c"]);
}

#[test]
fn handing_on_tests_and_texts_lead_nowhere() {
    let mother = "//! [`child::Child`]\nmod child;\npub use child::Child;\npub struct Mother;\nconst T: &str = \"child::Child\";";
    let child = ("child.rs", "use super::Mother; pub struct Child(Mother);");
    assert_eq!(rings(&[("lib.rs", mother), child]), [""; 0]);
    let in_tests = format!("{mother}\n#[cfg(test)]\nmod tests {{ use super::child::Child; fn f(_: Child) {{}} }}");
    assert_eq!(rings(&[("lib.rs", &in_tests), child]), [""; 0]);
    let in_a_file = format!("{mother}\n#[cfg(test)]\nmod tests;");
    assert_eq!(
        rings(&[("lib.rs", &in_a_file), child, ("tests.rs", "use super::*; use super::child::Child;")]),
        [""; 0]
    );
    // a module and its parts are read together anyway
    let used = format!("{mother}\nfn f(_: Child) {{}}");
    assert_eq!(rings(&[("lib.rs", &used), child]), [""; 0]);
}

#[test]
fn in_a_module_of_the_file_super_is_the_file() {
    let a = ("a.rs", "pub struct A; mod inner { use super::A; use super::super::b::B; }");
    assert_eq!(rings(&[("lib.rs", "mod a; mod b;"), a, ("b.rs", "use super::a::A; pub struct B;")]), ["a b"]);
}

#[test]
fn comments_texts_and_lifetimes_are_no_tokens() {
    let source = "a/* b /* c */ d */e // f\n'g' '\\'' 'h x<'i> r#\"j\"k\"# b\"l\\\"m\" r\"n\" ros::o";
    assert_eq!(tokens(source), ["a", "e", "x", "<", ">", "b", "ros", "::", "o"]);
}
