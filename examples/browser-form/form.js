// The form: every key stroke is checked by the module in this page; a wrong number stops the form, a doubt is only shown.
import init, { BansosError, familyCard, nik, person, region } from 'bansos-wasm';

const form = document.querySelector('form');
const today = () => new Date().toLocaleDateString('sv'); // YYYY-MM-DD in local time
const said = (name) => form.querySelector(`[data-untuk="${name}"]`);

/** What `look` returns, or the library's refusal as a finding; nothing for an empty field. */
function findings(text, look) {
  if (!text) return null;
  try {
    return look();
  } catch (e) {
    if (!(e instanceof BansosError)) throw e;
    return [{ severity: 'error', message: e.messages }];
  }
}

function show(name, found, good) {
  const worst = ['error', 'warning', 'info'].find((grade) => found?.some((f) => f.severity === grade));
  const place = said(name);
  place.className = `kata ${worst ?? 'baik'}`;
  place.textContent = found === null ? '' : found.length ? found.map((f) => f.message.id).join('\n') : good;
  return found !== null && worst !== 'error';
}

function check() {
  const given = Object.fromEntries(new FormData(form));
  const [home] = given.regency ? region.search(given.regency).matches : [];
  const declared = { birthDate: given.birthDate || null, sex: given.sex || null, region: home?.code ?? null };
  const number = given.nik.replace(/\s/g, '');
  const card = given.familyCard.replace(/\s/g, '');
  const all = (field) => person.check({ nik: number, familyCard: card, ...declared }, { asOf: today() }).findings.filter((f) => f.field === field);
  const ok = [
    show('nik', findings(number, () => nik.parse(number) && all('nik')), 'NIK wajar'),
    show('familyCard', findings(card, () => familyCard.parse(card) && all('family_card')), 'Nomor KK wajar'),
    show('regency', given.regency ? [] : null, home ? `${home.fullName} (${home.code})` : 'tidak ditemukan'),
  ];
  form.querySelector('button').disabled = !(ok.every(Boolean) && home);
}

function suggest() {
  const { matches } = region.search(form.elements.regency.value);
  document.querySelector('#pilihan').replaceChildren(...matches.map((m) => new Option(m.fullName, m.fullName)));
}

await init();
form.addEventListener('input', check);
form.elements.regency.addEventListener('input', suggest);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  const { masked } = nik.mask(form.elements.nik.value.replace(/\s/g, ''));
  document.querySelector('#hasil').textContent = `Usulan untuk NIK ${masked} siap dikirim.`;
});
document.documentElement.dataset.siap = '';
check();
