/* SPDX-License-Identifier: MIT */
/* Suggestions for mistakes in a form definition. Misspelt names: edit distance (Levenshtein) over bytes. Names are short ASCII words,
 * so bytes do; a word or name over WORD_MAX is never near anything. Slips of the keyboard: full-width marks are good in a text, so
 * they only count where YAML would want the ASCII ones: behind a name, before the next name, in the indentation. */
#include "guess.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { WORD_MAX = 80 };

static size_t
smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to insert, drop or change to make b of a. */
static size_t
distance(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b), row[WORD_MAX + 1];
    if (na > WORD_MAX || nb > WORD_MAX)
        return WORD_MAX;
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t above = row[j];
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = smaller(change, smaller(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[nb];
}

struct guess
guess_new(const char *word)
{
    size_t third = (strlen(word) + 2) / 3;
    return (struct guess){ .word = word, .distance = smaller(third, 3) + 1 };
}

void
guess_offer(struct guess *guess, const char *name)
{
    size_t d = distance(guess->word, name);
    if (d < guess->distance) {
        guess->distance = d;
        guess->best = name;
    }
    static const char more[] = "、…";
    size_t n = strlen(guess->names), need = strlen(name) + sizeof "、" + sizeof more;
    char *end = guess->names + n;
    if (n + need <= sizeof guess->names)
        snprintf(end, sizeof guess->names - n, "%s%s", n ? "、" : "", name);
    else if (n < sizeof more || strcmp(end - (sizeof more - 1), more) != 0)
        snprintf(end, sizeof guess->names - n, "%s", n ? more : more + strlen("、"));
}

const char *
guess_remark(struct guess *guess)
{
    if (guess->best)
        snprintf(guess->remark, sizeof guess->remark, "，是不是“%.*s”？", WORD_MAX, guess->best);
    else if (guess->names[0])
        snprintf(guess->remark, sizeof guess->remark, "（有 %s）", guess->names);
    return guess->remark;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyz_"

static bool
begins(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

/* The next `mark` before `end`; NULL: none. */
static const char *
find(const char *s, const char *end, const char *mark)
{
    s = strstr(s, mark);
    return s && s < end ? s : NULL;
}

const char *
guess_slip(const char *line)
{
    static const char colon[] = "：", comma[] = "，", wide[] = "\u3000", unbroken[] = "\u00A0";
    const char *first = line + strspn(line, " -"), *end = line + strcspn(line, "\"'"), *s;     /* in quotes all is text */
    if (*first == '\t')
        return "：行首有制表符，缩进只能用英文空格";
    if (begins(first, wide) || begins(first, unbroken))
        return "：行首有全角空格（或网页里的空格），缩进只能用英文空格";
    for (s = line; (s = find(s, end, colon)) != NULL; s++)
        if (s > line && strchr(LETTERS, s[-1]))
            return "：冒号“：”是全角的，要用英文冒号，后面空一格";
    for (s = line; (s = find(s, end, comma)) != NULL; s++) {
        const char *name = s + strlen(comma) + strspn(s + strlen(comma), " ");
        size_t n = strspn(name, LETTERS);
        if (n > 0 && name[n] == ':')
            return "：逗号“，”是全角的，隔开各项要用英文逗号";
    }
    return "";
}
