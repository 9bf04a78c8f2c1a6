// SPDX-License-Identifier: Apache-2.0
/*
 * Reads a model: text -> nodes, includes joined (model_include.c) -> structs ->
 * references resolved -> checks that no table can state.
 */
#include "model/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "model/model_int.h"

/* Components, flows and zones share one name space: CLASS@ASSET must be unambiguous. */
static void check_asset_ids(struct model *model)
{
    struct strmap ids = {0};
    const struct {
        const struct list *list;
        size_t size;
    } sections[] = {
        {&model->m.components, sizeof(struct component)},
        {&model->m.flows,      sizeof(struct flow)     },
        {&model->m.zones,      sizeof(struct zone)     },
    };
    for (size_t s = 0; s < 3; s++) {
        const char *item = sections[s].list->items;
        for (uint32_t i = 0; i < sections[s].list->n; i++, item += sections[s].size) {
            const struct entry *e = (const struct entry *)(const void *)item;
            if (!strmap_add(&ids, e->id, 0, NULL))
                DIAG_ADD(&model->diags, ASSET_TWICE, e->at, text_same(e->id));
        }
    }
    strmap_fini(&ids);
}

/* A zone may not lie within itself; found by walking at most n steps outwards. */
static void check_zone_nesting(struct model *model)
{
    for (uint32_t i = 0; i < model->m.zones.n; i++) {
        const struct zone *z = LIST_AT(model->m.zones, struct zone, i);
        uint32_t at = i, steps = 0;
        while (at != REF_NONE && steps++ < LIMIT_DEPTH) {
            const struct zone *next = LIST_AT(model->m.zones, struct zone, at);
            at = next->within.id ? next->within.index : REF_NONE;
        }
        if (at != REF_NONE)
            DIAG_ADD(&model->diags, ZONE_NESTING, z->within.at, text_same(z->entry.id),
                     diag_number(&model->diags, LIMIT_DEPTH));
    }
}

static void check_forms(struct model *model, struct scope *forms)
{
    forms->name = "forms-of-use";
    for (uint32_t i = 0; i < model->m.components.n; i++) {
        const struct component *c = LIST_AT(model->m.components, struct component, i);
        for (uint32_t k = 0; k < c->forms_of_use.n; k++) {
            const struct form_of_use *f =
                LIST_AT(c->forms_of_use, struct form_of_use, k);
            uint32_t value = (uint32_t)forms->ids.n;
            if (!strmap_add(&forms->ids, f->entry.id, value, NULL))
                DIAG_ADD(&model->diags, FORM_TWICE, f->entry.at,
                         text_same(f->entry.id));
        }
    }
}

static void resolve(struct model *model)
{
    struct model_data *m = &model->m;
    struct scope scopes[9] = {{0}};
    schema_scope(&scopes[0], "stakeholders", &m->stakeholders,
                 sizeof(struct stakeholder));
    schema_scope(&scopes[1], "zones", &m->zones, sizeof(struct zone));
    schema_scope(&scopes[2], "components", &m->components, sizeof(struct component));
    schema_scope(&scopes[3], "flows", &m->flows, sizeof(struct flow));
    schema_scope(&scopes[4], "data", &m->data, sizeof(struct data));
    schema_scope(&scopes[5], "incidents", &m->incidents, sizeof(struct incident));
    schema_scope(&scopes[6], "measures", &m->measures, sizeof(struct measure));
    schema_scope(&scopes[7], "safety-functions", &m->safety_functions,
                 sizeof(struct safety_function));
    check_forms(model, &scopes[8]);
    schema_resolve(&model_shape, m, scopes, 9, &model->arena, &model->diags);
    for (size_t i = 0; i < 9; i++)
        strmap_fini(&scopes[i].ids);
}

static void read_tree(struct model *model, struct node *root, const char *within)
{
    if (root->kind == NODE_MAPPING) model_join(model, root, within);
    schema_read(&model_shape, root, &model->m, &model->arena, &model->diags);
    if (model->m.components.n > LIMIT_COMPONENTS ||
        model->m.flows.n > LIMIT_COMPONENTS) {
        DIAG_ADD(&model->diags, TOO_MANY_PARTS, root->at,
                 diag_number(&model->diags, LIMIT_COMPONENTS));
        return;
    }
    criteria_check(root, &model->m.criteria, &model->diags);
    attackers_check(&model->m.attackers, &model->diags);
    estimates_check(&model->m, &model->diags);
    losses_check(root, &model->m, &model->diags);
    rehearsal_check(&model->m.rehearsal, &model->diags);
    check_asset_ids(model);
    resolve(model);
    check_zone_nesting(model);
    rehearsal_check_targets(&model->m.rehearsal, &model->diags);
}

struct model *model_read(const char *path)
{
    return model_read_within(path, NULL);
}

/* Reads file number `file` of the model's, or with -1 one that could not be had. */
static struct model *read_file(struct model *model, int file, const char *folder)
{
    model->file = file < 0 ? 0 : (uint32_t)file;
    struct node *root =
        file < 0 ? NULL : yaml_parse(&model->arena, &model->diags, (uint32_t)file);
    if (root) read_tree(model, root, folder);
    diag_sort(&model->diags);
    return model;
}

struct model *model_read_within(const char *path, const char *folder)
{
    struct model *model = mem_alloc(sizeof *model);
    return read_file(model, yaml_load(&model->diags, path, (struct place){0}), folder);
}

struct model *model_read_edited(const char *path, const char *text, size_t len,
                                const char *folder)
{
    struct model *model = mem_alloc(sizeof *model);
    return read_file(model, yaml_text(&model->diags, path, text, len), folder);
}

struct model *model_read_text(const char *name, const char *text, size_t len)
{
    struct model *model = mem_alloc(sizeof *model);
    char *copy = mem_alloc(len + 1);
    memcpy(copy, text, len);
    model->file = diag_add_file(&model->diags, name, copy, len);
    size_t bad = text_valid(copy, len);
    struct node *root = NULL;
    if (bad < len)
        DIAG_ADD(&model->diags, NOT_TEXT, ((struct place){model->file, 1, 1}),
                 diag_number(&model->diags, (long long)bad));
    else
        root = yaml_parse(&model->arena, &model->diags, model->file);
    if (root && node_get(root, "include"))
        diag_put(&model->diags, DIAG_NO_INCLUDE_HERE, node_get(root, "include")->at,
                 NULL);
    else if (root)
        read_tree(model, root, NULL);
    diag_sort(&model->diags);
    return model;
}

void model_free(struct model *model)
{
    if (model == NULL) return;
    arena_fini(&model->arena);
    diag_fini(&model->diags);
    free(model);
}

int ref_is_flow(const struct ref *ref)
{
    return ref->section == 1;
}
