// SPDX-License-Identifier: Apache-2.0
// lint: bilingual
/*
 * A new model by questions in plain words, step by step. What is answered goes into the
 * model's text at once (text_edit.h), and the forms carry that text: there is no other
 * state, nothing is kept before the end, and each step can be gone back to. The last
 * step checks the text as the editor does and makes the system.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lsp/text_edit.h"
#include "web/frame.h"
#include "web/markup.h"
#include "web/seen.h"

enum { MOST_QUESTIONS = 8, ID_BYTES = 65 };

/* One who is asked, with what was sent. */
struct wizard {
    struct exchange *ex;
    const struct request_form *form; // NULL at the beginning
    struct buf text;                 // of the model so far
    struct arena arena;              // of what is read of it
    const struct node *root;         // likewise, NULL: it is not read
    size_t at;                       // the step that is shown
    struct text trouble;             // what was wrong with the last answer, or empty
};

enum question_kind { ASK_LINE, ASK_LONG, ASK_CHOICE };

struct question {
    const char *name;
    enum question_kind kind;
    struct text label;
    void (*options)(struct wizard *w); // of a choice
    int is_needed;
};

struct wizard_step {
    const char *name;
    struct text title, about;
    const char *section; // what it adds to: its entries are listed; NULL: nothing
    struct question questions[MOST_QUESTIONS];
    void (*apply)(struct wizard *w); // puts what is answered into the text
};

/* ---- what was sent, and the text so far ----------------------------------------- */

static const char *answer(const struct wizard *w, const char *name)
{
    const char *value = w->form ? request_field(w->form, name) : NULL;
    return value && !text_is_blank(value) ? value : "";
}

/* Reads the text anew. */
static void read_text(struct wizard *w)
{
    struct diag_list d = {0};
    w->root = NULL;
    arena_fini(&w->arena);
    int file = w->text.len ? yaml_text(&d, "new", w->text.data, w->text.len) : -1;
    if (file >= 0) w->root = yaml_parse(&w->arena, &d, (uint32_t)file);
    diag_fini(&d);
}

static const struct node *section(const struct wizard *w, const char *name)
{
    const struct node *n =
        w->root && w->root->kind == NODE_MAPPING ? node_get(w->root, name) : NULL;
    return n && n->kind == NODE_MAPPING ? n : NULL;
}

static const char *value_of(const struct node *entry, const char *key)
{
    const struct node *n =
        entry && entry->kind == NODE_MAPPING ? node_get(entry, key) : NULL;
    return n && n->kind == NODE_SCALAR ? n->text : "";
}

static int has_entry(const struct wizard *w, const char *name, const char *id)
{
    const struct node *s = section(w, name);
    return s && node_get(s, id) != NULL;
}

static const char *system_value(const struct wizard *w, const char *key)
{
    return value_of(section(w, "system"), key);
}

static void take(struct wizard *w, enum text_edit_result result, struct buf *next)
{
    if (result == EDIT_DONE) {
        buf_fini(&w->text);
        w->text = *next;
        read_text(w);
        return;
    }
    buf_fini(next);
    w->trouble = TEXT("This could not be put into the model.",
                      "この内容をモデルに書き込めなかった。");
}

static void set(struct wizard *w, const char *path, const char *value)
{
    struct buf next = {0}, word = {0};
    text_edit_word(&word, value);
    take(w,
         text_edit_set(buf_text(&w->text), w->text.len, path, buf_text(&word), &next),
         &next);
    buf_fini(&word);
}

static void add(struct wizard *w, const char *where, const char *id, const char *block)
{
    struct buf next = {0};
    take(w, text_edit_add(buf_text(&w->text), w->text.len, where, id, block, &next),
         &next);
}

/* "key: value" and a line end; nothing for an empty value. */
static void put_line(struct buf *block, const char *key, const char *value)
{
    if (*value == '\0') return;
    buf_printf(block, "%s: ", key);
    text_edit_word(block, value);
    buf_char(block, '\n');
}

