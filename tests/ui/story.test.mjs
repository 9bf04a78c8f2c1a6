// SPDX-License-Identifier: Apache-2.0
//
// The whole story of the workbench in a browser, in Japanese and in English: the first run
// makes an owner, questions make a system, it is drawn further, an incident is told,
// requirements and a plan are adopted, a rehearsal is played, the report read, a second
// user invited; the two change the same line, merge, use the board at once, mark what is seen,
// and go back to an old version. Each
// station is one test; nothing may appear in the console on the way.
//
//     node tests/ui/story.test.mjs
//
// See _kit.mjs for the environment. STORY_SHOTS=FOLDER keeps pictures of all stations, on
// a desk and on a phone; STORY_TIMES=1 prints how long each takes.
// Prints "ok NAME" or "not ok NAME: why" for each test, as tests/run expects.
import { join } from 'node:path';
import { codeOf, end, enroll, launch, openPage, password, press, problemsOf, result, serve, until } from './_kit.mjs';

const slug = 'garage';
const view = 'document.querySelector(".code").shadowRoot.querySelector(".cm-content").cmView.rootView.view';

// ---- what is said in each language -----------------------------------------------------

const words = {
  en: {
    system: 'Garage door', overview: 'Opens a garage by phone.', maker: 'Maker', owner: 'Owner',
    service: 'Door service', door: 'Door', opens: 'Opens for a thief', because: 'Nobody looks.',
    sensor: 'Car sensor', crushed: 'Closes on a car', why: 'Enough for us', ours: '# ours', theirs: '# theirs',
  },
  ja: {
    system: '車庫の扉', overview: 'スマートフォンで車庫を開ける。', maker: '製造者', owner: '家主',
    service: '扉サービス', door: '扉', opens: '泥棒のために開く', because: '誰も見ていない。',
    sensor: '車両センサ', crushed: '車の上に閉まる', why: 'これで十分', ours: '# こちら', theirs: '# あちら',
  },
};

// ---- the stations; each gets the story so far ------------------------------------------

async function firstRun({ page, url, link, at }) {
  await page.goto(at('/'));
  if (!page.url().includes('/login')) throw new Error(`without an account at ${page.url()}`);
  const key = await enroll(page, at(link), 'olga');
  const codes = (await page.locator('pre.secret').innerText()).trim().split('\n');
  if (codes.length !== 8) throw new Error(`${codes.length} recovery codes`);
  await press(page, 'main p a[href^="/"]');
  if ((await page.locator('main a[href*="/systems/"]').count()) < 6) throw new Error('the use cases are not there');
  await press(page, 'form[action="/logout"] button');
  await page.goto(at('/login'));
  await page.fill('#login', 'olga');
  await page.fill('#password', password);
  await page.fill('#code', codeOf(key, 1)); // each is taken once
  await press(page, 'main form button[type=submit]');
  if (new URL(page.url()).pathname !== '/') throw new Error(`after the login at ${page.url()}`);
}

