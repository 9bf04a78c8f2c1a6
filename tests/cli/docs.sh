#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# That the documents tell what the program does: the commands and options of its help are
# all in the manual page, in the completions and in the manual, in both languages; so are
# the attributes of rules and the demands of the catalog. And that the documents are
# sound: links lead somewhere, the two languages show the same commands.
set -u
: "${AWAI:=$PWD/build/awai}" "${AWAI_ROOT:=$PWD}" "${TEST_TMP:=$(mktemp -d)}"
cd "$AWAI_ROOT" || exit 1
man=docs/man/awai.1
bash_completion=$PWD/docs/completion/awai.bash
zsh_completion=docs/completion/_awai
manuals='docs/manual.md docs/manual.ja.md'

# ok or not ok. $1: name, $2: status, $3: why
tell()
{
    if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1: ${3-exit $2}"; fi
}

# That file $2 has a line that matches $3.
matches()
{
    grep -Eq -e "$3" "$2"
    tell "$1" $? "no line of $2 matches $3"
}

# That the standard input has nothing but blanks.
nothing()
{
    rest=$(cat)
    [ -z "$rest" ]
    tell "$1" $? "$(echo "$rest" | head -n 5 | tr '\n' ' ')"
}

# ---- what there is, from the program itself

"$AWAI" --help --lang en >"$TEST_TMP/help"
commands=$(awk '/^Commands/ { on = 1; next } NF == 0 { on = 0 } on { print $1 }' \
    "$TEST_TMP/help")
common=$(awk '/^Options/ { on = 1; next } NF == 0 { on = 0 } on { print $1 }' \
    "$TEST_TMP/help")
[ "$(echo "$commands" | wc -w)" -ge 10 ] && [ "$(echo "$common" | wc -w)" -ge 4 ]
tell help_lists_commands_and_options $?

# The options of command $1, without the common ones.
options_of()
{
    "$AWAI" "$1" --help --lang en |
        awk '/^Options/ { on = 1; next } NF == 0 { on = 0 } on { print $1 }' |
        grep -vxF -e "$common"
}

# The part of the manual page about command $1.
man_of()
{
    awk -v start="^\\\\.It Cm $1( |\$)" '
        $0 ~ start { on = 1; print; next }
        /^\.It Cm / || /^\.Sh / { on = 0 }
        on' "$man"
}

# The rows of the manual $1 about command $2.
row_of() { grep -E "^\| .awai $2[ \`]" "$1"; }

# What bash proposes for the words $@, the last of which is begun; one a line.
proposals()
{
    # shellcheck disable=SC2016 # for bash
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _awai
        printf "%s\n" "${COMPREPLY[@]}"' - "$bash_completion" "$@" 2>/dev/null
}

# What zsh proposes for the line $1, sorted, one a line; nothing if there is no zsh.
zsh_proposals()
{
    if command -v zsh >/dev/null; then
        timeout 60 zsh -f "$AWAI_ROOT/tests/tools/complete.zsh" \
            "$AWAI_ROOT/docs/completion" "$1" </dev/null | sort -u
    fi
}

# That zsh proposes the words $3 for the line $2. $1: name
zsh_proposes()
{
    if ! command -v zsh >/dev/null; then
        echo "skip $1: there is no zsh"
        return
    fi
    # shellcheck disable=SC2086 # a word each
    printf '%s\n' $3 | sort >"$TEST_TMP/wanted"
    zsh_proposals "$2" | comm -3 - "$TEST_TMP/wanted" | nothing "$1"
}

# ---- commands and options

