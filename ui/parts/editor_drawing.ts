// SPDX-License-Identifier: Apache-2.0
// The server's drawing of the system, alive: what is pointed at is told, what the cursor
// is in is marked; one tab stop, within which the arrow keys go from thing to thing; a line
// drawn from one component to another asks for a flow, a component drawn into another zone
// asks to be moved there, and anywhere else to stand there. What such wishes mean to the
// text is the page's business.
import { text } from './page';

export interface Target { section: string; id: string }

export interface Spot { x: number; y: number }

export interface Wishes {
  /** Pointed at, or gone to by keyboard. */
  chosen(target: Target): void;
  /** The text of it is wanted: Enter, or a double click. */
  opened(target: Target): void;
  connect(from: string, to: string): void;
  move(component: string, zone: string): void;
  /** It is to stand there, as positions are counted. */
  place(component: string, at: Spot): void;
  change(target: Target): void;
  remove(target: Target): void;
}

const svgSpace = 'http://www.w3.org/2000/svg';
const kinds: Record<string, string> = {
  components: text('component', '機器'),
  flows: text('flow', 'フロー'),
  zones: text('zone', 'ゾーン'),
};

/** What an element of the drawing stands for: of a line of several flows, the first. */
function targetOf(element: Element | null): Target | undefined {
  const data = (element?.closest('[data-component],[data-flow],[data-flows],[data-zone]') as SVGElement | null)?.dataset;
  if (!data) return undefined;
  if (data.component) return { section: 'components', id: data.component };
  if (data.zone) return { section: 'zones', id: data.zone };
  const flow = data.flow ?? data.flows?.split(' ')[0];
  return flow ? { section: 'flows', id: flow } : undefined;
}

function selectorOf(target: Target): string {
  const id = CSS.escape(target.id);
  if (target.section === 'components') return `[data-component="${id}"]`;
  if (target.section === 'zones') return `[data-zone="${id}"]`;
  return target.section === 'flows' ? `[data-flows~="${id}"]` : '';
}

function centre(element: Element): { x: number; y: number } {
  const r = element.getBoundingClientRect();
  return { x: r.left + r.width / 2, y: r.top + r.height / 2 };
}

/** A button that is held down, and what was under it. */
interface Press {
  target: Target | undefined;
  x: number;
  y: number;
  left: number; // how far the pane was scrolled
  top: number;
  isMoving: boolean;
  line?: SVGLineElement; // drawn from a component
}

const slack = 6; // px that a pointer may move and still click
const lattice = 10; // px of a drawing on which boxes stand

export class Drawing {
  private svg?: SVGSVGElement;
  private items: SVGElement[] = [];
  private current?: Target;
  private scale = 0; // 0: as wide as the pane
  private press?: Press;
  private hasMoved = false; // what comes next is no click
  private ghost?: SVGRectElement; // of a box, where it would stand
  private nudged?: { id: string; at: Spot; timer: number };

