// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/* A change of a model that a form asks for; see change.h. */
#include "web/change.h"

#include <stdlib.h>
#include <string.h>

/* Times that others may be quicker until it is left to people. */
enum { TRIES_MOST = 16 };

/* ---- making --------------------------------------------------------------------- */

int64_t change_base(const struct request_form *form)
{
    const char *words = request_field(form, "base");
    return words ? request_number(words) : -1;
}

/* 1 if a change may be made of that version; 0 after an answer. */
static int is_base(struct exchange *ex, int64_t base)
{
    struct store_system system;
    enum store_result result =
        store_system(ex->web->store, ex->workspace, ex->path.slug, &ex->arena, &system);
    if (result != STORE_OK)
        web_store_problem(ex, result, 0);
    else if (base > 0 && base != system.latest.number && ex->route->is_api)
        web_store_problem(ex, STORE_CONFLICT, system.latest.number);
    else if (base < 1 || base > system.latest.number)
        web_problem(ex, DIAG_REQUEST_BASE, NULL);
    else
        return 1;
    return 0;
}

int change_open(struct exchange *ex, int64_t base, struct seen *s)
{
    return is_base(ex, base) ? seen_open_at(ex, s, base) : -1;
}

struct change change_begin(struct exchange *ex, const struct seen *s)
{
    struct change c = {.ex = ex, .base = s->text, .number = s->version.number};
    buf_str(&c.text, s->text);
    return c;
}

int change_whole(struct exchange *ex, int64_t base, const char *text, struct change *c)
{
    *c = (struct change){.ex = ex, .number = base};
    if (!is_base(ex, base)) return -1;
    c->base = web_text(ex, base, NULL);
    if (c->base == NULL) return -1;
    buf_str(&c->text, text);
    return 0;
}

void change_fini(struct change *c)
{
    buf_fini(&c->text);
    free(c->deeds.items);
}

/* A copy that lasts as long as the exchange. */
static const char *kept_words(struct change *c, const char *s)
{
    return s ? arena_str(&c->ex->arena, s) : NULL;
}

static void act(struct change *c, struct deed d)
{
    struct buf next = {0};
    const char *failed = NULL;
    const struct deeds one = {&d, 1};
    if (deeds_do(&one, buf_text(&c->text), "", &next, &failed) != EDIT_DONE) {
        if (c->failed == NULL) c->failed = kept_words(c, failed);
    } else if (strcmp(buf_text(&next), buf_text(&c->text)) != 0) {
        struct deed *kept =
            mem_push(&c->deeds.items, &c->deeds.n, &c->capacity, sizeof *kept);
        *kept = (struct deed){d.verb, kept_words(c, d.path), kept_words(c, d.id),
                              kept_words(c, d.value)};
        buf_fini(&c->text);
        c->text = next;
        return;
    }
    buf_fini(&next);
}

void change_set(struct change *c, const char *path, const char *value)
{
    act(c, (struct deed){DEED_SET, path, NULL, value});
}

void change_drop(struct change *c, const char *path)
{
    act(c, (struct deed){DEED_DROP, path, NULL, NULL});
}

void change_add(struct change *c, const char *section, const char *id,
                const char *block)
{
    act(c, (struct deed){DEED_ADD, section, id, block});
}

void change_add_numbered(struct change *c, const char *section, const char *stem,
                         const char *block)
{
    act(c, (struct deed){DEED_ADD_NUMBERED, section, stem, block});
}

/* ---- saving --------------------------------------------------------------------- */

/* What is tried: a text, as what comes after a version. */
struct attempt {
    struct buf text;
    int64_t after;
    int is_there; // it is the text of that version
};

static int has_numbers(const struct deeds *deeds)
{
    for (size_t i = 0; i < deeds->n; i++)
        if (deeds->items[i].verb == DEED_ADD_NUMBERED) return 1;
    return 0;
}

/* My change beside what they have made of the same: other numbers for what is added. */
static void make_beside(struct change *c, const char *theirs)
{
    struct buf mine = {0};
    const char *failed;
    if (!has_numbers(&c->deeds) ||
        deeds_do(&c->deeds, c->base, theirs, &mine, &failed) != EDIT_DONE)
        return;
    buf_fini(&c->text);
    c->text = mine;
}

/* Leaves it to people: the page of the merge. */
static void ask_merge(struct change *c, const char *why, int64_t latest)
{
    const char *mine = arena_str(&c->ex->arena, buf_text(&c->text));
    page_merge(c->ex, &(struct merge_ask){mine, why, c->number, latest});
}

/* Makes the next attempt from the latest version; 0 after an answer. */
static int join_latest(struct change *c, const char *why, int64_t latest,
                       struct attempt *at)
{
    const char *theirs = web_text(c->ex, latest, NULL);
    if (theirs == NULL) return 0;
    make_beside(c, theirs);
    const struct join join = {c->base, buf_text(&c->text), theirs, c->deeds, c->claim};
    at->text.len = 0;
    at->after = latest;
    if (join_texts(&join, &at->text)) {
        at->is_there = strcmp(buf_text(&at->text), theirs) == 0;
        return 1;
    }
    ask_merge(c, why, latest);
    return 0;
}

/* 1 if the text has no errors; 0 after an answer. What has none alone and some when it
 * is joined is left to people as well. */
