// SPDX-License-Identifier: Apache-2.0
// Incidents rehearsed live: one run, or two beside each other. The address names the run, so
// whoever opens it sees the same.
import { need, text } from '../parts/page';
import { clock, scales } from '../parts/curves';
import { Lane, type Order } from '../parts/lane';
import { short } from '../parts/run';

const form = need<HTMLFormElement>('#choose');
const root = need<HTMLElement>('#run');
const slug = root.dataset['slug'] ?? '';
const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
const paces = [0.1, 0.25, 0.5, 1, 2, 4, 10];
const stepShare = 0.1; // s of the clock that a step is

let lanes: Lane[] = [];
let pace = 1; // times the usual one, which takes about 20 s
let wantsRun = false;
let nScaled = 0;
let nPressed = 0; // plays and pauses so far

// ---- the controls

root.hidden = false;
const bar = document.createElement('div');
bar.className = 'player';
bar.setAttribute('role', 'group');
bar.setAttribute('aria-label', text('Player', '再生'));
root.append(bar);

function button(words: string, title: string, action: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = words;
  made.title = title;
  made.addEventListener('click', action);
  bar.append(made);
  return made;
}
const playButton = button('', text('Space', 'スペースキー'), () => toggle());
button(text('Step', 'コマ送り'), text('Full stop (.)', 'ピリオド(.)'), () => void step());
button(text('Restart', '最初から'), text('From the beginning', '最初から再生する'), () => void restart());

const paceLabel = document.createElement('label');
paceLabel.textContent = text('Speed ', '速さ ');
const paceSelect = document.createElement('select');
paceLabel.append(paceSelect);
bar.append(paceLabel);
paceSelect.addEventListener('change', () => {
  pace = Number(paceSelect.value);
  if (wantsRun) play();
});

const seekLabel = document.createElement('label');
seekLabel.className = 'seek';
const now = document.createElement('output');
const slider = document.createElement('input');
slider.type = 'range';
slider.min = '0';
slider.max = '1000';
slider.value = '0';
slider.setAttribute('aria-label', text('Time of the run', '試行の時刻'));
seekLabel.append(slider, now);
bar.append(seekLabel);
slider.addEventListener('change', () => void seek((Number(slider.value) / 1000) * endsAt()));

const both = document.createElement('div');
both.className = 'lanes';
root.append(both);
const again = document.createElement('div');
again.className = 'again';
root.append(again);

function speed(): number {
  return pace * Math.max(1e-3, endsAt() / 20);
}
function endsAt(): number {
  return Math.max(0, ...lanes.map((l) => l.head?.ends_s ?? 0));
}
function timeNow(): number {
  return Math.max(0, ...lanes.map((l) => l.t));
}

function fillPaces(): void {
  const chosen = pace;
  paceSelect.replaceChildren(...paces.map((p) => {
    const option = document.createElement('option');
    option.value = String(p);
    const times = short(p * Math.max(1e-3, endsAt() / 20));
    option.textContent = text(`${times} s a second`, `毎秒${times}秒分`);
    option.selected = p === chosen;
    return option;
  }));
}

/** After anything has changed in a lane. */
function changed(): void {
  const heads = lanes.flatMap((l) => (l.head ? [l.head] : []));
  if (heads.length === lanes.length && nScaled < heads.length) {
    nScaled = heads.length;
    const common = scales(heads);
    for (const lane of lanes) lane.rescale(common);
    fillPaces();
  }
  if (wantsRun && lanes.every((l) => !l.isRunning)) wantsRun = false;
  playButton.textContent = wantsRun ? text('Pause', '一時停止') : text('Play', '再生');
  bar.hidden = heads.length > 0 && heads.every((h) => h.is_still); // there is nothing to play
  const t = timeNow();
  now.textContent = `${clock(t)} / ${clock(endsAt())}`;
  if (document.activeElement !== slider || wantsRun)
    slider.value = String(endsAt() ? (1000 * t) / endsAt() : 0);
  slider.setAttribute('aria-valuetext', now.textContent);
  root.dataset['state'] = wantsRun ? 'playing' : lanes.length > 0 && lanes.every((l) => l.isOver) ? 'over' : 'paused';
}

/** The address names what is shown, also when the form was never sent. */
function putAddress(): void {
  const url = new URL(location.href);
  if (url.searchParams.has('incident')) return;
  url.search = address().toString();
  history.replaceState(null, '', url);
}

