/* SPDX-License-Identifier: Apache-2.0
 *
 * Comparing two models field by field: what counts as a change, how it is named, and
 * that order is none.
 */
#include "unit.h"

#include <stdlib.h>

#include "base/schema_diff.h"
#include "model/model.h"
#include "world.h"

/* "kind section/id/key: old -> new" of each change, one a line. */
static void list_changes(const struct schema_diff *diff, struct buf *out)
{
    static const char *const kinds[] = {"added", "removed", "changed"};

    for (size_t i = 0; i < diff->n; i++) {
        const struct schema_change *c = &diff->items[i];
        buf_printf(out, "%s %s/%s/%s: %s -> %s\n", kinds[c->kind], c->section,
                   c->id ? c->id : "", c->key ? c->key : "",
                   c->old_value ? c->old_value : "", c->new_value ? c->new_value : "");
    }
}

static void check_diff(const char *old_text, const char *new_text, const char *expected)
{
    struct model *old_model = model_read_text("old", old_text, strlen(old_text));
    struct model *new_model = model_read_text("new", new_text, strlen(new_text));
    struct schema_diff diff = schema_diff(&model_shape, &old_model->m, &new_model->m);
    struct buf out = {0};

    diag_print(&old_model->diags, stdout, (struct diag_view){0});
    diag_print(&new_model->diags, stdout, (struct diag_view){0});
    model_free(old_model);
    model_free(new_model);
    list_changes(&diff, &out);
    CHECK_STR(buf_text(&out), expected);
    buf_fini(&out);
    schema_diff_fini(&diff);
}

/* The world with one piece of text replaced by another, in the heap. */
static char *with(const char *piece, const char *instead)
{
    const char *found = strstr(WORLD_MODEL, piece);
    size_t size = strlen(WORLD_MODEL) + strlen(instead) + 1;
    char *text = mem_alloc(size);

    CHECK(found != NULL);
    if (found)
        snprintf(text, size, "%.*s%s%s", (int)(found - WORLD_MODEL), WORLD_MODEL,
                 instead, found + strlen(piece));
    return text;
}

static void check_edit(const char *piece, const char *instead, const char *expected)
{
    char *text = with(piece, instead);

    check_diff(WORLD_MODEL, text, expected);
    free(text);
}

static void test_the_same_is_no_change(void)
{
    check_diff(WORLD_MODEL, WORLD_MODEL, "");
}

static void test_order_and_layout_are_no_change(void)
{
    check_diff(WORLD_HEAD WORLD_PLACES WORLD_RISKS, WORLD_HEAD WORLD_RISKS WORLD_PLACES,
               "");
    check_edit("on: [plc, camera]", "on: [camera,   plc]", "");
    check_edit("class: [personal, operational]", "class: [operational, personal]", "");
    check_edit("  plc: {name: PLC,", "  # moved\n  plc: {name: \"PLC\",", "");
}

static void test_values(void)
{
    check_edit("authentication: default-password", "authentication: certificate",
               "changed components/camera/authentication: default-password -> "
               "certificate\n");
    check_edit(", update: manual}", "}", "changed components/plc/update: manual -> \n");
    check_edit("review-by: 2025-01-01", "review-by: 2026-01-01",
               "changed decisions/keep/review-by: 2025-01-01 -> 2026-01-01\n");
    check_edit("status: proposed}", "status: proposed, cost: 2 MJPY}",
               "changed measures/sign/cost:  -> 2000000 JPY\n");
    check_edit("class: [personal, operational]", "class: personal",
               "changed data/pictures/class: [personal, operational] -> [personal]\n");
    check_edit("applicant: maker", "applicant: user",
               "changed applicant//: maker -> user\n");
    check_edit("rebuilt: true", "rebuilt: false",
               "changed components/camera/rebuilt: true -> false\n");
}

static void test_texts_by_language(void)
{
    check_edit("name: Plant", "name: Works", "changed system//name: Plant -> Works\n");
    check_edit("name: Plant", "name: {en: Works, ja: Plant}",
               "changed system//name.en: Plant -> Works\n");
    check_edit("name: Plant", "name: {en: Plant}", "");
}

static void test_lists_are_sets(void)
{
    check_edit("on: [plc, camera]", "on: [plc, cloud]",
               "removed measures/sign/on: camera -> \n"
               "added measures/sign/on:  -> cloud\n");
    check_edit("stakeholders:\n",
               "relations: [{from: maker, kind: supplies, to: user}]\nstakeholders:\n",
               "added relations//:  -> {from: maker, kind: supplies, to: user}\n");
}

static void test_entries_by_id(void)
{
    check_edit("  orders: {name: Orders, class: control}\n",
               "  orders: {name: Orders, class: control}\n"
               "  logs: {name: Logs, class: operational}\n",
               "added data/logs/:  -> {name: Logs, class: [operational]}\n");
    check_edit("      maker: {recovery: none, economic: serious, because: claims}}}\n",
               "      maker: {recovery: none, economic: limited, because: claims}}}\n",
               "changed incidents/peek/harms.maker.economic: serious -> limited\n");
    check_edit(
        "{user: {recovery: fatal, economic: serious, because: hit}}",
        "{maker: {recovery: fatal, economic: serious, because: hit}}",
        "added incidents/crash/harms.maker:  -> {recovery: fatal, economic: "
        "serious, because: hit}\n"
        "removed incidents/crash/harms.user: {recovery: fatal, economic: serious, "
        "because: hit} -> \n");
}

/* A target that allows nothing is something else than no target. */
static void test_presence(void)
{
    check_edit("roles: [iot-user, resident]}",
               "roles: [iot-user, resident], target: {recovery: none, economic: none}}",
               "changed stakeholders/user/target:  -> {}\n");
}

static void test_names_of_entries(void)
{
    char *text = with("  orders: {name: Orders, class: control}\n",
                      "  orders: {name: Orders, class: control}\n"
                      "  logs: {name: {en: Logs, ja: Rogu}, class: operational}\n");
    struct model *old_model = model_read_text("old", WORLD_MODEL, strlen(WORLD_MODEL));
    struct model *new_model = model_read_text("new", text, strlen(text));
    struct schema_diff diff = schema_diff(&model_shape, &old_model->m, &new_model->m);

    CHECK_INT(diff.n, 1);
    CHECK_STR(text_in(diff.items[0].name, LANG_JA), "Rogu");
    CHECK_STR(diff.items[0].new_value,
              "{name: {en: Logs, ja: Rogu}, class: [operational]}");
    schema_diff_fini(&diff);
    model_free(old_model);
    model_free(new_model);
    free(text);
}

int main(void)
{
    RUN(test_the_same_is_no_change);
    RUN(test_order_and_layout_are_no_change);
    RUN(test_values);
    RUN(test_texts_by_language);
    RUN(test_lists_are_sets);
    RUN(test_entries_by_id);
    RUN(test_presence);
    RUN(test_names_of_entries);
    return UNIT_RESULT();
}
