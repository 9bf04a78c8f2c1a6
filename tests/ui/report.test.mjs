// SPDX-License-Identifier: Apache-2.0
//
// Opens the reports of the six use cases in a browser, in both languages, and looks at
// what only a browser can tell: errors in its console, requests to the network, links
// that lead nowhere, text that overflows or overlaps in figures, pages wider than the
// screen, faint text, words left in the other language; the switch, the filter of large
// tables, folds, print.
//
//     node tests/ui/report.test.mjs [USECASE...]
//
// AWAI: the binary. TEST_TMP: where reports are put. CHROMIUM: the browser.
// Prints "ok NAME" or "not ok NAME: why" for each test, as tests/run expects.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');
const awai = process.env.AWAI || join(root, 'build', 'awai');
const temporary = process.env.TEST_TMP || mkdtempSync(join(tmpdir(), 'awai-ui-'));
const useCases = process.argv.length > 2 ? process.argv.slice(2)
  : readdirSync(join(root, 'usecases')).sort();
const languages = ['ja', 'en'];
let failed = 0;

function result(name, problems) {
  if (problems.length === 0) {
    console.log(`ok ${name}`);
    return;
  }
  failed++;
  const shown = problems.slice(0, 8).join('; ').replace(/\s+/g, ' ');
  const more = problems.length > 8 ? `; and ${problems.length - 8} more` : '';
  console.log(`not ok ${name}: ${shown}${more}`);
}

function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  if (done.error || done.status !== 0)
    throw new Error(`${program} ${args.join(' ')}: ${done.error || done.stderr || done.status}`);
  return done.stdout;
}

function loadPlaywright() {
  if (!existsSync(join(here, 'node_modules', 'playwright-core')))
    run('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: here });
  return createRequire(import.meta.url)('playwright-core');
}

function writeReport(model, name, lang) {
  const file = join(temporary, `${name}.${lang}.html`);
  run(awai, ['report', model, '-o', file, '--lang', lang]);
  return file;
}

// ---- what is looked at; these functions run in the page -----------------------------

// Links within the page that lead nowhere, and ids that are there twice.
function findAnchorProblems() {
  const problems = [];
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent(a.getAttribute('href').slice(1));
    if (!document.getElementById(id)) problems.push(`#${id} leads nowhere`);
  }
  const seen = new Set();
  for (const element of document.querySelectorAll('[id]')) {
    if (seen.has(element.id)) problems.push(`id ${element.id} is there twice`);
    seen.add(element.id);
  }
  return problems;
}

// Text of the other language that shows, or text that has no translation.
function findLanguageProblems(lang) {
  const problems = [];
  const other = lang === 'ja' ? 'en' : 'ja';
  if (document.documentElement.lang !== lang) problems.push('html lang is not ' + lang);
  for (const element of document.querySelectorAll(`body [lang="${other}"]:not(.only)`))
    if (element.getClientRects().length) problems.push('shows: ' + element.textContent.slice(0, 40));
  for (const element of document.querySelectorAll('.only:not(button)'))
    problems.push('in one language only: ' + element.textContent.slice(0, 40));
  const kana = /[\u3040-\u30ff\u4e00-\u9fff]/;
  if (lang === 'en') {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (kana.test(walker.currentNode.data) && !parent.closest('bdi, code') &&
          parent.getClientRects().length)
        problems.push('Japanese in English: ' + walker.currentNode.data.slice(0, 40));
    }
  }
  return problems;
}

