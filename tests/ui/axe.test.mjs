// SPDX-License-Identifier: Apache-2.0
//
// Every page that `awai serve --routes` names, in both languages, light and dark, with
// accounts: axe-core finds nothing against WCAG 2.2 AA, the console stays empty, the
// policy of the page is kept. The first page is small, and all links lead somewhere.
//
//     node tests/ui/axe.test.mjs [PART OF A PATH]
//
// See _kit.mjs for the environment. With an argument, only pages whose path has it.
// Prints "ok NAME" or "not ok NAME: why" for each test, as tests/run expects.
import { spawnSync } from 'node:child_process';
import { awai, end, enroll, launch, load, openPage, problemsOf, result, serve } from './_kit.mjs';

const system = 'gas-water-heater';
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// What depends on the scheme of colours; all else is the same in the dark.
const colours = ['color-contrast', 'link-in-text-block'];
// What depends on the width of the window.
const sizes = ['scrollable-region-focusable', 'target-size'];
// What stands for the parameters of a route; a page may want a query to have something to show.
const parameters = { slug: system, number: '1', id: 'access-control', file: 'web.css' };
const queries = {
  '/compare': ['', '?cell=serious-serious'],
  '/systems/{slug}/threats': ['', '?of=data-tampering@cloud&asset=cloud'],
  '/systems/{slug}/rehearse': ['', '?incident=tampered-command'],
  '/systems/{slug}/export': ['?to=otm'],
  '/systems/{slug}/rehearse/picture': ['?incident=tampered-command'],
};

/** The addresses of all pages, of the routes as the program tells them. */
function addresses(link) {
  const listed = spawnSync(awai, ['serve', '--routes'], { encoding: 'utf8' });
  const pages = listed.stdout.trim().split('\n').map((line) => line.split('\t'))
    .filter(([method, , , form]) => method === 'GET' && form === 'page').map((row) => row[1]);
  if (pages.length < 20) throw new Error(`few routes: ${listed.stdout}${listed.stderr}`);
  const all = pages.flatMap((pattern) => pattern === '/link/{id}' ? [link]
    : (queries[pattern] ?? ['']).map((query) => pattern.replace(/\{(\w+)\}/g, (_, name) => parameters[name]) + query));
  return all.filter((path) => path.includes(process.argv[2] ?? ''));
}

/** What axe-core finds; in the page. */
async function examine(page, run) {
  const found = await page.evaluate((options) => globalThis.axe.run(document, options)
    .then((r) => r.violations.map((v) => `${v.id}: ${v.nodes.length} times, ${v.nodes.slice(0, 2).map((n) =>
      `${n.target.join(' ')} ${n.failureSummary.slice(0, 160)}`).join(' | ')}`)),
    { runOnly: run, resultTypes: ['violations'] });
  return found;
}

/** Whether one has to scroll sideways; in the page. */
function isTooWide() {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`wider than the screen by ${scrollWidth - clientWidth}`] : [];
}

