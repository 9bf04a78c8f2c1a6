// SPDX-License-Identifier: Apache-2.0
//
// The page of risk in a browser, in both languages: a measure that is switched moves map,
// numbers and curves without another page; a card that is dragged, by mouse or finger, does
// what its switch does, and nothing where it is dropped elsewhere; attack steps are
// ranked; a plan is picked by click and by keyboard; a set is adopted and version 2 is
// there; without script the same by a form. No error in the console, no page wider than a
// phone.
//
//     node tests/ui/risk.test.mjs
//
// AWAI: the binary. TEST_TMP: where the store is put. CHROMIUM: the browser.
// RISK_TIMES=1 prints how long a switch takes from click to picture, for each use case.
// Prints "ok NAME" or "not ok NAME: why" for each test, as tests/run expects.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');
const awai = process.env.AWAI || join(root, 'build', 'awai');
const temporary = process.env.TEST_TMP || mkdtempSync(join(tmpdir(), 'awai-ui-'));
const system = 'gas-water-heater';
let failed = 0;

function result(name, problems) {
  if (problems.length) failed++;
  const why = problems.slice(0, 8).join('; ').replace(/\s+/g, ' ');
  console.log(problems.length ? `not ok ${name}: ${why}` : `ok ${name}`);
}

function loadPlaywright() {
  if (!existsSync(join(here, 'node_modules', 'playwright-core')))
    spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: here });
  return createRequire(import.meta.url)('playwright-core');
}

// The server, and where it is.
function serve() {
  const server = spawn(awai, ['serve', '--db', join(temporary, 'risk.db'), '--listen', '127.0.0.1:0', '--lang', 'en']);
  return new Promise((done, fail) => {
    let said = '';
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const at = /Awai is at (http:\S*\/)/.exec(said);
      if (at) done({ server, url: at[1] });
    });
    server.on('exit', (code) => fail(new Error(`the server ended with ${code}`)));
  });
}

// Looks until it is so; a page whose policy forbids eval cannot be asked to wait.
async function until(page, look, argument) {
  for (let i = 0; i < 1200; i++) {
    if (await page.evaluate(look, argument)) return true;
    await page.waitForTimeout(50);
  }
  return false;
}

const times = () => performance.getEntriesByName('risk').map((entry) => entry.duration);
const shown = (page) => page.evaluate(() => ({
  cost: document.querySelector('#tile-cost data').value,
  left: document.querySelector('#tile-left data').value,
  loss: document.querySelector('#tile-loss data').value,
  map: document.querySelector('svg.figure-map').outerHTML,
  curves: document.querySelector('svg.figure-exceedance').outerHTML,
  here: document.querySelector('svg.figure-front [data-here] circle').outerHTML,
  query: location.search,
}));

// Does something, and waits for the picture that comes of it.
async function after(page, act) {
  const n = (await page.evaluate(times)).length;
  await act();
  return until(page, (n) => performance.getEntriesByName('risk').length > n, n);
}

