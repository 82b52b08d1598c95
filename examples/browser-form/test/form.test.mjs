// The built page in headless Chromium, as somebody fills it in.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };
let browser, page, server;

before(async () => {
  server = createServer(async (request, response) => {
    const path = request.url === '/' ? '/index.html' : request.url;
    const body = await readFile(join(dist, path)).catch(() => null);
    response.writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  page = await browser.newPage({ viewport: { width: 760, height: 760 } });
  page.on('pageerror', (e) => console.error('page:', e.message));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForSelector('html[data-siap]', { timeout: 60_000 });
  // what the page needs is here: it works without a network from now on
  await page.context().setOffline(true);
});
after(async () => {
  await browser?.close();
  server?.close();
});

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
