// SPDX-License-Identifier: Apache-2.0
// One run on the page: its stream, its picture, its curves, and what came of it. The server
// keeps nothing of it: to pause is to close the stream, to go on is to ask for the rest.
import { Problem, lang, text } from './page';
import { Curves, type Scales, clock, marks as markNames } from './curves';
import {
  type Axis, type Event, type Frame, type Head, Look, type Mark, type Result, amount, flagOf, said, short, stream,
} from './run';
import type { Scene } from './scenes/scene';
import { scenes } from './scenes/all';

export interface Order { slug: string; incident: string; measures: string; seed: number; world: number }

const mostRows = 1500;

function element<K extends keyof HTMLElementTagNameMap>(
  parent: Element, name: K, words = '', className = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  if (className) made.className = className;
  parent.append(made);
  return made;
}

export class Lane {
  readonly element = document.createElement('section');
  head: Head | undefined;
  t = 0;
  isOver = false;
  isRunning = false;
  private look: Look | undefined;
  private rows: number[][] = [];
  private marks: Mark[] = [];
  private nSaid = 0;
  private stop: AbortController | undefined;
  private scene: Scene | undefined;
  private curves: Curves | undefined;
  private isDrawing = false;
  private saidAt = -Infinity;
  private readonly picture: HTMLElement;
  private readonly words: HTMLElement;
  private readonly live: HTMLElement;
  private readonly notice: HTMLElement;
  private readonly happened: HTMLElement;
  private readonly charts: HTMLElement;
  private readonly messages: HTMLTableSectionElement;
  private readonly result: HTMLElement;

  constructor(readonly order: Order, name: string, private readonly changed: () => void) {
    this.element.className = 'lane';
    element(this.element, 'h2', name);
    this.notice = element(this.element, 'p', '', 'notice');
    this.notice.setAttribute('role', 'alert');
    this.notice.hidden = true;
    const top = element(this.element, 'div', '', 'top');
    const seen = element(top, 'div');
    this.charts = element(top, 'div', '', 'charts');
    this.picture = element(seen, 'div', '', 'picture');
    this.words = element(seen, 'p', '', 'words');
    this.words.setAttribute('aria-hidden', 'true'); // it changes with each frame
    this.live = element(seen, 'p', '', 'heard');
    this.live.setAttribute('aria-live', 'polite');
    this.happened = element(seen, 'ul', '', 'happened');
    this.result = element(this.element, 'div', '', 'result');
    this.messages = this.makeMessages();
  }

  /** The same run on the command line. */
  get command(): string {
    const o = this.order;
    const measures = o.measures === 'none' ? '' : ` --measures ${o.measures}`;
    return `awai rehearse model.yaml --incident ${o.incident} --seed ${o.seed} --world ${o.world}${measures} --watch`;
  }

  private makeMessages(): HTMLTableSectionElement {
    const fold = element(this.element, 'details');
    element(fold, 'summary', text('What was sent, and what arrived', '送られた値と届いた値'));
    fold.addEventListener('toggle', () => { if (this.look && !this.look.head.is_still) this.drawMessages(this.look); });
    const table = element(element(fold, 'div', '', 'scroll'), 'table', '', 'signals');
    const heads = element(element(table, 'thead'), 'tr');
    for (const h of [text('Signal', '信号'), text('Sent', '送信'), text('Arrived', '受信'), text('Ago', '経過')]) {
      const cell = element(heads, 'th', h);
      cell.scope = 'col';
    }
    return element(table, 'tbody');
  }

  // ---- the stream

  private path(from: number, until: number | undefined, speed: number): string {
    const q = new URLSearchParams({
      incident: this.order.incident, measures: this.order.measures,
      seed: String(this.order.seed), world: String(this.order.world), from: decimal(from),
    });
    if (speed > 0) q.set('speed', decimal(speed));
    if (until !== undefined) q.set('until', decimal(until));
    return `/systems/${this.order.slug}/rehearse/stream?${q}`;
  }

  /** Goes on from where it is, to the end or a time. Resolves when the stream has ended. */
  async run(speed: number, until?: number): Promise<void> {
    if (this.isOver) return;
    const stop = new AbortController();
    this.stop?.abort();
    this.stop = stop;
    this.isRunning = true;
    this.notice.hidden = true;
    try {
      for await (const event of stream(this.path(this.t, until, speed), stop.signal)) {
        if (stop.signal.aborted) break;
        this.take(event);
      }
    } catch (error) {
      if (!stop.signal.aborted) this.tell(error);
    }
    if (this.stop === stop) {
      this.isRunning = false;
      this.changed();
    }
  }

