// SPDX-License-Identifier: Apache-2.0
//
// What tests in a browser share: the browser itself, a server with a store of its own, an
// account made by its one-time link, pages that note what goes wrong in them.
//
// AWAI: the binary. TEST_TMP: where stores lie. CHROMIUM: the browser.
import { spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
export const awai = process.env.AWAI || join(resolve(here, '..', '..'), 'build', 'awai');
export const temporary = process.env.TEST_TMP || mkdtempSync(join(tmpdir(), 'awai-ui-'));
export const password = 'seven bridges at dawn';
let failed = 0;

/** Tells of one test; returns whether it went well. */
export function result(name, problems) {
  const why = problems.slice(0, 8).join('; ').replace(/\s+/g, ' ').slice(0, 1200);
  if (problems.length) failed++;
  console.log(problems.length ? `not ok ${name}: ${why}` : `ok ${name}`);
  return problems.length === 0;
}

/** Ends the program: 1 if any test failed. */
export function end() {
  process.exit(failed ? 1 : 0);
}

/** A package of tests/ui. */
export function load(name) {
  if (!existsSync(join(here, 'node_modules', name))) {
    const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: here });
    if (done.status !== 0) throw new Error(`npm ci: ${done.error || done.stderr}`);
  }
  return require(name);
}

/** A browser; undefined where there is none, which is said. */
export async function launch() {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    console.log('skip browser: there is no chromium');
    return undefined;
  }
  return load('playwright-core').chromium.launch({
    executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** A server with accounts on the store NAME.db: where it is, and its link for the owner. */
export function serve(name) {
  const server = spawn(awai, ['serve', '--db', join(temporary, `${name}.db`), '--listen', '127.0.0.1:0',
    '--lang', 'en', '--accounts'], { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((done, fail) => {
    let said = '';
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const url = /http:\/\/[^/ ]+/.exec(said), link = /\/link\/[0-9a-f]{64}/.exec(said);
      if (url && link) done({ url: url[0], link: link[0], stop: () => server.kill() });
    });
    server.on('exit', () => fail(new Error(`the server ended: ${said}`)));
  });
}

/** The one-time code of a key in base32, some steps of half a minute from now. */
export function codeOf(key, steps = 0) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...key.replace(/[^A-Z2-7]/g, '')].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const bytes = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + steps));
  const digest = createHmac('sha1', bytes).update(step).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

/**
 * A page in a context of its own that notes what goes wrong in it: errors of the console,
 * breaches of the policy, what is asked of other hosts. What is expected is in
 * page.expected: a browser tells of refused requests, too.
 */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.problems = [];
  page.expected = /^$/;
  const note = (what) => { if (!page.expected.test(what)) page.problems.push(what); };
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) note(`${m.text()} (${m.location().url})`); });
  page.on('pageerror', (e) => note(String(e)));
  page.on('request', (r) => { if (!r.url().startsWith(url) && !/^(data|blob):/.test(r.url())) note(`asks ${r.url()}`); });
  await context.addInitScript(() => document.addEventListener('securitypolicyviolation',
    (e) => console.error(`policy: ${e.violatedDirective} ${e.blockedURI}`)));
  return page;
}

/** What went wrong since it was last asked. */
export function problemsOf(page) {
  return page.problems.splice(0);
}

/** Presses a button that leads to another page, and waits for that. */
export async function press(page, selector) {
  const [answer] = await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
  return answer;
}

/** Makes the account of a link; whoever comes to the page of codes switches them on. Returns the key, or ''. */
export async function enroll(page, address, login) {
  await page.goto(address);
  await page.fill('#login', login);
  await page.fill('#password', password);
  await press(page, 'main form button[type=submit]');
  if (!page.url().includes('/account/code')) return '';
  const key = await page.locator('pre.secret').first().innerText();
  await page.fill('#present', password);
  await page.fill('#code', codeOf(key));
  await press(page, 'main form button[type=submit]');
  return key;
}

/** Looks until it is so (the page's own waiting needs eval, which its policy forbids). */
export async function until(page, what, look, argument) {
  for (let i = 0; i < 1200; i++) {
    if (await page.evaluate(look, argument).catch(() => false)) return;
    await page.waitForTimeout(50);
  }
  throw new Error(`${what}: not so`);
}
