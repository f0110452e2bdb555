/* SPDX-License-Identifier: MIT */
/* embed FILE... > embedded.c: the definitions as C data, so that the program need not parse YAML each time it starts. Runs while the
 * program is being built. Every file becomes the tree that doc_parse makes of it, laid out breadth first (the items of a list then lie
 * side by side), with the digest of its bytes. words/NAME.yaml becomes embedded_NAME, the others together embedded_forms. The same
 * files give the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "doc.h"
#include "sha256.h"

enum { MOST_BYTES = 1 << 20 };

/* A tree as a row: every value behind its parent, the items of each side by side. */
struct row { const struct doc **at; size_t n, cap; };

static bool
add(struct arena *arena, struct row *row, const struct doc *doc)
{
    if (!arena_room(arena, &row->at, row->n, &row->cap, sizeof *row->at))
        return false;
    row->at[row->n++] = doc;
    return true;
}

static bool
lay_out(struct arena *arena, const struct doc *root, struct row *row)
{
    bool ok = add(arena, row, root);
    for (size_t done = 0; ok && done < row->n; done++)
        for (size_t i = 0; ok && i < row->at[done]->nitems; i++)
            ok = add(arena, row, &row->at[done]->items[i]);
    return ok;
}

static void
put_text(const char *member, const char *s)
{
    printf("%s\"", member);
    for (; *s != '\0'; s++)
        if ((unsigned char)*s >= 0x80 || *s == '"' || *s == '\\' || *s == '?')
            printf("\\%03o", (unsigned)(unsigned char)*s);
        else
            putchar(*s);
    putchar('"');
}

static void
put_tree(const struct row *row, size_t number)
{
    size_t parent = 0, first = 1;                       /* of the value's items, in the row */
    printf("\nstatic const struct doc doc_%zu[%zu] = {\n", number, row->n);
    for (size_t i = 0; i < row->n; i++) {
        const struct doc *doc = row->at[i];
        while (i > 0 && row->at[parent] != doc->parent)
            parent++;
        printf("    { .kind = %d, .line = %u, .index = %u, .nitems = %u", (int)doc->kind, doc->line, doc->index, doc->nitems);
        if (i > 0)
            printf(", .parent = &doc_%zu[%zu]", number, parent);
        if (doc->nitems > 0)
            printf(", .items = (struct doc *)&doc_%zu[%zu]", number, first);
        if (doc->name != NULL)
            put_text(", .name = ", doc->name);
        if (doc->text != NULL)
            put_text(", .text = ", doc->text);
        puts(" },");
        first += doc->nitems;
    }
    puts("};");
}

static const char *
base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool
is_words(const char *path)
{
    return strstr(path, "words/") != NULL;
}

static void
put_entry(const char *path, size_t number, char digest[65])
{
    printf("{ \"%s\", \"%s\", doc_%zu }", base_of(path), digest, number);
}

/* One file: its tree, and what names it. */
static bool
embed(struct arena *arena, const char *path, size_t number, char digest[65])
{
    static char bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");
    size_t n = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file != NULL)
        fclose(file);
    if (n == 0 || n == sizeof bytes) {
        fprintf(stderr, "embed: %s: not there, empty or too large\n", path);
        return false;
    }
    struct fault fault = { .status = STATUS_OK };
    struct doc_reader reader = { .arena = arena, .source = path, .yaml = bytes, .n = n, .fault = &fault };
    const struct doc *root = doc_parse(&reader);
    struct row row = { .n = 0 };
    if (root == NULL || !lay_out(arena, root, &row)) {
        fprintf(stderr, "embed: %s\n", fault.where);
        return false;
    }
    sha256_hex(bytes, n, digest);
    put_tree(&row, number);
    return true;
}

int
main(int argc, char **argv)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    char (*digests)[65] = calloc((size_t)argc, sizeof *digests);
    if (arena == NULL || digests == NULL)
        return 1;
    puts("/* Made by templates/embed.c. */\n#include \"embedded.h\"");
    for (int i = 1; i < argc; i++)
        if (!embed(arena, argv[i], (size_t)i, digests[i]))
            return 1;
    puts("");
    for (int i = 1; i < argc; i++)
        if (is_words(argv[i])) {
            const char *base = base_of(argv[i]);
            printf("const struct embedded embedded_%.*s = ", (int)strcspn(base, "."), base);
            put_entry(argv[i], (size_t)i, digests[i]);
            puts(";");
        }
    puts("const struct embedded embedded_forms[] = {");
    for (int i = 1; i < argc; i++)
        if (!is_words(argv[i])) {
            printf("    ");
            put_entry(argv[i], (size_t)i, digests[i]);
            puts(",");
        }
    puts("};\nconst size_t embedded_forms_count = sizeof embedded_forms / sizeof *embedded_forms;");
    free(digests);
    arena_free(arena);
    return ferror(stdout) || fflush(stdout) != 0;
}
