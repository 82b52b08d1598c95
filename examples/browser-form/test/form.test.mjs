// The built page in headless Chromium, as somebody fills it in.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { open } from '../browser.mjs';

let page, close;

before(async () => {
  ({ page, close } = await open('/', { width: 760, height: 760 }));
});
after(() => close?.());

const said = (name) => page.textContent(`[data-untuk="${name}"]`);

test('says what is wrong while one types', async () => {
  await page.fill('[name=nik]', '3508126801');
  assert.equal(await said('nik'), 'NIK terdiri atas 16 digit; ini 10 digit');
  assert.equal(await page.isDisabled('button'), true);
  await page.fill('[name=nik]', '3508126801809001');
  assert.equal(await said('nik'), 'NIK wajar');
});

test('a doubt is shown and stops nothing', async () => {
  await page.selectOption('[name=sex]', 'male');
  assert.match(await said('nik'), /jenis kelamin/i);
  await page.fill('[name=familyCard]', '3508121203119001');
  await page.fill('[name=regency]', 'lumajng');
  assert.equal(await said('regency'), 'Kabupaten Lumajang (3508)');
  assert.equal(await page.isDisabled('button'), false);
  if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
});

test('a NIK in the place of the family card is found', async () => {
  await page.fill('[name=familyCard]', '3508126801809001');
  assert.ok((await said('familyCard')).length > 10);
  assert.equal(await page.isDisabled('button'), true);
  await page.fill('[name=familyCard]', '3508121203119001');
});

test('sending shows no number', async () => {
  await page.click('button');
  assert.equal(await page.textContent('#hasil'), 'Usulan untuk NIK 35************** siap dikirim.');
});