// Text in figures: outside of the drawing, wider than its box, or over other text.
function findFigureProblems(lang) {
  const problems = [];
  // A line box is higher than its letters: what is compared is about the letters.
  const letters = (element) => {
    const box = element.getBBox();
    const matrix = element.getScreenCTM();
    const scale = Math.hypot(matrix.a, matrix.b);
    const rect = element.getBoundingClientRect();
    const cut = box.height * scale * 0.22;
    return { left: rect.left + 0.5, right: rect.right - 0.5,
             top: rect.top + cut, bottom: rect.bottom - cut };
  };
  const named = (element) => `"${element.textContent.trim().slice(0, 30)}"`;
  const root = document.documentElement;
  const alone = root.localName === 'svg' ? [root] : null;
  for (const svg of alone ?? document.querySelectorAll(`.picture[lang="${lang}"] > svg`)) {
    const name = svg.getAttribute('class') ?? 'the sheet';
    const frame = svg.getBoundingClientRect();
    if (frame.width < 50 || frame.height < 30) {
      problems.push(`${name} is not drawn`);
      continue;
    }
    const texts = [...svg.querySelectorAll('text')].filter((t) => t.textContent.trim());
    const rects = texts.map(letters);
    rects.forEach((r, i) => {
      if (r.left < frame.left - 1 || r.right > frame.right + 1 ||
          r.top < frame.top - 1 || r.bottom > frame.bottom + 1)
        problems.push(`${name}: ${named(texts[i])} leaves the drawing`);
      for (let k = i + 1; k < rects.length; k++) {
        const s = rects[k];
        const wide = Math.min(r.right, s.right) - Math.max(r.left, s.left);
        const high = Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top);
        if (wide > 1 && high > 1)
          problems.push(`${name}: ${named(texts[i])} overlaps ${named(texts[k])}`);
      }
    });
    for (const group of svg.querySelectorAll('g[data-component], g[data-stakeholder], g[data-node]')) {
      const shapes = [...group.querySelectorAll('rect, path')].map((e) => e.getBoundingClientRect());
      if (!shapes.length) continue;
      const left = Math.min(...shapes.map((s) => s.left)), right = Math.max(...shapes.map((s) => s.right));
      for (const text of group.querySelectorAll('text')) {
        const r = letters(text);
        if (r.left < left - 1 || r.right > right + 1)
          problems.push(`${name}: ${named(text)} is wider than its box`);
      }
    }
  }
  return problems;
}

// A page wider than the screen; cells cut off; tables that stick out where nothing scrolls.
function findWidthProblems() {
  const problems = [];
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth + 1)
    problems.push(`the page is ${page.scrollWidth} wide on ${page.clientWidth}`);
  for (const box of document.querySelectorAll('.scroll, .picture')) {
    const overflow = getComputedStyle(box).overflowX;
    if (overflow === 'visible' && box.scrollWidth > box.clientWidth + 1)
      problems.push(`a table sticks out: ${box.textContent.trim().slice(0, 40)}`);
    if (overflow === 'auto' && box.scrollWidth > box.clientWidth + 1 && box.tabIndex !== 0)
      problems.push('a box that scrolls cannot be reached by keyboard');
  }
  for (const cell of document.querySelectorAll('th, td'))
    if (cell.scrollWidth > cell.clientWidth + 2)
      problems.push(`a cell overflows: ${cell.textContent.trim().slice(0, 40)}`);
  return problems;
}

// Text whose contrast is below WCAG AA (4.5, or 3 for large text).
function findContrastProblems() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const known = new Map();
  const colour = (css) => {
    if (!known.has(css)) {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = css;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      known.set(css, { r, g, b, a });
    }
    return known.get(css);
  };
  const luminance = ({ r, g, b }) => {
    const f = (v) => (v /= 255, v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const c = colour(getComputedStyle(e).backgroundColor);
      if (c.a === 255) return c;
    }
    return colour('white');
  };
  const problems = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest('svg, script, .heard') ||
        !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const a = luminance(colour(style.color)), b = luminance(ground(element));
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < (large ? 3 : 4.5))
      problems.add(`${element.tagName.toLowerCase()}.${element.className} ${contrast.toFixed(2)}`);
  }
  return [...problems];
}

// Structure that assistive technology relies on.
function findStructureProblems() {
  const problems = [];
  const one = (selector) => {
    const n = document.querySelectorAll(selector).length;
    if (n !== 1) problems.push(`${n} times ${selector}`);
  };
  ['main', 'h1', 'nav', 'a.skip[href="#content"]'].forEach(one);
  for (const th of document.querySelectorAll('th'))
    if (!th.scope) problems.push('a table head without scope');
  for (const svg of document.querySelectorAll('.picture > svg'))
    if (svg.getAttribute('role') !== 'img' || !svg.querySelector('title'))
      problems.push('a figure without role or title');
  let level = 1;
  for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const next = Number(h.tagName[1]);
    if (next > level + 1) problems.push(`${h.tagName} after H${level}`);
    level = next;
  }
  return problems;
}

// ---- the tests ----------------------------------------------------------------------