/* Components, flows and zones share one name space. */
static int is_taken(const struct wizard *w, const char *where, const char *id)
{
    return has_entry(w, where, id) || has_entry(w, "components", id) ||
           has_entry(w, "flows", id) || has_entry(w, "zones", id);
}

/* An identifier made of a name: its English letters, or the section's own word; with a
 * number if there is one already. */
static const char *make_id(struct wizard *w, const char *where, const char *name,
                           const char *usual)
{
    char id[ID_BYTES] = "";
    size_t n = 0;
    for (const char *s = name; *s && n < 40; s++) {
        if (isalnum((unsigned char)*s))
            id[n++] = (char)tolower((unsigned char)*s);
        else if (n > 0 && id[n - 1] != '-')
            id[n++] = '-';
    }
    while (n > 0 && id[n - 1] == '-')
        n--;
    id[n] = '\0';
    const char *base = n ? arena_str(&w->ex->arena, id) : usual;
    const char *found = base;
    for (int i = 2; is_taken(w, where, found); i++)
        found = arena_printf(&w->ex->arena, "%s-%d", base, i);
    return found;
}

/* ---- what can be chosen --------------------------------------------------------- */

static void put_set(struct wizard *w, const struct choice_set *set, const char *likely)
{
    for (size_t i = 0; i < set->n; i++)
        put_option(w->ex, set->items[i].name, likely, set->items[i].text);
}

static void roles_options(struct wizard *w)
{
    put_set(w, &roles, "service-provider");
}

static void recovery_options(struct wizard *w)
{
    put_set(w, &recovery_levels, "limited");
}

static void economic_options(struct wizard *w)
{
    put_set(w, &economic_levels, "limited");
}

static void zone_options(struct wizard *w)
{
    put_set(w, &zone_kinds, "site");
}

static void data_options(struct wizard *w)
{
    put_set(w, &data_classes, "control");
}

static void entry_options(struct wizard *w, const char *name)
{
    const struct node *s = section(w, name);
    for (const struct node *n = s ? s->first : NULL; n; n = n->next) {
        const char *words = value_of(n, "name");
        put_option(w->ex, n->key, NULL, text_same(*words ? words : n->key));
    }
}

static void stakeholder_options(struct wizard *w)
{
    entry_options(w, "stakeholders");
}

static void component_options(struct wizard *w)
{
    entry_options(w, "components");
}

/* The same with another one chosen, as nothing talks to itself. */
static void other_component_options(struct wizard *w)
{
    const struct node *s = section(w, "components");
    const char *second = s && s->first && s->first->next ? s->first->next->key : NULL;
    for (const struct node *n = s ? s->first : NULL; n; n = n->next) {
        const char *words = value_of(n, "name");
        put_option(w->ex, n->key, second, text_same(*words ? words : n->key));
    }
}

static void place_options(struct wizard *w)
{
    entry_options(w, "flows");
    entry_options(w, "components");
}

static void kind_options(struct wizard *w)
{
    const struct list *kinds = &w->ex->web->catalog->c.kinds;
    for (uint32_t i = 0; i < kinds->n; i++) {
        const struct kind *k = LIST_AT(*kinds, struct kind, i);
        if (k->is_abstract != TRI_YES && k->asset_type == ASSET_COMPONENT)
            put_option(w->ex, k->entry.id, NULL, k->name);
    }
}

static void protocol_options(struct wizard *w)
{
    const struct list *all = &w->ex->web->catalog->c.protocols;
    put_option(w->ex, "", NULL, TEXT("not known", "不明"));
    for (uint32_t i = 0; i < all->n; i++) {
        const struct protocol *p = LIST_AT(*all, struct protocol, i);
        put_option(w->ex, p->entry.id, NULL, p->name);
    }
}

static void carrier_options(struct wizard *w)
{
    const struct list *all = &w->ex->web->catalog->c.carriers;
    put_option(w->ex, "", NULL, TEXT("not known", "不明"));
    for (uint32_t i = 0; i < all->n; i++) {
        const struct carrier *c = LIST_AT(*all, struct carrier, i);
        put_option(w->ex, c->entry.id, "internet", c->name);
    }
}

