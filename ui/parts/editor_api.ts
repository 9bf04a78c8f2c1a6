// SPDX-License-Identifier: Apache-2.0
// What the editor asks of the server about its text (/api/v1/editor), in the terms of the
// language server: lines and characters from 0, characters in units of UTF-16.
import type { Text } from '@codemirror/state';
import { ask } from './page';

export interface Place { line: number; character: number }
export interface Span { start: Place; end: Place }

export interface Finding {
  range: Span;
  severity: 1 | 2 | 3; // error, warning, note
  code: string;
  message: string;
}

export interface Symbol {
  name: string;
  detail?: string;
  range: Span;
  selectionRange: Span;
  children?: Symbol[];
}

export interface Markdown { kind: 'markdown'; value: string }
export interface Hover { contents: Markdown; range: Span }
export interface Location { uri: string; range: Span }

export interface Item {
  label: string;
  kind: number;
  detail?: string;
  documentation: Markdown;
  textEdit: { range: Span; newText: string };
}

export interface TextEdit { range: Span; newText: string }

/** A change of the model in one place; `value` is what JSON can say. */
export type Edit =
  | { set: string; value: unknown }
  | { add: string; id?: string; value: unknown }
  | { drop: string };

/** What a text says at a path: every word is a string. */
export type Value = string | Value[] | { [key: string]: Value } | null;

interface Answers {
  check: { diagnostics: Finding[]; symbols: Symbol[] };
  complete: { items: Item[]; isIncomplete: boolean };
  definition: Location | null;
  drawing: { svg: string | null; is_collapsed: boolean };
  edit: { text: string };
  format: TextEdit[];
  hover: Hover | null;
  references: Location[];
  rename: { changes: Record<string, TextEdit[]> };
  value: { value: Value };
}

export function question<Q extends keyof Answers>(
  what: Q, text: string, more: object = {},
): Promise<Answers[Q]> {
  return ask<Answers[Q]>(`/editor/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text, ...more }),
  });
}

/** Where a place is in a document; beyond its line, the end of the line. */
export function offsetOf(doc: Text, p: Place): number {
  const line = doc.line(Math.min(p.line + 1, doc.lines));
  return Math.min(line.from + p.character, line.to);
}

export function placeOf(doc: Text, at: number): Place {
  const line = doc.lineAt(at);
  return { line: line.number - 1, character: at - line.from };
}