function play(): void {
  putAddress();
  if (lanes.every((l) => l.isOver)) for (const lane of lanes) lane.reset();
  nPressed++;
  wantsRun = true;
  for (const lane of lanes) void lane.run(speed());
  changed();
}
function pause(): void {
  nPressed++;
  wantsRun = false;
  for (const lane of lanes) lane.pause();
  changed();
}
function toggle(): void {
  if (wantsRun) pause();
  else play();
}
async function step(): Promise<void> {
  const at = timeNow();
  pause();
  await Promise.all(lanes.map((l) => l.run(speed(), at + speed() * stepShare)));
}
async function restart(): Promise<void> {
  for (const lane of lanes) lane.reset();
  if (isStill) await first();
  else play();
}
async function seek(t: number): Promise<void> {
  const goesOn = wantsRun;
  pause();
  const pressed = nPressed;
  for (const lane of lanes) lane.reset(t);
  await Promise.all(lanes.map((l) => l.run(speed(), t)));
  if (goesOn && nPressed === pressed) play(); // unless something else was wanted since
}
/** The first moments, to have something to look at. */
async function first(): Promise<void> {
  await Promise.all(lanes.map((l) => l.run(0, 0)));
}

// ---- which run

function number(q: URLSearchParams, name: string, usual: number): number {
  const value = Number(q.get(name) ?? usual);
  return Number.isInteger(value) && value >= 0 ? value : usual;
}

function field(name: string): HTMLInputElement | HTMLSelectElement {
  return need(`[name="${name}"]`, form);
}

function orders(q: URLSearchParams): Order[] {
  const measures = q.get('measures') || field('measures').value || 'none';
  const one: Order = {
    slug, incident: q.get('incident') || field('incident').value, measures,
    seed: number(q, 'seed', 1), world: number(q, 'world', 0),
  };
  const other = q.get('other');
  if (other === 'measures') return [one, { ...one, measures: measures === 'none' ? 'decided' : 'none' }];
  if (other === 'world') return [one, { ...one, world: one.world + 1 }];
  return [one];
}

function nameOf(order: Order): string {
  const option = [...(field('measures') as HTMLSelectElement).options].find((o) => o.value === order.measures);
  const measures = order.measures === 'none' ? text('Without measures', '対策なし')
    : text(`With measures: ${option?.text ?? order.measures}`, `対策あり: ${option?.text ?? order.measures}`);
  return text(`${measures}, world ${order.world}`, `${measures}、試行${order.world}`);
}

/** Puts into the form what the address says. */
function fill(q: URLSearchParams): void {
  for (const name of ['incident', 'measures', 'world', 'seed', 'other']) {
    const value = q.get(name);
    if (value !== null) field(name).value = value;
  }
}

function address(): URLSearchParams {
  const q = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (value !== '') q.set(key, String(value));
  return q;
}

function copyable(label: string, words: string): void {
  const line = document.createElement('p');
  const code = document.createElement('code');
  code.textContent = words;
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.className = 'quiet';
  copy.textContent = text('Copy', 'コピー');
  copy.addEventListener('click', () => {
    void navigator.clipboard.writeText(words).then(() => { copy.textContent = text('Copied', 'コピー済み'); });
  });
  line.append(`${label} `, code, ' ', copy);
  again.append(line);
}

/** How to have the same runs again. */
function putAgain(): void {
  again.replaceChildren();
  const head = document.createElement('h2');
  head.textContent = text('The same again', '再実行');
  again.append(head);
  const words = document.createElement('p');
  const link = document.createElement('a');
  link.href = `/api/v1/systems/${slug}/model`;
  link.download = 'model.yaml';
  link.textContent = 'model.yaml';
  words.append(text('The address of this page shows the same run to anybody. On the command line, with ',
    'このページのアドレスを開けば、誰でも同じ試行を見られる。コマンドラインでは、'), link, text(':', ' を用いて次のとおり。'));
  again.append(words);
  for (const lane of lanes) copyable('', lane.command);
}

function build(q: URLSearchParams, plays: boolean): void {
  pause();
  nScaled = 0;
  fill(q);
  lanes = orders(q).map((order) => new Lane(order, nameOf(order), changed));
  both.replaceChildren(...lanes.map((l) => l.element));
  both.dataset['n'] = String(lanes.length);
  putAgain();
  fillPaces();
  const pressed = nPressed; // the same speed for both, once it is known how long they are
  void first().then(() => { if (plays && !isStill && nPressed === pressed) play(); });
}

function open(): void {
  const q = address();
  const url = new URL(location.href);
  url.search = q.toString();
  history.pushState(null, '', url);
  build(q, true);
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  open();
});
form.addEventListener('change', () => open());
addEventListener('popstate', () => build(new URLSearchParams(location.search), false));
addEventListener('visibilitychange', () => { if (document.hidden && wantsRun) pause(); });

addEventListener('keydown', (event) => {
  const at = event.target as Element;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const types = at.matches('input:not([type="range"]), select, textarea');
  if (event.key === ' ' && !types && !at.matches('button, summary, a')) toggle();
  else if (event.key === '.' && !types) void step();
  else return;
  event.preventDefault();
});

const asked = new URLSearchParams(location.search);
build(asked, asked.has('incident'));
