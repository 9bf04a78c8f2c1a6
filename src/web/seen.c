// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* One system as its pages see it; see seen.h. */
#include "web/seen.h"

#include <stdlib.h>
#include <string.h>

#include "web/kept.h"

/* ---- open ----------------------------------------------------------------------- */

void seen_diagnostics(struct exchange *ex, const struct diag_list *d)
{
    const struct diag_view view = {.lang = ex->lang, .warnings = 1};
    char *text = NULL;
    size_t len = 0;
    FILE *f = open_memstream(&text, &len);
    if (f == NULL) mem_out_of_memory();
    diag_print(d, f, view);
    if (fclose(f) != 0) mem_out_of_memory();
    put(ex, "<pre tabindex=\"0\">%s</pre>\n", text);
    free(text);
}

/* What there is to say of a model with errors: them, and where to mend them. */
static void tell_errors(struct exchange *ex, const struct view *v)
{
    const char *slug = ex->path.slug;
    frame_open(ex, &(struct frame){.title = text_same(slug), .slug = slug, .page = ""});
    put(ex, "<p>%t <a href=\"/systems/%m/edit%l\">%t</a></p>\n",
        TEXT("The model has errors, so that nothing can be derived from it.",
             "モデルに誤りがあるため、何も導出できない。"),
        slug, TEXT("Mend them in the editor", "編集画面で直す"));
    seen_diagnostics(ex, &v->model->diags);
    frame_end(ex);
}

int seen_open(struct exchange *ex, struct seen *s)
{
    return seen_open_at(ex, s, 0);
}

int seen_open_at(struct exchange *ex, struct seen *s, int64_t number)
{
    *s = (struct seen){.slug = ex->path.slug};
    s->text = web_text(ex, number, &s->version);
    if (s->text == NULL) return -1;
    s->view = view_open(ex->web, s->slug, s->text, (size_t)s->version.n_bytes);
    s->a = s->view.assessment;
    s->m = &s->view.model->m;
    s->c = &ex->web->catalog->c;
    if (s->a) return 0;
    if (ex->route->is_api)
        api_refused(ex, &s->view.model->diags);
    else
        tell_errors(ex, &s->view);
    seen_close(s);
    return -1;
}

void seen_close(struct seen *s)
{
    view_close(&s->view);
    s->a = NULL;
}

void seen_begin(struct exchange *ex, const struct seen *s, const char *page,
                struct text title)
{
    struct text whole;
    for (int i = 0; i < N_LANGS; i++)
        whole.in[i] =
            arena_printf(&ex->arena, "%s: %s", text_in(s->m->system.name, (enum lang)i),
                         text_in(title, (enum lang)i));
    frame_open(ex,
               &(struct frame){
                   .title = whole, .slug = s->slug, .page = page, .asset = "pages"});
}

int seen_picture(struct exchange *ex, const struct seen *s, const char *name,
                 seen_draw *draw, struct buf *svg)
{
    const char *key =
        arena_printf(&ex->arena, "%s/%s/%s/%ld/%d", name, s->slug,
                     web_text_key(&ex->arena, s->text, (size_t)s->version.n_bytes),
                     (long)s->a->today, (int)ex->lang);
    const char *type;
    if (kept_find(ex->web->kept, key, svg, &type)) return svg->len > 0;
    int drawn = draw(s->a, ex->lang, svg);
    kept_put(ex->web->kept, key, "image/svg+xml", svg);
    return drawn;
}

/* ---- names ---------------------------------------------------------------------- */

struct text seen_name(struct text name, const char *id)
{
    return text_empty(name) ? text_same(id) : name;
}

struct text seen_asset_name(struct exchange *ex, const struct seen *s, uint32_t asset)
{
    return graph_asset_name(s->a->graph, asset, &ex->arena);
}

struct text seen_stakeholder(const struct seen *s, const struct ref *ref)
{
    if (ref->index == REF_NONE || ref->id == NULL) return TEXT("", "");
    const struct stakeholder *who =
        LIST_AT(s->m->stakeholders, struct stakeholder, ref->index);
    return seen_name(who->name, who->entry.id);
}

void seen_places(struct exchange *ex, const struct seen *s, const struct list *refs)
{
    const struct graph *g = s->a->graph;
    for (uint32_t i = 0; i < refs->n; i++) {
        const struct ref *r = LIST_AT(*refs, struct ref, i);
        if (r->index == REF_NONE) continue;
        const uint32_t *assets = r->section == 0   ? g->asset_of_component
                                 : r->section == 1 ? g->asset_of_flow
                                                   : g->asset_of_zone;
        if (i) put(ex, "%t", TEXT(", ", "、"));
        put(ex, "%t", seen_asset_name(ex, s, assets[r->index]));
    }
}

void seen_incident_link(struct exchange *ex, const struct seen *s, uint32_t incident)
{
    const struct incident *in = LIST_AT(s->m->incidents, struct incident, incident);
    put(ex, "<a href=\"/systems/%m/incidents%l#%m\">%t</a>", s->slug, in->entry.id,
        seen_name(in->name, in->entry.id));
}

void seen_requirement_link(struct exchange *ex, const struct seen *s, uint32_t i)
{
    const struct requirement *r = LIST_AT(s->c->requirements, struct requirement, i);
    put(ex, "<a href=\"/systems/%m/requirements%l#%m\">%t</a>", s->slug, r->entry.id,
        seen_name(r->name, r->entry.id));
}

void seen_stakeholder_options(struct exchange *ex, const struct seen *s,
                              const char *chosen)
{
    for (uint32_t i = 0; i < s->m->stakeholders.n; i++) {
        const struct stakeholder *who =
            LIST_AT(s->m->stakeholders, struct stakeholder, i);
        put_option(ex, who->entry.id, chosen, seen_name(who->name, who->entry.id));
    }
}

/* ---- forms ---------------------------------------------------------------------- */

const struct request_form *seen_form(struct exchange *ex)
{
    static const char form_type[] = "application/x-www-form-urlencoded";
    struct request_form *form = arena_alloc(&ex->arena, sizeof *form);
    if (!request_is_type(ex->content_type, form_type))
        WEB_SAY(ex, REQUEST_TYPE, text_same(form_type));
    else if (request_form(buf_text(&ex->body), ex->body.len, &ex->arena, form) != 0)
        web_problem(ex, DIAG_REQUEST_MALFORMED, NULL);
    else
        return form;
    return NULL;
}

void seen_refuse(struct exchange *ex, const struct diag_list *d)
{
    struct buf message = {0};
    ex->answer.status = web_status_of(DIAG_REQUEST_MODEL);
    diag_message(DIAG_REQUEST_MODEL, ex->lang, NULL, &message);
    frame_open(ex, &(struct frame){
                       .title = text_same(arena_str(&ex->arena, buf_text(&message))),
                       .slug = ex->path.slug});
    seen_diagnostics(ex, d);
    frame_end(ex);
    buf_fini(&message);
}
