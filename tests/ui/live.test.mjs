// SPDX-License-Identifier: Apache-2.0
//
// Opens the page Rehearse of the six use cases in a browser: it plays, pauses, steps, seeks,
// runs two beside each other; the same address comes to the same end; it says in words what
// it draws, in both languages; it is still for who wants no motion, and there is a picture
// where no script runs. Nothing in the console, nothing asked of other hosts.
//
//     node tests/ui/live.test.mjs
//
// AWAI: the binary. TEST_TMP: where the store lies. CHROMIUM: the browser.
// Prints "ok NAME" or "not ok NAME: why" for each test, as tests/run expects.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const awai = process.env.AWAI || join(resolve(here, '..', '..'), 'build', 'awai');
const temporary = process.env.TEST_TMP || mkdtempSync(join(tmpdir(), 'awai-ui-'));
const systems = [
  ['gas-water-heater', 'tampered-command'], ['drone', 'hijack'], ['warehouse-agv', 'fleet-jam'],
  ['distillation', 'explosion'], ['welding-robot', 'tampered-program'], ['condition-monitoring', 'falsified-reading'],
];
const page1 = '/systems/gas-water-heater/rehearse';
let failed = 0;

function tell(name, problem) {
  if (problem) failed++;
  console.log(problem ? `not ok ${name}: ${String(problem).replace(/\s+/g, ' ').slice(0, 400)}` : `ok ${name}`);
}

function loadPlaywright() {
  if (!existsSync(join(here, 'node_modules', 'playwright-core'))) {
    const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: here });
    if (done.status !== 0) throw new Error('npm ci failed');
  }
  return createRequire(import.meta.url)('playwright-core');
}

function serve() {
  const server = spawn(awai, ['serve', '--db', join(temporary, 'live.db'), '--listen', '127.0.0.1:0', '--lang', 'en'],
    { stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((settle, refuse) => {
    let said = '';
    server.stdout.on('data', (part) => {
      said += part;
      const url = /http:\/\/[^ ]*[0-9]/.exec(said);
      if (url) settle({ server, url: url[0] });
    });
    server.on('exit', () => refuse(new Error(`the server ended: ${said}`)));
  });
}

// ---- a page with what went wrong in it

async function open(browser, url, path, options = {}) {
  const { width = 1280, height = 900, ...more } = options;
  const context = await browser.newContext({ viewport: { width, height }, ...more });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) problems.push(m.text()); });
  page.on('pageerror', (e) => problems.push(e.message));
  page.on('request', (r) => { if (!r.url().startsWith(url) && !r.url().startsWith('data:')) problems.push(`asks ${r.url()}`); });
  await page.goto(url + path);
  return { page, context, problems };
}

/** Asks the page again and again (its own waiting needs eval, which the policy forbids). */
async function until(page, what, argument) {
  for (let i = 0; i < 1800; i++) {
    if (await page.evaluate(what, argument)) return;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`in vain: ${what}`);
}
const state = (page, wanted) => until(page, (s) => document.querySelector('#run').dataset.state === s, wanted);
const heads = (page, n) =>
  until(page, (k) => document.querySelectorAll('.lane .scene[aria-label], .lane .still').length >= k, n);
/** Where the slider stands, in thousandths of the run. */
const at = (page) => page.locator('.player input[type=range]').inputValue().then(Number);
const results = (page) => page.locator('.result table').allInnerTexts();

/** At ten times the usual pace: some seconds for a run. A page whose address names the
 *  incident begins by itself. */
async function playToTheEnd(page, beginsByItself) {
  if (beginsByItself) await until(page, () => document.querySelector('#run').dataset.state !== 'paused');
  await page.locator('.player select').selectOption('10');
  if ((await page.locator('#run').getAttribute('data-state')) === 'paused') await page.getByRole('button', { name: /^(Play|再生)$/ }).click();
  await state(page, 'over');
}

// ---- tests

async function testPlayer(browser, url) {
  const { page, context, problems } = await open(browser, url, `${page1}?lang=en`);
  await heads(page, 1);
  await state(page, 'paused');
  tell('begins_paused_without_an_incident', '');
  await page.keyboard.press('Space');
  await state(page, 'playing');
  await until(page, () => Number(document.querySelector('.player input[type=range]').value) > 30);
  await page.keyboard.press('Space');
  await state(page, 'paused');
  const paused = await at(page);
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))));
  tell('space_pauses', (await at(page)) !== paused && `${await at(page)}, not ${paused}`);
  await page.keyboard.press('.');
  await until(page, (t) => Number(document.querySelector('.player input[type=range]').value) > t, paused);
  await state(page, 'paused');
  const stepped = await at(page);
  tell('full_stop_steps', stepped > paused + 20 && `${paused} to ${stepped}`);
  await page.locator('.player input[type=range]').evaluate((s) => { s.value = '500'; s.dispatchEvent(new Event('change')); });
  await until(page, () => Math.abs(Number(document.querySelector('.player input[type=range]').value) - 500) < 3 && document.querySelector('.curve .line')?.getAttribute('d').length > 500);
  tell('seek_shows_the_past', '');
  await playToTheEnd(page);
  tell('comes_to_an_end', (await results(page)).length !== 1 && 'no result');
  const text = await page.locator('.result').innerText();
  tell('end_tells_the_rule', (await page.locator('.result .rule').count()) === 0 && text);
  tell('player_without_errors', problems.join('; '));
  await context.close();
}

