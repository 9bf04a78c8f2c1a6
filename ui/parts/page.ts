// SPDX-License-Identifier: Apache-2.0
// What all pages of ui/pages/ need of the page they are in and of the API.

/** The language of the page: a text is given in both. */
export const lang: 'ja' | 'en' = document.documentElement.lang === 'ja' ? 'ja' : 'en';

/** The text of the page's language. */
export function text(en: string, ja: string): string {
  return lang === 'ja' ? ja : en;
}

/** The first element of a selector, which the page's author promises is there. */
export function need<E extends Element>(selector: string, within: ParentNode = document): E {
  const found = within.querySelector<E>(selector);
  if (!found) throw new Error(`no ${selector} in the page`);
  return found;
}

/** A problem that the API told: its message is in the language of the page. */
export class Problem extends Error {
  constructor(readonly status: number, message: string, readonly body: unknown) {
    super(message);
  }
}

/** JSON of /api/v1 and below; throws a Problem for any status but 2xx. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('Accept-Language', lang);
  const answer = await fetch(`/api/v1${path}`, { ...init, headers });
  const body: unknown = await answer.json().catch(() => null);
  if (answer.ok) return body as T;
  throw new Problem(answer.status, messageOf(body) ?? answer.statusText, body);
}

function messageOf(body: unknown): string | undefined {
  const error = (body as { error?: { message?: unknown } } | null)?.error;
  return typeof error?.message === 'string' ? error.message : undefined;
}
