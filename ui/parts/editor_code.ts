// SPDX-License-Identifier: Apache-2.0
// The text of a model in CodeMirror, with what the language server knows of it. It stands
// in a shadow root: there its styles are sheets that a script adopted, which the pages'
// policy allows, while elements <style> are not.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, isolateHistory, redo, undo } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching, codeFolding, foldGutter, foldKeymap, HighlightStyle, indentService, syntaxHighlighting,
} from '@codemirror/language';
import { forceLinting, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import type { Diagnostic } from '@codemirror/lint';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import type { ChangeDesc, Text, TransactionSpec } from '@codemirror/state';
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, hoverTooltip, keymap, lineNumbers,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Finding, Symbol, TextEdit } from './editor_api';
import { offsetOf, placeOf, question } from './editor_api';
import { markdown } from './editor_markdown';
import { phrases } from './editor_phrases';
import { lang, text } from './page';

/** An entry of a section of the model, "components" with the id "lock". */
export interface Part {
  section: string;
  id: string;
  name: string;
  from: number; // of the whole entry
  to: number;
  at: number; // where its id begins
}

export interface Hooks {
  /** The text was checked: what there is to say of it. */
  checked(findings: Finding[]): void;
  /** The server could not be asked. */
  failed(error: unknown): void;
  /** The cursor came into another part, or none; or the parts are others. */
  entered(part: Part | undefined): void;
  changed(): void;
  save(): void;
  rename(): void;
  format(): void;
  /** Says something that is to be heard, too. */
  tell(message: string): void;
}

// ---- the parts of the text

const setParts = StateEffect.define<Part[]>();

function moved(part: Part, changes: ChangeDesc): Part {
  return {
    ...part,
    from: changes.mapPos(part.from, 1),
    to: changes.mapPos(part.to, 1),
    at: changes.mapPos(part.at, 1),
  };
}

const partsField = StateField.define<Part[]>({
  create: () => [],
  update(parts, tr) {
    for (const effect of tr.effects) if (effect.is(setParts)) return effect.value;
    return tr.docChanged ? parts.map((part) => moved(part, tr.changes)) : parts;
  },
});

function partsOf(doc: Text, symbols: Symbol[]): Part[] {
  return symbols.flatMap((section) => (section.children ?? []).map((entry) => ({
    section: section.name,
    id: entry.name,
    name: entry.detail ?? entry.name,
    from: offsetOf(doc, entry.range.start),
    to: offsetOf(doc, entry.range.end),
    at: offsetOf(doc, entry.selectionRange.start),
  })));
}

// ---- the look: colours are the page's

const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--ground)', fontSize: '0.8125rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "Noto Sans Mono CJK JP", monospace', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--shade)', color: 'var(--soft)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 8%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--line)', color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 28%, transparent)',
  },
  '.cm-panels': { backgroundColor: 'var(--shade)', color: 'var(--ink)' },
  '.cm-panels.cm-panels-bottom, .cm-panels.cm-panels-top': { borderColor: 'var(--line)' },
  '.cm-textfield': { backgroundColor: 'var(--ground)', color: 'var(--ink)', border: '1px solid var(--soft)' },
  '.cm-button': {
    backgroundColor: 'var(--ground)', backgroundImage: 'none', color: 'var(--ink)', border: '1px solid var(--soft)',
    borderRadius: '3px',
  },
  '.cm-panel.cm-search': { padding: '0.4rem 0.6rem', fontSize: '0.8125rem' },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': { minHeight: '1.65rem', margin: '0.1rem 0.4rem 0.1rem 0', fontSize: '0.8125rem' },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center' },
  '.cm-panel.cm-search input[type=checkbox]': { minWidth: '1.5rem' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--ink)', fontSize: '1.1rem', minWidth: '1.5rem' },
  '.cm-searchMatch': { backgroundColor: 'color-mix(in srgb, #d9a300 35%, transparent)' },
  '.cm-searchMatch.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, #d9a300 65%, transparent)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--ground)', color: 'var(--ink)', border: '1px solid var(--soft)', borderRadius: '4px',
    boxShadow: '0 4px 16px rgb(0 0 0 / 18%)', maxWidth: 'min(34rem, 90vw)',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '0.5rem 0.75rem', maxWidth: 'min(24rem, 80vw)' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'ui-monospace, "Noto Sans Mono CJK JP", monospace', maxHeight: '16rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '0.15rem 0.5rem' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent)', color: 'var(--ground)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8', fontFamily: '"Noto Sans", "Noto Sans CJK JP", sans-serif' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic': { padding: '0.3rem 0.6rem', whiteSpace: 'pre-wrap' },
  '.said': { padding: '0.1rem 0.7rem', fontSize: '0.875rem', lineHeight: '1.5' },
  '.cm-completionInfo .said': { padding: '0' },
  '.said p': { margin: '0.4rem 0' },
  '.said ul': { margin: '0.4rem 0', paddingLeft: '1.25rem' },
  '.said code': { fontFamily: 'ui-monospace, monospace', backgroundColor: 'var(--shade)', padding: '0 0.25em' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--shade)', color: 'var(--ink)', border: '1px solid var(--soft)' },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'transparent', outline: '1px solid var(--soft)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--ink)' },
  { tag: tags.special(tags.string), color: 'var(--ink)' },
  { tag: [tags.comment, tags.lineComment], color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--soft)' },
  { tag: [tags.labelName, tags.typeName, tags.keyword, tags.meta], color: 'var(--open-ink)' },
]);

