// ES module entry: the same functions as the CommonJS entry.
import bansos from './index.js';

export const { version, nik, familyCard, region, BansosError, call, batch } = bansos;
export default bansos;
