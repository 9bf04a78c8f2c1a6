/* SPDX-License-Identifier: Apache-2.0
 *
 * The public C interface as a stranger uses it: nothing of ours but <awai.h>.
 */
#include <awai.h>

#include <pthread.h>
#include <stdlib.h>

#include "unit.h"

#define HEAD                                                                           \
    "awai: 1\n"                                                                        \
    "system: {id: pump, name: {en: Pump station, ja: 揚水設備}}\n"                 \
    "applicant: town\n"                                                                \
    "stakeholders:\n"                                                                  \
    "  town: {name: Town, roles: [service-provider],\n"                                \
    "    target: {recovery: limited, economic: limited}}\n"

#define BODY                                                                           \
    "zones:\n"                                                                         \
    "  net: {name: Internet, kind: internet, trust: none}\n"                           \
    "  site: {name: Site, kind: site, physical-access: controlled}\n"                  \
    "components:\n"                                                                    \
    "  service: {name: Service, kind: cloud-service, zone: net, owner: town}\n"        \
    "  pump: {name: Pump, kind: plc, zone: site, owner: town}\n"                       \
    "data:\n"                                                                          \
    "  order: {name: Order, class: control}\n"                                         \
    "flows:\n"                                                                         \
    "  command: {from: service, to: pump, data: [order], protocol: modbus-tcp,\n"      \
    "    carrier: internet}\n"                                                         \
    "incidents:\n"                                                                     \
    "  flooded: {name: Flooded, threat: data-tampering, at: command,\n"                \
    "    harms: {town: {recovery: limited, economic: serious, because: water}}}\n"

#define REVIEW                                                                         \
    "decisions:\n"                                                                     \
    "  keep: {subject: 'incident:flooded', treatment: accept, reason: rare,\n"         \
    "    owner: mayor, review-by: 2027-03-31}\n"

static const char good[] = HEAD BODY REVIEW;
static const char wrong[] = HEAD "components:\n  pump: {name: Pump, kind: plcc}\n";

static awai_system *open_string(const char *text)
{
    return awai_open_text("pump.yaml", text, strlen(text), NULL);
}

/* What a function prints, cut to `size`. */
static void printed(int (*print)(const awai_system *, const char *, FILE *),
                    const awai_system *s, const char *lang, char *text, size_t size)
{
    FILE *f = tmpfile();
    text[0] = '\0';
    REQUIRE(f != NULL);
    CHECK_INT(print(s, lang, f), 0);
    rewind(f);
    size_t n = fread(text, 1, size - 1, f);
    text[n] = '\0';
    fclose(f);
}

static int contains(const char *text, const char *part)
{
    return text != NULL && strstr(text, part) != NULL;
}

static void test_version(void)
{
    CHECK_STR(awai_version(), AWAI_VERSION);
}

static void test_assessment(void)
{
    awai_system *s = open_string(good);
    size_t len = 0;
    CHECK_INT(awai_error_count(s), 0);
    char *json = awai_assess_json_text(s, &len);
    REQUIRE(json != NULL);
    CHECK_INT(strlen(json), len);
    CHECK_INT(json[0], '{');
    CHECK_INT(json[len - 1], '\n');
    CHECK(contains(json, "\"id\": \"pump\""));
    CHECK(contains(json, "\"data-tampering@command\""));
    CHECK(contains(json, "揚水設備"));
    free(json);
    awai_close(s);
}

static void test_stream_and_text_agree(void)
{
    awai_system *s = open_string(good);
    size_t len = 0;
    char *json = awai_assess_json_text(s, &len);
    FILE *f = tmpfile();
    REQUIRE(json != NULL && f != NULL);
    char *read = calloc(len + 2, 1);
    CHECK_INT(awai_assess_json(s, f), 0);
    rewind(f);
    CHECK_INT(fread(read, 1, len + 1, f), len);
    CHECK_STR(read, json);
    free(read);
    free(json);
    fclose(f);
    awai_close(s);
}

static void test_failed_write(void)
{
    awai_system *s = open_string(good);
    FILE *f = tmpfile();
    FILE *full = fopen("/dev/full", "w");
    CHECK(f != NULL);
    if (f) fclose(f);
    if (full) {
        CHECK_INT(awai_assess_json(s, full), -1);
        fclose(full);
    }
    awai_close(s);
}

static void test_errors(void)
{
    char text[4096];
    awai_system *s = open_string(wrong);
    size_t len = 99;
    CHECK(awai_error_count(s) >= 2);
    printed(awai_print_errors, s, NULL, text, sizeof text);
    CHECK(contains(text, "pump.yaml:"));
    CHECK(contains(text, "error: "));
    printed(awai_print_errors, s, "ja", text, sizeof text);
    CHECK(contains(text, "pump.yaml:"));
    CHECK(contains(text, "\xE3\x82\xA8\xE3\x83\xA9\xE3\x83\xBC: ")); // error
    CHECK_INT(awai_print_errors(s, "fr", stdout), -1);
    CHECK(awai_assess_json_text(s, &len) == NULL);
    CHECK_INT(len, 0);
    len = 99;
    CHECK(awai_report_html_text(s, "en", &len) == NULL);
    CHECK_INT(len, 0);
    CHECK_INT(awai_assess_json(s, stdout), -1);
    CHECK_INT(awai_report_html(s, NULL, stdout), -1);
    CHECK_INT(awai_set_today(s, 20270331), -1);
    awai_close(s);
}

