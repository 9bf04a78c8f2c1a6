// SPDX-License-Identifier: Apache-2.0
// Pages of accounts: each password can be shown while it is typed.
import { text } from '../parts/page';

for (const input of document.querySelectorAll<HTMLInputElement>('input[type=password]')) {
  const button = document.createElement('button');
  const show = (shown: boolean): void => {
    input.type = shown ? 'text' : 'password';
    button.textContent = shown ? text('Hide', '隠す') : text('Show', '表示');
    button.setAttribute('aria-pressed', String(shown));
  };
  button.type = 'button';
  button.className = 'show';
  button.setAttribute('aria-controls', input.id);
  button.addEventListener('click', () => show(input.type === 'password'));
  // what is sent is a password again, for the browser that offers to keep it
  input.form?.addEventListener('submit', () => show(false));
  show(false);
  input.after(button);
}
