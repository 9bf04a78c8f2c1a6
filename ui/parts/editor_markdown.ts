// SPDX-License-Identifier: Apache-2.0
// The little Markdown that hover documentation is written in (src/lsp/describe.c):
// paragraphs, lists, **strong**, `code`, and escapes. Whatever else it says is text.

/** Appends a line's words. */
function inline(to: HTMLElement, text: string): void {
  const piece = /\*\*(.+?)\*\*|`([^`]+)`|\\([\\`*_{}[\]<>()#!|~&])/gs;
  let last = 0;
  for (const m of text.matchAll(piece)) {
    to.append(text.slice(last, m.index));
    if (m[3] !== undefined) to.append(m[3]);
    else {
      const element = document.createElement(m[1] !== undefined ? 'strong' : 'code');
      element.textContent = m[1] ?? m[2] ?? '';
      to.append(element);
    }
    last = m.index + m[0].length;
  }
  to.append(text.slice(last));
}

export function markdown(text: string): HTMLElement {
  const root = document.createElement('div');
  root.className = 'said';
  for (const block of text.split(/\n{2,}/)) {
    const lines = block.split('\n').filter((line) => line);
    const items = lines.filter((line) => line.startsWith('- '));
    const rest = lines.filter((line) => !line.startsWith('- '));
    if (rest.length) {
      const p = root.appendChild(document.createElement('p'));
      inline(p, rest.join('\n'));
    }
    if (items.length) {
      const list = root.appendChild(document.createElement('ul'));
      for (const item of items) inline(list.appendChild(document.createElement('li')), item.slice(2));
    }
  }
  return root;
}
