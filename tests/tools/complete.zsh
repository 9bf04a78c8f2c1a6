# SPDX-License-Identifier: Apache-2.0
#
# Prints what an interactive zsh proposes when Tab is pressed, one proposal a line.
#
#     zsh -f complete.zsh FOLDER-OF-_awai 'awai assess --'
#
# A zsh on a terminal of its own gets the line. There, compadd also prints what it is to
# propose (not when it is only asked, for -O, -A or -D), and the completion ends with a
# word that tells that all is said.
zmodload zsh/zpty || exit 1
zpty shell zsh -f -i

# Reads lines until one has $1; prints what proposals there are before it.
until_said()
{
    local line
    while zpty -r shell line; do
        line=${${line//$'\r'/}%$'\n'}
        if [[ $line == *$1* ]]; then return 0; fi
        if [[ $line == *'PROPOSED '* ]]; then print -r -- "${line##*PROPOSED }"; fi
    done
    return 1
}

zpty -w shell "PROMPT=; RPROMPT=; fpath=(${(q)1} \$fpath)
autoload -Uz compinit; compinit -u -D
compadd()
{
    typeset -a found
    if [[ \${@[1,(i)(-|--)]} != *-(O|A|D)\\ * ]]; then
        builtin compadd -A found \"\$@\"
        for word in \$found; do print -r -- \"PROPOSED \$word\"; done
    fi
    builtin compadd \"\$@\"
}
propose() { _main_complete; print -r -- ALL-PROPOSED; compstate[insert]=; compstate[list]= }
zle -C propose complete-word propose
bindkey '^I' propose
print -r -- READY-'TO-PROPOSE'"
until_said READY-TO-PROPOSE >/dev/null && zpty -w -n shell "$2"$'\t' && until_said ALL-PROPOSED
zpty -d shell
