//! Any text as a layout of the user's own: an error or a layout, no panic.
#![no_main]

use bansos_registers::layout::Layout;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Layout::from_toml("fuzz.toml", text);
});
