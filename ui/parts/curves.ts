// SPDX-License-Identifier: Apache-2.0
// What is shown of a run over time: a curve a variable, with what happened when.
import { text } from './page';
import { type Head, type Mark, amount, said, short, unit } from './run';
import { add, set, share } from './svg';

const wide = 400;
const tall = 74;
const left = 44;

export interface Scales { ends_s: number; least: number[]; most: number[] }

/** The scales that hold what all runs come to. */
export function scales(heads: Head[]): Scales {
  const first = heads[0]!;
  const each = (key: 'least' | 'most', of: (...x: number[]) => number) =>
    first.shows.map((_, i) => of(...heads.map((h) => h[key][i] ?? NaN).filter(Number.isFinite)));
  return { ends_s: Math.max(1, ...heads.map((h) => h.ends_s)), least: each('least', Math.min), most: each('most', Math.max) };
}

export const marks: Record<Mark['kind'], { letter: string; name: string }> = {
  attack: { letter: 'A', name: text('attack begins', '攻撃の開始') },
  refused: { letter: '×', name: text('refused by a measure', '対策による拒否') },
  seen: { letter: '!', name: text('attack seen', '攻撃の検知') },
  response: { letter: 'R', name: text('people respond', '人の対応') },
  ended: { letter: 'E', name: text('attack ends', '攻撃の終了') },
};

/** "1:02:05", "2:05" or "12.3 s". */
export function clock(s: number): string {
  if (s === 0) return text('0 s', '0秒');
  if (s < 60) return text(`${s.toFixed(s < 10 ? 1 : 0)} s`, `${s.toFixed(s < 10 ? 1 : 0)}秒`);
  const two = (x: number) => String(Math.floor(x)).padStart(2, '0');
  const hours = Math.floor(s / 3600);
  return hours ? `${hours}:${two((s % 3600) / 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

export class Curves {
  readonly element = document.createElement('div');
  private readonly plots: { svg: SVGSVGElement; line: SVGPathElement; now: SVGTextElement; marks: SVGGElement; d: string }[] = [];
  private scale: Scales;

  constructor(private readonly head: Head) {
    this.scale = scales([head]);
    this.element.className = 'curves';
    for (const name of head.shows) this.plots.push(this.plot(name));
    this.rescale(this.scale);
  }

  private quantity(name: string) {
    return this.head.columns.find((c) => c.name === name);
  }

  private plot(name: string) {
    const q = this.quantity(name);
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    set(svg, { viewBox: `0 0 ${wide} ${tall + 34}`, class: 'curve', 'aria-hidden': 'true' });
    add(svg, 'text', { x: 2, y: 12, class: 'name' }, `${said(q?.about)}${unit(q?.unit ?? '1') ? ` (${unit(q?.unit ?? '1')})` : ''}`);
    const now = add(svg, 'text', { x: wide - 2, y: 12, class: 'end strong' });
    add(svg, 'g', { class: 'axes' });
    const happened = add(svg, 'g', { class: 'marks' });
    const line = add(svg, 'path', { class: 'line' });
    this.element.append(svg);
    return { svg, line, now, marks: happened, d: '' };
  }

  private x(t: number): number {
    return left + (wide - left - 6) * share(t, 0, this.scale.ends_s);
  }
  /** Of a variable that covers powers of ten, those; else even. */
  private isLog(i: number): boolean {
    const least = this.scale.least[i]!;
    return least >= 0 && this.head.shows[i] === 'damage' && this.scale.most[i]! > 100;
  }
  private y(i: number, v: number): number {
    const [least, most] = [this.scale.least[i]!, this.scale.most[i]!];
    const at = this.isLog(i) ? share(Math.log10(Math.max(v, 0.01)), -2, Math.log10(most)) : share(v, least, most);
    return 20 + tall * (1 - at);
  }

  /** Draws the axes anew, for the same scales as another run has. */
  rescale(to: Scales): void {
    this.scale = to;
    for (const [i, plot] of this.plots.entries()) {
      const axes = plot.svg.querySelector('.axes')!;
      axes.replaceChildren();
      const low = this.isLog(i) ? 0.01 : to.least[i]!;
      for (const value of new Set([low, to.most[i]!])) {
        add(axes, 'path', { d: `M${left} ${this.y(i, value)} H${wide - 6}`, class: 'grid' });
        add(axes, 'text', { x: left - 4, y: this.y(i, value) + 4, class: 'end tick' }, short(!this.isLog(i) && Math.abs(value) < 1e-3 * (to.most[i]! - low) ? 0 : value));
      }
      for (const [k, limit] of this.head.limits.filter((l) => l.variable === this.head.shows[i]).entries()) {
        if (!(limit.value >= low && limit.value <= to.most[i]!)) continue;
        add(axes, 'path', { d: `M${left} ${this.y(i, limit.value)} H${wide - 6}`, class: 'limit' });
        const at = k % 2 ? { x: wide - 8, class: 'end tick' } : { x: left + 8, class: 'tick' }; // apart from its neighbour
        add(axes, 'text', { ...at, y: this.y(i, limit.value) - 3 }, said(limit.name));
      }
      for (const part of [0, 0.5, 1])
        add(axes, 'text', { x: this.x(part * to.ends_s), y: tall + 33, class: part === 0 ? 'tick' : part === 1 ? 'end tick' : 'middle tick' }, clock(part * to.ends_s));
      plot.d = '';
      delete plot.marks.dataset['n'];
    }
  }

  /** All rows (time and values) and marks so far. */
  draw(rows: number[][], happened: Mark[], current: (name: string) => number): void {
    for (const [i, plot] of this.plots.entries()) {
      plot.d = '';
      for (const row of rows) plot.d += `${plot.d ? 'L' : 'M'}${this.x(row[0]!).toFixed(1)} ${this.y(i, row[i + 1]!).toFixed(1)}`;
      set(plot.line, { d: plot.d });
      const name = this.head.shows[i]!;
      plot.now.textContent = amount(current(name), this.quantity(name)?.unit ?? '1');
      this.drawMarks(plot.marks, happened);
    }
  }

  private drawMarks(group: SVGGElement, happened: Mark[]): void {
    if (group.dataset['n'] === String(happened.length)) return;
    group.dataset['n'] = String(happened.length);
    group.replaceChildren();
    const drawn: { x: number; letter: string }[] = []; // letters at one place stand below each other
    for (const mark of happened) {
      const x = this.x(mark.t);
      const { letter } = marks[mark.kind];
      const near = drawn.filter((d) => Math.abs(d.x - x) < 8);
      if (mark.t > this.scale.ends_s || near.some((d) => d.letter === letter)) continue;
      add(group, 'path', { d: `M${x} 16 V${20 + tall}`, class: `mark ${mark.kind}` });
      add(group, 'text', { x: x + 2, y: 25 + 9 * near.length, class: `letter ${mark.kind}` }, letter);
      drawn.push({ x, letter });
    }
  }
}
