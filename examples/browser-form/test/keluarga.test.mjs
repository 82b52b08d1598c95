// "Bantuan apa untuk keluarga saya?" in headless Chromium, as a family fills it in.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { open } from '../browser.mjs';

let page, close;

before(async () => {
  ({ page, close } = await open('/keluarga.html', { width: 860, height: 1200 }));
  await page.fill('[name=date]', '2025-08-01');
});
after(() => close?.());

const said = (programme) => page.textContent(`[data-program=${programme}]`);
const fill = async (n, given) => {
  const box = page.locator('#anggota fieldset').nth(n);
  for (const [name, value] of Object.entries(given)) {
    const field = box.locator(`[data-isi=${name}]`);
    if (['birthDate', 'occupation'].includes(name)) await field.fill(value);
    else await field.selectOption(value);
  }
};
const nothing = { pregnancy: '0', severeDisability: 'no' };

test('an empty form knows what it lacks', async () => {
  assert.match(await said('pkh'), /belum dapat ditentukan/);
  assert.match(await said('pkh'), /desil/);
});

test('a toddler and a pregnant mother', async () => {
  await page.selectOption('[name=decile]', '2');
  await fill(0, { birthDate: '1998-03-04', sex: 'female', school: 'left', pregnancy: '2', severeDisability: 'no', occupation: 'mengurus rumah tangga' });
  assert.match(await said('pkh'), /: layak/);
  assert.match(await said('pkh'), /Rp3\.000\.000 setahun/);
  await page.click('#tambah');
  await fill(1, { birthDate: '2022-05-01', school: 'never', ...nothing });
  assert.match(await said('pkh'), /Rp6\.000\.000 setahun/);
  assert.match(await said('sembako'), /Rp2\.400\.000 setahun/);
  assert.match(await said('pbi-jkn'), /: layak/);
  if (process.env.SCREENSHOT_FAMILY) await page.screenshot({ path: process.env.SCREENSHOT_FAMILY, fullPage: true });
});

test('a third pregnancy is not counted', async () => {
  await fill(0, { pregnancy: '3' });
  assert.match(await said('pkh'), /Rp3\.000\.000 setahun/);
});

test("one member's office bars the family, and says so", async () => {
  await fill(0, { occupation: 'PNS' });
  assert.match(await said('pkh'), /tidak layak/);
  assert.match(await said('pkh'), /ASN; ini menggugurkan keluarga/);
  await fill(0, { occupation: 'petani' });
  assert.match(await said('pkh'), /: layak/);
});

test('above the ceiling nothing is due; a member taken away counts no more', async () => {
  await page.selectOption('[name=decile]', '7');
  assert.match(await said('sembako'), /tidak layak/);
  await page.selectOption('[name=decile]', '4');
  await page.locator('.hapus').nth(1).click();
  assert.match(await said('pkh'), /tidak layak/);
  assert.equal(await page.locator('#anggota fieldset').count(), 1);
});

test('a day that is not one is said, not thrown', async () => {
  await page.fill('[name=date]', '');
  assert.ok((await page.textContent('#hasil')).length > 10);
});
