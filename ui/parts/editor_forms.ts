// SPDX-License-Identifier: Apache-2.0
// Forms over the page: a dialog with fields, and the forms for components, flows and
// incidents. A form asks; what it was told becomes edits of the text.
import type { Edit, Value } from './editor_api';
import { question } from './editor_api';
import type { Part } from './editor_code';
import { text } from './page';

export interface Choice { value: string; label: string }

export interface Field {
  kind: 'text' | 'choice' | 'many' | 'note' | 'check';
  name: string;
  label: string;
  value?: string | string[];
  choices?: Choice[];
  required?: boolean;
  hint?: string;
  /** Of a text: what it becomes while nobody has typed into it. */
  follows?: (form: HTMLFormElement) => string;
}

// ---- one dialog

let count = 0;

function element<K extends keyof HTMLElementTagNameMap>(
  name: K, attributes: Record<string, string> = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function choiceOf(field: Field): HTMLSelectElement {
  const select = element('select', { id: `f-${field.name}`, name: field.name });
  select.required = Boolean(field.required);
  if (!field.required || !field.value) select.append(new Option('', ''));
  for (const c of field.choices ?? []) select.append(new Option(c.label, c.value, false, c.value === field.value));
  return select;
}

function manyOf(field: Field): HTMLElement {
  const box = element('fieldset', { class: 'many' }, element('legend', {}, field.label));
  for (const c of field.choices ?? []) {
    const input = element('input', { type: 'checkbox', name: field.name, value: c.value });
    input.checked = field.value?.includes(c.value) ?? false;
    box.append(element('label', {}, input, ` ${c.label}`));
  }
  return box;
}

function textOf(field: Field, form: HTMLFormElement): HTMLInputElement {
  const input = element('input', { id: `f-${field.name}`, name: field.name, autocomplete: 'off' });
  input.value = String(field.value ?? '');
  input.required = Boolean(field.required);
  if (field.name === 'id') input.pattern = '[A-Za-z0-9_][A-Za-z0-9_\\-]{0,63}';
  let isOwn = input.value !== '';
  input.addEventListener('input', () => { isOwn = input.value !== ''; });
  if (field.follows)
    form.addEventListener('input', (event) => {
      if (!isOwn && event.target !== input) input.value = field.follows?.(form) ?? '';
    });
  return input;
}

function rowOf(field: Field, form: HTMLFormElement): Node[] {
  if (field.kind === 'note') return [element('p', {}, field.label)];
  if (field.kind === 'many') return field.choices?.length ? [manyOf(field)] : [];
  if (field.kind === 'check') {
    const input = element('input', { type: 'checkbox', name: field.name, value: 'yes' });
    input.checked = field.value === 'yes';
    return [element('label', { class: 'check' }, input, ` ${field.label}`)];
  }
  const control = field.kind === 'choice' ? choiceOf(field) : textOf(field, form);
  const label = element('label', { for: `f-${field.name}` }, field.label);
  if (field.required) label.append(element('span', { class: 'soft' }, text(' (required)', '(必須)')));
  const row: Node[] = [label, control];
  if (field.hint) {
    const hint = element('p', { id: `f-${field.name}-hint`, class: 'soft' }, field.hint);
    control.setAttribute('aria-describedby', hint.id);
    row.push(hint);
  }
  return row;
}

/** Asks; `act` may refuse by throwing, and the form then says why and stays. */
export function openForm(
  title: string, fields: Field[], action: string, act: (values: FormData) => Promise<void>,
): void {
  const heading = `form-${++count}`;
  const dialog = element('dialog', { class: 'form', 'aria-labelledby': heading });
  const form = element('form', { method: 'dialog' });
  const alert = element('p', { class: 'notice', role: 'alert' });
  const cancel = element('button', { type: 'button', class: 'plain' }, text('Cancel', '取消'));
  alert.hidden = true;
  form.append(element('h2', { id: heading }, title), alert, ...fields.flatMap((field) => rowOf(field, form)),
    element('p', { class: 'acts' }, element('button', { type: 'submit' }, action), cancel));
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act(new FormData(form)).then(() => dialog.close(), (error: unknown) => {
      alert.textContent = error instanceof Error ? error.message : String(error);
      alert.hidden = false;
    });
  });
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  form.dispatchEvent(new Event('input', { bubbles: true })); // what follows another field begins with it
}