static void threat_options(struct wizard *w)
{
    const struct list *all = &w->ex->web->catalog->c.threats;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct threat_class *t = LIST_AT(*all, struct threat_class, i);
        put_option(w->ex, t->entry.id, NULL, t->name);
    }
}

/* ---- what answers become -------------------------------------------------------- */

static void apply_system(struct wizard *w)
{
    const char *slug = answer(w, "slug");
    if (!schema_is_id(slug)) {
        w->trouble = TEXT("The name in addresses has letters, digits, - and _ only.",
                          "アドレスに使う名前は、英数字と「-」「_」のみ。");
        return;
    }
    if (w->text.len == 0) {
        buf_printf(
            &w->text,
            "# Begun with the questions of the workbench. Every key is described "
            "in docs/model.md.\nawai: 1\nsystem:\n  id: %s\n",
            slug);
        read_text(w);
    }
    set(w, "system/id", slug);
    set(w, "system/name", answer(w, "name"));
    if (*answer(w, "overview")) set(w, "system/overview", answer(w, "overview"));
}

static void apply_stakeholder(struct wizard *w)
{
    struct buf block = {0};
    const char *id = make_id(w, "stakeholders", answer(w, "name"), "stakeholder");
    put_line(&block, "name", answer(w, "name"));
    buf_str(&block, "roles: [");
    text_edit_word(&block, answer(w, "role"));
    buf_str(&block, "]\ntarget: {recovery: ");
    text_edit_word(&block, answer(w, "recovery"));
    buf_str(&block, ", economic: ");
    text_edit_word(&block, answer(w, "economic"));
    buf_str(&block, "}\n");
    if (w->root && node_get(w->root, "applicant") == NULL) set(w, "applicant", id);
    add(w, "stakeholders", id, buf_text(&block));
    buf_fini(&block);
}

static const char *zone_of(struct wizard *w)
{
    return arena_printf(&w->ex->arena, "%.40s-zone", answer(w, "zone"));
}

/* The zone of a kind, made when there is none: outside of buildings and on the internet
 * nothing is trusted. */
static void need_zone(struct wizard *w, const char *kind)
{
    int value = choice_value(&zone_kinds, kind);
    int is_open = value == ZONE_INTERNET || value == ZONE_OUTDOOR;
    struct text name = choice_text(&zone_kinds, value);
    struct buf block = {0};
    if (value < 0 || has_entry(w, "zones", zone_of(w))) return;
    buf_str(&block, "name: {en: ");
    text_edit_word(&block, text_in(name, LANG_EN));
    buf_str(&block, ", ja: ");
    text_edit_word(&block, text_in(name, LANG_JA));
    buf_printf(&block, "}\nkind: %s\ntrust: %s\n", kind, is_open ? "none" : "partial");
    add(w, "zones", zone_of(w), buf_text(&block));
    buf_fini(&block);
}

static void apply_component(struct wizard *w)
{
    struct buf block = {0};
    need_zone(w, answer(w, "zone"));
    put_line(&block, "name", answer(w, "name"));
    put_line(&block, "kind", answer(w, "kind"));
    put_line(&block, "zone", zone_of(w));
    put_line(&block, "owner", answer(w, "owner"));
    put_line(&block, "physical-effect", answer(w, "effect"));
    add(w, "components", make_id(w, "components", answer(w, "name"), "component"),
        buf_text(&block));
    buf_fini(&block);
}

static void need_data(struct wizard *w, const char *class)
{
    int value = choice_value(&data_classes, class);
    struct text name = choice_text(&data_classes, value);
    struct buf block = {0};
    if (value < 0 || has_entry(w, "data", class)) return;
    buf_str(&block, "name: {en: ");
    text_edit_word(&block, text_in(name, LANG_EN));
    buf_str(&block, ", ja: ");
    text_edit_word(&block, text_in(name, LANG_JA));
    buf_printf(&block, "}\nclass: [%s]\n", class);
    add(w, "data", class, buf_text(&block));
    buf_fini(&block);
}

