// Compiled, never run: the types say what the functions take and give.
import bansos, { BansosError, batch, call, columns, nik, region, version, type NikExamined } from 'bansos';

const examined: NikExamined = nik.examine('3508126801809001', { asOf: '2026-11-21', declared: { sex: 'female' } });
const codes: string[] = examined.findings.map((f) => f.code);
const place: string | null = region.lookup('64.05').place.succession?.successor ?? null;
const many: Promise<(NikExamined | BansosError)[]> = batch<NikExamined>('nik.examine', [{ nik: '1', asOf: '2026-11-21' }]);
const deciles: Promise<(number | null)[]> = columns
  .deciles({ spending: [1, null] }, { score: 'spending', by: 'families' })
  .then((made) => made.columns.decile);
const library: string = version().library + bansos.version().library;
// @ts-expect-error an identifier is a text
nik.parse(3508126801809001);
// @ts-expect-error the reference date is required
nik.examine('3508126801809001');
// @ts-expect-error no such word
nik.examine('3508126801809001', { asOf: '2026-11-21', declared: { sex: 'x' } });
// @ts-expect-error no such operation
call('nik.guess', {});
// @ts-expect-error what deciles are of has to be named
columns.deciles({ spending: [1] }, { score: 'spending' });
export { codes, place, many, deciles, library };
