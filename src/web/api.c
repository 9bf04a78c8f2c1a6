// SPDX-License-Identifier: Apache-2.0
/* Answers in JSON, and problems in whichever form was asked for. */
#include <string.h>

#include "web/web_int.h"

/* ---- problems ------------------------------------------------------------------- */

static const struct {
    enum diag_kind kind;
    unsigned status;
} problems[] = {
    {DIAG_REQUEST_MALFORMED, 400},
    {DIAG_REQUEST_HOST,      421},
    {DIAG_REQUEST_ORIGIN,    403},
    {DIAG_REQUEST_NOWHERE,   404},
    {DIAG_REQUEST_METHOD,    405},
    {DIAG_REQUEST_LARGE,     413},
    {DIAG_REQUEST_TYPE,      415},
    {DIAG_REQUEST_SLUG,      422},
    {DIAG_REQUEST_TAKEN,     409},
    {DIAG_REQUEST_BASE,      428},
    {DIAG_REQUEST_CONFLICT,  412},
    {DIAG_REQUEST_MODEL,     422},
    {DIAG_REQUEST_FILE,      422},
    {DIAG_REQUEST_NOTE,      422},
    {DIAG_REQUEST_LOGIN,     401},
    {DIAG_REQUEST_RIGHT,     403},
    {DIAG_REQUEST_CODES,     403},
    {DIAG_REQUEST_ELSEWHERE, 403},
    {DIAG_LOGIN_WRONG,       401},
    {DIAG_LOGIN_WAIT,        429},
    {DIAG_LINK_GONE,         404},
    {DIAG_LOGIN_NAME,        422},
    {DIAG_LOGIN_TAKEN,       409},
    {DIAG_PASSWORD_SHORT,    422},
    {DIAG_PASSWORD_LONG,     422},
    {DIAG_PASSWORD_COMMON,   422},
    {DIAG_PASSWORD_NAMED,    422},
    {DIAG_PASSWORD_WRONG,    422},
    {DIAG_CODE_WRONG,        422},
    {DIAG_OWNER_LAST,        409},
    {DIAG_TOKEN_FORM,        422},
    {DIAG_REVIEW_FORM,       422},
    {DIAG_REQUEST_EDIT,      422},
    {DIAG_EDIT_NOWHERE,      422},
    {DIAG_EDIT_TAKEN,        422},
    {DIAG_EDIT_VALUE,        422},
    {DIAG_EDIT_PLACE,        422},
    {DIAG_IDENTIFIER,        422},
    {DIAG_STREAM_BUSY,       503},
    {DIAG_PDF_LATE,          503},
    {DIAG_PDF_FAILED,        500},
    {DIAG_EXTRACT,           422},
    {DIAG_FIGURE_ABSENT,     404},
    {DIAG_NO_REHEARSAL,      404},
    {DIAG_NO_PLAY,           404},
    {DIAG_MEASURE_SET,       422},
    {DIAG_PLAN_STYLE,        422},
    {DIAG_PLAN_GATE,         422},
    {DIAG_TWIN_LACKS,        501},
    {DIAG_NO_SOLVER,         501},
    {DIAG_REQUEST_PARAMETER, 400},
    {DIAG_REQUEST_VALUE,     400},
    {DIAG_REQUEST_LACKS,     400},
    {DIAG_REQUEST_TWICE,     400},
    {DIAG_REQUEST_NOT_BOTH,  400},
    {DIAG_REQUEST_NO_FIGURE, 404},
    {DIAG_REQUEST_RULES,     422},
    {DIAG_MESSAGE_CODE,      404},
    {DIAG_FORMAT,            404},
    {DIAG_REQUEST_BUSY,      503},
    {DIAG_REQUEST_LONG,      422},
    {DIAG_CATALOG_ENTRY,     404},
    {DIAG_TEMPLATE,          404},
    {DIAG_TWIN_KIND,         404},
    {DIAG_EXPLANATION,       400},
    {DIAG_STEP_NAME,         400},
    {DIAG_MONEY_OPTION,      400},
    {DIAG_TWIN_NAME,         400},
    {DIAG_TWIN_SET,          400},
    {DIAG_TWIN_RANGE,        400},
    {DIAG_TWIN_OUTPUT_SET,   400},
    {DIAG_TWIN_UNSOUND,      422},
    {DIAG_RUNS_LARGE,        422},
    {DIAG_XLSX_ABSENT,       501},
    {DIAG_PDF_ABSENT,        501},
    {DIAG_STORE_NO_ROOM,     507},
    {DIAG_STORE_UNUSABLE,    500},
};

unsigned web_status_of(enum diag_kind kind)
{
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        if (problems[i].kind == kind) return problems[i].status;
    return 500;
}

static struct json begin(struct exchange *ex, unsigned status)
{
    ex->answer.status = status;
    ex->answer.type = "application/json";
    ex->answer.body.len = 0;
    struct json j = json_on(&ex->answer.body, 3);
    json_open(&j, '{');
    return j;
}

static void end(struct exchange *ex, struct json *j)
{
    json_close(j, '}');
    buf_char(&ex->answer.body, '\n');
}

/* "error", open: its status, the message and the hint in the language of the request.
 */
static void put_error(struct json *j, const struct exchange *ex, enum diag_kind kind,
                      const struct text *args)
{
    struct buf text = {0};
    json_in(j, "error", '{');
    json_put_int(j, "status", ex->answer.status);
    json_put(j, "code", diag_code(kind));
    diag_message(kind, ex->lang, args, &text);
    json_put(j, "message", buf_text(&text));
    text.len = 0;
    diag_hint(kind, ex->lang, args, &text);
    json_put(j, "hint", buf_text(&text));
    buf_fini(&text);
}

