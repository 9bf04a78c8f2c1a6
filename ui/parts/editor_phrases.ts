// SPDX-License-Identifier: Apache-2.0
// What CodeMirror says, in Japanese; in English it says it itself.

export const phrases: Record<string, string> = {
  // search
  Find: '検索', Replace: '置換', next: '次へ', previous: '前へ', all: 'すべて',
  'match case': '大文字と小文字を区別', regexp: '正規表現', 'by word': '単語単位',
  replace: '置換', 'replace all': 'すべて置換', close: '閉じる',
  'current match': '現在の一致', 'on line': '行', 'replaced match on line $': '$行目の一致を置換した',
  'replaced $ matches': '$件を置換した',
  'Go to line': '行へ移動', go: '移動',
  // diagnostics
  Diagnostics: '指摘', 'No diagnostics': '指摘なし',
  // folds
  'Folded lines': '折り畳んだ行', 'Unfolded lines': '展開した行', to: '~', 'folded code': '折り畳んだ部分',
  unfold: '展開', 'Fold line': '行を折り畳む', 'Unfold line': '行を展開する',
  // the rest
  Completions: '補完候補', 'Selection deleted': '選択範囲を削除した',
  'Control character': '制御文字',
};