async function testReplay(browser, url) {
  const path = `${page1}?incident=tampered-command&world=3&seed=1&lang=en`;
  const ends = [];
  for (let i = 0; i < 2; i++) {
    const { page, context, problems } = await open(browser, url, path);
    await heads(page, 1);
    await playToTheEnd(page, true);
    ends.push((await results(page)).join() + (await page.locator('.happened').innerText()));
    tell(`replay_${i}_without_errors`, problems.join('; '));
    const command = await page.locator('.again code').first().innerText();
    if (i) tell('shows_the_command', command !== 'awai rehearse model.yaml --incident tampered-command --seed 1 --world 3 --watch' && command);
    await context.close();
  }
  tell('same_address_same_end', ends[0] !== ends[1] && `${ends[0]} / ${ends[1]}`);
}

async function testTwo(browser, url) {
  const { page, context, problems } = await open(browser, url, `${page1}?incident=tampered-command&world=3&lang=en`);
  await page.locator('select[name=other]').selectOption('measures');
  await heads(page, 2);
  tell('choice_is_in_the_address', !page.url().includes('other=measures') && page.url());
  await playToTheEnd(page, true);
  const [without, decided] = await results(page);
  tell('two_come_to_two_ends', (!decided || without === decided) && `${without} / ${decided}`);
  const curves = await page.locator('.lane .curves').evaluateAll((all) => all.map((c) => [...c.querySelectorAll('.axes .tick')].map((t) => t.textContent).join()));
  tell('two_have_one_scale', curves[0] !== curves[1] && curves.join(' / '));
  await page.goBack();
  await until(page, () => document.querySelectorAll('.lane').length === 1);
  tell('back_leads_back', page.url().includes('other=') && page.url());
  tell('two_without_errors', problems.join('; '));
  await context.close();
}

/** What is faint, too wide or without words in a page. */
function look() {
  const problems = [];
  if (document.documentElement.scrollWidth > innerWidth + 1) problems.push(`${document.documentElement.scrollWidth} px wide`);
  for (const svg of document.querySelectorAll('.scene'))
    if (!(svg.getAttribute('aria-label') ?? '').trim()) problems.push('a picture without words');
  for (const svg of document.querySelectorAll('.scene, .curve'))
    for (const t of svg.querySelectorAll('text'))
      if (/NaN|undefined|Infinity/.test(t.textContent)) problems.push(t.textContent);
  for (const e of document.querySelectorAll('.scene *, .curve *'))
    for (const a of e.attributes) if (/NaN|undefined|Infinity/.test(a.value)) problems.push(`${e.tagName} ${a.name}=${a.value}`);
  const words = document.querySelector('.lane .words')?.textContent ?? '';
  const isJa = /[ぁ-んァ-ン一-龥]/.test(words);
  if (isJa !== (document.documentElement.lang === 'ja')) problems.push(`words: ${words}`);
  if (document.querySelectorAll('[aria-live=polite]').length === 0) problems.push('nothing is said');
  return problems;
}

async function testSystem(browser, url, slug, incident, lang) {
  const small = { width: 390, height: 800, colorScheme: lang === 'ja' ? 'dark' : 'light' };
  const { page, context, problems } = await open(browser, url, `/systems/${slug}/rehearse?incident=${incident}&world=2&lang=${lang}`, small);
  await state(page, 'playing');
  await page.locator('.player input[type=range]').evaluate((s) => { s.value = '800'; s.dispatchEvent(new Event('change')); });
  await until(page, () => Number(document.querySelector('.player input[type=range]').value) > 790);
  await state(page, 'playing');
  problems.push(...await page.evaluate(look));
  await playToTheEnd(page, true);
  problems.push(...await page.evaluate(look));
  tell(`${slug}_${lang}`, problems.join('; '));
  await context.close();
}

async function testStill(browser, url) {
  const { page, context, problems } = await open(browser, url, `${page1}?incident=tampered-command&lang=en`, { reducedMotion: 'reduce' });
  await heads(page, 1);
  await state(page, 'paused');
  tell('no_motion_begins_paused', (await at(page)) > 5 && `at ${await at(page)}`);
  await page.goto(`${url}${page1}?incident=insider-leak&lang=en`);
  await state(page, 'over');
  tell('nothing_physical_has_no_player', (await page.locator('.player').isVisible()) && 'a player');
  tell('still_without_errors', problems.join('; '));
  await context.close();
}

async function testWithoutScript(browser, url) {
  const { page, context } = await open(browser, url, `${page1}?lang=ja`, { javaScriptEnabled: false });
  await page.locator('select[name=incident]').selectOption('tampered-command');
  await page.locator('.choose button').click();
  const picture = page.locator('img.run');
  await picture.waitFor();
  await until(page, () => document.querySelector('img.run').complete);
  tell('without_script_there_is_a_picture', !(await picture.evaluate((i) => i.naturalWidth > 0)) && 'not loaded');
  tell('without_script_the_language_stays', (await page.locator('html').getAttribute('lang')) !== 'ja' && 'not Japanese');
  await context.close();
}

const { chromium } = loadPlaywright();
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.log('skip live: there is no browser');
  process.exit(0);
}
const { server, url } = await serve();
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'] });
try {
  await testPlayer(browser, url);
  await testReplay(browser, url);
  await testTwo(browser, url);
  await testStill(browser, url);
  await testWithoutScript(browser, url);
  for (const [slug, incident] of systems)
    for (const lang of ['en', 'ja']) await testSystem(browser, url, slug, incident, lang);
} catch (error) {
  tell('live', error.stack ?? error);
} finally {
  await browser.close();
  server.kill();
}
process.exit(failed ? 1 : 0);
