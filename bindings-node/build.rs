//! Links the module against Node.
fn main() {
    napi_build::setup();
}
