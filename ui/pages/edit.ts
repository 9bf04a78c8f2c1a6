// SPDX-License-Identifier: Apache-2.0
// The editor of a model: its text and its drawing side by side, in step. The page works
// as a plain form; this puts itself in the place of the form's text and saves without
// leaving the page. Where somebody else has saved in between, the form is sent after all:
// its page knows how to bring both together.
import type { Edit, Finding } from '../parts/editor_api';
import { offsetOf, placeOf, question } from '../parts/editor_api';
import type { Part } from '../parts/editor_code';
import { Code } from '../parts/editor_code';
import type { Spot, Target } from '../parts/editor_drawing';
import { Drawing } from '../parts/editor_drawing';
import type { Desk } from '../parts/editor_forms';
import { addComponent, addFlow, addIncident, askName, changePart, removePart } from '../parts/editor_forms';
import { ask, need, Problem, text } from '../parts/page';

const area = document.querySelector<HTMLTextAreaElement>('form textarea[name="text"]');
if (area?.form) begin(area, area.form);

function make<K extends keyof HTMLElementTagNameMap>(
  name: K, className: string, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

function button(label: string, act: () => unknown, keys = ''): HTMLButtonElement {
  const made = make('button', 'plain', label);
  made.type = 'button';
  if (keys) {
    made.title = keys;
    made.setAttribute('aria-keyshortcuts', keys);
  }
  made.addEventListener('click', () => void act());
  return made;
}

function tools(label: string, ...buttons: HTMLElement[]): HTMLElement {
  const bar = make('div', 'tools', ...buttons);
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', label);
  return bar;
}

function begin(area: HTMLTextAreaElement, form: HTMLFormElement): void {
  const base = need<HTMLInputElement>('input[name="base"]', form);
  const why = need<HTMLInputElement>('input[name="why"]', form);
  const submit = need<HTMLButtonElement>('button[type="submit"]', form);
  const slug = new URL(form.action).pathname.split('/')[2] ?? '';
  const where = new URL(form.action).searchParams.get('in'); // the page's workspace
  const refused = document.querySelector('main > .notice') !== null; // a text that was not saved
  let saved = refused ? '' : area.defaultValue.replace(/\r\n?/g, '\n'); // a browser may restore what was typed
  let isSaving = false, isLeaving = false;
  let wanted: Target | undefined; // to go to once it is in the text
  let drawn = '';

  // ---- what stands in the page

  const host = make('div', 'code');
  const findings = make('ol', 'findings');
  const summary = make('p', 'summary');
  const state = make('p', 'state');
  const about = make('div', 'about');
  const sheet = make('div', 'sheet');
  const sheetNote = make('p', 'soft sheet-note');
  summary.setAttribute('role', 'status');
  state.setAttribute('role', 'status');
  sheetNote.hidden = true;

  const isDirty = () => code.text !== saved;

  function tell(message: string): void { state.textContent = message; }

  function tellProblem(error: unknown): void {
    tell(error instanceof Problem ? error.message
      : text('The server cannot be reached.', 'サーバーに接続できない。'));
  }

  // ---- findings

  const words = {
    1: text('error', 'エラー'), 2: text('warning', '警告'), 3: text('note', '注記'),
  } as const;

  function count(all: Finding[]): string {
    const errors = all.filter((f) => f.severity === 1).length;
    const warnings = all.filter((f) => f.severity === 2).length;
    const many = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`;
    return errors + warnings === 0 ? text('No errors, no warnings', 'エラー・警告なし')
      : text(`${many(errors, 'error')}, ${many(warnings, 'warning')}`, `エラー${errors}件、警告${warnings}件`);
  }

  function showFindings(all: Finding[]): void {
    summary.textContent = count(all);
    summary.classList.toggle('open', all.some((f) => f.severity === 1));
    findings.replaceChildren(...all.slice(0, 200).map((f) => {
      const { line, character } = f.range.start;
      const place = text(`line ${line + 1}, column ${character + 1}`, `${line + 1}行${character + 1}桁`);
      const go = button('', () => {
        code.goTo(offsetOf(code.view.state.doc, f.range.start));
        code.view.focus();
      });
      go.append(make('span', `kind kind-${f.severity}`, words[f.severity]), ` ${f.message} `, make('span', 'soft', place));
      return make('li', '', go);
    }));
  }

  // ---- the drawing

  let note = ''; // on the drawing as it is

  async function draw(): Promise<void> {
    const doc = code.text;
    if (doc !== drawn) {
      drawn = doc;
      const answer = await question('drawing', doc);
      if (doc !== drawn) return;
      note = answer.svg === null ? text('There is nothing to draw yet.', 'まだ描くものが無い。')
        : answer.is_collapsed ? text('So large a system is drawn by zones; its components are in the text.',
          '規模が大きいため、ゾーン単位で描いている。機器は文書にある。') : '';
      if (answer.svg) drawing.show(answer.svg);
    }
    sheetNote.hidden = !note;
    sheetNote.textContent = note;
    markDrawing(code.partAtCursor());
  }

  function markDrawing(part: Part | undefined): void {
    const target = part && { section: part.section, id: part.id };
    drawing.mark(target);
    const isDrawn = part !== undefined && ['components', 'flows', 'zones'].includes(part.section);
    change.disabled = remove.disabled = !isDrawn;
    here.textContent = isDrawn ? part.name : '';
  }

  function checked(all: Finding[]): void {
    showFindings(all);
    const part = wanted && code.part(wanted.section, wanted.id);
    if (part) {
      wanted = undefined;
      code.goTo(part.at);
    }
    if (all.some((f) => f.severity === 1)) {
      sheetNote.hidden = false;
      sheetNote.textContent = text('The drawing is of the last text without errors.', '図は、エラーの無かった最後の文書のもの。');
    } else {
      draw().catch((error) => {
        drawn = '';
        tellProblem(error);
      });
    }
  }

  // ---- help for the place of the cursor

  let asked = 0;

  function explain(): void {
    window.clearTimeout(asked);
    asked = window.setTimeout(async () => {
      const said = await code.explain().catch(() => null);
      about.replaceChildren(said ?? make('p', 'soft', text(
        'Here stands what the word at the cursor means.', 'カーソル位置の語の意味をここに示す。')));
    }, 250);
  }

  // ---- the text

  const code = new Code(host, area.value, text('Model (YAML)', 'モデル(YAML)'), {
    checked,
    failed: tellProblem,
    entered: markDrawing,
    changed: () => tell(isDirty() ? text('Not saved yet', '未保存の変更あり') : ''),
    save: () => void save(),
    rename: () => rename(),
    format: () => format(),
    tell,
  });
  document.addEventListener('selectionchange', explain);
  host.addEventListener('keyup', explain);
  host.addEventListener('click', explain);

  function rename(): void {
    const range = code.view.state.wordAt(code.view.state.selection.main.head);
    const at = code.view.state.selection.main.head;
    const line = code.view.state.doc.lineAt(at);
    const before = /[\w-]*$/.exec(line.text.slice(0, at - line.from))?.[0] ?? '';
    const after = /^[\w-]*/.exec(line.text.slice(at - line.from))?.[0] ?? '';
    if (!range && !before && !after) {
      tell(text('Put the cursor on an identifier.', '識別子にカーソルを置く。'));
      return;
    }
    askName(before + after, (name) => code.rename(name));
  }

  function format(): void {
    code.format().then((places) => {
      if (places === 0) tell(text('The text is formatted already.', '整形の必要は無い。'));
      else if (places) tell(text('Formatted; not saved yet', '整形した。未保存の変更あり'));
    }).catch(tellProblem);
  }

  // ---- edits by drawing and forms

  const desk: Desk = {
    get parts() { return code.parts; },
    async edit(edits: Edit[], goTo?: Target) {
      const doc = code.text;
      const answer = await question('edit', doc, { edits });
      if (code.text !== doc)
        throw new Error(text('The text has changed meanwhile; try again.', 'その間に文書が変わった。もう一度行う。'));
      wanted = goTo;
      code.replace(answer.text);
    },
    async read(path: string) {
      const answer = await question('value', code.text, { path });
      return answer.value !== null && typeof answer.value === 'object' && !Array.isArray(answer.value)
        ? answer.value : {};
    },
  };

  // ---- where boxes stand

  /** The components of the text, with the positions that it gives them. */
  async function given(): Promise<Map<string, Spot | undefined>> {
    const all = await desk.read('components');
    return new Map(Object.entries(all).map(([id, value]) => {
      const at = value && typeof value === 'object' && !Array.isArray(value) ? value['position'] : null;
      return [id, at && typeof at === 'object' && !Array.isArray(at) ? { x: Number(at['x']), y: Number(at['y']) } : undefined];
    }));
  }

  /** Puts a box somewhere. So that all others stay, they get the positions that they are
   *  drawn at, unless they have them. */
  async function placeBox(component: string, at: Spot): Promise<void> {
    const was = await given(), edits: Edit[] = [];
    for (const [id, spot] of drawing.places().set(component, at)) {
      const old = was.get(id);
      const isThere = old && id !== component && Math.abs(old.x - spot.x) <= 5 && Math.abs(old.y - spot.y) <= 5;
      if (was.has(id) && !isThere) edits.push({ set: `components/${id}/position`, value: spot });
    }
    await desk.edit(edits, { section: 'components', id: component });
  }

  /** Takes all positions out of the text. */
  async function layOut(): Promise<void> {
    const edits = [...await given()].filter(([, at]) => at).map(([id]) => ({ drop: `components/${id}/position` }));
    if (edits.length === 0) tell(text('No component has a position.', '位置のある機器は無い。'));
    for (let i = 0; i < edits.length; i += 60) await desk.edit(edits.slice(i, i + 60));
  }

  const guarded = (act: () => unknown) => () => { Promise.resolve(act()).catch(tellProblem); };

  /** The parts that name another. */
  async function usersOf(part: Part): Promise<Part[]> {
    const doc = code.view.state.doc;
    const found = await question('references', doc.toString(), { position: placeOf(doc, part.at) });
    const users = found.map((l) => offsetOf(doc, l.range.start)).map((at) =>
      code.parts.find((p) => p.from <= at && at <= p.to));
    return [...new Set(users)].filter((p): p is Part => p !== undefined && p.id !== part.id);
  }

  async function removeTarget(target: Target): Promise<void> {
    const part = code.part(target.section, target.id);
    if (part) removePart(desk, part, await usersOf(part));
  }

  async function changeTarget(target: Target): Promise<void> {
    const part = code.part(target.section, target.id);
    if (part) await changePart(desk, part);
  }

  const drawing = new Drawing(sheet, {
    chosen(target) {
      const part = code.part(target.section, target.id);
      if (part) code.goTo(part.at);
      explain();
    },
    opened(target) {
      this.chosen(target);
      code.view.focus();
    },
    connect: (from, to) => guarded(() => addFlow(desk, from, to))(),
    move: (component, zone) => guarded(async () => {
      const now = await desk.read(`components/${component}`);
      if (now['zone'] !== zone)
        await desk.edit([{ set: `components/${component}/zone`, value: zone }], { section: 'components', id: component });
    })(),
    place: (component, at) => guarded(() => placeBox(component, at))(),
    change: (target) => guarded(() => changeTarget(target))(),
    remove: (target) => guarded(() => removeTarget(target))(),
  });

  const onCurrent = (act: (target: Target) => Promise<void>) => guarded(async () => {
    const part = code.partAtCursor();
    if (part) await act(part);
  });
  const change = button(text('Change…', '変更…'), onCurrent(changeTarget), 'F2');
  const remove = button(text('Remove…', '削除…'), onCurrent(removeTarget), 'Delete');
  const here = make('span', 'soft here-name');
  change.disabled = remove.disabled = true;

  function atCursor(...sections: string[]): string {
    const part = code.partAtCursor();
    return part && sections.includes(part.section) ? part.id : '';
  }

  // ---- saving

  function leaveByForm(): void {
    area.value = code.text;
    isLeaving = true;
    form.submit();
  }

  async function save(): Promise<void> {
    const doc = code.text;
    if (isSaving) return;
    if (!isDirty()) {
      tell(text('There is nothing to save.', '保存する変更は無い。'));
      return;
    }
    isSaving = true;
    tell(text('Saving…', '保存中…'));
    try {
      const asked = new URLSearchParams(where ? { in: where } : {});
      if (why.value) asked.set('reason', why.value);
      const query = String(asked) && `?${asked}`;
      const answer = await ask<{ version: number }>(`/systems/${slug}/model${query}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/yaml', 'If-Match': `"${base.value}"` },
        body: doc,
      });
      saved = doc;
      base.value = String(answer.version);
      why.value = '';
      tell(text(`Saved as version ${answer.version}`, `第${answer.version}版として保存した`));
    } catch (error) {
      if (error instanceof Problem && (error.status === 409 || error.status === 412)) leaveByForm();
      else tellProblem(error);
    } finally {
      isSaving = false;
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void save();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 's' || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    void save();
  });
  window.addEventListener('beforeunload', (event) => {
    if (!isLeaving && isDirty()) event.preventDefault();
  });

  // ---- putting it together

  const left = make('section', 'pane text-pane',
    tools(text('Text', '文書'),
      button(text('Undo', '元に戻す'), () => code.undo(), 'Control+Z'),
      button(text('Redo', 'やり直す'), () => code.redo(), 'Control+Y'),
      button(text('Search', '検索'), () => code.search(), 'Control+F'),
      button(text('Definition', '定義へ移動'), () => code.goToDefinition(), 'F12'),
      button(text('Rename…', '識別子の変更…'), rename, 'F2'),
      button(text('Format', '整形'), format, 'Shift+Alt+F'),
      summary),
    host);
  const right = make('section', 'pane drawing-pane',
    tools(text('Drawing', '図'),
      button(text('+ Component…', '＋ 機器…'), guarded(() => addComponent(desk, atCursor('zones')))),
      button(text('+ Flow…', '＋ フロー…'), guarded(() => addFlow(desk, atCursor('components')))),
      button(text('+ Incident…', '＋ インシデント…'), guarded(() => addIncident(desk, atCursor('components', 'flows')))),
      change, remove,
      button(text('Lay out anew', '自動配置に戻す'), guarded(layOut)), here),
    sheetNote, sheet,
    tools(text('View', '表示'),
      button(text('Larger', '拡大'), () => drawing.zoom(1.25), '+'),
      button(text('Smaller', '縮小'), () => drawing.zoom(0.8), '-'),
      button(text('Whole', '全体'), () => drawing.fit(), '0'),
      make('span', 'soft', text(
        'Draw from one component to another for a flow, into another zone to move it there, elsewhere (with Shift: anywhere) to place its box; by keyboard, Alt and the arrows.',
        '機器から別の機器へドラッグでフローを追加、別のゾーンへドラッグで移動、その他（Shiftを押せばどこでも）へドラッグで位置を指定。キーボードではAltと矢印。'))));
  left.setAttribute('aria-label', text('Text', '文書'));
  right.setAttribute('aria-label', text('Drawing', '図'));
  about.setAttribute('role', 'region');
  about.setAttribute('aria-label', text('Meaning', '語の意味'));
  about.tabIndex = 0;
  const problems = make('section', 'problems', findings);
  problems.setAttribute('aria-label', text('Errors and warnings', 'エラーと警告'));
  const below = make('div', 'below', problems, about);
  const saving = make('div', 'saving');
  const whyLabel = form.querySelector('label[for="why"]');
  if (whyLabel) saving.append(whyLabel);
  saving.append(why, submit, state);
  form.querySelector('label[for="text"]')?.remove();
  document.querySelector('main > pre')?.remove();
  area.hidden = true;
  area.required = false;
  form.append(make('div', 'work', left, right), saving, below);
  document.body.classList.add('editing');
  if (isDirty()) tell(text('Not saved yet', '未保存の変更あり'));
  new ResizeObserver(() => drawing.resized()).observe(sheet);
  explain();
}
