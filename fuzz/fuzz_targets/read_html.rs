//! A page of tables made of the words of HTML.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| common::html::page(data));
