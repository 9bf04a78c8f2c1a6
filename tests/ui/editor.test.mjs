// SPDX-License-Identifier: Apache-2.0
//
// Edits a model in the pages of `awai serve`, as a person would: types, asks for
// completion and help, draws, fills in forms, saves, meets a conflict; by mouse, by
// keyboard alone, on a phone, without the script. Whatever is done, the console stays
// empty and the policy of the page is kept.
//
//     node tests/ui/editor.test.mjs
//
// AWAI: the binary. TEST_TMP: where the store is put. CHROMIUM: the browser.
// Prints "ok NAME" or "not ok NAME: why" for each test, as tests/run expects.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');
const awai = process.env.AWAI || join(root, 'build', 'awai');
const temporary = process.env.TEST_TMP || mkdtempSync(join(tmpdir(), 'awai-ui-'));
const template = readFileSync(join(root, 'src/page/assets/new-model.yaml'), 'utf8');
const patience = { timeout: 30000 };
let failed = 0, url = '', systems = 0;

function result(name, problems) {
  if (problems.length === 0) {
    console.log(`ok ${name}`);
    return;
  }
  failed++;
  console.log(`not ok ${name}: ${problems.slice(0, 8).join('; ').replace(/\s+/g, ' ')}`);
}

function loadPlaywright() {
  if (!existsSync(join(here, 'node_modules', 'playwright-core'))) {
    const done = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: here });
    if (done.status !== 0) throw new Error(`npm ci: ${done.error || done.stderr}`);
  }
  return createRequire(import.meta.url)('playwright-core');
}

