'use strict';
// The native module for this platform: `cargo xtask bindings node` puts it beside this file; a release carries one for each.
const { join } = require('node:path');

const file = `bansos.${process.platform}-${process.arch}.node`;
try {
  module.exports = require(join(__dirname, file));
} catch (why) {
  throw new Error(`bansos has no native module for ${process.platform}-${process.arch} (${file}): ${why.message}`, { cause: why });
}
