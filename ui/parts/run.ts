// SPDX-License-Identifier: Apache-2.0
// A run as /rehearse/stream sends it (src/web/live.c): its events, and looking at them.
import { Problem, lang } from './page';

export interface Both { ja: string; en: string }
export interface Quantity { name: string; unit: string; about: Both | null }
export interface Mark { t: number; kind: 'attack' | 'refused' | 'seen' | 'response' | 'ended'; about?: Both }

export interface Head {
  incident: { id: string; name: Both; about: Both; reason: Both | null };
  measures: string[];
  seed: number;
  world: number;
  ends_s: number;
  speed: number;
  least: (number | null)[]; // of what is shown, in this run
  most: (number | null)[];
  past: number[][]; // time and what is shown, up to where the stream begins
  twin: string;
  title: Both;
  is_still: boolean;
  lasts_s: number;
  every_s: number;
  columns: Quantity[];
  shows: string[];
  limits: { variable: string; value: number; name: Both }[];
  signals: (Quantity & { is_command: boolean })[];
  parameters: Record<string, number>;
  chances: Record<string, number>;
  scene: Record<string, unknown>;
}

export interface Frame {
  t: number;
  values: (number | null)[];
  signals: [number, number, number][]; // sent, seen, s ago
  marks: Mark[];
  picture: Record<string, unknown>;
}

export interface Axis {
  rank: number;
  level: string;
  name: Both;
  declared?: Both;
  money?: number;
  currency?: string;
  rule?: Quantity & { value: number; from: number; is_suggested: boolean; because: Both | null };
}
export interface Result {
  t: number;
  outcomes: (Quantity & { value: number })[];
  stakeholders: { id: string; name: Both; recovery?: Axis; economic?: Axis }[];
  wrong?: string;
}

export type Event =
  | { kind: 'begin'; data: Head }
  | { kind: 'frame'; data: Frame }
  | { kind: 'end'; data: Result }
  | { kind: 'pause' | 'limit'; data: { t: number } };

/** A text in the language of the page. */
export function said(t: Both | null | undefined): string {
  return t ? t[lang] || t.en || t.ja : '';
}

function parse(block: string): Event | undefined {
  let kind = '';
  let data = '';
  for (const line of block.split('\n')) {
    if (line.startsWith('event: ')) kind = line.slice(7);
    if (line.startsWith('data: ')) data += line.slice(6);
  }
  return kind && data ? ({ kind, data: JSON.parse(data) } as Event) : undefined;
}

async function refuse(answer: Response): Promise<never> {
  const body = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new Problem(answer.status, body?.error?.message ?? answer.statusText, body);
}

/** The events of a stream until it ends or is aborted; throws a Problem if it is refused. */
export async function* stream(path: string, signal: AbortSignal): AsyncGenerator<Event> {
  const answer = await fetch(`/api/v1${path}`, { signal, headers: { 'Accept-Language': lang } });
  if (!answer.ok || !answer.body) return refuse(answer);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parse(block);
      if (event) yield event;
    }
  }
}

/** One moment of a run, by names. */
export class Look {
  private readonly at: Map<string, number>;
  constructor(readonly head: Head, readonly frame: Frame) {
    this.at = new Map(head.columns.map((c, i) => [c.name, i]));
  }
  get t(): number {
    return this.frame.t;
  }
  /** A variable, a parameter or a chance; NaN if there is none. */
  get(name: string): number {
    const i = this.at.get(name);
    if (i !== undefined) return this.frame.values[i] ?? NaN;
    return this.head.parameters[name] ?? this.head.chances[name] ?? NaN;
  }
  is(name: string): boolean {
    return this.get(name) > 0.5;
  }
  /** What was sent last and seen last of a signal, and s since it came. */
  signal(name: string): { sent: number; seen: number; ago: number } {
    const i = this.head.signals.findIndex((s) => s.name === name);
    const [sent, seen, ago] = this.frame.signals[i] ?? [NaN, NaN, NaN];
    return { sent, seen, ago };
  }
  /** Of the scenario's picture. */
  number(key: string): number {
    return Number(this.frame.picture[key]);
  }
  numbers(key: string): number[] {
    return (this.frame.picture[key] ?? []) as number[];
  }
  flag(key: string): boolean {
    return this.frame.picture[key] === true;
  }
}

/** Three digits, no exponent where it can be avoided. */
export function short(x: number): string {
  if (!Number.isFinite(x)) return '–';
  const size = Math.abs(x);
  if (size < 1e-9) return '0';
  if (size < 1e-3 || size >= 1e6) return x.toExponential(1);
  return String(Number(x.toPrecision(size >= 100 ? Math.ceil(Math.log10(size + 1)) : 3)));
}

/** What "1: it is so" says, of a quantity that is 0 or 1; undefined of any other. */
export function flagOf(q: Quantity): string | undefined {
  const about = said(q.about);
  return q.unit === '1' && about.startsWith('1: ') ? about.slice(3) : undefined;
}

const units: Record<string, string> = { '1': '', degC: '℃', 'm/s2': 'm/s²', m2: 'm²' };
export function unit(u: string): string {
  return units[u] ?? u;
}
export function amount(x: number, u: string): string {
  return unit(u) ? `${short(x)} ${unit(u)}` : short(x);
}
