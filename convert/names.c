/* SPDX-License-Identifier: MIT */
/* names: STEM.校验通过.xlsx, STEM.待改.xlsx (.xlsm), STEM.摘要.txt, and back to STEM. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bytes.h"
#include "names.h"

enum {
    NAME_BYTES = 255,           /* of one folder entry: NAME_MAX of Linux and most of its file systems */
    SUFFIX_BYTES = 32,          /* ".校验通过(4294967295).xlsx" has 30 */
    RANK_STEP = 1 << 20         /* more than there are numbers of one output */
};

static const struct { const char *word, *ending; } products[] = {
    [PRODUCT_PASS] = { ".校验通过", ".xlsx" },
    [PRODUCT_FAIL] = { ".待改", ".xlsx" },
    [PRODUCT_SUMMARY] = { ".摘要", ".txt" },
    [PRODUCT_FAIL_MACROS] = { ".待改", ".xlsm" },
};

const char *
name_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

char *
name_join(struct arena *arena, const char *folder, const char *name)
{
    size_t n = strlen(folder), m = strlen(name);
    bool slash = n > 0 && folder[n - 1] != '/';
    char *path = arena_alloc(arena, n + slash + m + 1);
    if (path == NULL)
        return NULL;
    memcpy(path, folder, n);
    if (slash)
        path[n] = '/';
    memcpy(path + n + slash, name, m);
    return path;
}

/* Length of a name without its ending: one to five letters and digits after the last dot, at least one of them a letter
 * ("年报.xlsx", but not "年报.2023"). */
static size_t
length_without_ending(const char *name)
{
    size_t n = strlen(name);
    const char *dot = strrchr(name, '.');
    if (dot == NULL || dot == name || dot[1] == '\0' || strlen(dot) > 6)
        return n;
    bool letter = false;
    for (const char *c = dot + 1; *c != '\0'; c++) {
        letter |= lower(*c) >= 'a' && lower(*c) <= 'z';
        if (!is_digit(*c) && !(lower(*c) >= 'a' && lower(*c) <= 'z'))
            return n;
    }
    return letter ? (size_t)(dot - name) : n;
}

/* The files that are read, in any case of letters. */
static const struct ending { const char *text; bool document; } endings[] = {
    { ".xlsx", false }, { ".xlsm", false }, { ".xls", false }, { ".et", false },
    { ".docx", true }, { ".docm", true },
    { ".ods", false }, { ".ots", false }, { ".fods", false }, { ".odt", true }, { ".fodt", true },
    { ".html", true }, { ".htm", true }, { ".mht", true }, { ".mhtml", true },
    { ".csv", true }, { ".tsv", true }, { ".txt", true },
};

enum { ENDINGS = sizeof endings / sizeof *endings };

const char *
name_ending(size_t i)
{
    return i < ENDINGS ? endings[i].text : NULL;
}

/* NULL: none of them. */
static const struct ending *
ending_of(const char *name)
{
    size_t n = strlen(name), at = length_without_ending(name);
    for (size_t i = 0; i < ENDINGS; i++) {
        size_t j = 0;
        while (at + j < n && lower(name[at + j]) == endings[i].text[j])
            j++;
        if (at + j == n && endings[i].text[j] == '\0')
            return &endings[i];
    }
    return NULL;
}

/* A base name taken apart: the stem is what is left without ending and suffixes of ours. */
struct parts {
    size_t stem;                /* bytes */
    int product;                /* of the last suffix; -1: none */
    unsigned long number;       /* of the last suffix */
};

/* Take one "(12)" off the end. */
static size_t
without_number(const char *s, size_t n)
{
    size_t i = n;
    if (i == 0 || s[i - 1] != ')')
        return n;
    for (i--; i > 0 && is_digit(s[i - 1]); i--)
        continue;
    return i > 0 && i + 1 < n && s[i - 1] == '(' ? i - 1 : n;
}

/* Take one suffix of ours off the end; what would leave nothing stays. */
static bool
take_suffix(const char *s, struct parts *parts)
{
    size_t bare = without_number(s, parts->stem);
    for (size_t i = 0; i < sizeof products / sizeof *products; i++) {
        size_t word = strlen(products[i].word);
        if (bare <= word || memcmp(s + bare - word, products[i].word, word) != 0)
            continue;
        parts->product = (int)i;
        parts->number = bare < parts->stem ? strtoul(s + bare + 1, NULL, 10) : 1;
        parts->stem = bare - word;
        return true;
    }
    return false;
}

static struct parts
take_apart(const char *base)
{
    struct parts parts = { .stem = length_without_ending(base), .product = -1 }, rest;
    if (take_suffix(base, &parts))
        for (rest = parts; take_suffix(base, &rest);)
            parts.stem = rest.stem;
    if (parts.stem > NAME_BYTES - SUFFIX_BYTES)
        for (parts.stem = NAME_BYTES - SUFFIX_BYTES; ((unsigned char)base[parts.stem] & 0xC0) == 0x80 && parts.stem > 0;)
            parts.stem--;
    return parts;
}

bool
name_is_input(const char *name)
{
    const struct ending *ending = ending_of(name);
    struct parts parts = take_apart(name);
    bool summary = parts.product >= 0 && strcmp(name + length_without_ending(name), products[PRODUCT_SUMMARY].ending) == 0;
    return ending != NULL && !summary;
}

bool
name_is_document(const char *name)
{
    const struct ending *ending = ending_of(name);
    return ending != NULL && ending->document;
}

bool
name_is_product(const char *name)
{
    return take_apart(name).product >= 0;
}

char *
name_stem(struct arena *arena, const char *path)
{
    const char *base = name_base(path);
    return arena_text(arena, base, take_apart(base).stem);
}

char *
name_product(struct arena *arena, const char *stem, enum product product, unsigned number)
{
    size_t size = strlen(stem) + SUFFIX_BYTES;
    char *name = arena_alloc(arena, size);
    if (name == NULL)
        return NULL;
    if (number > 1)
        snprintf(name, size, "%s%s(%u)%s", stem, products[product].word, number, products[product].ending);
    else
        snprintf(name, size, "%s%s%s", stem, products[product].word, products[product].ending);
    return name;
}

struct descent
name_descent(const char *base)
{
    struct parts parts = take_apart(base);
    struct descent descent = { .stem = parts.stem };
    const char *ending = base + length_without_ending(base);
    if (parts.product >= 0 && (strcmp(ending, ".xlsx") == 0 || (parts.product == PRODUCT_FAIL && strcmp(ending, ".xlsm") == 0)))
        descent.rank = 1 + (parts.number < RANK_STEP ? parts.number : RANK_STEP - 1) + (parts.product == PRODUCT_PASS ? RANK_STEP : 0);
    return descent;
}
