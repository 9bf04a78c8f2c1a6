// SPDX-License-Identifier: Apache-2.0
// What helps on the pages of a system, which all work without it: requirements that are
// shown can be ticked all at once, and it is told how many are.
import { text } from '../parts/page';

function tickAll(boxes: HTMLInputElement[], head: HTMLElement): void {
  const all = document.createElement('input');
  all.type = 'checkbox';
  all.setAttribute('aria-label', text('tick all that are shown', '表示中の要件をすべて選択'));
  const told = document.createElement('span');
  told.className = 'soft';
  told.setAttribute('role', 'status');
  const tell = (): void => {
    const n = boxes.filter((box) => box.checked).length;
    told.textContent = n ? ` ${n}` : '';
    all.checked = n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  };
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener('change', tell);
  head.append(document.createElement('br'), all, told);
  tell();
}

const boxes = [...document.querySelectorAll<HTMLInputElement>('input[name=adopt]')];
const head = boxes[0]?.closest('table')?.querySelector<HTMLElement>('thead th');
if (head) tickAll(boxes, head);
