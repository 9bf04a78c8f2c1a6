// SPDX-License-Identifier: Apache-2.0
// On every page: times, which are written in UTC, are told in the reader's own zone.
import { lang } from '../parts/page';

const format = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' });

for (const time of document.querySelectorAll('time')) {
  time.title = time.textContent ?? '';
  time.textContent = format.format(new Date(time.dateTime));
}