// ---- what there is to choose from

const asked = new Map<string, Promise<Choice[]>>();

/** What may stand in the last line of a piece of a model: what completion offers there. */
export function choicesFor(piece: string): Promise<Choice[]> {
  const lines = piece.split('\n');
  const position = { line: lines.length - 1, character: lines[lines.length - 1]?.length ?? 0 };
  const known = asked.get(piece) ?? question('complete', piece, { position }).then((answer) =>
    answer.items.map((item) => ({
      value: item.label, label: item.detail ? `${item.detail} (${item.label})` : item.label,
    })));
  asked.set(piece, known);
  known.catch(() => asked.delete(piece));
  return known;
}

export function choicesOf(parts: Part[], ...sections: string[]): Choice[] {
  return parts.filter((part) => sections.includes(part.section)).map((part) => ({
    value: part.id, label: part.name === part.id ? part.id : `${part.name} (${part.id})`,
  }));
}

// ---- values

const value = (values: FormData, name: string) => String(values.get(name) ?? '').trim();

/** A text in the languages that it was given in; undefined if in none. */
function bilingual(values: FormData, name: string): Record<string, string> | undefined {
  const en = value(values, `${name}-en`), ja = value(values, `${name}-ja`);
  if (!en && !ja) return undefined;
  return { ...(en && { en }), ...(ja && { ja }) };
}

function textIn(v: Value | undefined, key: 'en' | 'ja'): string {
  if (v && typeof v === 'object' && !Array.isArray(v)) return String(v[key] ?? '');
  return key === text('en', 'ja') && typeof v === 'string' ? v : '';
}

function nameFields(now: Value | undefined, required: boolean): Field[] {
  const own = text('en', 'ja');
  const both: Field[] = [
    { kind: 'text', name: 'name-en', label: text('Name in English', '名称(英語)'), value: textIn(now, 'en') },
    { kind: 'text', name: 'name-ja', label: text('Name in Japanese', '名称(日本語)'), value: textIn(now, 'ja') },
  ];
  if (own === 'ja') both.reverse();
  if (both[0] && required) both[0].required = true;
  return both;
}

