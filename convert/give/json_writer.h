/* SPDX-License-Identifier: MIT */
/* json_writer: JSON (RFC 8259) put into a text piece by piece. Commas are set by the writer; nesting is the caller's. */
#ifndef NIANBAO_JSON_WRITER_H
#define NIANBAO_JSON_WRITER_H

#include <stdbool.h>

#include "text.h"

struct json {
    struct text *out;
    bool comma;                  /* the next item is not the first of its list */
};

void json_open(struct json *json, char bracket);                 /* '{' or '[' */
void json_close(struct json *json, char bracket);                /* '}' or ']' */
void json_key(struct json *json, const char *key);
void json_string(struct json *json, const char *s);              /* NULL: null; what is not UTF-8 becomes U+FFFD */
void json_int(struct json *json, long long n);

/* A member of an object. */
void json_member(struct json *json, const char *key, const char *s);
void json_member_int(struct json *json, const char *key, long long n);
void json_member_bool(struct json *json, const char *key, bool truth);
void json_member_texts(struct json *json, const char *key, const char *const *texts, size_t n);      /* a list of strings */
/* A string as json_member gives it, but nothing when s is NULL or "". */
void json_member_some(struct json *json, const char *key, const char *s);

#endif
