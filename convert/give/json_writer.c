/* SPDX-License-Identifier: MIT */
/* json_writer: JSON as of RFC 8259, in UTF-8, without white space. Left out: fractions (numbers that matter are decimal strings). */
#include <string.h>

#include "json_writer.h"

/* What stands before every item. */
static void
next_item(struct json *json)
{
    if (json->comma)
        text_putc(json->out, ',');
    json->comma = true;
}

void
json_open(struct json *json, char bracket)
{
    next_item(json);
    text_putc(json->out, bracket);
    json->comma = false;
}

void
json_close(struct json *json, char bracket)
{
    text_putc(json->out, bracket);
    json->comma = true;
}

static void
put_escaped(struct text *out, uint32_t cp)
{
    static const char named[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *name = cp < 0x80 && cp != 0 ? strchr(named, (int)cp) : NULL;
    if (name != NULL)
        text_printf(out, "\\%c", letters[name - named]);
    else if (cp < 0x20 || cp == 0x7F)
        text_printf(out, "\\u%04x", (unsigned)cp);
    else
        text_put_cp(out, cp);
}

static void
put_string(struct text *out, const char *s)
{
    size_t n = strlen(s);
    text_putc(out, '"');
    for (size_t i = 0, used; i < n; i += used)
        put_escaped(out, utf8_decode(s + i, n - i, &used));
    text_putc(out, '"');
}

void
json_key(struct json *json, const char *key)
{
    next_item(json);
    put_string(json->out, key);
    text_putc(json->out, ':');
    json->comma = false;
}

void
json_string(struct json *json, const char *s)
{
    next_item(json);
    if (s != NULL)
        put_string(json->out, s);
    else
        text_puts(json->out, "null");
}

void
json_int(struct json *json, long long n)
{
    next_item(json);
    text_printf(json->out, "%lld", n);
}

void
json_member(struct json *json, const char *key, const char *s)
{
    json_key(json, key);
    json_string(json, s);
}

void
json_member_int(struct json *json, const char *key, long long n)
{
    json_key(json, key);
    json_int(json, n);
}

void
json_member_bool(struct json *json, const char *key, bool truth)
{
    json_key(json, key);
    next_item(json);
    text_puts(json->out, truth ? "true" : "false");
}

void
json_member_texts(struct json *json, const char *key, const char *const *texts, size_t n)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < n; i++)
        json_string(json, texts[i]);
    json_close(json, ']');
}

void
json_member_some(struct json *json, const char *key, const char *s)
{
    if (s != NULL && *s != '\0')
        json_member(json, key, s);
}