async function open(browser, url, lang, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const errors = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${url}systems/${system}/risk?lang=${lang}`);
  return { page, errors, context };
}

function differences(before, now, keys) {
  return keys.filter((key) => before[key] === now[key]).map((key) => `${key} stays`);
}

// ---- tests --------------------------------------------------------------------------

// Switched off and on again: everything moves, and comes back.
async function testSwitch(page, lang) {
  const box = page.locator('input[value=m-safety-functions]');
  const before = await shown(page);
  const problems = [];
  if (!(await after(page, () => box.click()))) problems.push('nothing comes');
  const off = await shown(page);
  problems.push(...differences(before, off, ['cost', 'left', 'loss', 'map', 'curves', 'here', 'query']));
  await box.focus();
  if (!(await after(page, () => page.keyboard.press('Space')))) problems.push('no answer to a key');
  const on = await shown(page);
  for (const key of ['cost', 'left', 'loss', 'map', 'curves', 'here'])
    if (on[key] !== before[key]) problems.push(`${key} does not come back`);
  if (!(await page.locator('p.said').textContent())) problems.push('nothing is said');
  const other = new URL(await page.locator('.languages a').first().getAttribute('href'));
  if (!/m-safety-functions/.test(other.searchParams.get('measures'))) problems.push('the other language forgets the set');
  result(`switch_${lang}`, problems);
}

// ---- dragging

const where = (value) => document.querySelector(`input[value=${value}]`).closest('.zone').dataset.zone;
const center = (box) => [box.x + box.width / 2, box.y + box.height / 2];

// What must not move when a card does.
const places = () => ['.tiles', '#choice', '[data-zone=in]', '[data-zone=out]', '#result']
  .map((each) => document.querySelector(each).getBoundingClientRect()).map(({ left, top }) => `${left} ${top}`).join();

// Takes a card by its name and holds it over the middle of something.
async function hold(page, value, over) {
  const card = page.locator(`.card:has(input[value=${value}])`);
  await card.scrollIntoViewIfNeeded();
  const from = await card.locator('.name').boundingBox();
  const to = await page.locator(over).boundingBox();
  await page.mouse.move(...center(from));
  await page.mouse.down();
  await page.mouse.move(...center(to), { steps: 6 });
}

// From one group to the other and back: the same as by its switch, and nothing else moves.
async function testDragMouse(page, lang) {
  const value = 'm-safety-functions';
  const problems = [];
  const before = await shown(page);
  await hold(page, value, '[data-zone=out] h3');
  if (!(await page.locator('.zone.over[data-zone=out]').count())) problems.push('the group is not marked');
  const still = await page.evaluate(places);
  if (!(await after(page, () => page.mouse.up()))) problems.push('nothing comes of a drop');
  const now = await page.evaluate(places);
  if (now !== still) problems.push(`the page jumps from ${still} to ${now}`);
  const off = await shown(page);
  problems.push(...differences(before, off, ['cost', 'left', 'loss', 'map', 'curves', 'here', 'query']));
  if (await page.evaluate(where, value) !== 'out') problems.push('the card does not stay');
  if (await page.locator(`input[value=${value}]`).isChecked()) problems.push('its switch is on');
  const said = await page.locator('p.said').textContent();
  if (!/left out|外した/.test(said)) problems.push(`said: ${said}`);
  await page.locator(`input[value=${value}]`).focus();
  await after(page, () => page.keyboard.press('Space'));
  if (await page.evaluate(where, value) !== 'in') problems.push('a key does not bring it back');
  if (await page.evaluate(() => document.activeElement.value) !== value) problems.push('the focus is lost');
  if ((await shown(page)).map !== before.map) problems.push('the map does not come back');
  result(`drag_mouse_${lang}`, problems);
}

// Escape, a drop outside, a drop where it was: nothing is asked for, nothing changes.
async function testDragCancelled(page, lang) {
  const value = 'm-safety-functions';
  const problems = [];
  const before = JSON.stringify(await shown(page));
  const n = (await page.evaluate(times)).length;
  const ends = [
    ['escape', '[data-zone=out] h3', async () => { await page.keyboard.press('Escape'); await page.mouse.up(); }],
    ['outside', '#part-map h2', () => page.mouse.up()],
    ['home', '[data-zone=in] h3', () => page.mouse.up()],
  ];
  for (const [name, over, end] of ends) {
    await hold(page, value, over);
    if (!(await page.locator('.card.ghost').count())) problems.push(`${name}: nothing is dragged`);
    await end();
    await page.waitForTimeout(300);
    if (await page.locator('.card.ghost, .card.lifted, .dragging').count()) problems.push(`${name}: it hangs`);
    if (await page.evaluate(where, value) !== 'in') problems.push(`${name}: the card has gone`);
    if (!/nothing has changed|変更はない/.test(await page.locator('p.said').textContent())) problems.push(`${name}: not said`);
  }
  if (JSON.stringify(await shown(page)) !== before) problems.push('something changes');
  if ((await page.evaluate(times)).length !== n) problems.push('something is asked for');
  await after(page, () => page.locator(`input[value=${value}]`).click());
  if (await page.evaluate(where, value) !== 'out') problems.push('the next click is lost');
  await after(page, () => page.locator(`input[value=${value}]`).click());
  result(`drag_cancelled_${lang}`, problems);
}

// A finger drags by the grip; anywhere else it scrolls and switches nothing.
async function testDragTouch(browser, url) {
  const { page, errors, context } = await open(browser, url, 'en',
    { viewport: { width: 390, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' });
  const problems = [];
  const cdp = await context.newCDPSession(page);
  const touch = (type, x, y) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const swipe = async ([x, y], [toX, toY]) => {
    await touch('touchStart', x, y);
    for (let i = 1; i <= 8; i++) await touch('touchMove', x + ((toX - x) * i) / 8, y + ((toY - y) * i) / 8);
    await touch('touchEnd');
  };
  await page.locator('#choice').evaluate((form) => scrollTo(0, form.offsetTop - 120));
  const card = page.locator('[data-zone=in] .card').first();
  const value = await card.locator('input').getAttribute('value');
  const grip = await card.locator('.grip').boundingBox();
  if (grip.width < 24 || grip.height < 24) problems.push(`the grip is ${grip.width} by ${grip.height} px`);
  const out = center(await page.locator('[data-zone=out] h3').boundingBox());
  if (!(await after(page, () => swipe(center(grip), out)))) problems.push('a drop does nothing');
  if (await page.evaluate(where, value) !== 'out') problems.push('the card does not stay');
  if (await page.locator('.card.ghost').count()) problems.push('it moves, though less motion was asked for');
  const n = (await page.evaluate(times)).length;
  const scrolled = () => scrollY + [...document.querySelectorAll('.zone')].reduce((sum, zone) => sum + zone.scrollTop, 0);
  const before = await page.evaluate(scrolled);
  const [x, y] = center(await page.locator('[data-zone=in] .card .name').nth(1).boundingBox());
  await swipe([x, y], [x, y - 200]);
  await page.waitForTimeout(300);
  if ((await page.evaluate(scrolled)) <= before) problems.push('a card cannot be scrolled by');
  if ((await page.evaluate(times)).length !== n) problems.push('scrolling switches');
  result('drag_touch', [...problems, ...errors]);
  await context.close();
}

// ---- figures and plans

async function testDrivers(page, lang) {
  const came = await until(page, () =>
    document.querySelector('svg.figure-drivers') &&
    document.querySelectorAll('.worth:not(.stale) svg').length > 3 &&
    !document.querySelector('#part-drivers.stale'));
  result(`drivers_${lang}`, came ? [] : ['they do not come']);
}

// What passes through each step is there at once; what would end without it, soon after
// each switch, and never more. What was opened stays open.
async function testSteps(page, lang) {
  const problems = [];
  const all = () => [...document.querySelectorAll('#part-steps tbody tr')].map((row) =>
    [row.dataset.step, ...[...row.querySelectorAll('data')].map((each) => Number(each.value))]);
  const gained = () => until(page, () => {
    const rows = document.querySelectorAll('#part-steps tbody tr');
    return rows.length > 0 && [...rows].every((row) => row.querySelectorAll('data').length === 2);
  });
  if (!(await gained())) problems.push('gains do not come');
  const before = await page.evaluate(all);
  for (const [step, share, gain] of before)
    if (!(share > 0 && share <= 1 && gain >= 0 && gain <= share)) problems.push(`${step}: ${share}, ${gain}`);
  await page.locator('#part-steps summary').nth(1).click();
  await after(page, () => page.locator('[data-zone=in] input').nth(3).click());
  const now = await page.evaluate(all);
  if (JSON.stringify(now.map((row) => row[1])) === JSON.stringify(before.map((row) => row[1]))) problems.push('shares stay');
  if (!(await gained())) problems.push('gains do not come again');
  if (!(await page.locator('#part-steps details').nth(1).getAttribute('open').then((open) => open !== null)))
    problems.push('what was opened is shut');
  for (const part of ['threats', 'measures', 'requirements'])
    if (!(await page.locator(`#part-steps a[href*="/${part}"]`).count())) problems.push(`no way to ${part}`);
  await after(page, () => page.locator('[data-zone=out] .card.moved input').click());
  result(`steps_${lang}`, problems);
}

