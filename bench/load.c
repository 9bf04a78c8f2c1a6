/* SPDX-License-Identifier: Apache-2.0
 *
 * A client that asks a server on the loopback as fast as it answers, on several
 * connections that stay open, and tells how many answers a second there were, how long
 * they took, and how many were wrong.
 *
 *     load PORT read CONNECTIONS SECONDS PATH    GET, again and again
 *     load PORT save CONNECTIONS SECONDS FILE    versions of one system a connection,
 *                                                each another text: FILE and a comment
 *     load PORT fill CONNECTIONS NUMBER FILE     so many new systems
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_CONNECTIONS = 60, MOST_TIMES = 1 << 20, HEAD = 16384 };

static struct {
    int port, n_connections;
    double seconds; // of reading and saving
    int n_systems;  // of filling
    const char *mode, *path;
    char *text;
    size_t len;
} task;

struct connection {
    int socket, number;
    long n, n_wrong;
    float *times; // seconds of each answer
    pthread_t thread;
    char head[HEAD + 1];
};

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int connect_there(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)task.port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (s < 0 || connect(s, (const struct sockaddr *)&at, sizeof at) != 0)
        fail("connect");
    const int yes = 1; // or a body waits until its head was acknowledged, 40 ms
    setsockopt(s, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return s;
}

static void send_all(int s, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t sent = send(s, bytes, n, MSG_NOSIGNAL);
        if (sent <= 0) fail("send");
        bytes += sent;
        n -= (size_t)sent;
    }
}

/* Reads an answer; its status. Its length is told by Content-Length. */
static int read_answer(struct connection *c)
{
    static const char length[] = "Content-Length:";
    char sink[65536], *end = NULL, *at;
    size_t got = 0;
    int status = 0;
    while (end == NULL && got < HEAD) {
        ssize_t n = recv(c->socket, c->head + got, HEAD - got, 0);
        if (n <= 0) fail("recv");
        got += (size_t)n;
        c->head[got] = '\0';
        end = strstr(c->head, "\r\n\r\n");
    }
    if (end == NULL || sscanf(c->head, "HTTP/1.1 %d", &status) != 1) return 0;
    at = strstr(c->head, length);
    size_t rest = at ? strtoul(at + sizeof length - 1, NULL, 10) : 0;
    size_t had = got - (size_t)(end + 4 - c->head);
    while (had < rest) {
        ssize_t n = recv(c->socket, sink, sizeof sink, 0);
        if (n <= 0) fail("recv");
        had += (size_t)n;
    }
    return status;
}

/* One question and its answer, timed; `wanted` is the status that it should have. */
static void ask(struct connection *c, const char *method, const char *path, long base,
                const char *comment, int wanted)
{
    char head[600];
    int has_body = comment != NULL;
    size_t more = has_body ? strlen(comment) : 0;
    int n = snprintf(head, sizeof head,
                     "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                     "Content-Type: application/yaml\r\nIf-Match: \"%ld\"\r\n"
                     "Content-Length: %zu\r\n\r\n",
                     method, path, task.port, base, has_body ? task.len + more : 0);
    double began = now_s();
    send_all(c->socket, head, (size_t)n);
    if (has_body) send_all(c->socket, task.text, task.len);
    if (has_body) send_all(c->socket, comment, more);
    c->n_wrong += read_answer(c) != wanted;
    if (c->n < MOST_TIMES / task.n_connections)
        c->times[c->n] = (float)(now_s() - began);
    c->n++;
}

static void read_on(struct connection *c)
{
    for (double end = now_s() + task.seconds; now_s() < end;)
        ask(c, "GET", task.path, 0, NULL, 200);
}

static void save_on(struct connection *c)
{
    char path[200], comment[100];
    snprintf(path, sizeof path, "/api/v1/systems?slug=load-%ld-%d", (long)getpid(),
             c->number);
    ask(c, "POST", path, 0, "\n", 201);
    c->n = 0;
    snprintf(path, sizeof path, "/api/v1/systems/load-%ld-%d/model", (long)getpid(),
             c->number);
    long base = 1;
    for (double end = now_s() + task.seconds; now_s() < end; base++) {
        snprintf(comment, sizeof comment, "\n# %d %ld\n", c->number, base);
        ask(c, "PUT", path, base, comment, 200);
    }
}

static void fill_on(struct connection *c)
{
    char path[200], comment[100];
    for (int i = c->number; i < task.n_systems; i += task.n_connections) {
        snprintf(path, sizeof path, "/api/v1/systems?slug=fill-%06d", i);
        snprintf(comment, sizeof comment, "\n# system %d\n", i);
        ask(c, "POST", path, 0, comment, 201);
    }
}

static void *work(void *context)
{
    struct connection *c = context;
    if (strcmp(task.mode, "read") == 0) read_on(c);
    if (strcmp(task.mode, "save") == 0) save_on(c);
    if (strcmp(task.mode, "fill") == 0) fill_on(c);
    close(c->socket);
    return NULL;
}

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static void read_text(void)
{
    FILE *f = fopen(task.path, "rb");
    if (f == NULL) fail(task.path);
    task.text = malloc(1 << 22);
    if (task.text == NULL) fail("malloc");
    task.len = fread(task.text, 1, 1 << 22, f);
    fclose(f);
}

static void report(struct connection *c, double seconds)
{
    long n = 0, n_wrong = 0;
    float *all = malloc(sizeof *all * MOST_TIMES);
    size_t n_times = 0;
    if (all == NULL) fail("malloc");
    for (int i = 0; i < task.n_connections; i++) {
        for (long k = 0; k < c[i].n && k < MOST_TIMES / task.n_connections; k++)
            all[n_times++] = c[i].times[k];
        n += c[i].n;
        n_wrong += c[i].n_wrong;
    }
    qsort(all, n_times, sizeof *all, by_size);
    printf("{\"n\": %ld, \"wrong\": %ld, \"per_s\": %.0f, \"p50_ms\": %.2f, "
           "\"p99_ms\": %.2f, \"most_ms\": %.2f}\n",
           n, n_wrong, (double)n / seconds, (double)all[n_times / 2] * 1e3,
           (double)all[n_times * 99 / 100] * 1e3, (double)all[n_times - 1] * 1e3);
    free(all);
}

int main(int argc, char **argv)
{
    static struct connection c[MOST_CONNECTIONS];
    if (argc != 6) return 2;
    task.port = (int)strtol(argv[1], NULL, 10);
    task.mode = argv[2];
    task.n_connections = (int)strtol(argv[3], NULL, 10);
    task.seconds = strtod(argv[4], NULL);
    task.n_systems = (int)strtol(argv[4], NULL, 10);
    task.path = argv[5];
    if (task.n_connections < 1 || task.n_connections > MOST_CONNECTIONS) return 2;
    if (strcmp(task.mode, "read") != 0) read_text();
    double began = now_s();
    for (int i = 0; i < task.n_connections; i++) {
        c[i].number = i;
        c[i].socket = connect_there();
        c[i].times = malloc(sizeof(float) * (MOST_TIMES / (size_t)task.n_connections));
        if (c[i].times == NULL) fail("malloc");
        pthread_create(&c[i].thread, NULL, work, &c[i]);
    }
    for (int i = 0; i < task.n_connections; i++)
        pthread_join(c[i].thread, NULL);
    report(c, now_s() - began);
    return 0;
}
