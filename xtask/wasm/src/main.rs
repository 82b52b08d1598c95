//! `xtask-wasm <in.wasm> <out folder>`: writes `web/` and `node/` with their glue and types.

use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [wasm, out] = arguments.as_slice() else { anyhow::bail!("usage: xtask-wasm <in.wasm> <out folder>") };
    for target in ["web", "node"] {
        let mut bindgen = Bindgen::new();
        bindgen
            .input_path(wasm)
            .out_name("bansos")
            .typescript(true)
            .remove_producers_section(true)
            // otherwise `await init()` finds no module in the browser
            .omit_default_module_path(false);
        if target == "web" {
            bindgen.web(true)?;
        } else {
            bindgen.nodejs(true)?;
        }
        bindgen.generate(format!("{out}/{target}"))?;
    }
    Ok(())
}
