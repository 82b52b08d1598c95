// The family form: each change is determined anew in this page, by the same rules as everywhere. Nothing leaves it.
import init, { BansosError, eligibility } from 'bansos-wasm/full';

const PROGRAMMES = ['pkh', 'sembako', 'pbi-jkn'];
const WORDS = { eligible: 'layak', ineligible: 'tidak layak', undetermined: 'belum dapat ditentukan' };
const form = document.querySelector('form');
const people = document.querySelector('#anggota');
const rupiah = (n) => `Rp${n.toLocaleString('id-ID')}`;

/** What is written of one member; what is left open stays unknown. */
function member(box) {
  const said = (name) => box.querySelector(`[data-isi="${name}"]`).value || null;
  const school = said('school');
  const attends = school && !['never', 'left'].includes(school);
  const order = said('pregnancy') && Number(said('pregnancy'));
  return {
    birthDate: said('birthDate'),
    sex: said('sex'),
    attendance: attends ? 'attending' : school,
    schoolLevel: attends ? school : null,
    pregnant: order === null ? null : order > 0,
    pregnancyOrder: order || null,
    severeDisability: said('severeDisability') && said('severeDisability') === 'yes',
    occupation: said('occupation'),
  };
}

function line(text, kind) {
  const item = document.createElement('li');
  item.textContent = text;
  item.className = kind;
  return item;
}

function card(answer) {
  const { amounts, outcome } = answer;
  const box = document.createElement('article');
  box.dataset.program = answer.programme;
  box.className = outcome;
  const title = document.createElement('h2');
  title.textContent = `${answer.name.id}: ${WORDS[outcome]}`;
  const money = document.createElement('p');
  const more = amounts.atMost > amounts.year ? `, paling banyak ${rupiah(amounts.atMost)}` : '';
  if (outcome === 'eligible') money.textContent = `${rupiah(amounts.year)} setahun${more}`;
  if (outcome === 'undetermined') money.textContent = `bila layak: paling banyak ${rupiah(amounts.atMost)} setahun`;
  const reasons = document.createElement('ul');
  reasons.append(
    ...answer.reasons.map((r) => line(r.message.id, r.decides ? 'menentukan' : '')),
    ...answer.missing.map((m) => line(m.message.id, 'kurang')),
  );
  box.append(title, money, reasons);
  return box;
}

function decide() {
  people.querySelectorAll('.nomor').forEach((n, i) => (n.textContent = i + 1));
  const { decile, date } = Object.fromEntries(new FormData(form));
  const family = { decile: decile ? Number(decile) : null, members: [...people.children].map(member) };
  const result = document.querySelector('#hasil');
  try {
    result.replaceChildren(...PROGRAMMES.map((p) => card(eligibility.determine(p, { date, family }))));
  } catch (e) {
    if (!(e instanceof BansosError)) throw e;
    result.replaceChildren(line(e.messages.id, 'error'));
  }
}

function add() {
  people.append(document.querySelector('#seorang').content.cloneNode(true));
  decide();
}

await init();
form.elements.date.value = new Date().toLocaleDateString('sv'); // YYYY-MM-DD in local time
form.addEventListener('input', decide);
form.addEventListener('submit', (event) => event.preventDefault());
document.querySelector('#tambah').addEventListener('click', add);
people.addEventListener('click', ({ target }) => {
  if (!target.matches('.hapus')) return;
  target.closest('fieldset').remove();
  decide();
});
add();
document.documentElement.dataset.siap = '';