  pause(): void {
    this.stop?.abort();
    this.isRunning = false;
  }

  /** Back to the beginning, or to a time, which the next run tells of. */
  reset(t = 0): void {
    this.pause();
    this.t = t;
    this.isOver = false;
    this.rows = [];
    this.marks = [];
    this.nSaid = 0;
    this.result.replaceChildren();
    this.happened.replaceChildren();
  }

  private tell(error: unknown): void {
    this.notice.hidden = false;
    this.notice.textContent = error instanceof Problem ? error.message : text('The server does not answer.', 'サーバーが応答しない。');
  }

  private take(event: Event): void {
    if (event.kind === 'begin') this.begin(event.data);
    if (event.kind === 'frame') this.frame(event.data);
    if (event.kind === 'end') this.end(event.data);
    if (event.kind === 'limit')
      this.tell(new Problem(0, text('The run was ended for its length; play goes on from here.', '時間の上限に達したため中断した。再生すると続きから始まる。'), null));
  }

  private begin(head: Head): void {
    const isFirst = !this.head;
    this.head = head;
    this.marks = []; // the first frame tells all of them again
    this.happened.replaceChildren();
    this.nSaid = 0;
    if (this.rows.length === 0) this.rows = head.past.map((row) => [...row]);
    if (isFirst) this.build(head);
    this.changed();
  }

  private build(head: Head): void {
    if (head.is_still) {
      element(this.picture, 'p', text('Nothing physical is run: ', '物理的な実行は無い: ') + said(head.incident.reason), 'still');
      return;
    }
    this.scene = scenes[head.twin]?.(head);
    if (this.scene) this.picture.append(this.scene.svg);
    this.curves = new Curves(head);
    this.charts.append(this.curves.element);
    for (const s of head.signals) {
      const row = element(this.messages, 'tr');
      element(row, 'th', said(s.about)).scope = 'row';
      for (let i = 0; i < 3; i++) element(row, 'td', '', 'number');
    }
  }

  private frame(frame: Frame): void {
    if (!this.head) return;
    const look = new Look(this.head, frame);
    this.look = look;
    this.t = frame.t;
    this.marks.push(...frame.marks);
    const row = [frame.t, ...this.head.shows.map((name) => look.get(name))];
    // before the first step the twin has no outputs
    if (frame.t > 0 && frame.t > (this.rows[this.rows.length - 1]?.[0] ?? -1)) this.rows.push(row);
    if (this.rows.length > mostRows) this.rows = this.rows.filter((_, i) => i % 2 === 0);
    if (!this.isDrawing) requestAnimationFrame(() => this.draw());
    this.isDrawing = true;
    this.changed();
  }

  private draw(): void {
    this.isDrawing = false;
    const look = this.look;
    if (!look || !this.head) return;
    this.drawMarks();
    if (this.head.is_still) return;
    if (look.t > 0) this.scene?.draw(look);
    this.curves?.draw(this.rows, this.marks, (name) => look.get(name));
    this.say(look);
    if (this.messages.closest('details')?.open) this.drawMessages(look);
  }

  /** The picture in words: for the eye at once, for the ear once in two seconds. */
  private say(look: Look): void {
    const words = `${clock(look.t)}: ${this.scene?.say(look) ?? ''}`;
    this.words.textContent = words;
    if (this.isRunning && !this.isOver && performance.now() - this.saidAt < 2000) return;
    this.saidAt = performance.now();
    this.live.textContent = words;
    this.scene?.svg.setAttribute('aria-label', words);
  }

  private drawMarks(): void {
    if (this.nSaid === this.marks.length) return;
    this.nSaid = this.marks.length;
    // several steps of an attack begin at one time: told once, with their number
    const told = new Map<string, { mark: Mark; n: number }>();
    for (const mark of [...this.marks].sort((a, b) => a.t - b.t)) {
      const what = mark.kind === 'response' && mark.about ? said(mark.about) : markNames[mark.kind].name;
      const words = `${clock(mark.t)} ${what}`;
      told.set(words, { mark, n: (told.get(words)?.n ?? 0) + 1 });
    }
    this.happened.replaceChildren();
    for (const [words, { mark, n }] of told) {
      const item = element(this.happened, 'li', '', mark.kind);
      element(item, 'b', markNames[mark.kind].letter);
      item.append(n > 1 ? ` ${words} (${n})` : ` ${words}`);
    }
  }