  constructor(private readonly pane: HTMLElement, private readonly wishes: Wishes) {
    pane.addEventListener('keydown', (event) => this.onKey(event));
    pane.addEventListener('pointerdown', (event) => this.onDown(event));
    pane.addEventListener('pointermove', (event) => this.onMove(event));
    pane.addEventListener('pointerup', (event) => this.onUp(event));
    pane.addEventListener('pointercancel', () => this.release());
    pane.addEventListener('click', (event) => {
      const target = targetOf(event.target as Element);
      if (target && !this.hasMoved) this.choose(target);
      this.hasMoved = false;
    });
    pane.addEventListener('dblclick', (event) => {
      const target = targetOf(event.target as Element);
      if (target) wishes.opened(target);
    });
    pane.addEventListener('wheel', (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15);
    }, { passive: false });
  }

  // ---- showing

  show(source: string): void {
    const made = new DOMParser().parseFromString(source, 'image/svg+xml').documentElement;
    const svg: Node = document.importNode(made, true);
    if (!(svg instanceof SVGSVGElement)) throw new Error('the drawing is no SVG');
    const hadFocus = this.pane.contains(document.activeElement);
    this.ghost = undefined;
    svg.setAttribute('role', 'group');
    svg.setAttribute('aria-label', svg.querySelector('title')?.textContent ?? '');
    svg.querySelector('title')?.remove();
    this.pane.replaceChildren(svg);
    this.svg = svg;
    this.prepare(svg);
    this.size();
    this.mark(this.current);
    if (hadFocus) this.itemOf(this.current)?.focus({ preventScroll: true });
  }

  /** Gives everything that can be gone to a name, and lines a width that can be met. */
  private prepare(svg: SVGSVGElement): void {
    this.items = [...svg.querySelectorAll<SVGElement>('[data-zone],[data-component],[data-flows]')];
    for (const item of this.items) {
      const target = targetOf(item);
      if (!target) continue;
      const label = item.dataset.flows ? svg.querySelector(`[data-flow="${CSS.escape(target.id)}"]`) : item;
      const name = label?.querySelector('title')?.textContent || target.id;
      item.setAttribute('role', 'button');
      item.setAttribute('aria-label', `${kinds[target.section]}: ${name}`);
      item.setAttribute('tabindex', '-1');
      if (item.dataset.flows) this.widen(item);
    }
    this.items[0]?.setAttribute('tabindex', '0');
  }

  private widen(line: SVGElement): void {
    const paths = [...line.querySelectorAll('path')];
    const longest = paths[paths.length - 1];
    if (!longest) return;
    const wide = longest.cloneNode() as SVGPathElement;
    wide.setAttribute('class', 'reach');
    for (const name of ['stroke', 'stroke-width', 'stroke-dasharray', 'fill']) wide.removeAttribute(name);
    line.append(wide);
  }

  private itemOf(target: Target | undefined): SVGElement | null {
    const selector = target ? selectorOf(target) : '';
    return selector && this.svg ? this.svg.querySelector<SVGElement>(selector) : null;
  }

  mark(target: Target | undefined): void {
    this.current = target;
    for (const old of this.pane.querySelectorAll('.here')) old.classList.remove('here');
    const item = this.itemOf(target);
    for (const i of this.items) i.setAttribute('tabindex', '-1');
    (item ?? this.items[0])?.setAttribute('tabindex', '0');
    if (!item || !target) return;
    item.classList.add('here');
    const first = item.dataset.flows?.split(' ')[0];
    if (first) this.svg?.querySelector(`[data-flow="${CSS.escape(first)}"]`)?.classList.add('here');
    this.bringIntoView(item);
  }

  private bringIntoView(item: Element): void {
    const a = item.getBoundingClientRect(), b = this.pane.getBoundingClientRect();
    if (a.width > b.width || a.height > b.height) return;
    if (a.left < b.left || a.right > b.right) this.pane.scrollLeft += a.left + a.width / 2 - b.left - b.width / 2;
    if (a.top < b.top || a.bottom > b.bottom) this.pane.scrollTop += a.top + a.height / 2 - b.top - b.height / 2;
  }

  // ---- size

  private get natural(): { width: number; height: number } {
    const box = this.svg?.viewBox.baseVal;
    return { width: box?.width || 1, height: box?.height || 1 };
  }

  private get shown(): number {
    return this.scale || Math.min(1.25, this.pane.clientWidth / this.natural.width);
  }

  private size(): void {
    if (!this.svg) return;
    this.svg.style.width = `${Math.round(this.natural.width * this.shown)}px`;
  }

  zoom(by: number): void {
    const before = this.shown;
    this.scale = Math.min(4, Math.max(0.2, before * by));
    const ratio = this.scale / before, pane = this.pane;
    const x = pane.scrollLeft + pane.clientWidth / 2, y = pane.scrollTop + pane.clientHeight / 2;
    this.size();
    pane.scrollLeft = x * ratio - pane.clientWidth / 2;
    pane.scrollTop = y * ratio - pane.clientHeight / 2;
  }

  /** All of it in sight; asked again, as wide as the pane. */
  fit(): void {
    const whole = Math.min(this.pane.clientWidth / this.natural.width, this.pane.clientHeight / this.natural.height);
    this.scale = Math.abs(this.scale - whole) < 0.01 ? 0 : whole;
    this.size();
  }

  resized(): void {
    if (this.scale === 0) this.size();
  }

  // ---- keyboard

  private onKey(event: KeyboardEvent): void {
    const target = targetOf(event.target as Element);
    const arrows: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
    };
    const arrow = arrows[event.key];
    if (event.ctrlKey || event.metaKey) return;
    if (event.altKey && arrow && target?.section === 'components') {
      this.nudge(target.id, arrow[0] * 2 * lattice, arrow[1] * 2 * lattice);
      event.preventDefault();
    }
    if (event.altKey) return;
    if (arrow && event.shiftKey) this.pane.scrollBy(arrow[0] * 60, arrow[1] * 60);
    else if (arrow) this.step(event.target as Element, arrow[0], arrow[1]);
    else if (event.key === '+') this.zoom(1.25);
    else if (event.key === '-') this.zoom(0.8);
    else if (event.key === '0') this.fit();
    else if (!target) return;
    else if (event.key === 'Enter' || event.key === ' ') this.wishes.opened(target);
    else if (event.key === 'Delete') this.wishes.remove(target);
    else if (event.key === 'F2') this.wishes.change(target);
    else return;
    event.preventDefault();
  }

  /** To the nearest thing in a direction. */
  private step(from: Element, dx: number, dy: number): void {
    const here = this.items.includes(from as SVGElement) ? centre(from) : { x: 0, y: 0 };
    let best: SVGElement | undefined, least = Infinity;
    for (const item of this.items) {
      if (item === from) continue;
      const at = centre(item);
      const along = (at.x - here.x) * dx + (at.y - here.y) * dy;
      const across = Math.abs((at.x - here.x) * dy) + Math.abs((at.y - here.y) * dx);
      const distance = along + 2.5 * across;
      if (along > 1 && distance < least) [best, least] = [item, distance];
    }
    const target = targetOf(best ?? null);
    if (!best || !target) return;
    best.focus({ preventScroll: true });
    this.wishes.chosen(target);
  }

  // ---- places

  /** Where all boxes stand, as positions are counted. */
  places(): Map<string, Spot> {
    const [left = 0, top = 0] = this.svg?.querySelector<SVGElement>('[data-origin]')?.dataset.origin?.split(' ').map(Number) ?? [];
    const spots = new Map<string, Spot>();
    for (const item of this.items) {
      const id = item.dataset.component, box = item.querySelector('rect');
      if (id && box) spots.set(id, { x: box.x.baseVal.value - left, y: box.y.baseVal.value - top });
    }
    return spots;
  }

  /** Where a box would stand that is moved so far, on the lattice. */
  private placeOf(id: string, dx: number, dy: number): Spot {
    const from = this.places().get(id) ?? { x: 0, y: 0 };
    const onLattice = (v: number) => Math.round(v / lattice) * lattice;
    return { x: onLattice(from.x + dx), y: onLattice(from.y + dy) };
  }

  private hideGhost(): void {
    this.ghost?.remove();
    this.ghost = undefined;
  }

  private showGhost(id: string, at: Spot): void {
    const box = this.itemOf({ section: 'components', id })?.querySelector('rect');
    const from = this.places().get(id);
    if (!box || !from) return;
    if (!this.ghost) {
      this.ghost = document.createElementNS(svgSpace, 'rect') as SVGRectElement;
      this.ghost.setAttribute('class', 'wish ghost');
      for (const name of ['width', 'height', 'rx']) this.ghost.setAttribute(name, box.getAttribute(name) ?? '0');
      this.svg?.append(this.ghost);
    }
    this.ghost.setAttribute('x', String(box.x.baseVal.value + at.x - from.x));
    this.ghost.setAttribute('y', String(box.y.baseVal.value + at.y - from.y));
  }

  /** By keyboard: several presses soon after each other are one wish. */
  private nudge(id: string, dx: number, dy: number): void {
    window.clearTimeout(this.nudged?.timer);
    const was = this.nudged?.id === id ? this.nudged.at : this.placeOf(id, 0, 0);
    const at = { x: was.x + dx, y: was.y + dy };
    this.showGhost(id, at);
    const timer = window.setTimeout(() => {
      this.nudged = undefined;
      this.wishes.place(id, at);
    }, 400);
    this.nudged = { id, at, timer };
  }

  // ---- pointer

  // A finger scrolls the pane, as everywhere; flows and moves are forms for it.
  private onDown(event: PointerEvent): void {
    this.hasMoved = false;
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const { scrollLeft: left, scrollTop: top } = this.pane;
    const target = targetOf(event.target as Element);
    this.press = { target, x: event.clientX, y: event.clientY, left, top, isMoving: false };
  }

  /** Asked for a line again, the next of its flows. */
  private choose(target: Target): void {
    const flows = this.itemOf(target)?.dataset.flows?.split(' ') ?? [];
    const i = this.current?.section === 'flows' ? flows.indexOf(this.current.id) : -1;
    const next = i >= 0 ? flows[(i + 1) % flows.length] : undefined;
    const chosen = next ? { section: 'flows', id: next } : target;
    this.wishes.chosen(chosen);
    this.itemOf(chosen)?.focus({ preventScroll: true });
  }

  private toDrawing(x: number, y: number): DOMPoint {
    return new DOMPoint(x, y).matrixTransform(this.svg?.getScreenCTM()?.inverse());
  }

  private onMove(event: PointerEvent): void {
    const press = this.press;
    if (!press) return;
    if (!press.isMoving && Math.hypot(event.clientX - press.x, event.clientY - press.y) < slack) return;
    if (!press.isMoving) this.pane.setPointerCapture(event.pointerId);
    press.isMoving = this.hasMoved = true;
    if (press.target?.section === 'components') this.stretch(press, event);
    else {
      this.pane.scrollLeft = press.left - (event.clientX - press.x);
      this.pane.scrollTop = press.top - (event.clientY - press.y);
    }
  }

  /** The line from a component to the pointer. */
  private stretch(press: Press, event: PointerEvent): void {
    if (!press.line) {
      press.line = document.createElementNS(svgSpace, 'line') as SVGLineElement;
      press.line.setAttribute('class', 'wish');
      this.svg?.append(press.line);
    }
    const a = this.toDrawing(press.x, press.y), b = this.toDrawing(event.clientX, event.clientY);
    const ends = { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
    for (const [name, value] of Object.entries(ends)) press.line.setAttribute(name, value.toFixed(1));
    const goal = this.goal(event), id = press.target?.id ?? '';
    press.line.style.display = goal ? '' : 'none';
    this.markGoal(goal);
    if (goal) this.hideGhost();
    else this.showGhost(id, this.placeOf(id, b.x - a.x, b.y - a.y));
  }

  /** The zone that a component stands in: the smallest around its box. */
  private zoneAround(id: string): string | undefined {
    const item = this.itemOf({ section: 'components', id });
    if (!item) return undefined;
    const at = centre(item.querySelector('rect') ?? item);
    let best: string | undefined, least = Infinity;
    for (const zone of this.svg?.querySelectorAll<SVGElement>('[data-zone]') ?? []) {
      const r = zone.getBoundingClientRect();
      if (at.x < r.left || at.x > r.right || at.y < r.top || at.y > r.bottom || r.width * r.height >= least) continue;
      [best, least] = [zone.dataset.zone, r.width * r.height];
    }
    return best;
  }

  /** The component or zone under the pointer, other than where it comes from; with Shift
   *  none: the box is only to stand there. */
  private goal(event: PointerEvent): Target | undefined {
    const from = this.press?.target?.id ?? '';
    if (event.shiftKey) return undefined;
    for (const element of document.elementsFromPoint(event.clientX, event.clientY)) {
      const target = targetOf(element);
      if (target?.section === 'components' && target.id === from) return undefined;
      if (target?.section === 'zones' && target.id === this.zoneAround(from)) return undefined;
      if (target && target.section !== 'flows') return target;
    }
    return undefined;
  }

  private markGoal(goal: Target | undefined): void {
    for (const old of this.pane.querySelectorAll('.goal')) old.classList.remove('goal');
    this.itemOf(goal)?.classList.add('goal');
  }

  private onUp(event: PointerEvent): void {
    const press = this.press;
    const goal = press?.line ? this.goal(event) : undefined;
    this.release();
    if (!press?.target || !press.line) return;
    const a = this.toDrawing(press.x, press.y), b = this.toDrawing(event.clientX, event.clientY);
    if (!goal) this.wishes.place(press.target.id, this.placeOf(press.target.id, b.x - a.x, b.y - a.y));
    else if (goal.section === 'components') this.wishes.connect(press.target.id, goal.id);
    else this.wishes.move(press.target.id, goal.id);
  }

  private release(): void {
    this.press?.line?.remove();
    this.press = undefined;
    this.hideGhost();
    this.markGoal(undefined);
  }
}