// The plan to the target is the last of the trades.
async function testPick(page, lang) {
  const problems = [];
  const link = page.locator('[data-trade-link]').last();
  await link.focus();
  if (!(await after(page, () => page.keyboard.press('Enter')))) problems.push('no answer to a key');
  let now = await shown(page);
  if (now.left !== '0') problems.push(`${now.left} is left with the plan`);
  const chosen = await page.locator('tr.here [data-trade-link]').getAttribute('data-trade-link');
  const focused = await page.evaluate(() => document.activeElement.getAttribute('data-trade-link'));
  if (focused !== chosen) problems.push('the focus is lost');
  const n = await page.locator('.measure input:checked').count();
  if (n === 0 || n > 20) problems.push(`${n} measures are switched on`);
  await page.locator('svg [data-trade="1"] circle').click();
  await until(page, () => document.querySelector('tr.here [data-trade-link="1"]'));
  now = await shown(page);
  if (now.left === '0') problems.push('a click in the picture does nothing');
  result(`pick_${lang}`, problems);
}

async function testAdopt(page, url) {
  const problems = [];
  await after(page, () => page.locator('[data-trade-link]').last().click());
  const words = new URL(page.url()).searchParams.get('measures').split(',').sort();
  await page.fill('#why', 'It is enough');
  await page.click('#part-adopt button');
  await page.waitForLoadState();
  if (!/adopted=2/.test(page.url())) problems.push(page.url());
  if (!/2/.test(await page.locator('.notice.good').textContent())) problems.push('no word of version 2');
  const api = `${url}api/v1/systems/${system}`;
  const versions = await (await page.request.get(`${api}/versions`)).json();
  if (versions.versions[0].why !== 'It is enough') problems.push(versions.versions[0].why);
  const risk = await (await page.request.get(`${api}/risk?worlds=50`)).json();
  if (String(risk.chosen.sort()) !== String(words)) problems.push(`decided: ${risk.chosen}`);
  if (await page.locator('#part-adopt form').count()) problems.push('there is more to adopt');
  result('adopt', problems);
}