static void apply_flow(struct wizard *w)
{
    struct buf block = {0};
    const char *name = answer(w, "name");
    const char *ends =
        arena_printf(&w->ex->arena, "%.28s-%.28s", answer(w, "from"), answer(w, "to"));
    need_data(w, answer(w, "data"));
    put_line(&block, "name", name);
    put_line(&block, "from", answer(w, "from"));
    put_line(&block, "to", answer(w, "to"));
    buf_str(&block, "data: [");
    text_edit_word(&block, answer(w, "data"));
    buf_str(&block, "]\n");
    put_line(&block, "protocol", answer(w, "protocol"));
    put_line(&block, "carrier", answer(w, "carrier"));
    add(w, "flows", make_id(w, "flows", ends, "flow"), buf_text(&block));
    buf_fini(&block);
}

/* An incident of that name, which may be there already: then one more is harmed. */
static const char *incident_named(const struct wizard *w, const char *name)
{
    const struct node *s = section(w, "incidents");
    for (const struct node *n = s ? s->first : NULL; n; n = n->next)
        if (strcmp(value_of(n, "name"), name) == 0) return n->key;
    return NULL;
}

static void apply_incident(struct wizard *w)
{
    struct buf block = {0}, harm = {0};
    const char *name = answer(w, "name"), *id = incident_named(w, name);
    buf_str(&harm, "{recovery: ");
    text_edit_word(&harm, answer(w, "recovery"));
    buf_str(&harm, ", economic: ");
    text_edit_word(&harm, answer(w, "economic"));
    buf_str(&harm, ", because: ");
    text_edit_word(&harm, answer(w, "because"));
    buf_str(&harm, "}");
    if (id == NULL) {
        id = make_id(w, "incidents", name, "incident");
        put_line(&block, "name", name);
        put_line(&block, "threat", answer(w, "threat"));
        put_line(&block, "at", answer(w, "at"));
        add(w, "incidents", id, buf_text(&block));
    }
    add(w, arena_printf(&w->ex->arena, "incidents/%s/harms", id), answer(w, "whom"),
        buf_text(&harm));
    buf_fini(&block);
    buf_fini(&harm);
}

static void drop(struct wizard *w, const char *path)
{
    struct buf next = {0};
    take(w, text_edit_drop(buf_text(&w->text), w->text.len, path, &next), &next);
}

/* What the levels of an axis mean; the amounts are left to the catalog or the editor.
 */
static void apply_criterion(struct wizard *w, const char *axis,
                            const struct choice_set *levels, const char *prefix)
{
    struct buf block = {0};
    for (int level = LEVEL_LIMITED; level <= LEVEL_WORST; level++) {
        const char *name = arena_printf(&w->ex->arena, "%s%d", prefix, level);
        const char *meaning = answer(w, name);
        if (*meaning == '\0') continue;
        buf_printf(&block, "%s:\n  ", choice_name(levels, level));
        put_line(&block, "meaning", meaning);
    }
    if (block.len && has_entry(w, "criteria", axis))
        drop(w, arena_printf(&w->ex->arena, "criteria/%s", axis));
    if (block.len) add(w, "criteria", axis, buf_text(&block));
    buf_fini(&block);
}

static void apply_criteria(struct wizard *w)
{
    apply_criterion(w, "recovery", &recovery_levels, "r");
    apply_criterion(w, "economic", &economic_levels, "e");
}

/* ---- the steps ------------------------------------------------------------------ */

