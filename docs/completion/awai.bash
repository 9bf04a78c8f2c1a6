# SPDX-License-Identifier: Apache-2.0
#
# Completion of awai for bash. Installed as share/bash-completion/completions/awai, or
# read with `. awai.bash`. tests/cli/docs.sh compares it with `awai --help`.
# shellcheck shell=bash

# Files that end as the pattern $1 says, and directories, for the word $2.
_awai_files()
{
    local name
    while IFS= read -r name; do
        # shellcheck disable=SC2053 # $1 is a pattern
        if [[ -d $name || $name == $1 ]]; then COMPREPLY+=("$name"); fi
    done < <(compgen -f -- "$2")
    compopt -o filenames 2>/dev/null
}

# The words of $1 that begin with $2.
_awai_words()
{
    local word
    for word in $1; do
        if [[ $word == "$2"* ]]; then COMPREPLY+=("$word"); fi
    done
}

# The value of option $1, whose beginning is $2. Fails if it takes none.
_awai_value()
{
    case $1 in
    --lang) _awai_words 'en ja' "$2" ;;
    --template)
        if [ "${COMP_WORDS[1]}" = report ]; then _awai_files '*.yaml' "$2"
        else
            _awai_words 'condition-monitoring distillation drone gas-water-heater
                warehouse-agv welding-robot' "$2"
        fi
        ;;
    --figure) _awai_words "help $(awai report --figure help 2>/dev/null | cut -d ' ' -f 1)" "$2" ;;
    --into) _awai_files '*.yaml' "$2" ;;
    --from) _awai_words 'xlsx otm threat-dragon' "$2" ;;
    --to) _awai_words 'otm threat-dragon' "$2" ;;
    --fail-on) _awai_words 'outside-target open-requirements' "$2" ;;
    --catalog | --include-root) _awai_files '' "$2" ;;
    --rules) _awai_files '*.yaml' "$2" ;;
    --sarif) _awai_files '*.sarif' "$2" ;;
    --output | -o) _awai_files '*.html' "$2" ;;
    --measures | --compare) _awai_words 'none in-force decided all' "$2" ;;
    --mal) _awai_files '*.@(json|yaml|yml)' "$2" ;;
    --components | --rehearse | --seed | --trials | --threads | --horizon | --entry | --target | --precision | \
        --resolution | --shard | --budget | --assume-cost | --owner | --set | --until | --csv | \
        --incident | --runs | --at | --world | --speed | --listen | \
        --component | --stakeholder | --supplier) ;;
    --db) _awai_files '*.db' "$2" ;;
    --trace) _awai_files '*.csv' "$2" ;;
    --merge) _awai_files '*.json' "$2" ;;
    *) return 1 ;;
    esac
}

# The options of command $1 besides the common ones.
_awai_options()
{
    case $1 in
    assess) echo '--json --fail-on --rules --sarif --rehearse --seed --threads' ;;
    attack)
        echo '--mal --entry --target --measures --compare --horizon --trials --seed --threads --json
            --precision --resolution --rare --shard --merge --svg'
        ;;
    backup | store) echo '--db' ;;
    catalog | compare | diff) echo '--json' ;;
    check) echo '--all --rules --sarif' ;;
    export) echo '--output --to --json' ;;
    format) echo '--check --output' ;;
    graph) echo '--json --dot' ;;
    import) echo '--output --into --from --json' ;;
    lsp) echo '--stdio' ;;
    new) echo '--template' ;;
    plan)
        echo '--to-target --budget --pareto --assume-cost --catalog-measures --keep-decided
            --write --owner --trials --seed --threads --svg --json'
        ;;
    rehearse)
        echo '--incident --measures --runs --seed --threads --at --matrix --compatibility --trace
            --world --watch --speed --svg --json'
        ;;
    report) echo '--output --figure --rehearse --component --stakeholder --supplier --template' ;;
    restore) echo '--db --replace' ;;
    risk) echo '--measures --compare --worlds --years --outer --inner --rehearse --seed --threads
            --svg --json' ;;
    schema) echo '--manual' ;;
    serve)
        echo '--db --listen --accounts --owner-link --tls-cert --tls-key --host
            --insecure-no-tls --routes --at-once --seconds'
        ;;
    synth) echo '--components --seed' ;;
    twin) echo '--check --set --until --csv --json' ;;
    esac
}

# The arguments of command $1, whose beginning is $2.
_awai_arguments()
{
    case $1 in
    catalog)
        _awai_words 'threats origins protocols carriers kinds requirements examples
            attackers' "$2"
        ;;
    messages) _awai_words "$(awai messages 2>/dev/null | sed -n 's/^### //p')" "$2" ;;
    new) _awai_files '' "$2" ;;
    backup | restore) _awai_files '*.db' "$2" ;;
    schema) _awai_words 'model catalog rules template api' "$2" ;;
    store) _awai_words 'export import verify' "$2" ;;
    import) _awai_files '*.@(xlsx|json|yaml|yml|otm)' "$2" ;;
    serve | synth) ;;
    twin) _awai_words 'column drone heater monitor warehouse weldcell' "$2" ;;
    *) _awai_files '*.yaml' "$2" ;;
    esac
}

_awai()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        --catalog | --include-root | --lang) i=$((i + 1)) ;;
        -*) ;;
        *)
            command=${COMP_WORDS[i]}
            break
            ;;
        esac
    done
    # readline makes a word of its own of "="
    if [[ $word == '=' ]]; then
        word=''
    elif [[ $before == '=' ]] && ((COMP_CWORD >= 2)); then
        before=${COMP_WORDS[COMP_CWORD - 2]}
    fi
    if _awai_value "$before" "$word"; then return; fi
    if [[ $word == -* ]]; then
        _awai_words "$(_awai_options "$command") --catalog --include-root --lang --time --help" \
            "$word"
        if [[ -z $command ]]; then _awai_words '--version' "$word"; fi
    elif [[ -z $command ]]; then
        _awai_words 'assess attack backup catalog check compare diff explain export format graph import lsp messages new plan
            rehearse report restore risk schema serve store synth twin' "$word"
    else
        _awai_arguments "$command" "$word"
    fi
}

complete -F _awai awai
