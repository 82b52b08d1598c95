// Every vector in headless Chromium, a worker, offline, and the figures of the page.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { cases, tell, xfails } from '../../conformance/js/vectors.mjs';
import { FLAGS, serve } from './serve.mjs';

let browser, page, server;

before(async () => {
  server = await serve(fileURLToPath(new URL('../../', import.meta.url)));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  page = await browser.newPage();
  page.on('pageerror', (e) => console.error('page:', e.message));
  await page.goto(`${server.url}/bindings-wasm/test/page.html`);
  await page.waitForFunction(() => document.title === 'siap', null, { timeout: 60_000 });
});

after(async () => {
  await browser?.close();
  server?.close();
});

for (const bundle of ['full', 'form']) {
  test(`every vector, ${bundle}`, async (t) => {
    const known = new Set(await page.evaluate(() => window.operations()));
    const expected = xfails('wasm');
    const all = cases().filter((c) => bundle === 'full' || (known.has(c.operation) && !expected.has(c.id)));
    const found = new Map(await page.evaluate(([bundle, all]) => window.results(bundle, all), [bundle, all]));
    const failed = [...found.values()].filter((why) => why !== null).length;
    const xfail = bundle === 'full' ? 0 : expected.size;
    tell(bundle === 'full' ? 'chromium' : 'chromium-form', { passed: found.size - failed, failed, xfail });
    for (const c of all) {
      await t.test(`${c.id}: ${c.title}`, () => assert.equal(found.get(c.id), null));
    }
  });
}

test('in a module worker', async () => {
  assert.equal(await page.evaluate(() => window.worker()), true);
});

test('offline, once it is loaded', async () => {
  await page.context().setOffline(true);
  assert.equal(await page.evaluate(() => window.results('form', []).length), 0);
  const figures = await page.evaluate(() => window.figures());
  await page.context().setOffline(false);
  console.log(`ready in ${figures.ready.toFixed(1)} ms, one check ${(figures.check * 1000).toFixed(0)} µs`);
  // a hundred times the budget of an idle machine: this asks for the order of magnitude, the budget is shown by measuring
  assert.ok(figures.check < 10, `one check takes ${figures.check} ms`);
});
