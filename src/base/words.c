// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* Tables of what others say in English; see words.h. */
#include "base/words.h"

#include <errno.h>
#include <string.h>

// clang-format off
static const struct {
    int error;
    struct text text;
} errors[] = {
    {EACCES, {{"permission denied", "権限が無い"}}},
    {EEXIST, {{"it exists already", "既に存在する"}}},
    {EFBIG, {{"the file would be too large", "ファイルが大きすぎる"}}},
    {EIO, {{"input or output failed", "入出力エラー"}}},
    {EISDIR, {{"it is a directory", "ディレクトリである"}}},
    {ELOOP, {{"too many symbolic links", "シンボリックリンクが多すぎる"}}},
    {EMFILE, {{"too many open files", "開いているファイルが多すぎる"}}},
    {ENAMETOOLONG, {{"the name is too long", "名前が長すぎる"}}},
    {ENOENT, {{"no such file or directory", "そのようなファイル又はディレクトリは無い"}}},
    {ENOSPC, {{"no space left on the disk", "ディスクに空きが無い"}}},
    {ENOTDIR, {{"a part of the path is not a directory", "途中の名前がディレクトリでない"}}},
    {EPERM, {{"it is not permitted", "許可されていない"}}},
    {EPIPE, {{"the reader has gone", "読み手が終了している"}}},
    {EROFS, {{"the file system is read-only", "読み取り専用のファイルシステムである"}}},
    {ETXTBSY, {{"the file is in use", "ファイルが使用中である"}}},
};

/* The words of libyaml 0.2; those of its document writer cannot occur. */
static const struct text yaml[] = {
    {{"block sequence entries are not allowed in this context", "ここにはブロック形式の列の項目を書けない"}},
    {{"control characters are not allowed", "制御文字は使えない"}},
    {{"could not find expected ':'", "必要な「:」が無い"}},
    {{"could not find expected directive name", "ディレクティブの名前が無い"}},
    {{"did not find URI escaped octet", "URIのエスケープが正しくない"}},
    {{"did not find expected '!'", "必要な「!」が無い"}},
    {{"did not find expected ',' or ']'", "必要な「,」又は「]」が無い"}},
    {{"did not find expected ',' or '}'", "必要な「,」又は「}」が無い"}},
    {{"did not find expected '-' indicator", "必要な「-」が無い"}},
    {{"did not find expected <document start>", "文書の始まりが無い"}},
    {{"did not find expected <stream-start>", "入力の始まりが無い"}},
    {{"did not find expected alphabetic or numeric character", "英数字が無い"}},
    {{"did not find expected comment or line break", "コメント又は改行が無い"}},
    {{"did not find expected digit or '.' character", "数字又は「.」が無い"}},
    {{"did not find expected hexdecimal number", "十六進数が無い"}},
    {{"did not find expected key", "キーが無い"}},
    {{"did not find expected node content", "値が無い"}},
    {{"did not find expected tag URI", "タグのURIが無い"}},
    {{"did not find expected version number", "版の番号が無い"}},
    {{"did not find expected whitespace", "空白が無い"}},
    {{"did not find expected whitespace or line break", "空白又は改行が無い"}},
    {{"did not find the expected '>'", "必要な「>」が無い"}},
    {{"found a tab character that violates indentation", "タブ文字が字下げを乱している"}},
    {{"found a tab character where an indentation space is expected", "字下げの空白の代わりにタブ文字がある"}},
    {{"found an incorrect leading UTF-8 octet", "UTF-8の先頭バイトが正しくない"}},
    {{"found an incorrect trailing UTF-8 octet", "UTF-8の後続バイトが正しくない"}},
    {{"found an indentation indicator equal to 0", "字下げの指示が0である"}},
    {{"found character that cannot start any token", "ここから始められない文字がある"}},
    {{"found duplicate %TAG directive", "%TAG ディレクティブが重複している"}},
    {{"found duplicate %YAML directive", "%YAML ディレクティブが重複している"}},
    {{"found extremely long version number", "版の番号が長すぎる"}},
    {{"found incompatible YAML document", "対応していない版のYAML文書である"}},
    {{"found invalid Unicode character escape code", "Unicodeのエスケープが正しくない"}},
    {{"found undefined tag handle", "定義されていないタグハンドルがある"}},
    {{"found unexpected ':'", "ここに「:」は書けない"}},
    {{"found unexpected document indicator", "ここに文書の区切りは書けない"}},
    {{"found unexpected end of stream", "途中でファイルが終わっている"}},
    {{"found unexpected non-alphabetical character", "英字でない文字がある"}},
    {{"found unknown directive name", "不明なディレクティブがある"}},
    {{"found unknown escape character", "不明なエスケープ文字がある"}},
    {{"incomplete UTF-8 octet sequence", "UTF-8の文字が途中で切れている"}},
    {{"input is too long", "入力が長すぎる"}},
    {{"invalid Unicode character", "Unicodeの文字として正しくない"}},
    {{"invalid leading UTF-8 octet", "UTF-8の先頭バイトが正しくない"}},
    {{"invalid trailing UTF-8 octet", "UTF-8の後続バイトが正しくない"}},
    {{"mapping keys are not allowed in this context", "ここにはマッピングのキーを書けない"}},
    {{"mapping values are not allowed in this context", "ここにはマッピングの値を書けない"}},
    {{"unreadable", "読めない"}},
    {{"while parsing a %TAG directive", "%TAG ディレクティブの中"}},
    {{"while parsing a block collection", "ブロック形式の列の中"}},
    {{"while parsing a block mapping", "ブロック形式のマッピングの中"}},
    {{"while parsing a block node", "ブロック形式の値の中"}},
    {{"while parsing a flow mapping", "{...} の中"}},
    {{"while parsing a flow node", "フロー形式の値の中"}},
    {{"while parsing a flow sequence", "[...] の中"}},
    {{"while parsing a node", "値の中"}},
    {{"while parsing a quoted scalar", "引用符の中"}},
    {{"while parsing a tag", "タグの中"}},
    {{"while parsing a tag directive", "%TAG ディレクティブの中"}},
    {{"while scanning a %TAG directive", "%TAG ディレクティブの中"}},
    {{"while scanning a %YAML directive", "%YAML ディレクティブの中"}},
    {{"while scanning a block scalar", "複数行の文章の中"}},
    {{"while scanning a directive", "ディレクティブの中"}},
    {{"while scanning a plain scalar", "引用符の無い文章の中"}},
    {{"while scanning a quoted scalar", "引用符の中"}},
    {{"while scanning a simple key", "キーの中"}},
    {{"while scanning a tag", "タグの中"}},
    {{"while scanning a tag directive", "%TAG ディレクティブの中"}},
    {{"while scanning an alias", "エイリアスの中"}},
    {{"while scanning an anchor", "アンカーの中"}},
    {{"while scanning for the next token", "次の語句を探している箇所"}},
};
// clang-format on

struct text words_error(int error)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (errors[i].error == error) return errors[i].text;
    }
    return text_same(strerror(error));
}

struct text words_yaml(const char *english)
{
    for (size_t i = 0; english && i < sizeof yaml / sizeof *yaml; i++) {
        if (strcmp(yaml[i].in[LANG_EN], english) == 0) return yaml[i];
    }
    return text_same(english);
}

struct text words_not_regular(void)
{
    return TEXT("not a regular file", "通常のファイルでない");
}

struct text words_too_large(void)
{
    return TEXT("larger than 256 MiB", "256 MiBを超える");
}
