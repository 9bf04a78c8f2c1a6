// SPDX-License-Identifier: Apache-2.0
#ifndef BASE_WORDS_H
#define BASE_WORDS_H
/*
 * What the operating system and the YAML library say in English only, in both
 * languages, so that it can stand in messages. What is not known here stays English.
 */
#include "base/text.h"

/* What an errno means. */
struct text words_error(int error);

/* A problem or context as libyaml words it; empty for NULL. */
struct text words_yaml(const char *english);

/* Why a file is not read, where no errno says it. */
struct text words_not_regular(void);
struct text words_too_large(void); // LIMIT_FILE_BYTES
#endif
