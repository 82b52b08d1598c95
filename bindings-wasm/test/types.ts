// Compiled, never run: the types say what the functions take and give.
import init, { BansosError, call, nik, region, type NikExamined } from 'bansos-wasm';

await init();
const examined: NikExamined = nik.examine('3508126801809001', { asOf: '2026-11-21' });
const name: string | null = region.lookup('3508').place.fullName;
const error: Pick<BansosError, 'code'> = { code: 'nik.length' };
// @ts-expect-error an identifier is a text
nik.parse(3508126801809001);
// @ts-expect-error no such operation
call('nik.guess', {});
export { examined, name, error };