// clang-format off
static const struct wizard_step steps[] = {
    {"system", {{"The system", "システム"}},
     {{"What is it, in a sentence or two? Think of one form of use: the same device elsewhere may be another system.",
       "どのようなシステムか。一つの使い方について考える。同じ機器でも使い方が違えば別のシステムとなり得る。"}}, NULL,
     {{"name", ASK_LINE, {{"What is it called?", "名称"}}, NULL, 1},
      {"slug", ASK_LINE, {{"A short name for addresses (letters, digits, - and _)", "アドレスに使う短い名前(英数字、-、_)"}}, NULL, 1},
      {"overview", ASK_LONG, {{"What does it do, for whom, and where?", "何を、誰のために、どこで行うか"}}, NULL, 0}}, apply_system},
    {"people", {{"Who is affected", "影響を受ける人"}},
     {{"Who makes it, runs it, uses it, lives near it? Name first whoever applies the method. For each, how much harm can be borne at most?",
       "作る人、運用する人、使う人、近くに住む人は誰か。最初に、この手法を適用する主体を挙げる。それぞれ、どの程度までの被害なら受け入れられるか。"}}, "stakeholders",
     {{"name", ASK_LINE, {{"Who?", "誰か"}}, NULL, 1},
      {"role", ASK_CHOICE, {{"What is their part?", "役割"}}, roles_options, 1},
      {"recovery", ASK_CHOICE, {{"Harm to people: at most", "人への被害の上限"}}, recovery_options, 1},
      {"economic", ASK_CHOICE, {{"Economic harm: at most", "経済的被害の上限"}}, economic_options, 1}}, apply_stakeholder},
    {"parts", {{"What it is made of", "構成要素"}},
     {{"Devices, services, apps, and people who operate something. Where is each, and whose is it?",
       "機器、サービス、アプリケーション、操作する人。それぞれどこにあり、誰のものか。"}}, "components",
     {{"name", ASK_LINE, {{"What?", "名称"}}, NULL, 1},
      {"kind", ASK_CHOICE, {{"What kind of thing is it?", "種別"}}, kind_options, 1},
      {"zone", ASK_CHOICE, {{"Where is it?", "所在"}}, zone_options, 1},
      {"owner", ASK_CHOICE, {{"Whose is it?", "所有者"}}, stakeholder_options, 1},
      {"effect", ASK_LINE, {{"Does it move, heat or open something? What?", "物理的な作用(動かす、加熱する、開ける等)があれば"}}, NULL, 0}}, apply_component},
    {"flows", {{"What talks to what", "データフロー"}},
     {{"Commands, measurements, updates, messages: from where to where?",
       "指令、測定値、更新、通知等は、どこからどこへ流れるか。"}}, "flows",
     {{"from", ASK_CHOICE, {{"From", "送信元"}}, component_options, 1},
      {"to", ASK_CHOICE, {{"To", "送信先"}}, other_component_options, 1},
      {"data", ASK_CHOICE, {{"What sort of data?", "データの分類"}}, data_options, 1},
      {"carrier", ASK_CHOICE, {{"Over what?", "伝送手段"}}, carrier_options, 0},
      {"protocol", ASK_CHOICE, {{"In which protocol?", "プロトコル"}}, protocol_options, 0},
      {"name", ASK_LINE, {{"A name for it, if it needs one", "必要なら名称"}}, NULL, 0}}, apply_flow},
    {"incidents", {{"What can go wrong", "起こり得ること"}},
     {{"Think of the worst that an attacker could bring about, and whom it would hurt. Give the same name again to add another who is harmed.",
       "攻撃者が引き起こし得る最悪の事態と、その被害者を考える。同じ名称でもう一度追加すると、被害者を増やせる。"}}, "incidents",
     {{"name", ASK_LINE, {{"What happens?", "何が起こるか"}}, NULL, 1},
      {"threat", ASK_CHOICE, {{"By which kind of attack?", "脅威の分類"}}, threat_options, 1},
      {"at", ASK_CHOICE, {{"Where does it strike?", "箇所"}}, place_options, 1},
      {"whom", ASK_CHOICE, {{"Who is harmed?", "被害者"}}, stakeholder_options, 1},
      {"recovery", ASK_CHOICE, {{"How hard to recover from?", "回復困難性"}}, recovery_options, 1},
      {"economic", ASK_CHOICE, {{"How much economic harm?", "経済的影響"}}, economic_options, 1},
      {"because", ASK_LINE, {{"Why do you think so?", "根拠"}}, NULL, 1}}, apply_incident},
    {"criteria", {{"What the levels mean", "水準の意味"}},
     {{"What do limited, serious and the worst mean for this system? What is left empty is taken from the catalog.",
       "このシステムで、限定的、重大、致命的・壊滅的とは何を意味するか。空欄はカタログの基準を使う。"}}, NULL,
     {{"r1", ASK_LINE, {{"People: limited", "人への被害: 限定的"}}, NULL, 0},
      {"r2", ASK_LINE, {{"People: serious", "人への被害: 重大"}}, NULL, 0},
      {"r3", ASK_LINE, {{"People: fatal", "人への被害: 致命的"}}, NULL, 0},
      {"e1", ASK_LINE, {{"Economic: limited", "経済的影響: 限定的"}}, NULL, 0},
      {"e2", ASK_LINE, {{"Economic: serious", "経済的影響: 重大"}}, NULL, 0},
      {"e3", ASK_LINE, {{"Economic: devastating", "経済的影響: 壊滅的"}}, NULL, 0}}, apply_criteria},
    {"review", {{"Look it over", "確認"}},
     {{"This is the model. It can be changed later in every way.",
       "出来上がったモデル。後から自由に変更できる。"}}, NULL, {{0}}, NULL},
};
// clang-format on
enum { N_STEPS = sizeof steps / sizeof *steps };