proposals awai '' | sort >"$TEST_TMP/proposed"
echo "$commands" | sort | comm -3 - "$TEST_TMP/proposed" | nothing bash_knows_the_commands
for command in $commands; do
    man_of "$command" | grep -q .
    tell "man_has_$command" $?
    grep -q "'$command:" $zsh_completion && grep -qx "    $command)" $zsh_completion
    tell "zsh_has_$command" $?
    for manual in $manuals; do
        row_of "$manual" "$command" >/dev/null
        tell "$manual:has_$command" $? "no row 'awai $command'"
    done
    options=$(options_of "$command")
    proposals awai "$command" - | sort >"$TEST_TMP/proposed"
    # shellcheck disable=SC2086 # a word each
    printf '%s\n' $options $common | sort | comm -3 - "$TEST_TMP/proposed" |
        nothing "bash_knows_the_options_of_$command"
    # shellcheck disable=SC2086
    zsh_proposes "zsh_proposes_options_of_$command" "awai $command --" \
        "$(printf '%s\n' $options $common | grep -v -e '^-h')"
    for option in $options; do
        man_of "$command" | grep -Eq "^\\.It Fl ${option#-}( |\$)"
        tell "man_has_$command$option" $?
        awk -v start="    $command)" '$0 == start { on = 1 } on; /;;/ { on = 0 }' \
            $zsh_completion | grep -q -e "${option}[=[]"
        tell "zsh_has_$command$option" $?
        for manual in $manuals; do
            row_of "$manual" "$command" | grep -q -e "\`${option}[ \`]"
            tell "$manual:has_$command$option" $?
        done
    done
done
for option in $common --version; do
    matches "man_has$option" $man "^\\.(It )?Fl ${option#-}( |\$)"
    matches "zsh_has$option" $zsh_completion "${option}[]=[}]"
    for manual in $manuals; do matches "$manual:has$option" "$manual" "${option}[ \`]"; done
done

# ---- values

"$AWAI" new "$TEST_TMP/x" --template no-such 2>&1 | sed -n 's/^  \([a-z]\)/\1/p' | sort \
    >"$TEST_TMP/templates"
proposals awai new x --template '' | sort | comm -3 - "$TEST_TMP/templates" |
    nothing bash_knows_the_templates
while read -r name; do
    matches "man_has_$name" $man "(^|[ ,])$name( |\$)"
    matches "zsh_has_$name" $zsh_completion "(^|[ (])$name([ )]|\$)"
done <"$TEST_TMP/templates"
proposals awai schema '' | sort | tr '\n' ' ' | grep -qx 'api catalog model rules template '
tell bash_knows_the_formats $?
for section in $(proposals awai catalog ''); do
    "$AWAI" catalog "$section" >/dev/null
    tell "bash_names_the_section_$section" $?
done
mkdir -p "$TEST_TMP/files/models"
touch "$TEST_TMP/files/a b.yaml" "$TEST_TMP/files/c.txt"
(cd "$TEST_TMP/files" && proposals awai assess '' | sort | tr '\n' '|') |
    grep -qx 'a b.yaml|models|'
tell bash_completes_files $?
zsh_proposes zsh_proposes_commands 'awai ' "$commands"
zsh_proposes zsh_proposes_templates 'awai new x --template=' "$(cat "$TEST_TMP/templates")"
zsh_proposes zsh_proposes_languages 'awai assess --lang=' 'en ja'
zsh_proposes zsh_proposes_formats 'awai schema ' 'model catalog rules template api'
if command -v zsh >/dev/null; then
    (cd "$TEST_TMP/files" && zsh_proposals 'awai assess ' | tr '\n' '|') |
        grep -qxF 'a\ b.yaml|models|'
    tell zsh_proposes_files $?
fi
version=$(sed -n 's/^#define AWAI_VERSION "\(.*\)"/\1/p' include/awai.h)
[ "$("$AWAI" --version)" = "awai $version" ]
tell version_of_the_header $? "the header says $version"

# ---- syntax

bash -n "$bash_completion"
tell bash_syntax $?
if command -v zsh >/dev/null; then
    zsh -f -n $zsh_completion
    tell zsh_syntax $?
else
    echo "skip zsh_syntax: there is no zsh"
fi
if command -v mandoc >/dev/null; then
    mandoc -T lint -W error $man
    tell man_lint $?