// A page that notes its errors and requests.
async function openPage(browser, options) {
  const context = await browser.newContext({ offline: true, ...options });
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning') page.problems.push(m.text());
  });
  page.on('pageerror', (e) => page.problems.push(String(e)));
  page.on('request', (r) => {
    if (!r.url().startsWith('file:')) page.problems.push('asks for ' + r.url());
  });
  return page;
}

const unfold = (page) =>
  page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));

async function testUseCase(browser, name) {
  const model = join(root, 'usecases', name, 'model.yaml');
  for (const lang of languages) {
    const file = writeReport(model, name, lang);
    const page = await openPage(browser, { viewport: { width: 1440, height: 1000 } });
    await page.goto('file://' + file);
    await unfold(page);
    result(`${name}, ${lang}: links lead somewhere`, await page.evaluate(findAnchorProblems));
    result(`${name}, ${lang}: one language shows`, await page.evaluate(findLanguageProblems, lang));
    result(`${name}, ${lang}: text in figures`, await page.evaluate(findFigureProblems, lang));
    result(`${name}, ${lang}: structure`, await page.evaluate(findStructureProblems));
    if (lang === 'ja') {
      const contrast = await page.evaluate(findContrastProblems);
      await page.emulateMedia({ colorScheme: 'dark' });
      contrast.push(...(await page.evaluate(findContrastProblems)).map((p) => 'dark: ' + p));
      result(`${name}: contrast`, contrast);
    }
    const widths = [];
    for (const width of [1440, 1200, 768, 390]) {
      await page.setViewportSize({ width, height: 900 });
      widths.push(...(await page.evaluate(findWidthProblems)).map((p) => `at ${width}: ${p}`));
    }
    result(`${name}, ${lang}: fits the screen`, widths);
    result(`${name}, ${lang}: no errors, no requests`, page.problems);
    await page.context().close();
  }
}

// The sheet of pictures, opened as it is.
async function testSheet(browser, name) {
  for (const lang of languages) {
    const file = join(temporary, `${name}-${lang}.svg`);
    const done = spawnSync(awai, ['report', join(root, 'usecases', name, 'model.yaml'), '-o', file, '--lang', lang]);
    if (done.status !== 0) throw new Error(`awai report ends with ${done.status}: ${done.stderr}`);
    const page = await openPage(browser, { viewport: { width: 1440, height: 1000 } });
    await page.goto('file://' + file);
    result(`${name}, ${lang}: the sheet`, (await page.evaluate(findFigureProblems, lang)).concat(page.problems));
    await page.context().close();
  }
}

async function testSwitch(browser, name) {
  const problems = [];
  const page = await openPage(browser, {});
  await page.goto('file://' + writeReport(join(root, 'usecases', name, 'model.yaml'), name, 'ja'));
  const japanese = await page.title();
  await page.click('.switch button[lang="en"]');
  problems.push(...(await page.evaluate(findLanguageProblems, 'en')));
  if ((await page.title()) === japanese) problems.push('the title stays Japanese');
  const pressed = await page.getAttribute('.switch button[lang="en"]', 'aria-pressed');
  if (pressed !== 'true') problems.push('the button is not pressed');
  result('the language can be switched', problems.concat(page.problems));
  await page.context().close();
}

async function testWithoutScript(browser, name) {
  const problems = [];
  for (const lang of languages) {
    const page = await openPage(browser, { javaScriptEnabled: false });
    await page.goto('file://' + writeReport(join(root, 'usecases', name, 'model.yaml'), name, lang));
    const heading = page.locator(`h1 [lang="${lang}"]`);
    const other = page.locator(`h1 [lang="${lang === 'ja' ? 'en' : 'ja'}"]`);
    if (!(await heading.isVisible())) problems.push(`${lang}: the heading does not show`);
    if (await other.isVisible()) problems.push(`${lang}: the other language shows`);
    if (await page.locator('.switch').isVisible()) problems.push('a switch that does nothing');
    if (await page.locator('.filter').first().isVisible().catch(() => false))
      problems.push('a filter that does nothing');
    await page.context().close();
  }
  result('readable without the script', problems);
}