// A new line stands below the one before: further in after a key without a value, and
// beside the first key of an item.
const indents = indentService.of((context, at) => {
  const line = context.lineAt(at, -1).text;
  const own = /^ */.exec(line)?.[0].length ?? 0;
  return /:\s*(#.*)?$|^ *- [\w-]+: /.test(line) ? own + 2 : own;
});

// ---- what is asked while typing

const severities = { 1: 'error', 2: 'warning', 3: 'info' } as const;

function diagnosticOf(doc: Text, f: Finding): Diagnostic {
  return {
    from: offsetOf(doc, f.range.start),
    to: offsetOf(doc, f.range.end),
    severity: severities[f.severity],
    message: f.message,
  };
}

/** Checks the text a moment after it changed; the parts come with the answer. */
function checker(hooks: Hooks) {
  return linter(async (view) => {
    const doc = view.state.doc;
    try {
      const answer = await question('check', doc.toString());
      if (!view.state.doc.eq(doc)) return [];
      view.dispatch({ effects: setParts.of(partsOf(doc, answer.symbols)) });
      hooks.checked(answer.diagnostics);
      return answer.diagnostics.map((f) => diagnosticOf(doc, f));
    } catch (error) {
      hooks.failed(error);
      return [];
    }
  }, { delay: 200 });
}

/** Where a list opens without being asked for: within a word, or where a value begins. */
const opens = /(?:[\w@]|[\w@]-|: |- |[[{,] ?)$/;

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const doc = context.state.doc;
  const line = doc.lineAt(context.pos);
  if (!context.explicit && !opens.test(line.text.slice(0, context.pos - line.from))) return null;
  const position = placeOf(doc, context.pos);
  const answer = await question('complete', doc.toString(), { position });
  const first = answer.items[0];
  if (!first) return null;
  const from = offsetOf(doc, first.textEdit.range.start);
  const after = offsetOf(doc, first.textEdit.range.end) - context.pos;
  const options = answer.items.map((item, i): Completion => ({
    label: item.label,
    detail: item.detail,
    boost: Math.max(-99, -i),
    type: item.kind === 10 ? 'property' : 'constant',
    info: item.documentation.value ? () => markdown(item.documentation.value) : undefined,
    apply: (view, _completion, start, end) => view.dispatch({
      changes: { from: start, to: end + after, insert: item.textEdit.newText },
      selection: { anchor: start + item.textEdit.newText.length },
      userEvent: 'input.complete',
    }),
  }));
  return { from, options, validFor: /^[\w.@:-]*$/ };
}

const hover = hoverTooltip(async (view, at) => {
  const doc = view.state.doc;
  const answer = await question('hover', doc.toString(), { position: placeOf(doc, at) }).catch(() => null);
  if (!answer || !view.state.doc.eq(doc)) return null;
  return {
    pos: offsetOf(doc, answer.range.start),
    end: offsetOf(doc, answer.range.end),
    above: true,
    create: () => ({ dom: markdown(answer.contents.value) }),
  };
});

// ---- the editor

/** CodeMirror moves the selection of a text that has not the keyboard by taking it for a
 * moment; outside of its shadow root it does not know whom to give it back to. */
function giveBack(host: HTMLElement): void {
  let taken: EventTarget | null = null;
  host.addEventListener('focusin', (event) => {
    taken = event.relatedTarget;
    queueMicrotask(() => { taken = null; }); // not before the script that took it is through
  });
  host.addEventListener('focusout', (event) => {
    if (event.relatedTarget === null && (taken instanceof HTMLElement || taken instanceof SVGElement))
      taken.focus({ preventScroll: true });
  });
}

export class Code {
  readonly view: EditorView;
  private readonly theme = new Compartment();
  private entered = '';

  constructor(host: HTMLElement, doc: string, label: string, private readonly hooks: Hooks) {
    const root = host.attachShadow({ mode: 'open' });
    giveBack(host);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const isDark = () => EditorView.darkTheme.of(dark.matches);
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc,
        extensions: [
          Prec.high(keymap.of(this.keys())),
          lineNumbers(), lintGutter(), codeFolding(), foldGutter(), history(), drawSelection(), indents,
          bracketMatching(), closeBrackets(), highlightActiveLine(), highlightActiveLineGutter(),
          search({ top: true }),
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap,
            ...completionKeymap, ...lintKeymap]),
          yaml(), syntaxHighlighting(colours), look, this.theme.of(isDark()),
          partsField, checker(hooks), hover, autocompletion({ override: [complete] }),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false', tabindex: '0' }),
          EditorState.phrases.of(lang === 'ja' ? phrases : {}),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) hooks.changed();
            const isNew = update.transactions.some((tr) => tr.effects.some((e) => e.is(setParts)));
            if (update.selectionSet || isNew) this.tellPart(isNew);
          }),
          EditorView.domEventHandlers({ mousedown: (event, view) => this.onClick(event, view) }),
        ],
      }),
    });
    dark.addEventListener('change', () => this.view.dispatch({ effects: this.theme.reconfigure(isDark()) }));
  }

  private keys() {
    const run = (action: () => void) => () => { action(); return true; };
    return [
      { key: 'Mod-s', run: run(() => this.hooks.save()), preventDefault: true },
      { key: 'F12', run: run(() => void this.goToDefinition()) },
      { key: 'F2', run: run(() => this.hooks.rename()) },
      { key: 'Shift-Alt-f', run: run(() => this.hooks.format()), preventDefault: true },
    ];
  }

  private onClick(event: MouseEvent, view: EditorView): boolean {
    const at = event.ctrlKey || event.metaKey ? view.posAtCoords(event) : null;
    if (at === null) return false;
    view.dispatch({ selection: { anchor: at } });
    void this.goToDefinition();
    return true;
  }

  private tellPart(isNew: boolean): void {
    const part = this.partAtCursor();
    const key = part ? `${part.section}/${part.id}` : '';
    if (key === this.entered && !isNew) return;
    this.entered = key;
    this.hooks.entered(part);
  }

  get text(): string { return this.view.state.doc.toString(); }

  get parts(): Part[] { return this.view.state.field(partsField); }

  partAtCursor(): Part | undefined {
    const at = this.view.state.selection.main.head;
    return this.parts.find((part) => part.from <= at && at <= part.to);
  }

  part(section: string, id: string): Part | undefined {
    return this.parts.find((part) => part.section === section && part.id === id);
  }

  /** Moves the cursor; the keyboard stays where it is. */
  goTo(at: number, end = at): void {
    this.view.dispatch({
      selection: { anchor: at, head: end },
      effects: EditorView.scrollIntoView(at, { y: 'center' }),
      userEvent: 'select',
    });
  }

  /** Puts another text in the place of this one: what differs, as one change. */
  replace(made: string): void {
    const old = this.text;
    let from = 0;
    while (from < old.length && from < made.length && old[from] === made[from]) from++;
    let end = 0;
    while (end < old.length - from && end < made.length - from
      && old[old.length - 1 - end] === made[made.length - 1 - end]) end++;
    this.change({ changes: { from, to: old.length - end, insert: made.slice(from, made.length - end) } });
  }

  change(spec: TransactionSpec): void {
    const annotations = isolateHistory.of('full'); // one step of its own for undo
    this.view.dispatch({ ...spec, annotations, userEvent: 'input.form', scrollIntoView: true });
    forceLinting(this.view);
  }

  undo(): void { undo(this.view); }

  redo(): void { redo(this.view); }

  search(): void { openSearchPanel(this.view); }

  async goToDefinition(): Promise<void> {
    const doc = this.view.state.doc;
    const position = placeOf(doc, this.view.state.selection.main.head);
    const found = await question('definition', doc.toString(), { position }).catch(() => null);
    if (found) {
      this.goTo(offsetOf(doc, found.range.start), offsetOf(doc, found.range.end));
      this.view.focus();
    } else this.hooks.tell(text('Nothing is defined here.', 'ここには定義へたどれるものが無い。'));
  }

  /** Gives what stands at the cursor another name; throws a Problem that says why not. */
  async rename(newName: string): Promise<void> {
    const doc = this.view.state.doc;
    const position = placeOf(doc, this.view.state.selection.main.head);
    const answer = await question('rename', doc.toString(), { position, newName });
    this.apply(doc, Object.values(answer.changes).flat());
  }

  /** Lays the text out anew; in how many places, or undefined if it is another text by
   * now. Throws a Problem that says why not. */
  async format(): Promise<number | undefined> {
    const doc = this.view.state.doc;
    return this.apply(doc, await question('format', doc.toString()));
  }

  /** Edits of a text, if it is still this one; how many. */
  private apply(doc: Text, edits: TextEdit[]): number | undefined {
    if (!this.view.state.doc.eq(doc)) return undefined;
    if (edits.length) this.change({
      changes: edits.map((edit) => ({
        from: offsetOf(doc, edit.range.start), to: offsetOf(doc, edit.range.end), insert: edit.newText,
      })),
    });
    return edits.length;
  }

  /** What stands at the cursor, in words; null if there is nothing to say. */
  async explain(): Promise<HTMLElement | null> {
    const doc = this.view.state.doc;
    const position = placeOf(doc, this.view.state.selection.main.head);
    const answer = await question('hover', doc.toString(), { position });
    return answer && markdown(answer.contents.value);
  }
}