  private drawMessages(look: Look): void {
    for (const [i, s] of look.head.signals.entries()) {
      const [sent, seen, ago] = look.frame.signals[i] ?? [NaN, NaN, NaN];
      const row = this.messages.rows[i]!;
      row.className = s.is_command && sent !== 0 && Math.abs(sent - seen) > 1e-6 * Math.abs(sent) ? 'differs' : '';
      row.cells[1]!.textContent = amount(sent, s.unit);
      row.cells[2]!.textContent = amount(seen, s.unit);
      row.cells[3]!.textContent = ago >= 0 ? clock(ago) : '–';
    }
  }

  rescale(to: Scales): void {
    this.curves?.rescale(to);
    if (this.look) this.draw();
  }

  // ---- what came of it

  private end(result: Result): void {
    this.isOver = true;
    this.draw();
    this.live.textContent = text('The run has ended.', '試行が終了した。');
    this.result.replaceChildren();
    element(this.result, 'h3', text('What came of it', '結果'));
    if (result.wrong)
      element(this.result, 'p', text(`${result.wrong} became no number: the run ended there.`, `${result.wrong} が数値でなくなったため、試行を終えた。`), 'notice');
    const table = element(element(this.result, 'div', '', 'scroll'), 'table', '', 'levels');
    const heads = element(element(table, 'thead'), 'tr');
    for (const h of [text('Stakeholder', 'ステークホルダー'), text('Recovery', '回復困難性'), text('Economic', '経済的影響')])
      element(heads, 'th', h).scope = 'col';
    const body = element(table, 'tbody');
    for (const s of result.stakeholders) {
      const row = element(body, 'tr');
      element(row, 'th', said(s.name)).scope = 'row';
      this.putAxis(element(row, 'td'), s.recovery);
      this.putAxis(element(row, 'td'), s.economic);
    }
    this.putOutcomes(result);
  }

  private putAxis(cell: HTMLElement, axis: Axis | undefined): void {
    if (!axis) {
      element(cell, 'span', text('no rule measures it', '測る規則なし'), 'soft');
      return;
    }
    element(cell, 'span', said(axis.name), `level rank-${axis.rank}`);
    if (axis.declared) element(cell, 'span', ` ${text('declared', '申告')}: ${said(axis.declared)}`, 'soft');
    if (axis.rule) {
      const rule = axis.rule;
      const bound = flagOf(rule) ?? `${said(rule.about)}: ${amount(rule.value, rule.unit)} ≥ ${short(rule.from)}`;
      const by = rule.is_suggested ? text(' (suggested by the twin)', '(ツインの目安)') : '';
      element(cell, 'div', bound + by, 'rule');
      if (rule.because) element(cell, 'div', said(rule.because), 'soft');
    } else if (axis.rank > 0 && axis.money)
      element(cell, 'div', text(`by its cost, ${cost(axis)}`, `費用 ${cost(axis)} による`), 'rule');
  }

  private putOutcomes(result: Result): void {
    const fold = element(this.result, 'details');
    element(fold, 'summary', text('All outcomes', 'すべての結果'));
    const list = element(fold, 'dl', '', 'outcomes');
    for (const o of result.outcomes) {
      if (o.value === 0) continue;
      element(list, 'dt', flagOf(o) ?? said(o.about));
      element(list, 'dd', flagOf(o) ? text('yes', 'はい') : amount(o.value, o.unit));
    }
  }
}

/** "¥12B", "120億円": what an axis costs. */
function cost(axis: Axis): string {
  const style = axis.currency ? { style: 'currency', currency: axis.currency } as const : {};
  return new Intl.NumberFormat(lang, { notation: 'compact', maximumSignificantDigits: 3, ...style }).format(axis.money ?? 0);
}

/** As an address takes it: no exponent, at most 15 characters. */
function decimal(x: number): string {
  const whole = String(Math.floor(x)).length;
  return x.toFixed(Math.max(0, Math.min(6, 13 - whole))).replace(/\.?0+$/, '') || '0';
}