async function testFolds(browser, name) {
  const problems = [];
  const page = await openPage(browser, {});
  await page.goto('file://' + writeReport(join(root, 'usecases', name, 'model.yaml'), name, 'en'));
  const link = page.locator('td.main a[href^="#chain"]').first();
  const target = (await link.getAttribute('href')).slice(1);
  await link.click();
  await page.waitForTimeout(100);
  const open = await page.evaluate((id) => {
    const element = document.getElementById(id);
    return (element.closest('details') || { open: false }).open;
  }, target);
  if (!open) problems.push(`the fold around ${target} stays closed`);
  result('a link opens the fold it leads into', problems.concat(page.problems));
  await page.context().close();
}

// What print shows is tested by its effect: all folds open, A4, no page without end.
async function testPrint(browser, name) {
  const problems = [];
  const page = await openPage(browser, {});
  await page.goto('file://' + writeReport(join(root, 'usecases', name, 'model.yaml'), name, 'ja'));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const file = join(temporary, 'print.pdf');
  writeFileSync(file, pdf);
  const info = run('pdfinfo', [file]);
  if (!/Page size:.*A4/.test(info)) problems.push('not A4');
  const pages = Number(/Pages:\s+(\d+)/.exec(info)[1]);
  if (pages < 10 || pages > 120) problems.push(`${pages} pages`);
  const text = run('pdftotext', ['-layout', file, '-']);
  for (const word of ['要約', '目次', '同様の経路で生じる脅威'])
    if (!text.includes(word)) problems.push(`${word} is not printed`);
  if (/Contents|Summary/.test(text)) problems.push('English is printed too');
  result('prints on A4, unfolded, in one language', problems.concat(page.problems));
  await page.context().close();
}

// Names as people and attackers write them: long, short, without a place to break, of
// several scripts and directions, markup.
const names = [
  'Supervisory control of everything in the plant and around it, '.repeat(4),
  '製造実行システムの監視制御サーバ（予備系）及びデータ収集基盤ファイアウォール'.repeat(6),
  'W'.repeat(300), 'システムインテグレータ'.repeat(20), 'a b '.repeat(80),
  '<script>alert(1)</script><img src=x onerror=alert(2)>]]>&amp;"\'`</svg></g> '.repeat(4),
  'العربية עברית '.repeat(20), '👩‍👩‍👧‍👦🇯🇵漢A字B'.repeat(20), '-'.repeat(300), '${x} {0} %s %n \\ '.repeat(20),
];

// A system whose names have the lengths given, by turns.
function hostileModel(lengths) {
  const name = (i) =>
    JSON.stringify([...names[i % names.length]].slice(0, lengths[i % lengths.length]).join('')
      .replace(/\u200D$/u, '').trim() || 'x'); // a joiner that joins nothing is refused
  const kinds = ['plc', 'sensor', 'cloud-service', 'person', 'hmi'];
  const ten = [...Array(10).keys()];
  const list = (key, rows) => [`${key}:`, ...rows.map((r) => '  ' + r)];
  return [
    'awai: 1', `system: {id: s, name: ${name(5)}}`, 'applicant: s0',
    ...list('stakeholders', ten.map((i) => `s${i}: {name: ${name(i)}, roles: [iot-user, maintainer], ` +
      'target: {recovery: limited, economic: limited}}')),
    ...list('zones', ten.map((i) => `z${i}: {name: ${name(i)}, kind: segment${i % 3 ? `, within: z${i - 1}` : ''}}`)),
    ...list('components', [...ten, ...ten].map((_, i) =>
      `c${i}: {name: ${name(i)}, kind: ${kinds[i % 5]}, zone: z${i % 10}}`)),
    ...list('relations', ten.slice(1).map((i) =>
      `- {from: s${i}, kind: supplies, to: s${i - 1}, description: ${name(i + 3)}}`)),
    ...list('data', ten.map((i) => `d${i}: {name: ${name(i + 5)}, class: [control]}`)),
    ...list('flows', [...ten, ...ten].map((_, i) => `f${i}: {name: ${name(i + 1)}, from: c${i}, ` +
      `to: c${(i * 7 + 3) % 20}, data: [d${i % 10}], protocol: modbus-tcp}`)),
    ...list('incidents', ten.map((i) => `i${i}: {name: ${name(i)}, threat: data-tampering, at: [f${i}], ` +
      `harms: {s${i}: {recovery: fatal, economic: none, because: ${name(i + 2)}}}}`)),
  ].join('\n') + '\n';
}

