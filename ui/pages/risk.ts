// SPDX-License-Identifier: Apache-2.0
// The page of risk, alive: a measure that is switched or dragged (parts/cards.ts), a plan
// that is picked, asks for the same page with other measures and puts its parts in the
// places of those that are here. What takes a second (drivers, what each measure saves) is asked for afterwards.
import { Cards } from '../parts/cards';
import { lang, need, text } from '../parts/page';

const form = need<HTMLFormElement>('#choice');
const still = matchMedia('(prefers-reduced-motion: reduce)');
const said = document.createElement('p');
let asked = new AbortController();
let pause = 0;
let switched = ''; // what was, to be said with what comes of it
const cards = new Cards(form, onSwitched, (value) => {
  said.textContent = cards.nameOf(value) + text(': put back, nothing has changed.', '：元に戻した。変更はない。');
});

/** The address of this page with the measures that are switched on. */
function address(): string {
  const url = new URL(location.pathname, location.href);
  const asked = new URLSearchParams(location.search);
  for (const name of ['lang', 'worlds', 'years']) {
    const value = asked.get(name);
    if (value) url.searchParams.set(name, value);
  }
  const on = cards.on();
  url.searchParams.set('measures', on.length ? on.join(',') : 'none');
  return url.pathname + url.search.replaceAll('%2C', ',');
}

async function pageAt(href: string, signal: AbortSignal): Promise<Document> {
  const answer = await fetch(href, { signal, headers: { 'Accept-Language': lang } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (answer.ok && !answer.redirected) return page;
  if (answer.redirected) location.assign(answer.url); // the model has errors by now
  throw new Error(page.querySelector('h1')?.textContent ?? answer.statusText);
}

// ---- putting it in ------------------------------------------------------------------

/** Where the marks that may move are, by what they stand for. */
function places(): Map<string, DOMRect> {
  const found = new Map<string, DOMRect>();
  for (const mark of document.querySelectorAll('#result [data-planned], #result [data-here]'))
    found.set(nameOf(mark), mark.getBoundingClientRect());
  return found;
}

function nameOf(mark: Element): string {
  return mark.hasAttribute('data-here') ? 'here' : `planned ${mark.getAttribute('data-planned')}`;
}

/** Lets a mark move from where it was to where it is, in the units of its picture. */
function move(mark: Element, was: DOMRect, before: number): void {
  const svg = mark.closest('svg');
  const now = mark.getBoundingClientRect();
  if (!svg || !now.width) return;
  const scale = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
  const x = (was.left - now.left) * scale;
  const y = (was.top - now.top + before) * scale;
  if (Math.abs(x) + Math.abs(y) < 1) return;
  mark.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], {
    duration: 300,
    easing: 'ease-out',
  });
}

function animate(was: Map<string, DOMRect>, top: number): void {
  const shift = need('#result').getBoundingClientRect().top - top;
  if (still.matches) return;
  for (const mark of document.querySelectorAll('#result [data-planned], #result [data-here]')) {
    const place = was.get(nameOf(mark));
    if (place) move(mark, place, shift);
  }
}

/** What is opened stays open, though its part is another. */
function keepOpen(change: () => void): void {
  const open = [...document.querySelectorAll('details[open][id]')].map((each) => each.id);
  change();
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
}

/** What drives the result is not known yet: the old figure stays, faint. */
function keepDrivers(next: Document): void {
  const old = document.querySelector('#part-drivers');
  if (!old) return;
  old.classList.add('stale');
  next.querySelector('#part-drivers')?.replaceWith(document.adoptNode(old));
}

function focusAgain(link: string | undefined): void {
  if (link) document.querySelector<HTMLElement>(`[data-trade-link="${link}"]`)?.focus();
}

/** What a reader does not see happen, for those who hear the page: what was switched, and
 * what it comes to. */