else
    echo "skip man_lint: there is no mandoc"
fi

# ---- attributes of rules: the error about an unknown one lists those that there are

model=usecases/drone/model.yaml
for subject in components flows zones data stakeholders incidents threats requirements \
    measures decisions; do
    printf 'rules: {x: {for: %s, where: {q_q_q_q: 1}, message: m}}\n' $subject \
        >"$TEST_TMP/rules.yaml"
    "$AWAI" check $model --rules "$TEST_TMP/rules.yaml" 2>&1 |
        sed -n 's/^ *= one of //p' | tr -d ',' >"$TEST_TMP/attributes"
    for manual in $manuals; do
        sed -n "s/^| $subject | \\(.*\\) |\$/\\1/p" "$manual" |
            diff - "$TEST_TMP/attributes" | nothing "$manual:attributes_of_$subject"
    done
done

# ---- demands: the table of the manual is that of the catalog

awk '
    /recovery:/ { recovery = $2 }
    /economic:/ { economic = $2 }
    /viewpoint:/ { gsub(/[{},]/, ""); at[recovery, economic, $3] = mark($5) }
    function mark(s) { return s == "self" ? "s" : s == "second-party" ? "2" : "3" }
    function cell(r, e,    v, text) {
        for (v = 1; v <= 4; v++)
            text = text (v > 1 ? " " : "") ((r, e, v) in at ? at[r, e, v] : "-")
        return text
    }
    END {
        n = split("fatal serious limited", rows, " ")
        for (i = 1; i <= n; i++)
            printf "%s | %s | %s |\n", cell(rows[i], "limited"),
                cell(rows[i], "serious"), cell(rows[i], "devastating")
    }' catalog/demands.yaml >"$TEST_TMP/demands"
for manual in $manuals; do
    sed -n 's/^| \*\*[^|]* | \(\([-s23] \)\{4\}|.*\)$/\1/p' "$manual" |
        diff - "$TEST_TMP/demands" | nothing "$manual:demands"
done

# ---- pictures: those of the README are what the program draws now

mkdir -p "$TEST_TMP/images"
docs/images/make "$AWAI" "$TEST_TMP/images"
for lang in en ja; do
    for figure in map likelihood; do
        cmp -s "docs/images/$figure.$lang.svg" "$TEST_TMP/images/$figure.$lang.svg"
        tell "picture_${figure}_$lang" $? "run docs/images/make"
    done
done

# ---- links, and the two languages side by side

for page in README.md README.ja.md CONTRIBUTING.md SECURITY.md CHANGELOG.md $manuals; do
    folder=$(dirname "$page")
    grep -oE '\]\([^)]+\)' "$page" | sed 's/^](//; s/)$//' |
        while read -r link; do
            case $link in
            http*) continue ;;
            \#*) file=$page ;;
            *) file=$folder/${link%%#*} ;;
            esac
            [ -e "$file" ] || echo "$link"
        done | nothing "$page:links"
    # names of files of the project
    # shellcheck disable=SC2016 # backticks of Markdown
    grep -oE '`(docs|src|tests|tools|catalog|usecases|schema|include|bench)/[^` *]*`' \
        "$page" | tr -d '`' | sed 's/:.*//' | grep -v '[A-Z<{]' | sort -u |
        while read -r file; do [ -e "$file" ] || echo "$file"; done |
        nothing "$page:files"
done
commands_of() { awk '/^```sh$/ { on = 1; next } /^```/ { on = 0 } on' "$1"; }
for pair in README docs/manual; do
    commands_of $pair.md >"$TEST_TMP/en"
    commands_of $pair.ja.md >"$TEST_TMP/ja"
    diff "$TEST_TMP/en" "$TEST_TMP/ja" | nothing "$pair:same_commands"
    [ "$(grep -c '^#' $pair.md)" -eq "$(grep -c '^#' $pair.ja.md)" ]
    tell "$pair:same_sections" $?
done
