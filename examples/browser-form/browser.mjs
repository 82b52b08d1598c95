// The built pages, served to a headless Chromium that then loses its network.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const dist = fileURLToPath(new URL('./dist/', import.meta.url));
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.css': 'text/css' };

/** A page of the build, ready to be filled in. */
export async function open(path, viewport) {
  const server = createServer(async (request, response) => {
    const body = await readFile(join(dist, request.url === '/' ? '/index.html' : request.url)).catch(() => null);
    response.writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(request.url)] ?? 'text/html' }).end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const close = async () => {
    await browser.close();
    server.close();
  };
  const page = await browser.newPage({ viewport });
  page.on('pageerror', (e) => console.error('page:', e.message));
  await page.goto(`http://127.0.0.1:${server.address().port}${path}`);
  await page.waitForSelector('html[data-siap]', { timeout: 60_000 });
  // what the page needs is here: it works without a network from now on
  await page.context().setOffline(true);
  return { page, close };
}
