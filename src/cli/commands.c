// SPDX-License-Identifier: Apache-2.0
/* The table of commands, sorted by name. */
#include "cli/cli.h"

extern const struct command command_assess, command_attack, command_backup,
    command_catalog, command_check, command_compare, command_diff, command_explain,
    command_export, command_format, command_graph, command_import, command_lsp,
    command_messages, command_new, command_plan, command_rehearse, command_report,
    command_restore, command_risk, command_schema, command_serve, command_store,
    command_synth, command_twin;

const struct command *const commands[] = {
    &command_assess,   &command_attack,   &command_backup,  &command_catalog,
    &command_check,    &command_compare,  &command_diff,    &command_explain,
    &command_export,   &command_format,   &command_graph,   &command_import,
    &command_lsp,      &command_messages, &command_new,     &command_plan,
    &command_rehearse, &command_report,   &command_restore, &command_risk,
    &command_schema,   &command_serve,    &command_store,   &command_synth,
    &command_twin,
};
const size_t n_commands = sizeof commands / sizeof *commands;