const with_ = (path, lang) => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`;

/** Notes where the links of a page lead. */
async function noteLinks(page, links) {
  const found = await page.evaluate(() => [...document.querySelectorAll('a[href], form[method=get]')]
    .map((a) => a.href ?? a.action));
  for (const href of found) if (!links.has(href.split('#')[0])) links.set(href.split('#')[0], page.url());
}

/** What is no page but a text or a picture. */
function testOther(page, name, answer) {
  result(name, answer.ok() ? problemsOf(page) : [`status ${answer.status()}`]);
}

/** One page in one language: light, then dark, then on a phone. */
async function testPage(page, url, path, lang, links, source) {
  const name = `${lang} ${path.replace(/[0-9a-f]{64}/, '{id}')}`;
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  let answer = await page.goto(url + with_(path, lang)).catch((e) => String(e));
  if (String(answer).includes('ERR_ABORTED')) // a file to be kept
    answer = await page.request.get(url + with_(path, lang)).catch((e) => String(e));
  if (typeof answer === 'string') return result(name, [answer]);
  if (!/^text\/html/.test(answer.headers()['content-type'] ?? '') ||
    answer.headers()['content-disposition']) return testOther(page, name, answer);
  const problems = answer.ok() ? [] : [`status ${answer.status()}`];
  await noteLinks(page, links);
  await page.evaluate(source);
  problems.push(...await examine(page, { type: 'tag', values: tags }));
  await page.emulateMedia({ colorScheme: 'dark' });
  problems.push(...(await examine(page, { type: 'rule', values: colours })).map((p) => `dark: ${p}`));
  await page.setViewportSize({ width: 390, height: 800 });
  problems.push(...await page.evaluate(isTooWide));
  problems.push(...(await examine(page, { type: 'rule', values: sizes })).map((p) => `phone: ${p}`));
  return result(name, [...problems, ...problemsOf(page)]);
}

/** What is wrong is found: a page spoilt in ways that each pass is for. */
async function testExaminer(page, source) {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(source);
  await page.evaluate(() => {
    const faint = document.createElement('p'), field = document.createElement('input');
    faint.textContent = 'faint';
    faint.setAttribute('style', 'margin: 0');
    faint.style.color = '#bbb';
    faint.style.width = '2000px';
    document.querySelector('main').append(faint, field);
  });
  const found = [...await examine(page, { type: 'tag', values: tags }), ...await page.evaluate(isTooWide)].join();
  const missing = ['color-contrast', 'label', 'wider'].filter((id) => !found.includes(id));
  const told = problemsOf(page).join(); // an attribute of style is against the policy
  result('what_is_wrong_is_found', told.includes('policy: style-src') ? missing : [...missing, `no breach: ${told}`]);
}

/** All that the first page loads where nothing is kept yet. */
async function testSize(known, url) {
  const context = await known.context().browser().newContext({ storageState: await known.context().storageState() });
  const page = await context.newPage(), sizes = [];
  const note = (answer) => sizes.push(answer.body().then((body) => body.length));
  page.on('response', note);
  await page.goto(`${url}/?lang=ja`, { waitUntil: 'networkidle' });
  const bytes = (await Promise.all(sizes)).reduce((sum, n) => sum + n, 0);
  await context.close();
  console.log(`# the first page: ${bytes} bytes in ${sizes.length} answers`);
  result('first_page_is_small', bytes > 300000 || sizes.length < 3 ? [`${bytes} bytes`] : []);
}

async function testLinks(page, url, links) {
  const problems = [];
  for (const [href, from] of links) {
    if (!href.startsWith(url)) continue;
    const answer = await page.request.get(href, { maxRedirects: 0, timeout: 120000 }).catch((e) => e);
    if (![200, 303].includes(answer.status?.())) problems.push(`${href} on ${from}: ${answer.status?.() ?? answer}`);
  }
  console.log(`# ${links.size} links`);
  result('links_lead_somewhere', problems.map((p) => p.replaceAll(url, '')));
}

async function main(browser) {
  const { url, link, stop } = await serve('axe');
  const { source } = load('axe-core');
  const page = await openPage(browser, url);
  page.expected = /\/favicon\.ico\)$/; // to a text, which names none, a browser asks for one, at some time
  const links = new Map();
  try {
    for (const lang of ['ja', 'en']) await testPage(page, url, link, lang, new Map(), source);
    await testExaminer(page, source);
    await enroll(page, url + link, 'olga');
    await page.goto(`${url}/members`);
    await page.locator('form[action^="/members/invite"] button').first().click();
    const other = new URL(await page.locator('pre.secret').first().innerText()).pathname;
    for (const path of addresses(other))
      for (const lang of ['ja', 'en']) await testPage(page, url, path, lang, links, source);
    await testSize(page, url);
    await testLinks(page, url, links);
  } finally {
    stop();
  }
}

const browser = await launch();
if (browser) {
  await main(browser).catch((error) => result('axe', [error.stack ?? String(error)]));
  await browser.close();
}
end();