static int is_sound(struct change *c, const char *why, const struct attempt *at)
{
    struct view v =
        view_open(c->ex->web, c->ex->path.slug, buf_text(&at->text), at->text.len);
    int sound = v.assessment != NULL;
    if (!sound && c->ex->route->is_api)
        api_refused(c->ex, &v.model->diags);
    else if (!sound && at->after == c->number)
        seen_refuse(c->ex, &v.model->diags);
    else if (!sound)
        ask_merge(c, why, at->after);
    view_close(&v);
    return sound;
}

/* One attempt after another, until one is the first after the latest version. */
static int64_t try_all(struct change *c, const char *why, struct attempt *at)
{
    struct exchange *ex = c->ex;
    int64_t number = 0;
    for (int i = 0; is_sound(c, why, at); i++) {
        enum store_result result =
            web_save(ex, ex->path.slug, at->after, buf_text(&at->text), why, &number);
        if (result == STORE_OK) return number;
        if (result != STORE_CONFLICT || ex->route->is_api)
            web_store_problem(ex, result, number);
        else if (i == TRIES_MOST)
            ask_merge(c, why, number);
        else if (join_latest(c, why, number, at)) {
            if (at->is_there) return number;
            continue;
        }
        return 0;
    }
    return 0;
}

int64_t change_save(struct change *c, const char *why)
{
    struct attempt at = {.after = c->number};
    buf_add(&at.text, buf_text(&c->text), c->text.len);
    int64_t number = try_all(c, why, &at);
    if (number > at.after && at.after != c->number) c->joined = at.after;
    buf_fini(&at.text);
    return number;
}

void change_finish(struct change *c, const char *why, const char *page)
{
    struct exchange *ex = c->ex;
    int64_t number = 0;
    if (c->failed) {
        WEB_SAY(ex, REQUEST_EDIT, text_same(c->failed));
        return;
    }
    if (c->deeds.n && (number = change_save(c, why)) == 0) return;
    page_go(ex, arena_printf(&ex->arena, "/systems/*%s", page), ex->path.slug);
    change_tell(c, number);
}

/* ---- telling -------------------------------------------------------------------- */

void change_tell(struct change *c, int64_t number)
{
    struct exchange *ex = c->ex;
    if (c->joined == 0) return;
    const char *to = ex->answer.location;
    ex->answer.location = arena_printf(&ex->arena, "%s%cjoined=%lld-%lld", to,
                                       strchr(to, '?') ? '&' : '?',
                                       (long long)c->number, (long long)number);
}

/* What the address says: "BASE-NUMBER". */
static int read_joined(const struct exchange *ex, int64_t *base, int64_t *number)
{
    char words[40];
    const char *value = web_query(ex, "joined");
    if (value == NULL || strlen(value) >= sizeof words) return 0;
    snprintf(words, sizeof words, "%s", value);
    char *line = strchr(words, '-');
    if (line == NULL) return 0;
    *line = '\0';
    *base = request_number(words);
    *number = request_number(line + 1);
    return *base > 0 && *number > *base + 1;
}

/* Those who saved versions between two, each once, with commas. */
static const char *names_between(struct exchange *ex, const struct list *versions,
                                 int64_t base, int64_t number)
{
    struct buf names = {0};
    const char *comma = text_in(TEXT(", ", "、"), ex->lang);
    const struct store_version *v = versions->items;
    uint32_t first = 0; // the latest comes first: the one before `number`
    while (first < versions->n && v[first].number >= number)
        first++;
    for (uint32_t i = first; i < versions->n && v[i].number > base; i++) {
        uint32_t k = first;
        while (k < i && strcmp(v[k].who, v[i].who) != 0)
            k++;
        if (k == i) buf_printf(&names, "%s%s", names.len ? comma : "", v[i].who);
    }
    const char *all = arena_str(&ex->arena, buf_text(&names));
    buf_fini(&names);
    return all;
}

/* 1 if who asks has saved that version. */
static int is_own(const struct exchange *ex, const struct list *versions,
                  int64_t number)
{
    for (uint32_t i = 0; i < versions->n; i++) {
        const struct store_version *v = LIST_AT(*versions, struct store_version, i);
        if (v->number == number) return strcmp(v->who, ex->caller.login) == 0;
    }
    return 0;
}

static void put_notice(struct exchange *ex, const char *slug, const char *names,
                       int64_t base, int64_t number)
{
    int is_named = ex->web->access.is_on; // else everybody is the same to us
    put(ex, "<div class=\"notice good\" role=\"status\"><p>");
    if (ex->lang == LANG_EN)
        put(ex,
            "Saved as version %n. Changes%m%s since version %n were joined with "
            "yours: nothing was changed by both. ",
            number, is_named ? " by " : "", is_named ? names : "", base);
    else
        put(ex,
            "第%n版として保存した。第%n版より後の%s%m変更と統合した。同じ項目への"
            "変更はなかった。",
            number, base, is_named ? names : "", is_named ? "による" : "");
    put(ex, "<a href=\"/systems/%m/compare?from=%n&amp;to=%n%m\">%t</a></p></div>\n",
        slug, base, number - 1, put_and_lang(ex),
        TEXT("What changed meanwhile", "その間の変更を見る"));
}

void change_notice(struct exchange *ex, const char *slug)
{
    struct list versions;
    int64_t base, number;
    if (slug == NULL || !read_joined(ex, &base, &number)) return;
    if (store_versions(ex->web->store, ex->workspace, slug, &ex->arena, &versions) !=
            STORE_OK ||
        !is_own(ex, &versions, number))
        return;
    put_notice(ex, slug, names_between(ex, &versions, base, number), base, number);
}