// A server on a port that is free, with a store of its own.
async function startServer() {
  const server = spawn(awai, ['serve', '--db', join(temporary, 'editor.db'), '--listen', '127.0.0.1:0', '--lang', 'en'],
    { stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  for await (const piece of server.stdout) {
    said += piece;
    const found = /http:\/\/[^/ ]+/.exec(said);
    if (found) {
      url = found[0];
      break;
    }
  }
  if (!url) throw new Error(`the server says: ${said}`);
  return server;
}

// ---- what is done and looked at -----------------------------------------------------

// A page that notes what goes wrong in it. What a test expects to be refused is in
// page.expected: a browser reports such answers in its console.
async function openEditor(browser, { lang = 'en', text = template, slug = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.problems = [];
  page.expected = /^$/;
  page.on('console', (m) => {
    if (['error', 'warning'].includes(m.type()) && !page.expected.test(m.text())) page.problems.push(m.text());
  });
  page.on('pageerror', (e) => page.problems.push(String(e)));
  page.slug = slug || `s${++systems}`;
  if (!slug) {
    const made = await context.request.post(`${url}/api/v1/systems?slug=${page.slug}`,
      { data: Buffer.from(text), headers: { 'Content-Type': 'application/yaml' } });
    if (!made.ok()) throw new Error(`no system: ${await made.text()}`);
  }
  await page.goto(`${url}/systems/${page.slug}/edit?lang=${lang}`);
  if (options.javaScriptEnabled !== false) await page.waitForSelector('.sheet svg', patience);
  return page;
}

const view = 'document.querySelector(".code").shadowRoot.querySelector(".cm-content").cmView.rootView.view';
const textOf = (page) => page.evaluate(`${view}.state.doc.toString()`);

// Puts the cursor after the first place where the text has these words.
async function cursorAfter(page, words) {
  const at = (await textOf(page)).indexOf(words);
  if (at < 0) throw new Error(`no "${words}" in the text`);
  await page.evaluate(`${view}.focus(); ${view}.dispatch({selection: {anchor: ${at + words.length}}, scrollIntoView: true})`);
}

// Waits until something in the page is true; says what, if it never is. (waitForFunction
// would have the page evaluate a text, which its policy forbids.)
async function until(page, what, expression) {
  for (const end = Date.now() + patience.timeout; Date.now() < end;) {
    if (await page.evaluate(expression)) return [];
    await new Promise((go) => setTimeout(go, 30));
  }
  return [`${what}: not so`];
}
const untilText = (page, words) =>
  until(page, `the text has "${words}"`, `${view}.state.doc.toString().includes(${JSON.stringify(words)})`);
const untilFinding = (page, words) =>
  until(page, `a finding says "${words}"`, `document.querySelector('.findings').textContent.includes(${JSON.stringify(words)})`);
const untilState = (page, words) =>
  until(page, `the page says "${words}"`, `document.querySelector('.state').textContent.includes(${JSON.stringify(words)})`);
const untilAbout = (page, words) =>
  until(page, `help says "${words}"`, `document.querySelector('.about').textContent.includes(${JSON.stringify(words)})`);

// Every line of a text is in another, in its order.
function linesKept(before, after) {
  const lines = after.split('\n');
  let at = 0;
  for (const line of before.split('\n')) {
    const found = lines.indexOf(line, at);
    if (found < 0) return [`a line is gone: ${line}`];
    at = found + 1;
  }
  return [];
}

async function fill(page, values) {
  const dialog = page.locator('dialog.form');
  await dialog.waitFor(patience);
  for (const [name, value] of Object.entries(values)) {
    const control = dialog.locator(`[name="${name}"]`).first();
    if ((await control.evaluate((e) => e.tagName)) === 'SELECT') await control.selectOption(value);
    else await control.fill(value);
  }
}

async function submit(page) {
  await page.locator('dialog.form button[type="submit"]').click();
  await page.locator('dialog.form').waitFor({ state: 'detached', ...patience });
}

async function drag(page, from, to) {
  const a = await page.locator(from).first().boundingBox(), b = await page.locator(to).first().boundingBox();
  await page.mouse.move(a.x + a.width / 2, a.y + a.height / 2);
  await page.mouse.down();
  await page.mouse.move(a.x + a.width / 2 + 20, a.y + a.height / 2 + 10, { steps: 3 });
  await page.mouse.move(b.x + b.width / 2, b.y + b.height - 8, { steps: 6 });
  await page.mouse.up();
}

const stored = async (page) => {
  const answer = await page.context().request.get(`${url}/api/v1/systems/${page.slug}/model`);
  return { version: answer.headers()['etag'], text: await answer.text() };
};

async function done(page, name, problems) {
  result(name, problems.concat(page.problems));
  await page.context().close();
}

// ---- the tests ----------------------------------------------------------------------

// What the page says of a text is what `awai check` says.
async function testFindings(browser, lang) {
  const page = await openEditor(browser, { lang });
  const problems = [];
  await cursorAfter(page, 'kind: door-lock');
  await page.keyboard.type('x');
  const file = join(temporary, `wrong.${lang}.yaml`);
  writeFileSync(file, template.replace('kind: door-lock', 'kind: door-lockx'));
  const said = spawnSync(awai, ['check', file, '--lang', lang], { encoding: 'utf8' });
  const message = /(?:error|エラー): (.*)/.exec(said.stdout + said.stderr)?.[1];
  if (!message) problems.push(`check says nothing: ${said.stderr}`);
  else problems.push(...await untilFinding(page, message.replace(/ \[[^\]]*\]$/, '')));
  problems.push(...await until(page, 'the line is marked', `${view}.dom.querySelector('.cm-lint-marker-error') !== null`));
  problems.push(...await until(page, 'the drawing is said to be old', '!document.querySelector(".sheet-note").hidden'));
  await page.keyboard.press('Backspace');
  problems.push(...await until(page, 'the finding goes', 'document.querySelector(".findings").children.length === 0'));
  problems.push(...await until(page, 'the drawing is new', 'document.querySelector(".sheet-note").hidden'));
  await done(page, `${lang}: what check says`, problems);
}

async function testCompletion(browser) {
  const page = await openEditor(browser);
  const problems = [];
  const offered = (words) => until(page, `${words} are offered`,
    `[...${view}.root.querySelectorAll('.cm-completionLabel')].map((e) => e.textContent).join() === '${words}'`);
  await cursorAfter(page, 'kind: door-lock');
  await page.keyboard.press('Enter');
  await page.keyboard.type('opera');
  problems.push(...await offered('operator'));
  await page.keyboard.type('tor: ');
  await page.keyboard.press('Control+Space');
  problems.push(...await offered('maker,resident'));
  await page.waitForTimeout(100); // a list takes no key in its first moment
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  problems.push(...await untilText(page, 'kind: door-lock\n    operator: resident\n'));
  await done(page, 'completion', problems);
}

async function testHelp(browser, lang, words) {
  const page = await openEditor(browser, { lang });
  const problems = [];
  await cursorAfter(page, 'physical-eff');
  await page.keyboard.press('ArrowRight');
  problems.push(...await untilAbout(page, words));
  const place = await page.evaluate(`(() => { const c = ${view}.coordsAtPos(${view}.state.selection.main.head); return {x: c.left, y: c.top + 6}; })()`);
  await page.mouse.move(place.x + 4, place.y);
  problems.push(...await until(page, 'a hover tells it too',
    `(${view}.root.querySelector('.cm-tooltip-hover .said')?.textContent ?? '').includes(${JSON.stringify(words)})`));
  await done(page, `${lang}: help`, problems);
}

async function testNavigation(browser) {
  const page = await openEditor(browser);
  const problems = [];
  await cursorAfter(page, 'from: phone-a');
  await page.keyboard.press('F12');
  problems.push(...await until(page, 'the cursor is at the definition',
    `${view}.state.sliceDoc(${view}.state.selection.main.head).startsWith(': {name: {en: Phone app')`));
  await page.keyboard.press('F2');
  await fill(page, { id: 'lock' });
  page.expected = /422/;
  await page.locator('dialog.form button[type="submit"]').click();
  await page.locator('dialog.form [role="alert"]').filter({ hasText: "'lock'" }).waitFor(patience);
  await fill(page, { id: 'telephone' });
  await submit(page);
  problems.push(...await untilText(page, 'from: telephone,'), ...await untilText(page, '  telephone: {name: {en: Phone app'));
  await page.keyboard.press('Control+z');
  problems.push(...await until(page, 'one undo takes it back', `${view}.state.doc.toString() === ${JSON.stringify(template)}`));
  await done(page, 'definition and rename', problems);
}

// The text laid out by key and by button, the cursor at its word, and one undo back.
async function testLayout(browser, lang, label, words, already) {
  const odd = template.replace(/^ +/gm, '$&$&').replace('# Where', '\n\n# Where').replace('applicant:', 'applicant :   ').replaceAll('\n', '  \n');
  const page = await openEditor(browser, { lang, text: odd });
  const problems = [];
  await cursorAfter(page, 'kind: door-lo');
  await page.keyboard.press('Shift+Alt+F');
  problems.push(...await until(page, 'it is laid out', `${view}.state.doc.toString() === ${JSON.stringify(template)}`));
  problems.push(...await untilState(page, words));
  problems.push(...await until(page, 'the cursor stays at its word',
    `${view}.state.sliceDoc(0, ${view}.state.selection.main.head).endsWith('kind: door-lo')`));
  await page.getByRole('button', { name: label }).click();
  problems.push(...await untilState(page, already));
  await page.keyboard.press('Control+z');
  await page.evaluate(`${view}.focus()`);
  await page.keyboard.press('Control+z');
  problems.push(...await until(page, 'one undo takes it back', `${view}.state.doc.toString() === ${JSON.stringify(odd)}`));
  await page.evaluate(`${view}.dispatch({changes: {from: 0, insert: 'x: [\\n'}})`);
  page.expected = /422/;
  await page.getByRole('button', { name: label }).click();
  problems.push(...await untilState(page, 'YAML'));
  await done(page, `${lang}: layout`, problems);
}

// Text and drawing are in step, both ways, by mouse and by keyboard.
async function testStep(browser) {
  const page = await openEditor(browser);
  const problems = [];
  await cursorAfter(page, 'kind: home-router');
  problems.push(...await until(page, 'the component is marked',
    'document.querySelector(".sheet .here")?.dataset.component === "router"'));
  await cursorAfter(page, 'app-service: {from');
  problems.push(...await until(page, 'the flow is marked',
    'document.querySelector(".sheet .here")?.dataset.flows === "app-service"'));
  await page.locator('.sheet [data-component="lock"]').click();
  problems.push(...await until(page, 'a click leads into the text',
    `${view}.state.doc.lineAt(${view}.state.selection.main.head).text === '  lock:'`));
  await page.keyboard.press('ArrowUp');
  problems.push(...await until(page, 'an arrow leads to another',
    `${view}.state.doc.lineAt(${view}.state.selection.main.head).text !== '  lock:'`));
  await page.keyboard.press('Enter');
  problems.push(...await until(page, 'Enter leads into the text', `${view}.hasFocus`));
  const tabbable = await page.locator('.sheet [tabindex="0"]').count();
  if (tabbable !== 1) problems.push(`${tabbable} stops of Tab in the drawing`);
  await done(page, 'text and drawing in step', problems);
}

async function testForms(browser) {
  const page = await openEditor(browser);
  const problems = [];
  await page.getByRole('button', { name: '+ Component' }).click();
  await fill(page, { 'name-en': 'Key box: "spare"', 'name-ja': '鍵の保管箱', kind: 'gateway', zone: 'home' });
  const id = await page.locator('dialog.form [name="id"]').inputValue();
  if (id !== 'key-box-spare') problems.push(`the identifier is ${id}`);
  await submit(page);
  problems.push(...await untilText(page,
    '  key-box-spare:\n    name: {en: "Key box: \\"spare\\"", ja: "鍵の保管箱"}\n    kind: gateway\n    zone: home\n'));
  problems.push(...await until(page, 'it is drawn and marked',
    'document.querySelector(".sheet .here")?.dataset.component === "key-box-spare"'));
  problems.push(...linesKept(template, await textOf(page)));
  await drag(page, '.sheet [data-component="lock"]', '.sheet [data-component="key-box-spare"]');
  await fill(page, { protocol: 'mqtt-tls' });
  await page.locator('dialog.form input[value="lock-command"]').check();
  await submit(page);
  problems.push(...await untilText(page,
    '  lock-key-box-spare:\n    from: lock\n    to: key-box-spare\n    data: [lock-command]\n    protocol: mqtt-tls\n'));
  problems.push(...await until(page, 'the flow is drawn',
    'document.querySelector(".sheet [data-flows~=lock-key-box-spare]") !== null'));
  await page.getByRole('button', { name: '+ Incident' }).click();
  await fill(page, { 'name-en': 'Box opened', threat: 'data-tampering', at: 'lock', who: 'resident',
    recovery: 'limited', economic: 'limited', because: 'A key is lost.' });
  await submit(page);
  problems.push(...await untilText(page, '  box-opened:\n    name: {en: "Box opened"}\n    threat: data-tampering\n'));
  problems.push(...await until(page, 'no errors', 'document.querySelector(".summary").textContent.startsWith("No errors") || !/error/.test(document.querySelector(".summary").textContent)'));
  problems.push(...linesKept(template, await textOf(page)));
  await page.getByRole('button', { name: '+ Component' }).click();
  await fill(page, { 'name-en': 'Twice', kind: 'gateway', zone: 'home', id: 'lock' });
  page.expected = /422/;
  await page.locator('dialog.form button[type="submit"]').click();
  await page.locator('dialog.form [role="alert"]').filter({ hasText: "'lock'" }).waitFor(patience);
  await page.keyboard.press('Escape');
  for (let i = 0; i < 3; i++) await page.getByRole('button', { name: 'Undo' }).click();
  problems.push(...await until(page, 'undo takes all of it back', `${view}.state.doc.toString() === ${JSON.stringify(template)}`));
  await done(page, 'component, flow and incident by form and drawing', problems);
}

async function testChanges(browser) {
  const page = await openEditor(browser);
  const problems = [];
  await drag(page, '.sheet [data-component="router"]', '.sheet [data-zone="cloud"]');
  problems.push(...await untilText(page, 'kind: home-router, zone: cloud,'));
  problems.push(...await until(page, 'the drawing is new',
    'document.querySelector(".sheet .here")?.dataset.component === "router"'));
  await page.locator('.sheet [data-component="router"]').click();
  await page.keyboard.press('F2');
  await fill(page, { 'name-en': 'Switch', zone: 'home' });
  await submit(page);
  problems.push(...await untilText(page, 'router: {name: {en: Switch, ja: "家庭用ルータ"}, kind: home-router, zone: home,'));
  await page.locator('.sheet [data-component="router"]').click();
  await page.keyboard.press('Delete');
  await page.locator('dialog.form', { hasText: 'service-lock, lock-service' }).waitFor(patience);
  await page.locator('dialog.form input[name="flows"]').uncheck();
  await submit(page);
  problems.push(...await until(page, 'it is gone', `!${view}.state.doc.toString().includes('router: {')`));
  problems.push(...await untilFinding(page, "'router'"));
  const after = await textOf(page);
  problems.push(...linesKept(template.replace(/^ {2}router: .*\n/m, ''), after));
  if (!after.includes('# Where things are.')) problems.push('a comment is gone');
  await done(page, 'move, change and remove', problems);
}

const box = (page, id) => page.evaluate((component) => {
  const rect = document.querySelector(`.sheet [data-component="${component}"] rect`);
  return { x: rect.x.baseVal.value, y: rect.y.baseVal.value };
}, id);

// How far a box stands from another in the drawing.
async function apart(page, id, other) {
  const a = await box(page, id), b = await box(page, other);
  return `${Math.round(a.x - b.x)} ${Math.round(a.y - b.y)}`;
}

// Boxes are put somewhere by pointer and by keys; the others stay; all can be laid out anew.
async function testPlaces(browser, lang) {
  const page = await openEditor(browser, { lang });
  const problems = [];
  const scale = await page.evaluate(() => document.querySelector('.sheet svg').getScreenCTM().a);
  const before = await apart(page, 'router', 'service');
  const from = await page.locator('.sheet [data-component="lock"] rect').first().boundingBox();
  const was = await box(page, 'lock'), service = await box(page, 'service');
  await page.keyboard.down('Shift');
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 10, { steps: 3 });
  if (await page.locator('.sheet .ghost').count() !== 1) problems.push('nothing shows where it will stand');
  await page.mouse.move(from.x + 20 + 200 * scale, from.y + 10 + 30 * scale, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  problems.push(...await untilText(page, 'position: {x: '));
  const text = await textOf(page);
  if (text.split('position: {x: ').length !== 5) problems.push(`not all have positions: ${text}`);
  problems.push(...linesKept(template.replace(/^ {2}(phone-app|router): .*\n/mg, ''), text));
  const wanted = `${Math.round(was.x + 200 - service.x)} ${Math.round(was.y + 30 - service.y)}`;
  const stands = (where) => until(page, `the box stands at ${where}`, `(() => {
    const at = (id) => document.querySelector('.sheet [data-component="' + id + '"] rect');
    const a = at('lock'), b = at('service');
    return Math.round(a.x.baseVal.value - b.x.baseVal.value) + ' ' + Math.round(a.y.baseVal.value - b.y.baseVal.value) === '${where}';
  })()`);
  problems.push(...await stands(wanted));
  if (await apart(page, 'router', 'service') !== before) problems.push('others have moved, too');
  const zone = await page.evaluate(() => document.querySelector('.sheet .remark, .sheet svg').textContent);
  if (/Moved from|ずらした/.test(zone)) problems.push('a box has been moved away');
  // by keyboard, two presses are one wish
  await page.locator('.sheet [data-component="lock"]').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowRight');
  const [x, y] = wanted.split(' ').map(Number);
  problems.push(...await stands(`${x + 20} ${y + 20}`));
  if (!page.url().includes('/edit')) problems.push('the page has gone back');
  await page.getByRole('button', { name: lang === 'ja' ? '自動配置に戻す' : 'Lay out anew' }).click();
  problems.push(...await until(page, 'no positions', `!${view}.state.doc.toString().includes('position:')`));
  if (await textOf(page) !== template) problems.push(`the text is not as it was: ${await textOf(page)}`);
  await page.getByRole('button', { name: lang === 'ja' ? '自動配置に戻す' : 'Lay out anew' }).click();
  problems.push(...await untilState(page, lang === 'ja' ? '位置のある機器は無い' : 'No component has a position'));
  await done(page, `places of boxes, ${lang}`, problems);
}

// The whole of it without a mouse.
async function testKeyboard(browser) {
  const page = await openEditor(browser);
  const problems = [];
  const focused = () => page.evaluate(() => {
    let e = document.activeElement;
    while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
    return e?.getAttribute('aria-label') || e?.textContent || e?.tagName || '';
  });
  let seen = '';
  for (let i = 0; i < 40 && !seen.includes('+ Component'); i++) {
    await page.keyboard.press('Tab');
    seen = await focused();
  }
  if (!seen.includes('+ Component')) problems.push(`Tab ends at ${seen}`);
  await page.keyboard.press('Enter');
  await page.locator('dialog.form').waitFor(patience);
  await page.keyboard.type('Bell');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('gateway');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  problems.push(...await untilText(page, '  bell:\n    name: {en: Bell}\n    kind: '));
  if (!(await focused()).includes('+ Component')) problems.push(`after the form, ${await focused()}`);
  await page.keyboard.press('Control+s');
  problems.push(...await untilState(page, 'Saved as version 2'));
  await done(page, 'by keyboard alone', problems);
}

async function testSaving(browser) {
  const page = await openEditor(browser);
  const problems = [];
  await page.evaluate(`${view}.focus()`);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# one more\n');
  problems.push(...await untilState(page, 'Not saved yet'));
  await page.locator('#why').fill('a remark, & more');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  problems.push(...await untilState(page, 'Saved as version 2'));
  const now = await stored(page);
  if (now.version !== '"2"' || now.text !== `${template}# one more\n`) problems.push(`stored: ${now.version}`);
  const versions = await (await page.context().request.get(`${url}/api/v1/systems/${page.slug}/versions`)).json();
  if (versions.versions[0].why !== 'a remark, & more') problems.push(`why: ${versions.versions[0].why}`);
  // an error is told and nothing is saved
  await page.evaluate(`${view}.focus()`);
  await page.keyboard.type('nothing: here\n');
  page.expected = /422/;
  await page.keyboard.press('Control+s');
  problems.push(...await untilState(page, 'nothing was saved'));
  if ((await stored(page)).version !== '"2"') problems.push('a text with errors is saved');
  await done(page, 'saving', problems);
}

async function testConflict(browser) {
  const page = await openEditor(browser);
  const problems = [];
  const other = await page.context().request.put(`${url}/api/v1/systems/${page.slug}/model`,
    { data: Buffer.from(`# theirs\n${template}`), headers: { 'Content-Type': 'application/yaml', 'If-Match': '"1"' } });
  if (!other.ok()) problems.push('the other cannot save');
  await page.evaluate(`${view}.focus()`);
  await page.keyboard.press('Control+End');
  await page.keyboard.type('# mine\n');
  page.expected = /412|409/;
  await page.keyboard.press('Control+s');
  await page.getByText('somebody else has saved version 2').first().waitFor(patience);
  if ((await stored(page)).text.includes('# mine')) problems.push('it is saved over the other');
  if (!(await page.content()).includes('# mine')) problems.push('what was written is gone');
  await done(page, 'a conflict leads to the form', problems);
}

async function testGuard(browser) {
  const page = await openEditor(browser);
  const problems = [];
  const asked = [];
  page.on('dialog', (d) => { asked.push(d.type()); d.dismiss(); });
  await page.evaluate(`${view}.focus()`);
  await page.keyboard.type('# x\n');
  await page.getByRole('link', { name: 'History' }).click({ noWaitAfter: true });
  await page.waitForEvent('dialog', patience).catch(() => {});
  if (!asked.includes('beforeunload')) problems.push('nobody asks');
  if (!page.url().includes('/edit')) problems.push('the page is left');
  await page.keyboard.press('Control+s');
  problems.push(...await untilState(page, 'Saved as version 2'));
  asked.length = 0;
  await page.getByRole('link', { name: 'History' }).click();
  await page.waitForURL(/history/, patience);
  if (asked.length) problems.push('asks though all is saved');
  await done(page, 'what is not saved is guarded', problems);
}

async function testWithoutScript(browser) {
  const page = await openEditor(browser, { javaScriptEnabled: false });
  const problems = [];
  await page.locator('#text').fill(`${template}# by form\n`);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL(new RegExp(`/systems/${page.slug}(\\?|$)`), patience);
  if (!(await stored(page)).text.endsWith('# by form\n')) problems.push('the form does not save');
  await done(page, 'without the script', problems);
}

// Runs in the page: controls that nothing names, and what is wider than the page.
function findProblems() {
  const problems = [];
  const nameOf = (e) => e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent.trim() ||
    e.getAttribute('title') || '';
  for (const e of document.querySelectorAll('button, input:not([type=hidden]), select, textarea:not([hidden]), [role=button], section, [role=group]'))
    if (e.getClientRects().length && !nameOf(e)) problems.push(`no name: ${e.outerHTML.slice(0, 60)}`);
  for (const e of document.querySelectorAll('button'))
    if (e.getClientRects().length && e.getBoundingClientRect().height < 24) problems.push(`too low: ${e.textContent}`);
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth + 1) problems.push(`${page.scrollWidth} wide on ${page.clientWidth}`);
  return problems;
}

async function testPhone(browser, lang) {
  const page = await openEditor(browser, { lang, viewport: { width: 390, height: 844 } });
  const problems = await page.evaluate(findProblems);
  const [left, right] = await Promise.all(['.text-pane', '.drawing-pane'].map((s) => page.locator(s).boundingBox()));
  if (right.y < left.y + left.height) problems.push('the panes are not one below the other');
  await page.locator('.drawing-pane .tools button').nth(1).click();
  await page.locator('dialog.form').waitFor(patience);
  problems.push(...await page.evaluate(findProblems));
  await done(page, `${lang}: on a phone`, problems);
}

// Each use case opens, without an error, and is drawn.
async function testUseCases(browser) {
  const problems = [];
  for (const slug of ['gas-water-heater', 'drone', 'warehouse-agv', 'distillation', 'welding-robot', 'condition-monitoring']) {
    const page = await openEditor(browser, { slug, lang: 'ja' });
    problems.push(...await until(page, `${slug} is checked`, 'document.querySelector(".summary").textContent !== ""'));
    problems.push(...(await page.evaluate(findProblems)).map((p) => `${slug}: ${p}`), ...page.problems);
    await page.context().close();
  }
  result('the six use cases open', problems);
}

async function main() {
  const { chromium } = loadPlaywright();
  const server = await startServer();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const tests = {
    findings: () => testFindings(browser, 'en'),
    findings_ja: () => testFindings(browser, 'ja'),
    completion: () => testCompletion(browser),
    help: () => testHelp(browser, 'en', 'what it does in the physical world'),
    help_ja: () => testHelp(browser, 'ja', '物理'),
    navigation: () => testNavigation(browser),
    layout: () => testLayout(browser, 'en', 'Format', 'Formatted', 'formatted already'),
    layout_ja: () => testLayout(browser, 'ja', '整形', '整形した', '整形の必要は無い'),
    step: () => testStep(browser),
    forms: () => testForms(browser),
    changes: () => testChanges(browser),
    places: () => testPlaces(browser, 'en'),
    places_ja: () => testPlaces(browser, 'ja'),
    keyboard: () => testKeyboard(browser),
    saving: () => testSaving(browser),
    conflict: () => testConflict(browser),
    guard: () => testGuard(browser),
    script: () => testWithoutScript(browser),
    phone: () => testPhone(browser, 'en'),
    phone_ja: () => testPhone(browser, 'ja'),
    cases: () => testUseCases(browser),
  };
  const wanted = process.argv.slice(2);
  for (const [name, test] of Object.entries(tests)) {
    if (wanted.length && !wanted.includes(name)) continue;
    try {
      await test();
    } catch (error) {
      result(name, [String(error)]);
    }
  }
  await browser.close();
  server.kill();
  if (!process.env.TEST_TMP) rmSync(temporary, { recursive: true, force: true });
}

try {
  await main();
} catch (error) {
  result('browser', [String(error)]);
}
process.exit(failed > 0 ? 1 : 0);