/* What the file alone tells and what the catalog tells come in one list. */
static void test_all_errors_at_once(void)
{
    static const char both[] =
        "awai: 1\nsystem: {id: s, name: S}\napplicant: a\n"
        "stakeholders: {a: {name: A, roles: [iot-user], colour: red}}\n"
        "zones: {z: {name: Z}}\ncomponents: {c: {name: C, kind: plcc, zone: z}}\n";
    char text[4096];
    awai_system *s = awai_open_text("both.yaml", both, strlen(both), NULL);
    CHECK_INT(awai_error_count(s), 2);
    printed(awai_print_errors, s, "en", text, sizeof text);
    CHECK(contains(text, "'colour'"));
    CHECK(contains(text, "'plcc'"));
    awai_close(s);
}

static void test_nothing_to_read(void)
{
    char text[4096];
    awai_system *s = awai_open("there/is/no/such.yaml", NULL);
    CHECK_INT(awai_error_count(s), 1);
    printed(awai_print_errors, s, NULL, text, sizeof text);
    CHECK(contains(text, "there/is/no/such.yaml"));
    awai_close(s);
    s = awai_open_text("empty.yaml", NULL, 0, NULL);
    CHECK(awai_error_count(s) > 0);
    awai_close(s);
    s = awai_open_text("pump.yaml", good, strlen(good), "there/is/no/such");
    CHECK_INT(awai_error_count(s), 1);
    CHECK(awai_assess_json_text(s, NULL) == NULL);
    awai_close(s);
    awai_close(NULL);
}

static void test_no_include_in_text(void)
{
    awai_system *s = open_string("include: [other.yaml]\n" HEAD BODY);
    CHECK_INT(awai_error_count(s), 1);
    awai_close(s);
}

static void test_warnings(void)
{
    char text[8192];
    awai_system *s =
        open_string(HEAD BODY "  idle: {name: Idle, threat: misuse, at: pump}\n");
    CHECK_INT(awai_error_count(s), 0);
    CHECK(awai_warning_count(s) > 0);
    printed(awai_print_errors, s, NULL, text, sizeof text);
    CHECK_STR(text, "");
    printed(awai_print_warnings, s, "en", text, sizeof text);
    CHECK(contains(text, "nobody suffers from the incident 'idle'"));
    awai_close(s);
}

static void test_day(void)
{
    awai_system *s = open_string(good);
    CHECK_INT(awai_set_today(s, 20270331), 0);
    CHECK_INT(awai_warning_count(s), 0);
    CHECK_INT(awai_set_today(s, 20270401), 0);
    CHECK_INT(awai_warning_count(s), 1);
    CHECK_INT(awai_set_today(s, 20270229), -1);
    CHECK_INT(awai_set_today(s, -1), -1);
    CHECK_INT(awai_warning_count(s), 1);
    CHECK_INT(awai_set_today(s, 0), 0);
    CHECK_INT(awai_warning_count(s), 0);
    awai_close(s);
}

static void test_report(void)
{
    static const char *const langs[] = {"en", "ja", NULL};
    awai_system *s = open_string(good);
    for (size_t i = 0; i < 3; i++) {
        size_t len = 0;
        char *html = awai_report_html_text(s, langs[i], &len);
        CHECK(contains(html, "<!DOCTYPE html>") || contains(html, "<!doctype html>"));
        CHECK(contains(html, "</html>"));
        CHECK(html && strlen(html) == len);
        free(html);
    }
    CHECK(awai_report_html_text(s, "fr", NULL) == NULL);
    CHECK_INT(awai_report_html(s, "", stdout), -1);
    awai_close(s);
}

/* Two systems open at once know nothing of each other. */
static void test_two_systems(void)
{
    awai_system *alone = open_string(good);
    char *expected = awai_assess_json_text(alone, NULL);
    awai_close(alone);
    awai_system *bad = open_string(wrong);
    awai_system *one = open_string(good);
    awai_system *other = open_string(good);
    CHECK_INT(awai_set_today(other, 20300101), 0);
    awai_close(bad);
    char *json = awai_assess_json_text(one, NULL);
    CHECK_INT(awai_warning_count(other), 1);
    awai_close(other);
    char *again = awai_assess_json_text(one, NULL);
    CHECK_STR(json, expected);
    CHECK_STR(again, expected);
    free(expected);
    free(json);
    free(again);
    awai_close(one);
}

/* Assesses the model again and again; the last result is the thread's. */
static void *assess_often(void *unused)
{
    char *json = NULL;
    (void)unused;
    for (int i = 0; i < 3; i++) {
        awai_system *s = open_string(good);
        free(json);
        json = awai_assess_json_text(s, NULL);
        awai_close(s);
    }
    return json;
}

static void test_two_threads(void)
{
    pthread_t other;
    void *theirs = NULL;
    REQUIRE(pthread_create(&other, NULL, assess_often, NULL) == 0);
    char *ours = assess_often(NULL);
    CHECK_INT(pthread_join(other, &theirs), 0);
    CHECK_STR(theirs, ours);
    free(theirs);
    free(ours);
}

int main(void)
{
    RUN(test_version);
    RUN(test_assessment);
    RUN(test_stream_and_text_agree);
    RUN(test_failed_write);
    RUN(test_errors);
    RUN(test_all_errors_at_once);
    RUN(test_nothing_to_read);
    RUN(test_no_include_in_text);
    RUN(test_warnings);
    RUN(test_day);
    RUN(test_report);
    RUN(test_two_systems);
    RUN(test_two_threads);
    return UNIT_RESULT();
}