const smallest = 'awai: 1\nsystem: {id: s, name: s}\napplicant: a\n' +
  'stakeholders: {a: {name: a, roles: [iot-user]}}\nzones: {z: {name: z}}\n' +
  'components: {c: {name: c, kind: plc, zone: z}}\n';

async function testNames(browser, title, text) {
  const problems = [];
  const model = join(temporary, 'names.yaml');
  writeFileSync(model, text);
  const page = await openPage(browser, { viewport: { width: 1440, height: 1000 } });
  page.on('dialog', (d) => { problems.push('a script of the model runs'); d.dismiss(); });
  await page.goto('file://' + writeReport(model, 'names', 'en'));
  await unfold(page);
  problems.push(...(await page.evaluate(findAnchorProblems)));
  problems.push(...(await page.evaluate(findStructureProblems)));
  problems.push(...(await page.evaluate(findFigureProblems, 'en')));
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    problems.push(...(await page.evaluate(findWidthProblems)).map((p) => `at ${width}: ${p}`));
  }
  const foreign = await page.evaluate(() =>
    document.querySelectorAll('img, iframe, object, script + script, .picture script').length);
  if (foreign > 0) problems.push('elements of the model are elements of the page');
  result(`names, ${title}`, problems.concat(page.problems));
  await page.context().close();
}

async function testLarge(browser) {
  const problems = [];
  const model = join(temporary, 'large.yaml');
  writeFileSync(model, run(awai, ['synth', '--components', '300', '--seed', '1']));
  const page = await openPage(browser, { viewport: { width: 1440, height: 1000 } });
  await page.goto('file://' + writeReport(model, 'large', 'en'));
  const box = page.locator('#components .filter');
  if (!(await box.isVisible())) problems.push('no filter');
  const rows = page.locator('#components tbody tr:not(.group)');
  const all = await rows.count();
  if (all !== 300) problems.push(`${all} components, not 300`);
  const word = await page.evaluate(() =>
    document.querySelector('#components tbody th strong').textContent.trim());
  await box.locator('input').fill(word);
  const shown = Number(await box.locator('output').textContent());
  const visible = await page.evaluate(() =>
    [...document.querySelectorAll('#components tbody tr:not(.group)')]
      .filter((r) => r.getClientRects().length).length);
  if (shown < 1 || shown >= all || shown !== visible)
    problems.push(`filter "${word}": says ${shown}, shows ${visible} of ${all}`);
  await box.locator('input').fill('');
  if (Number(await box.locator('output').textContent()) !== all) problems.push('filter does not reset');
  problems.push(...(await page.evaluate(findAnchorProblems)));
  await unfold(page);
  problems.push(...(await page.evaluate(findWidthProblems)));
  // In drawings this crowded single labels may touch: told, not failed.
  for (const p of await page.evaluate(findFigureProblems, 'en')) console.log('# large: ' + p);
  result('300 components: filter, links, widths', problems.concat(page.problems));
  await page.context().close();
}

async function main() {
  const { chromium } = loadPlaywright();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const tests = [
    ...useCases.map((name) => [name, () => testUseCase(browser, name)]),
    ...useCases.map((name) => [`sheet ${name}`, () => testSheet(browser, name)]),
    ['switch', () => testSwitch(browser, useCases[0])],
    ['script', () => testWithoutScript(browser, useCases[0])],
    ['folds', () => testFolds(browser, useCases[0])],
    ['print', () => testPrint(browser, useCases[0])],
    ['long', () => testNames(browser, 'up to 200 characters', hostileModel([200, 150, 60]))],
    ['short', () => testNames(browser, 'of a few characters', hostileModel([1, 2, 5]))],
    ['one', () => testNames(browser, 'of one component without any', smallest)],
    ['large', () => testLarge(browser)],
  ];
  for (const [name, test] of tests) {
    try {
      await test();
    } catch (error) {
      result(name, [String(error)]);
    }
  }
  await browser.close();
  if (!process.env.TEST_TMP) rmSync(temporary, { recursive: true, force: true });
}

try {
  await main();
} catch (error) {
  result('browser', [String(error)]);
}
process.exitCode = failed > 0 ? 1 : 0;