/* ---- the page ------------------------------------------------------------------- */

/* What the text says already of what the first step asks; else "". */
static const char *said_of_system(const struct wizard *w, const char *question)
{
    static const char *const keys[][2] = {
        {"slug",     "id"      },
        {"name",     "name"    },
        {"overview", "overview"}
    };
    for (size_t i = 0; w->at == 0 && i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i][0], question) == 0) return system_value(w, keys[i][1]);
    return "";
}

static void put_question(struct wizard *w, const struct question *q, int is_wrong)
{
    struct exchange *ex = w->ex;
    const char *kept = is_wrong ? answer(w, q->name) : "";
    if (*kept == '\0') kept = said_of_system(w, q->name);
    put(ex, "<label for=\"%m\">%t%m</label>", q->name, q->label,
        q->is_needed ? " <span aria-hidden=\"true\">*</span>" : "");
    if (q->kind == ASK_LINE)
        put(ex, "<input id=\"%m\" name=\"%m\" maxlength=\"300\" value=\"%s\">\n",
            q->name, q->name, kept);
    if (q->kind == ASK_LONG)
        put(ex,
            "<textarea class=\"short\" id=\"%m\" name=\"%m\" maxlength=\"4000\">\n%s"
            "</textarea>\n",
            q->name, q->name, kept);
    if (q->kind != ASK_CHOICE) return;
    put(ex, "<select id=\"%m\" name=\"%m\">", q->name, q->name);
    q->options(w);
    put(ex, "</select>\n");
}

/* What the section has already, each with a button that takes it away. */
static void put_entries(struct wizard *w, const struct wizard_step *step)
{
    const struct node *s = step->section ? section(w, step->section) : NULL;
    if (s == NULL || s->n == 0) return;
    put(w->ex, "<h2>%t</h2>\n<ul class=\"plain\">\n", TEXT("So far", "これまでの内容"));
    for (const struct node *n = s->first; n; n = n->next) {
        const char *name = value_of(n, "name");
        put(w->ex,
            "<li>%s <button type=\"submit\" class=\"quiet\" name=\"drop\" "
            "value=\"%m/%s\">%t</button></li>\n",
            *name ? name : n->key, step->section, n->key, TEXT("Remove", "削除"));
    }
    put(w->ex, "</ul>\n");
}

static void put_places(struct exchange *ex, size_t at)
{
    put(ex, "<ol class=\"wizard-steps\">\n");
    for (size_t i = 0; i < N_STEPS; i++)
        put(ex, "<li%m>%d. %t</li>\n", i == at ? " aria-current=\"step\"" : "",
            (int)i + 1, steps[i].title);
    put(ex, "</ol>\n");
}