/** An identifier made of words, and of a number where it is taken. */
export function idFrom(words: string, parts: Part[]): string {
  const stem = words.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40);
  const taken = new Set(parts.map((part) => part.id));
  if (!stem || !taken.has(stem)) return stem;
  let n = 2;
  while (taken.has(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}

const field = (form: HTMLFormElement, name: string): string =>
  (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null)?.value ?? '';

function idField(follows: (form: HTMLFormElement) => string): Field {
  return {
    kind: 'text', name: 'id', label: text('Identifier', '識別子'), required: true, follows,
    hint: text('Letters, digits, - and _. It stands in the text and stays when the name changes.',
      '英数字、-、_。文書中で使い、名称が変わっても変わらない。'),
  };
}

/** What the forms need of the page. */
export interface Desk {
  parts: Part[];
  /** Carries edits out and goes to what was added; throws with the reason if it cannot be done. */
  edit(edits: Edit[], goTo?: { section: string; id: string }): Promise<void>;
  /** What the text says of an entry. */
  read(path: string): Promise<Record<string, Value>>;
}

async function componentFields(desk: Desk, now: Record<string, Value>): Promise<Field[]> {
  const kinds = await choicesFor('components:\n  x:\n    kind: ');
  return [
    { kind: 'choice', name: 'kind', label: text('Kind', '種別'), choices: kinds, value: String(now['kind'] ?? ''), required: true },
    { kind: 'choice', name: 'zone', label: text('Zone', 'ゾーン'), choices: choicesOf(desk.parts, 'zones'),
      value: String(now['zone'] ?? ''), required: true },
    { kind: 'choice', name: 'owner', label: text('Owner', '所有者'), choices: choicesOf(desk.parts, 'stakeholders'),
      value: String(now['owner'] ?? '') },
  ];
}

export async function addComponent(desk: Desk, zone = ''): Promise<void> {
  const fields = [
    ...nameFields(undefined, true),
    idField((form) => idFrom(field(form, 'name-en') || field(form, 'kind'), desk.parts)),
    ...await componentFields(desk, { zone }),
  ];
  openForm(text('Add a component', '機器を追加'), fields, text('Add', '追加'), async (values) => {
    const id = value(values, 'id'), owner = value(values, 'owner');
    const entry = {
      name: bilingual(values, 'name'), kind: value(values, 'kind'), zone: value(values, 'zone'), ...(owner && { owner }),
    };
    await desk.edit([{ add: 'components', id, value: entry }], { section: 'components', id });
  });
}

export async function addFlow(desk: Desk, from = '', to = ''): Promise<void> {
  const [protocols, carriers] = await Promise.all([
    choicesFor('flows:\n  x:\n    protocol: '), choicesFor('flows:\n  x:\n    carrier: ')]);
  const components = choicesOf(desk.parts, 'components');
  const fields: Field[] = [
    { kind: 'choice', name: 'from', label: text('From', '送信側'), choices: components, value: from, required: true },
    { kind: 'choice', name: 'to', label: text('To', '受信側'), choices: components, value: to, required: true },
    ...nameFields(undefined, false),
    idField((form) => field(form, 'from') && field(form, 'to')
      ? idFrom(`${field(form, 'from')}-${field(form, 'to')}`, desk.parts) : ''),
    { kind: 'choice', name: 'protocol', label: text('Protocol', 'プロトコル'), choices: protocols },
    { kind: 'choice', name: 'carrier', label: text('Carrier', '伝送手段'), choices: carriers },
    { kind: 'many', name: 'data', label: text('Data', 'データ'), choices: choicesOf(desk.parts, 'data') },
  ];
  openForm(text('Add a flow', 'フローを追加'), fields, text('Add', '追加'), async (values) => {
    const id = value(values, 'id'), name = bilingual(values, 'name');
    const entry: Record<string, unknown> = {
      ...(name && { name }), from: value(values, 'from'), to: value(values, 'to'),
    };
    if (values.has('data')) entry['data'] = values.getAll('data');
    for (const key of ['protocol', 'carrier']) if (value(values, key)) entry[key] = value(values, key);
    await desk.edit([{ add: 'flows', id, value: entry }], { section: 'flows', id });
  });
}

export async function addIncident(desk: Desk, at = ''): Promise<void> {
  const harm = 'incidents:\n  x:\n    harms:\n      s:\n        ';
  const [threats, recovery, economic] = await Promise.all([
    choicesFor('incidents:\n  x:\n    threat: '), choicesFor(`${harm}recovery: `), choicesFor(`${harm}economic: `)]);
  const fields: Field[] = [
    ...nameFields(undefined, true),
    idField((form) => idFrom(field(form, 'name-en') || field(form, 'threat'), desk.parts)),
    { kind: 'choice', name: 'threat', label: text('Threat that brings it about', '引き起こす脅威'), choices: threats, required: true },
    { kind: 'choice', name: 'at', label: text('Where the threat strikes', '脅威が及ぶ箇所'),
      choices: choicesOf(desk.parts, 'components', 'flows'), value: at, required: true },
    { kind: 'choice', name: 'who', label: text('Who is harmed', '被害を受けるステークホルダー'),
      choices: choicesOf(desk.parts, 'stakeholders'), required: true },
    { kind: 'choice', name: 'recovery', label: text('Difficulty of recovery', '回復困難性'), choices: recovery, required: true },
    { kind: 'choice', name: 'economic', label: text('Economic impact', '経済的影響'), choices: economic, required: true },
    { kind: 'text', name: 'because', label: text('Why these levels', '水準の根拠'), required: true },
  ];
  openForm(text('Add an incident', 'インシデントを追加'), fields, text('Add', '追加'), async (values) => {
    const id = value(values, 'id');
    const level = {
      recovery: value(values, 'recovery'), economic: value(values, 'economic'),
      because: { [text('en', 'ja')]: value(values, 'because') },
    };
    const entry = {
      name: bilingual(values, 'name'), threat: value(values, 'threat'), at: value(values, 'at'),
      harms: { [value(values, 'who')]: level },
    };
    await desk.edit([{ add: 'incidents', id, value: entry }], { section: 'incidents', id });
  });
}

/** Edits that make keys of an entry what a form says, where that differs. */
function differences(path: string, now: Record<string, Value>, wanted: Record<string, Value | undefined>): Edit[] {
  return Object.entries(wanted).flatMap(([key, v]): Edit[] => {
    const old = now[key];
    if (JSON.stringify(v) === JSON.stringify(old)) return [];
    if (v === undefined || v === '') return old === undefined ? [] : [{ drop: `${path}/${key}` }];
    return [{ set: `${path}/${key}`, value: v }];
  });
}

/** A name as a form gives it, if that says something else than the text does. */
function nameChanged(values: FormData, old: Value | undefined): Value | undefined {
  const made = bilingual(values, 'name');
  const same = (['en', 'ja'] as const).every((key) => (made?.[key] ?? '') === textIn(old, key));
  return same ? old : made;
}

/** Name, kind and zone of a component; name of a flow or a zone. */
export async function changePart(desk: Desk, part: Part): Promise<void> {
  const path = `${part.section}/${part.id}`;
  const now = await desk.read(path);
  const isComponent = part.section === 'components';
  const fields = [
    ...nameFields(now['name'], isComponent), ...(isComponent ? await componentFields(desk, now) : []),
  ];
  openForm(text(`Change ${part.name}`, `${part.name}を変更`), fields, text('Change', '変更'), async (values) => {
    const wanted: Record<string, Value | undefined> = { name: nameChanged(values, now['name']) };
    for (const key of isComponent ? ['kind', 'zone', 'owner'] : []) wanted[key] = value(values, key);
    const edits = differences(path, now, wanted);
    if (edits.length) await desk.edit(edits);
  });
}

/** Takes a part away; of a component, with the flows that have it, if so wished. */
export function removePart(desk: Desk, part: Part, users: Part[]): void {
  const flows = part.section === 'components' ? users.filter((u) => u.section === 'flows') : [];
  const others = users.filter((u) => !flows.includes(u));
  const sections = [...new Set(others.map((u) => u.section))];
  const count = (section: string) => others.filter((u) => u.section === section).length;
  const places = sections.map((section) => `${section} (${count(section)})`).join(', ');
  const fields: Field[] = [];
  if (flows.length)
    fields.push({ kind: 'check', name: 'flows', value: 'yes',
      label: text('Remove its flows, too: ', 'この機器のフローも削除: ') + flows.map((u) => u.id).join(', ') });
  if (others.length)
    fields.push({ kind: 'note', name: 'others',
      label: text(`Also named in ${places}: the check will point there.`,
        `ほかの参照元: ${places}。削除後、検査で指摘される。`) });
  if (!fields.length)
    fields.push({ kind: 'note', name: 'none', label: text('Nothing else names it.', 'ほかから参照されていない。') });
  openForm(text(`Remove ${part.name}?`, `${part.name}を削除しますか`), fields, text('Remove', '削除'), async (values) => {
    const gone = values.has('flows') ? flows : [];
    await desk.edit([...gone, part].map((p) => ({ drop: `${p.section}/${p.id}` })));
  });
}

export function askName(word: string, act: (name: string) => Promise<void>): void {
  const fields: Field[] = [{
    kind: 'text', name: 'id', label: text('New identifier', '新しい識別子'), value: word, required: true,
    hint: text('Every place in this text that means the same is changed.', 'この文書で同じものを指す箇所をすべて変更する。'),
  }];
  openForm(text(`Rename ${word}`, `${word}の識別子を変更`), fields, text('Rename', '変更'),
    (values) => act(value(values, 'id')));
}
