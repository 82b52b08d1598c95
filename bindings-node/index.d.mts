// The ES module entry: the same, and a default export.
import * as bansos from './index.js';
export * from './index.js';
export default bansos;
