//! Node and PHP at once over one ledger: `examples/shared-ledger`.

use super::javascript::{link, npm, npm_ci};
use super::{node, php};
use crate::shell::Outcome;

const EXAMPLE: &str = "examples/shared-ledger";

pub(super) fn run() -> Outcome {
    let extension = php::build()?;
    node::build()?;
    npm_ci(EXAMPLE)?;
    link(EXAMPLE, "bansos", "bindings-node")?;
    npm(EXAMPLE, ["test", "--silent"])?.env("BANSOS_EXTENSION", extension).run()
}