void web_problem(struct exchange *ex, enum diag_kind kind, const struct text *args)
{
    if (ex->route && !ex->route->is_api) {
        struct buf message = {0}, hint = {0};
        ex->answer.status = web_status_of(kind);
        diag_message(kind, ex->lang, args, &message);
        diag_hint(kind, ex->lang, args, &hint);
        page_problem(ex, buf_text(&message), buf_text(&hint));
        buf_fini(&message);
        buf_fini(&hint);
        return;
    }
    struct json j = begin(ex, web_status_of(kind));
    put_error(&j, ex, kind, args);
    json_close(&j, '}');
    end(ex, &j);
}

void web_store_problem(struct exchange *ex, enum store_result result, int64_t latest)
{
    static const enum diag_kind kinds[] = {
        [STORE_MISSING] = DIAG_REQUEST_NOWHERE,
        [STORE_REFUSED] = DIAG_REQUEST_NOTE,
        [STORE_FULL] = DIAG_STORE_NO_ROOM,
    };
    const char *what;
    if (result == STORE_EXISTS) {
        WEB_SAY(ex, REQUEST_TAKEN, text_same(ex->slug));
    } else if (result == STORE_CONFLICT) {
        what = arena_printf(&ex->arena, "%lld", (long long)latest);
        WEB_SAY(ex, REQUEST_CONFLICT, text_same(what));
        ex->answer.version = latest;
    } else if (result == STORE_FAILED) {
        WEB_SAY(ex, STORE_UNUSABLE, text_same(store_problem(ex->web->store)));
    } else {
        web_problem(ex, kinds[result], NULL);
    }
}

/* ---- diagnostics ---------------------------------------------------------------- */

static void put_diagnostic(struct json *j, const struct diag *d)
{
    json_open(j, '{');
    json_put(j, "severity", diag_severity_name(d->severity));
    json_put(j, "code", d->code);
    json_put_int(j, "line", d->at.line);
    json_put_int(j, "column", d->at.column);
    json_put_text(j, "message", d->message);
    json_put_text(j, "hint", d->hint);
    json_close(j, '}');
}

static void put_diagnostics(struct json *j, const struct diag_list *const *lists,
                            size_t n)
{
    size_t n_errors = 0, n_warnings = 0;
    for (size_t k = 0; k < n; k++) {
        n_errors += lists[k]->n_errors;
        n_warnings += lists[k]->n_warnings;
    }
    json_put_int(j, "errors", (long long)n_errors);
    json_put_int(j, "warnings", (long long)n_warnings);
    json_in(j, "diagnostics", '[');
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < lists[k]->n; i++)
            put_diagnostic(j, &lists[k]->items[i]);
    json_close(j, ']');
}

void api_diagnostics(struct json *j, const struct diag_list *d)
{
    put_diagnostics(j, &d, 1);
}

void api_check(struct exchange *ex, int64_t version,
               const struct diag_list *const *lists, size_t n)
{
    struct json j = begin(ex, 200);
    if (version) json_put_int(&j, "version", version);
    put_diagnostics(&j, lists, n);
    end(ex, &j);
}

static void refuse(struct exchange *ex, enum diag_kind kind, const struct diag_list *d)
{
    struct json j = begin(ex, web_status_of(kind));
    put_error(&j, ex, kind, NULL);
    api_diagnostics(&j, d);
    json_close(&j, '}');
    end(ex, &j);
}

void api_refused(struct exchange *ex, const struct diag_list *d)
{
    refuse(ex, DIAG_REQUEST_MODEL, d);
}

void api_refused_file(struct exchange *ex, const struct diag_list *d)
{
    refuse(ex, DIAG_REQUEST_FILE, d);
}

/* ---- systems and versions ------------------------------------------------------- */

static void put_version(struct json *j, const struct store_version *v)
{
    json_put_int(j, "version", v->number);
    json_put_int(j, "saved", v->saved_s);
    json_put(j, "who", v->who);
    json_put(j, "why", v->why);
    json_put_int(j, "bytes", v->n_bytes);
}

static void put_system(struct exchange *ex, struct json *j,
                       const struct store_system *system)
{
    struct summary s = view_summary(ex->web, ex->workspace, system, &ex->arena);
    json_open(j, '{');
    json_put(j, "slug", system->slug);
    json_put_text(j, "name", s.name);
    json_put_int(j, "created", system->created_s);
    put_version(j, &system->latest);
    if (s.is_assessed) {
        json_in(j, "position", '{');
        json_put(j, "recovery", recovery_name(s.worst.recovery));
        json_put(j, "economic", economic_name(s.worst.economic));
        json_close(j, '}');
        json_put_int(j, "above_target", s.n_above);
    } else {
        json_key(j, "position");
        json_null(j);
    }
    json_close(j, '}');
}

void api_systems(struct exchange *ex, const struct list *systems, const char *next)
{
    struct json j = begin(ex, 200);
    json_in(&j, "systems", '[');
    for (uint32_t i = 0; i < systems->n; i++)
        put_system(ex, &j, &((const struct store_system *)systems->items)[i]);
    json_close(&j, ']');
    if (next) json_put(&j, "next", next);
    end(ex, &j);
}

void api_versions(struct exchange *ex, const struct list *versions)
{
    const struct store_version *v = versions->items;
    struct json j = begin(ex, 200);
    json_in(&j, "versions", '[');
    for (uint32_t i = 0; i < versions->n; i++) {
        json_open(&j, '{');
        put_version(&j, &v[i]);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    end(ex, &j);
}

void api_saved(struct exchange *ex, const char *slug, int64_t number)
{
    struct json j = begin(ex, number == 1 ? 201 : 200);
    json_put(&j, "slug", slug);
    json_put_int(&j, "version", number);
    end(ex, &j);
    ex->answer.version = number;
}