/* What is odd in a text that has no errors: an incident that no attack gets to, say. */
static void put_warnings(struct wizard *w)
{
    struct view v =
        view_open(w->ex->web, system_value(w, "id"), buf_text(&w->text), w->text.len);
    if (v.assessment && v.model->diags.n) {
        put(w->ex, "<h2>%t</h2>\n", TEXT("To look at", "確認が必要な点"));
        seen_diagnostics(w->ex, &v.model->diags);
    }
    view_close(&v);
}

/* The text, checked. */
static void put_review(struct wizard *w)
{
    struct exchange *ex = w->ex;
    struct view v =
        view_open(ex->web, system_value(w, "id"), buf_text(&w->text), w->text.len);
    if (v.assessment) {
        put(ex, "<p>%t ", TEXT("The system would stand at", "マップ上の位置:"));
        put_position_of(ex, v.assessment->worst);
        put(ex, "</p>\n");
    } else {
        frame_notice(ex,
                     text_in(TEXT("Something is missing or wrong; go back, or mend it "
                                  "in the text below.",
                                  "不足又は誤りがある。前に戻るか、下の文章で直す。"),
                             ex->lang));
    }
    if (v.model->diags.n) seen_diagnostics(ex, &v.model->diags);
    view_close(&v);
}

static void put_buttons(struct exchange *ex, size_t at, int is_list)
{
    if (at > 0)
        put(ex,
            "<button type=\"submit\" class=\"quiet\" name=\"go\" value=\"back\">%t"
            "</button>\n",
            TEXT("Back", "戻る"));
    if (is_list)
        put(ex, "<button type=\"submit\" name=\"go\" value=\"add\">%t</button>\n",
            TEXT("Add it, and another", "追加して続ける"));
    put(ex, "<button type=\"submit\" name=\"go\" value=\"%m\">%t</button>\n",
        at + 1 < N_STEPS ? "next" : "create",
        at + 1 < N_STEPS ? TEXT("Next", "次へ") : TEXT("Make the system", "作成する"));
}

static void put_text(struct wizard *w, int is_shown)
{
    if (is_shown)
        put(w->ex,
            "<label for=\"text\">%t</label><textarea id=\"text\" "
            "name=\"text\" spellcheck=\"false\">\n%s</textarea>\n",
            TEXT("Model (YAML)", "モデル(YAML)"), buf_text(&w->text));
    else
        put(w->ex, "<input type=\"hidden\" name=\"text\" value=\"%s\">\n",
            buf_text(&w->text));
}

/* Shows a step; if the last answers were wrong, with them. */
static void show(struct wizard *w, size_t at)
{
    struct exchange *ex = w->ex;
    const struct wizard_step *step = &steps[at];
    int is_wrong = !text_empty(w->trouble);
    w->at = at;
    if (is_wrong && ex->answer.status == 0) ex->answer.status = 422;
    frame_open(ex, &(struct frame){.title = TEXT("A new system", "新しいシステム"),
                                   .asset = "pages"});
    put_places(ex, at);
    put(ex, "<h2>%t</h2>\n<p class=\"prose\">%t</p>\n", step->title, step->about);
    if (is_wrong) frame_notice(ex, text_in(w->trouble, ex->lang));
    if (at + 1 == N_STEPS) put_review(w);
    put(ex,
        "<form method=\"post\" action=\"/new%f\"><input type=\"hidden\" "
        "name=\"step\" value=\"%m\">\n",
        step->name);
    for (size_t i = 0; i < MOST_QUESTIONS && step->questions[i].name; i++)
        put_question(w, &step->questions[i], is_wrong);
    put_text(w, at + 1 == N_STEPS);
    put_buttons(ex, at, step->section != NULL);
    put_entries(w, step);
    put(ex, "</form>\n");
    if (section(w, "incidents") && at + 1 < N_STEPS) put_warnings(w);
    frame_end(ex);
}

