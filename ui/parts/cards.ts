// SPDX-License-Identifier: Apache-2.0
// Cards with a switch, in two groups: those switched on, and the rest. A card that is
// dragged into the other group is switched, and one that is switched moves there, so that
// both ways mean the same and no more.
//
// A mouse drags a card by any place, fingers and pens by its grip only: elsewhere they
// scroll, and a tap switches. Escape, or a drop elsewhere, leaves all as it was.

const still = matchMedia('(prefers-reduced-motion: reduce)');
const slack = 6; // px that a pointer may move and still click

interface Drag {
  card: HTMLElement;
  pointer: number;
  x: number; // where it began
  y: number;
  ghost?: HTMLElement; // once it has moved: what follows the pointer
}

export class Cards {
  private drag?: Drag;
  private wasDragged = false; // the click that ends a drag is none

  /** `switched` is told of a card that was dragged to the other group; `cancelled`, that
   * one was put down elsewhere. */
  constructor(
    private readonly form: HTMLFormElement,
    private readonly switched: (name: string) => void,
    private readonly cancelled: (name: string) => void,
  ) {
    form.addEventListener('pointerdown', (event) => this.onDown(event));
    form.addEventListener('click', (event) => this.onClick(event), true);
    form.addEventListener('dragstart', (event) => event.preventDefault());
    window.addEventListener('pointermove', (event) => this.onMove(event));
    window.addEventListener('pointerup', (event) => this.onUp(event));
    window.addEventListener('pointercancel', () => this.cancel());
    document.addEventListener('keydown', (event) => this.onKey(event), true);
  }

  boxes(within: ParentNode = this.form): HTMLInputElement[] {
    return [...within.querySelectorAll<HTMLInputElement>('.card input[type=checkbox]')];
  }

  /** What is switched on. */
  on(within: ParentNode = this.form): string[] {
    return this.boxes(within).filter((box) => box.checked).map((box) => box.value);
  }

  nameOf(value: string): string {
    const box = this.boxes().find((each) => each.value === value);
    return box?.closest('.card')?.querySelector('.name')?.textContent ?? value;
  }

  /** Switches just these on, and puts every card where it belongs. */
  set(values: string[]): void {
    const on = new Set(values);
    for (const box of this.boxes()) box.checked = on.has(box.value);
    this.settle();
  }

  /** Every card goes to the group of its switch; focus and page stay where they are. A
   * single one is seen to go, from where it was or from where a pointer had it. */
  settle(from?: DOMRect): void {
    const focused = document.activeElement as HTMLElement | null;
    const moved = this.boxes()
      .filter((box) => this.listOf(box.checked) !== cardOf(box).parentElement)
      .map(cardOf);
    const single = moved.length === 1 ? moved[0] : undefined;
    const start = from ?? single?.getBoundingClientRect();
    for (const card of moved) insert(this.listOf(boxOf(card).checked), card);
    for (const list of this.form.querySelectorAll('.cards'))
      list.parentElement!.querySelector('.count')!.textContent = String(list.children.length);
    if (single) reveal(single);
    if (focused && moved.some((card) => card.contains(focused))) focused.focus({ preventScroll: true });
    if (single) travel(single, start!);
  }

  private listOf(isOn: boolean): HTMLElement {
    return this.form.querySelector<HTMLElement>(`[data-zone=${isOn ? 'in' : 'out'}] .cards`)!;
  }

  // ---- pointer

