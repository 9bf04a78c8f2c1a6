/* SPDX-License-Identifier: Apache-2.0
 *
 * A program that uses libawai: assesses the model it is given and writes the assessment
 * as JSON to standard output.
 *
 *     cc -o assess assess.c $(pkg-config --cflags --libs awai)
 *     ./assess model.yaml
 *
 * tests/cli/install.sh builds it against what `make install` has installed.
 */
#include <awai.h>

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: assess MODEL.yaml\n");
        return 2;
    }
    awai_system *s = awai_open(argv[1], NULL);
    int failed = awai_error_count(s) > 0;
    if (failed)
        awai_print_errors(s, NULL, stderr);
    else
        failed = awai_assess_json(s, stdout) != 0;
    awai_close(s);
    return failed;
}
