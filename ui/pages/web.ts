// SPDX-License-Identifier: Apache-2.0
// On every page: times, which are written in UTC, are told in the reader's own zone; where
// the row of pages is wider than the screen, the one that is open is in sight.
import { lang } from '../parts/page';

const format = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' });

for (const time of document.querySelectorAll('time')) {
  time.title = time.textContent ?? '';
  time.textContent = format.format(new Date(time.dateTime));
}

const open = document.querySelector<HTMLElement>('.pages [aria-current]');
if (open?.parentElement) open.parentElement.scrollLeft = open.offsetLeft - innerWidth / 3;