  private onDown(event: PointerEvent): void {
    const at = event.target as Element;
    const card = at.closest<HTMLElement>('.card');
    this.wasDragged = false;
    if (!card || this.drag || event.button !== 0 || !event.isPrimary) return;
    if (event.pointerType !== 'mouse' && !at.closest('.grip')) return;
    this.drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY };
  }

  private onMove(event: PointerEvent): void {
    const drag = this.drag;
    if (drag?.pointer !== event.pointerId) return;
    const x = event.clientX - drag.x;
    const y = event.clientY - drag.y;
    if (!drag.ghost && Math.hypot(x, y) < slack) return;
    if (!drag.ghost) this.lift(drag);
    drag.ghost!.style.transform = `translate(${x}px, ${y}px)`;
    const over = this.zoneAt(event);
    for (const zone of this.form.querySelectorAll('.zone')) zone.classList.toggle('over', zone === over);
  }

  private onUp(event: PointerEvent): void {
    const drag = this.drag;
    if (drag?.pointer !== event.pointerId) return;
    const box = boxOf(drag.card);
    const zone = this.zoneAt(event);
    const wanted = zone ? zone.dataset['zone'] === 'in' : box.checked;
    if (!drag.ghost) {
      this.drag = undefined;
    } else if (wanted === box.checked) {
      this.cancel();
    } else {
      const from = drag.ghost.getBoundingClientRect();
      this.putDown();
      box.checked = wanted;
      this.settle(from);
      this.switched(box.value);
    }
  }

  /** A click that a drag ends in must not switch what was dragged; a key's is none. */
  private onClick(event: MouseEvent): void {
    if (!this.wasDragged || event.detail === 0) return;
    this.wasDragged = false;
    event.preventDefault();
    event.stopPropagation();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || !this.drag?.ghost) return;
    event.preventDefault();
    event.stopPropagation();
    this.cancel();
  }

  /** The group under the pointer. */
  private zoneAt(event: PointerEvent): HTMLElement | null {
    const at = document.elementFromPoint(event.clientX, event.clientY);
    return at?.closest<HTMLElement>('.zone') ?? null;
  }

  // ---- what is seen of it

  private lift(drag: Drag): void {
    drag.ghost = ghostOf(drag.card);
    drag.card.setPointerCapture(drag.pointer);
    drag.card.classList.add('lifted');
    this.form.classList.add('dragging');
  }

  private putDown(): void {
    if (this.drag?.ghost) this.wasDragged = true;
    this.drag?.ghost?.remove();
    this.drag?.card.classList.remove('lifted');
    this.form.classList.remove('dragging');
    for (const zone of this.form.querySelectorAll('.zone.over')) zone.classList.remove('over');
    this.drag = undefined;
  }

  private cancel(): void {
    const drag = this.drag;
    const from = drag?.ghost?.getBoundingClientRect();
    this.putDown();
    if (!drag || !from) return;
    travel(drag.card, from);
    this.cancelled(boxOf(drag.card).value);
  }
}

function cardOf(box: HTMLInputElement): HTMLElement {
  return box.closest<HTMLElement>('.card')!;
}

function boxOf(card: HTMLElement): HTMLInputElement {
  return card.querySelector<HTMLInputElement>('input')!;
}

/** Puts a card into a list, in the order in which the server gave them. */
function insert(list: HTMLElement, card: HTMLElement): void {
  const order = (each: Element): number => Number((each as HTMLElement).dataset['order']);
  const next = [...list.children].find((each) => order(each) > order(card));
  list.insertBefore(card, next ?? null);
}

/** Scrolls the group, and only it, to where a card is seen. */
function reveal(card: HTMLElement): void {
  const zone = card.closest<HTMLElement>('.zone')!;
  const head = zone.querySelector('h3')!.getBoundingClientRect().height;
  const view = zone.getBoundingClientRect();
  const place = card.getBoundingClientRect();
  if (place.top < view.top + head) zone.scrollTop += place.top - view.top - head;
  else if (place.bottom > view.bottom) zone.scrollTop += place.bottom - view.bottom;
}

/** Lets the eye follow a card to its place; who wants no motion sees it there at once. */
function travel(card: HTMLElement, from: DOMRect): void {
  const place = card.getBoundingClientRect();
  for (const other of document.querySelectorAll('.card.moved')) other.classList.remove('moved');
  card.classList.add('moved');
  if (still.matches) return;
  const ghost = ghostOf(card);
  const begin = `translate(${from.left - place.left}px, ${from.top - place.top}px)`;
  ghost
    .animate([{ transform: begin }, { transform: 'none', opacity: 0.6 }], { duration: 180, easing: 'ease-out' })
    .finished.finally(() => ghost.remove())
    .catch(() => undefined);
}

/** What is seen of a card on its way: a picture of it, in its place. */
function ghostOf(card: HTMLElement): HTMLElement {
  const { left, top, width, height } = card.getBoundingClientRect();
  const ghost = card.cloneNode(true) as HTMLElement;
  ghost.className = 'card ghost';
  ghost.inert = true;
  ghost.setAttribute('aria-hidden', 'true');
  for (const name of ['name', 'value']) boxOf(ghost).removeAttribute(name); // it is none of the form's
  const place = { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
  Object.assign(ghost.style, place);
  document.body.append(ghost);
  return ghost;
}