void web_get_new(struct exchange *ex)
{
    struct wizard w = {.ex = ex};
    show(&w, 0);
}

/* ---- going on ------------------------------------------------------------------- */

static int is_any_line(const struct wizard *w, const struct wizard_step *step)
{
    for (size_t i = 0; i < MOST_QUESTIONS && step->questions[i].name; i++)
        if (step->questions[i].kind != ASK_CHOICE &&
            *answer(w, step->questions[i].name))
            return 1;
    return 0;
}

static int is_answered(const struct wizard *w, const struct wizard_step *step)
{
    for (size_t i = 0; i < MOST_QUESTIONS && step->questions[i].name; i++)
        if (step->questions[i].is_needed && !*answer(w, step->questions[i].name))
            return 0;
    return 1;
}

/* Puts the answers in, where there are any: who goes on from a list with empty lines
 * adds nothing. */
static void apply(struct wizard *w, const struct wizard_step *step, const char *go)
{
    int is_adding = strcmp(go, "add") == 0;
    if (step->apply == NULL || strcmp(go, "back") == 0) return;
    if (!is_adding && step->section && !is_any_line(w, step)) return;
    if (is_answered(w, step))
        step->apply(w);
    else
        w->trouble =
            TEXT("Answer the questions with a star.", "星印の質問に答える必要がある。");
}

/* Makes the system, or shows the last step with what is wrong. */
static void create(struct wizard *w)
{
    struct exchange *ex = w->ex;
    const char *slug = arena_str(&ex->arena, system_value(w, "id"));
    struct view v = view_open(ex->web, slug, buf_text(&w->text), w->text.len);
    int is_sound = v.assessment != NULL && schema_is_id(slug);
    view_close(&v);
    if (!is_sound) {
        ex->answer.status = web_status_of(DIAG_REQUEST_MODEL);
        show(w, N_STEPS - 1);
        return;
    }
    const char *why = text_in(TEXT("begun by questions", "質問に答えて作成"), ex->lang);
    enum store_result result =
        web_create(ex, slug, buf_text(&w->text), w->text.len, why);
    if (result == STORE_EXISTS) { // all answers stay: only the name is asked anew
        ex->answer.status = web_status_of(DIAG_REQUEST_TAKEN);
        w->trouble = TEXT("There is a system of that name in addresses already; choose "
                          "another.",
                          "アドレスに使う名前が既にある。別の名前にする。");
        show(w, 0);
    } else if (result == STORE_OK) {
        page_go(ex, "/systems/*", slug);
    } else {
        web_store_problem(ex, result, 0);
    }
}

static size_t step_named(const char *name)
{
    for (size_t i = 0; i < N_STEPS; i++)
        if (strcmp(steps[i].name, name) == 0) return i;
    return 0;
}

static void go_on(struct wizard *w)
{
    size_t at = step_named(answer(w, "step"));
    const char *go = answer(w, "go"), *dropped = answer(w, "drop");
    if (*dropped)
        drop(w, dropped);
    else
        apply(w, &steps[at], go);
    int is_fine = text_empty(w->trouble) && !*dropped;
    if (is_fine && strcmp(go, "create") == 0 && at + 1 == N_STEPS) {
        create(w);
        return;
    }
    if (is_fine && strcmp(go, "back") == 0 && at > 0) at--;
    if (is_fine && strcmp(go, "next") == 0 && at + 1 < N_STEPS) at++;
    show(w, at);
}

void web_post_new(struct exchange *ex)
{
    struct wizard w = {.ex = ex, .form = seen_form(ex)};
    if (w.form == NULL) return;
    const char *text = request_field(w.form, "text");
    if (text && strlen(text) > STORE_TEXT_BYTES) {
        WEB_SAY(ex, REQUEST_LARGE,
                text_same(arena_printf(&ex->arena, "%d", STORE_TEXT_BYTES)));
        return;
    }
    if (text) buf_str(&w.text, text);
    read_text(&w);
    go_on(&w);
    buf_fini(&w.text);
    arena_fini(&w.arena);
}
