// SPDX-License-Identifier: Apache-2.0
//
// Opens the pages of `awai serve` in a browser, in both languages, light and dark, on a
// desk and on a phone, and looks at what only a browser can tell: errors in its console,
// pages wider than the screen, faint text, things too small to hit. Then it makes a system
// by the questions with the keyboard alone, and merges two texts without script.
//
//     node tests/ui/pages.test.mjs
//
// AWAI: the binary. TEST_TMP: where the store is put. CHROMIUM: the browser.
// Prints "ok NAME" or "not ok NAME: why" for each test, as tests/run expects.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const awai = process.env.AWAI || join(resolve(here, '..', '..'), 'build', 'awai');
const temporary = process.env.TEST_TMP || mkdtempSync(join(tmpdir(), 'awai-pages-'));
let failed = 0;

const pages = ['/', '/compare?cell=serious-serious', '/catalog', '/catalog/access-control',
  '/new', '/tour', '/settings', '/import', '/template', ...['', '/criteria', '/incidents', '/threats?of=data-tampering@cloud&asset=cloud',
    '/requirements?viewpoint=1', '/measures', '/history', '/compare', '/hand-over', '/import',
    '/export?to=threat-dragon'].map((p) => `/systems/drone${p}`)];
const looks = [
  { name: 'desk', width: 1280, scheme: 'light', lang: 'en' },
  { name: 'desk', width: 1280, scheme: 'dark', lang: 'ja' },
  { name: 'phone', width: 390, scheme: 'light', lang: 'ja' },
  { name: 'phone', width: 390, scheme: 'dark', lang: 'en' },
];

function result(name, problems) {
  if (problems.length === 0) {
    console.log(`ok ${name}`);
    return;
  }
  failed++;
  console.log(`not ok ${name}: ${problems.slice(0, 6).join('; ').replace(/\s+/g, ' ')}`);
}

function loadPlaywright() {
  if (!existsSync(join(here, 'node_modules', 'playwright-core')))
    spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: here });
  return createRequire(import.meta.url)('playwright-core');
}

// The server, and where it says that it is.
async function serve() {
  const server = spawn(awai, ['serve', '--db', join(temporary, 'pages.db'), '--listen',
    '127.0.0.1:0', '--lang', 'en'], { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface({ input: server.stdout })) {
    const found = /http:\/\/[^ ]*(?=\/ )/.exec(line);
    if (found) return { server, url: found[0] };
  }
  throw new Error('the server did not say where it is');
}

// ---- what is looked at; this runs in the page -----------------------------------------

function findProblems() {
  const problems = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth)
    problems.push(`wider than the screen by ${page.scrollWidth - page.clientWidth}`);
  const parse = (c) => (c.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = parse(getComputedStyle(e).backgroundColor);
      if (c.length >= 3 && (c.length === 3 || c[3] === 1)) return c;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || e.closest('svg') || !e.getClientRects().length) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5)
      problems.push(`faint ${ratio.toFixed(1)}: ${walker.currentNode.data.trim().slice(0, 30)}`);
  }
  for (const e of document.querySelectorAll('button, select, input:not([type=hidden]):not([type=checkbox]):not([type=radio]), a.dot')) {
    const r = e.getBoundingClientRect();
    if (r.width && (r.width < 24 || r.height < 24))
      problems.push(`small ${r.width.toFixed(0)}x${r.height.toFixed(0)}: ${e.outerHTML.slice(0, 60)}`);
  }
  return problems;
}

async function testPage(browser, url, path, look) {
  const context = await browser.newContext({
    viewport: { width: look.width, height: 900 }, colorScheme: look.scheme });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (m) => { if (m.type() === 'error') problems.push(m.text()); });
  page.on('pageerror', (e) => problems.push(String(e)));
  page.on('request', (r) => { if (!r.url().startsWith(url) && !r.url().startsWith('data:')) problems.push(r.url()); });
  const answer = await page.goto(`${url}${path}${path.includes('?') ? '&' : '?'}lang=${look.lang}`);
  if (answer.status() !== 200) problems.push(`status ${answer.status()}`);
  problems.push(...await page.evaluate(findProblems));
  result(`${look.name}_${look.scheme}_${look.lang}_${path}`, problems);
  await context.close();
}

// ---- stories ----------------------------------------------------------------------------

// Presses Tab until the focus is on what matches; by keyboard alone.
async function tabTo(page, selector) {
  for (let i = 0; i < 60; i++) {
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way by Tab to ${selector}`);
}

async function fill(page, answers, go) {
  for (const [name, value] of Object.entries(answers)) {
    await tabTo(page, `#${name}`);
    await page.keyboard.type(value);
  }
  await tabTo(page, `button[value=${go}]`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function testQuestions(browser, url) {
  const page = await browser.newPage();
  await page.goto(`${url}/new?lang=en`);
  await fill(page, { name: 'Garage door', slug: 'garage', overview: 'Opens by phone.' }, 'next');
  await fill(page, { name: 'Maker' }, 'add');
  await fill(page, { name: 'Owner' }, 'next');
  await fill(page, { name: 'Service', kind: 'Cloud service' }, 'add');
  await fill(page, { name: 'Door' }, 'next');
  await fill(page, {}, 'add');
  await fill(page, {}, 'next');
  await fill(page, { name: 'Opens for a thief', because: 'Nobody looks' }, 'next');
  await fill(page, {}, 'next');
  await fill(page, {}, 'create');
  const title = await page.textContent('h1');
  result('questions_by_keyboard', page.url().includes('/systems/garage') && title.includes('Garage door')
    ? [] : [page.url(), await page.textContent('main')]);
  await page.close();
}

async function testMerge(browser, url) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const [mine, theirs] = [await context.newPage(), await context.newPage()];
  const save = (page) => Promise.all([page.waitForNavigation(), page.click('main form button[type=submit]')]);
  for (const page of [mine, theirs]) await page.goto(`${url}/systems/welding-robot/edit?lang=en`);
  const text = await mine.inputValue('textarea[name=text]');
  await theirs.fill('textarea[name=text]', text.replace(/^applicant:.*$/m, '$& # theirs'));
  await save(theirs);
  await mine.fill('textarea[name=text]', '# first\n' + text.replace(/^applicant:.*$/m, '$& # mine'));
  await save(mine);
  const problems = await mine.locator('fieldset').count() === 1 ? [] : ['not one conflict'];
  await mine.check('input[value=t]');
  await save(mine);
  const kept = await (await mine.request.get(`${url}/api/v1/systems/welding-robot/model`)).text();
  if (!kept.startsWith('# first\n') || !/^applicant:.* # theirs$/m.test(kept)) problems.push('not merged');
  result('merge_without_script', problems);
  await context.close();
}

async function main() {
  const { chromium } = loadPlaywright();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const { server, url } = await serve();
  try {
    for (const look of looks)
      for (const path of pages) await testPage(browser, url, path, look);
    await testQuestions(browser, url);
    await testMerge(browser, url);
  } finally {
    server.kill();
    await browser.close();
  }
  if (!process.env.TEST_TMP) rmSync(temporary, { recursive: true, force: true });
}

try {
  await main();
} catch (error) {
  result('browser', [String(error)]);
}
process.exitCode = failed > 0 ? 1 : 0;