/** Answers the questions of a step, and goes on. */
async function answer(page, answers, go) {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`#${name}`);
    if ((await field.evaluate((e) => e.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await press(page, `button[name=go][value=${go}]`);
  if (await page.locator('main .notice').count()) throw new Error(await page.locator('main .notice').innerText());
}

async function questions({ page, at, say, shoot }) {
  await page.goto(at('/'));
  await press(page, 'main a[href^="/new"]');
  await answer(page, { name: say.system, slug, overview: say.overview }, 'next');
  await answer(page, { name: say.maker }, 'add');
  await answer(page, { name: say.owner }, 'add');
  await shoot('questions');
  await answer(page, {}, 'next');
  await answer(page, { name: say.service, kind: 'cloud-service', zone: 'cloud' }, 'add');
  await answer(page, { name: say.door, kind: 'door-lock' }, 'next');
  await answer(page, {}, 'add');
  await answer(page, {}, 'next');
  await answer(page, { name: say.opens, threat: 'data-tampering', at: { label: say.door }, recovery: 'serious',
    economic: 'serious', because: say.because }, 'next');
  await answer(page, {}, 'next');
  await press(page, 'button[name=go][value=create]');
  if (!page.url().includes(`/systems/${slug}`)) throw new Error(await page.locator('main').innerText());
  if ((await page.locator('h1').innerText()) !== say.system) throw new Error(await page.locator('h1').innerText());
}

const textOf = (page) => page.evaluate(`${view}.state.doc.toString()`);

async function openEditor(page, at) {
  await page.goto(at(`/systems/${slug}/edit`));
  await page.locator('.sheet svg').waitFor();
}

async function type(page, text) {
  await page.evaluate(`${view}.focus(); ${view}.dispatch({selection: {anchor: 0}})`);
  await page.keyboard.type(text);
}

async function fillForm(page, values) {
  const dialog = page.locator('dialog.form');
  await dialog.waitFor();
  for (const [name, value] of Object.entries(values)) {
    const field = dialog.locator(`[name="${name}"]`).first();
    if ((await field.evaluate((e) => e.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'detached' });
}

async function save(page, version) {
  await page.keyboard.press('Control+s');
  await until(page, `version ${version} is saved`, (v) => document.querySelector('#base, [name=base]').value === v, String(version));
}

/** The name that goes with the language; the other stays open. */
const named = (lang, name) => ({ [`name-${lang}`]: name });

async function drawing({ page, at, say, lang }) {
  await openEditor(page, at);
  await page.locator('.drawing-pane button').nth(0).click();
  await fillForm(page, { ...named(lang, say.sensor), kind: 'gateway', zone: 'cloud-zone', id: 'sensor' });
  await page.locator('.sheet [data-component="sensor"]').waitFor();
  const components = await page.locator('.sheet [data-component]').evaluateAll((all) => all.map((e) => e.dataset.component));
  await page.locator('.drawing-pane button').nth(1).click();
  await fillForm(page, { from: 'sensor', to: components.find((c) => c !== 'sensor'), protocol: 'mqtt-tls' });
  await page.locator('.sheet [data-flows*="sensor"]').first().waitFor({ state: 'attached' }); // a line may be flat
  await save(page, 2);
  if (!(await textOf(page)).includes(say.sensor)) throw new Error('the text does not have it');
}

async function incident({ page, at, say, lang, api }) {
  const flow = /^flows:\n  ([\w-]+):/m.exec(await api('model'))[1];
  await openEditor(page, at);
  await page.locator('.drawing-pane button').nth(2).click();
  await fillForm(page, { ...named(lang, say.crushed), id: 'crushed', threat: 'spoofing', at: flow, who: { index: 1 },
    recovery: 'serious', economic: 'limited', because: say.because });
  await until(page, 'it is in the text', `${view}.state.doc.toString().includes('crushed:')`);
  await save(page, 3);
  await page.goto(at(`/systems/${slug}/incidents`));
  if (!(await page.locator('main').innerText()).includes(say.crushed)) throw new Error('the page does not have it');
}

async function requirements({ page, at, api }) {
  await page.goto(at(`/systems/${slug}/requirements?state=open`));
  const rows = page.locator('tr:has(input[name=adopt]):has(input[name=example])');
  const n = Math.min(12, await rows.count());
  if (n < 3) throw new Error(`${n} open requirements with examples`);
  for (let i = 0; i < n; i++) {
    await rows.nth(i).locator('input[name=adopt]').check();
    await rows.nth(i).locator('details:has(input[name=example]) summary').click();
    await rows.nth(i).locator('input[name=example]').first().check();
  }
  await page.selectOption('select[name=status]', 'proposed');
  const places = await page.locator('select[name=on] option').evaluateAll((all) => all.map((o) => o.value));
  await page.selectOption('select[name=on]', places);
  await press(page, 'fieldset button[type=submit]');
  const text = await api('model');
  if (!/^adoptions:/m.test(text) || !/^measures:/m.test(text)) throw new Error('nothing is adopted');
  if (!/^ +on: \[.*sensor.*\]/m.test(text)) throw new Error('measures act nowhere');
  await page.goto(at(`/systems/${slug}/measures`));
  if ((await page.locator('.card').count()) < n) throw new Error('measures are missing on the board');
}

/** Measures that cost something, on their cards; the rest of the story has versions from 5 on. */
async function costs({ page, at, api }) {
  await page.goto(at(`/systems/${slug}/measures`));
  for (const [id, cost] of [['signed-firmware-check', '1 MJPY'], ['message-integrity-check', '2 MJPY']]) {
    const card = page.locator(`#${id}`);
    await card.locator('summary').click();
    await card.locator('input[name=cost]').fill(cost);
    await Promise.all([page.waitForNavigation(), card.locator('button[type=submit]').click()]);
  }
  const text = await api('model');
  if (!/cost: "?1 MJPY/.test(text) || !/cost: "?2 MJPY/.test(text)) throw new Error('no cost in the text');
}

async function plan({ page, at, say, api }) {
  await page.goto(at(`/systems/${slug}/risk`));
  const link = page.locator('[data-trade-link]').last();
  const number = await link.getAttribute('data-trade-link');
  await link.click();
  await until(page, 'the trade is chosen', (n) => document.querySelector(`tr.here [data-trade-link="${n}"]`), number);
  await page.fill('#why', say.why);
  await press(page, '#part-adopt button');
  if (!/adopted=7/.test(page.url())) throw new Error(page.url());
  await page.locator('.notice.good').waitFor();
  const { versions } = JSON.parse(await api('versions'));
  if (versions[0].why !== say.why || versions[0].who !== 'olga') throw new Error(JSON.stringify(versions[0]));
}

async function rehearsal({ page, at }) {
  const slider = () => Number(document.querySelector('.player input[type=range]').value);
  await page.goto(at('/systems/gas-water-heater/rehearse?incident=tampered-command&world=2'));
  await until(page, 'it plays', () => document.querySelector('#run').dataset.state === 'playing');
  await page.locator('.player select').selectOption('4');
  await until(page, 'time goes on', () => Number(document.querySelector('.player input[type=range]').value) > 100);
  await page.locator('.player button').first().click();
  await until(page, 'it pauses', () => document.querySelector('#run').dataset.state === 'paused');
  const stood = await page.evaluate(slider);
  await page.locator('.player button').nth(1).click();
  await until(page, 'it steps', (t) => Number(document.querySelector('.player input[type=range]').value) > t, stood);
}

async function report({ page, at, say, api }) {
  await page.goto(at(`/systems/${slug}/report`));
  if (!(await page.locator('body').innerText()).includes(say.sensor)) throw new Error('the report does not have the sensor');
  const whole = page.locator('a[href*="/report/whole"]').first();
  const [answered] = await Promise.all([page.waitForNavigation(), whole.click()]);
  if (answered.status() !== 200) throw new Error(`the whole report: ${answered.status()}`);
  const assessment = JSON.parse(await api('assessment'));
  if (!JSON.stringify(assessment).includes('crushed')) throw new Error('the assessment does not have the incident');
}

async function secondUser(story) {
  const { browser, page, url, at, lang } = story;
  await page.goto(at('/members'));
  await page.locator('#role').selectOption('editor');
  await press(page, 'form[action^="/members/invite"] button');
  const link = new URL(await page.locator('pre.secret').innerText()).pathname;
  story.other = await openPage(browser, url, { locale: lang });
  await enroll(story.other, at(link), 'edwin');
  if (!(await story.other.locator('main a[href*="/systems/garage"]').count())) throw new Error('edwin does not see the system');
  await press(story.other, 'form[action="/logout"] button');
  await story.other.goto(at(`/systems/${slug}/edit`));
  await story.other.fill('#login', 'edwin');
  await story.other.fill('#password', password);
  await press(story.other, 'main form button[type=submit]');
  await story.other.locator('.sheet svg').waitFor();
  const refused = await story.other.request.get(at('/members'));
  if (refused.status() !== 403) throw new Error(`members for an editor: ${refused.status()}`);
}

async function conflict({ page, other, at, say, shoot, api }) {
  await openEditor(page, at);
  await openEditor(other, at);
  await type(other, `${say.theirs}\n`);
  await save(other, 8);
  page.expected = /412|409/;
  await type(page, `${say.ours}\n`);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Control+s')]);
  if ((await page.locator('fieldset.conflict').count()) !== 1) throw new Error(await page.locator('main').innerText());
  await shoot('merge');
  await page.locator('input[value=b]').check();
  await press(page, 'form.merge button[type=submit]');
  page.expected = /^$/;
  const text = await api('model');
  for (const line of [say.ours, say.theirs]) if (!text.includes(line)) throw new Error(`${line} is gone`);
}

/** Both have the board open: on two cards both changes hold, on one the merge asks. */
async function board({ page, other, at, say, shoot, api }) {
  const card = async (who, id, fields) => {
    const one = who.locator(`#${id}`);
    await one.locator('summary').click();
    for (const [name, value] of Object.entries(fields)) await one.locator(`[name=${name}]`).fill(value);
    const [answer] = await Promise.all([who.waitForNavigation(), one.locator('button[type=submit]').click()]);
    return answer.status();
  };
  await other.goto(at(`/systems/${slug}`)); // his first look, from which on changes are told
  for (const who of [page, other]) await who.goto(at(`/systems/${slug}/measures`));
  await card(other, 'signed-firmware-check', { owner: say.maker });
  await card(page, 'message-integrity-check', { owner: say.owner, why: say.why });
  const notice = await page.locator('.notice.good').innerText();
  if (!notice.includes('edwin')) throw new Error(`it does not say whose changes: ${notice}`);
  await shoot('joined');
  for (const owner of [say.maker, say.owner])
    if (!(await page.locator('main').innerText()).includes(owner)) throw new Error(`${owner} is lost`);
  await other.goto(at(`/systems/${slug}/measures`));
  await page.goto(at(`/systems/${slug}/measures`));
  await card(other, 'signed-firmware-check', { cost: '3 MJPY' });
  page.expected = /409/;
  if ((await card(page, 'signed-firmware-check', { cost: '4 MJPY', why: say.because })) !== 409) throw new Error('no merge');
  await shoot('board-merge');
  if (await page.locator('#why').inputValue() !== say.because) throw new Error('the reason is lost');
  if (!(await page.locator('fieldset.conflict legend').innerText()).includes('measures / signed-firmware-check')) throw new Error('where?');
  await press(page, 'form.merge button[type=submit]');
  page.expected = /^$/;
  if (!/cost: "?4 MJPY/.test(await api('model'))) throw new Error('mine was not taken');
}

/** What olga has saved is told to edwin until he says that he has seen it. */
async function seen({ other, at }) {
  await other.goto(at(`/systems/${slug}`));
  const news = other.locator('#news');
  if (!(await news.innerText()).includes('olga')) throw new Error(await news.innerText());
  await news.locator('summary').click();
  await other.goto(at('/?news=1'));
  if ((await other.locator('main tbody th a').count()) < 1) throw new Error('the list does not have it');
  await other.goto(at(`/systems/${slug}`));
  await press(other, '#news button');
  if (await other.locator('#news').count()) throw new Error('it is told still');
}

async function restore({ page, at, say, api, shoot }) {
  await page.goto(at(`/systems/${slug}/history`));
  const saved = await page.locator('tbody tr').evaluateAll((rows) => rows.map((r) => r.innerText));
  if (saved.length !== 13 || !saved[5].includes('edwin')) throw new Error(saved.join(' | '));
  await press(page, 'main form#compare button');
  await shoot('compared');
  await page.goto(at(`/systems/${slug}/history`));
  await press(page, 'form[action*="/versions/7/restore"] button');
  const text = await api('model');
  if (text.includes(say.ours) || text !== await api('versions/7')) throw new Error('it is not version 7');
  if (JSON.parse(await api('versions')).versions.length !== 14) throw new Error('there are not 14 versions');
}

const stations = { firstRun, questions, drawing, incident, requirements, costs, plan, rehearsal, report, secondUser, conflict, board, seen, restore };

// ---- the story ---------------------------------------------------------------------------

/** Keeps pictures of what is seen now, if that is wanted. */
async function shoot(page, lang, name) {
  const folder = process.env.STORY_SHOTS;
  if (!folder) return;
  for (const [look, width, height] of [['phone', 390, 800], ['desk', 1280, 900]]) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(folder, `${lang}-${name}-${look}.png`), fullPage: name !== 'report' });
  }
}

async function tell(browser, lang) {
  const { url, link, stop } = await serve(`story-${lang}`);
  const page = await openPage(browser, url, { locale: lang, acceptDownloads: true });
  const story = { browser, page, url, link, lang, say: words[lang] };
  story.at = (path) => `${url}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;
  story.shoot = (name) => shoot(page, lang, name);
  story.api = async (path) => (await page.request.get(`${url}/api/v1/systems/${slug}/${path}`)).text();
  for (const [name, station] of Object.entries(stations)) {
    const began = performance.now();
    const why = await station(story).then(() => [], (error) => [error.message]);
    if (process.env.STORY_TIMES) console.log(`# ${Math.round(performance.now() - began)} ms`);
    if (await page.locator('html').getAttribute('lang') !== lang) why.push('another language');
    await story.shoot(name);
    if (!result(`${lang}_${name}`, [...why, ...problemsOf(page), ...(story.other ? problemsOf(story.other) : [])]) && why.length) break;
  }
  stop();
  await page.context().close();
  await story.other?.context().close();
}

const browser = await launch();
if (browser) {
  for (const lang of ['ja', 'en']) await tell(browser, lang).catch((error) => result(`${lang}_story`, [error.stack ?? String(error)]));
  await browser.close();
}
end();