async function testWithoutScript(browser, url) {
  const { page, context } = await open(browser, url, 'en', { javaScriptEnabled: false });
  const problems = [];
  await page.locator('input[value=c-pseudonyms-in-cloud]').check();
  await page.click('button.show');
  await page.waitForLoadState();
  if (!(await page.locator('input[value=c-pseudonyms-in-cloud]').isChecked())) problems.push('the box is not ticked');
  if (!(await page.locator('svg.figure-map').count())) problems.push('no map');
  await page.click('#drivers');
  await page.waitForLoadState();
  if (!(await page.locator('svg.figure-drivers').count())) problems.push('no drivers');
  result('without_script', problems);
  await context.close();
}

async function testPhone(browser, url) {
  const { page, errors, context } = await open(browser, url, 'ja', { viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  result('phone', width > 360 ? [`${width} px wide`] : errors);
  await context.close();
}

// Not a test of time: what it takes on this machine, for those who ask.
async function printTimes(browser, url) {
  for (const name of ['gas-water-heater', 'drone', 'warehouse-agv', 'distillation', 'welding-robot', 'condition-monitoring']) {
    const page = await browser.newPage();
    await page.goto(`${url}systems/${name}/risk?lang=en`);
    const values = await page.locator('#choice .measure input').evaluateAll((boxes) => boxes.map((box) => box.value));
    for (const value of values)
      await after(page, () => page.locator(`#choice input[value="${value}"]`).evaluate((box) => box.click()));
    const all = (await page.evaluate(times)).sort((a, b) => a - b);
    const at = (share) => Math.round(all[Math.floor(share * (all.length - 1))]);
    console.log(`# ${name}: ${all.length} switches, median ${at(0.5)} ms, 90% ${at(0.9)} ms, longest ${at(1)} ms`);
    await page.close();
  }
}

async function main() {
  const { chromium } = loadPlaywright();
  const { server, url } = await serve();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  for (const lang of ['ja', 'en']) {
    const { page, errors, context } = await open(browser, url, lang);
    await testSwitch(page, lang);
    await testDragMouse(page, lang);
    await testDragCancelled(page, lang);
    await testDrivers(page, lang);
    await testSteps(page, lang);
    await testPick(page, lang);
    if (lang === 'en') await testAdopt(page, url);
    result(`console_${lang}`, errors);
    await context.close();
  }
  await testDragTouch(browser, url);
  await testWithoutScript(browser, url);
  await testPhone(browser, url);
  if (process.env.RISK_TIMES) await printTimes(browser, url);
  await browser.close();
  server.removeAllListeners('exit');
  server.kill('SIGTERM');
}

if (!existsSync(process.env.CHROMIUM || '/usr/bin/chromium')) {
  console.log('skip risk: there is no chromium');
} else {
  await main();
}
process.exit(failed ? 1 : 0);