function say(): void {
  const tiles = [...document.querySelectorAll('.tile')].map(
    (tile) => `${tile.querySelector('dt')?.textContent} ${tile.querySelector('data')?.textContent}`,
  );
  said.textContent = switched + tiles.join(text('; ', '、'));
  switched = '';
}

function put(next: Document): void {
  const was = places();
  const top = need('#result').getBoundingClientRect().top;
  const active = document.activeElement as HTMLElement | null;
  const why = document.querySelector<HTMLInputElement>('#why')?.value;
  const typing = active?.id === 'why';
  keepDrivers(next);
  keepOpen(() => {
    for (const id of ['tiles', 'warnings', 'result'])
      need(`#${id}`).replaceChildren(...need(`#${id}`, next).childNodes);
  });
  cards.set(cards.on(next));
  for (const worth of form.querySelectorAll('.worth')) worth.classList.add('stale');
  const field = document.querySelector<HTMLInputElement>('#why');
  if (field && why) field.value = why;
  if (typing) field?.focus();
  focusAgain(active?.dataset?.tradeLink);
  animate(was, top);
  say();
}

// ---- asking -------------------------------------------------------------------------

/** What each measure saves from here, what impossible steps would gain, and what drives
 * the result. */
async function drive(href: string, signal: AbortSignal): Promise<void> {
  const page = await pageAt(`${href}${href.includes('?') ? '&' : '?'}drivers=1`, signal);
  keepOpen(() => {
    for (const id of ['#part-drivers', '#part-steps'])
      document.querySelector(id)?.replaceWith(...page.querySelectorAll(id));
  });
  for (const card of page.querySelectorAll<HTMLElement>('#choice .card')) {
    const here = form.querySelector(`.card[data-order="${card.dataset['order']}"] .worth`);
    here?.replaceWith(need('.worth', card));
  }
}

function tell(problem: unknown): void {
  if (problem instanceof DOMException && problem.name === 'AbortError') return;
  const notice = document.createElement('div');
  const line = document.createElement('p');
  notice.className = 'notice';
  notice.setAttribute('role', 'alert');
  line.textContent = problem instanceof Error ? problem.message : String(problem);
  notice.append(line);
  need('#warnings').replaceChildren(notice);
}

/** The page in the other language is about the same measures. */
function relink(href: string): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.languages a')) {
    const other = new URL(href, location.href);
    other.searchParams.set('lang', link.lang);
    link.href = other.href;
  }
}

async function show(href: string): Promise<void> {
  asked.abort();
  asked = new AbortController();
  clearTimeout(pause);
  const { signal } = asked;
  const began = performance.now();
  need('#result').setAttribute('aria-busy', 'true');
  try {
    put(await pageAt(href, signal));
    history.replaceState(null, '', href);
    relink(href);
    performance.measure('risk', { start: began });
    need('#result').setAttribute('aria-busy', 'false');
    pause = window.setTimeout(() => void drive(href, signal).catch(tell), 250);
  } catch (problem) {
    tell(problem);
  }
}

/** Asks for what comes of a card that was switched, by whatever way. */
function onSwitched(value: string): void {
  const isOn = cards.on().includes(value);
  switched = cards.nameOf(value) + (isOn ? text(': in the plan. ', '：計画に入れた。') : text(': left out. ', '：外した。'));
  void show(address());
}

form.addEventListener('change', (event) => {
  cards.settle();
  onSwitched((event.target as HTMLInputElement).value);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void show(address());
});

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const at = event.target as Element;
  const trade = at.closest('svg [data-trade]')?.getAttribute('data-trade');
  const link = trade
    ? document.querySelector<HTMLAnchorElement>(`[data-trade-link="${trade}"]`)
    : at.closest<HTMLAnchorElement>('a[data-set]');
  if (!link) return;
  event.preventDefault();
  void show(link.pathname + link.search);
});

said.className = 'said';
said.setAttribute('role', 'status');
document.body.append(said);
document.documentElement.classList.add('live');
pause = window.setTimeout(() => void drive(address(), asked.signal).catch(tell), 250);
