// Compiled, never run: the types say what the functions take and give.
import init, { BansosError, call, nik, region, type NikExamined } from 'bansos-wasm';

await init();
const examined: NikExamined = nik.examine('3508126801809001', { asOf: '2026-11-21' });
const name: string | null = region.lookup('3508').place.fullName;
import * as full from 'bansos-wasm/full';
const outcome = full.eligibility.determine('pkh', { date: '2026-01-15', family: { decile: 1 } }).outcome;
const error: Pick<BansosError, 'code'> = { code: 'nik.length' };
// @ts-expect-error an identifier is a text
nik.parse(3508126801809001);
// @ts-expect-error no such operation
call('nik.guess', {});
// @ts-expect-error only in the full bundle
call('eligibility.determine', {});
export { outcome, examined, name, error };
