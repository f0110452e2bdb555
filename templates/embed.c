/* SPDX-License-Identifier: MIT */
/* embed FILE... > embedded.c: the definitions as C data, parsed and packed (convert/doc_packed.c), so that the program need not parse
 * YAML each time it starts. Runs while the program is being built. words/NAME.yaml becomes embedded_NAME, the others together
 * embedded_forms. The same files give the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "doc.h"
#include "sha256.h"

enum { MOST_BYTES = 1 << 20, A_LINE = 32 };

static void
put_byte(size_t *n, unsigned byte)
{
    printf("%s%u,", (*n)++ % A_LINE == 0 ? "\n    " : "", byte);
}

static void
put_number(size_t *n, unsigned number)
{
    put_byte(n, number & 0xFF);
    put_byte(n, number >> 8);
}

static void
put_text(size_t *n, const char *s)
{
    for (; *s != '\0'; s++)
        put_byte(n, (unsigned char)*s);
    put_byte(n, 0);
}

/* False: a number does not fit. */
static bool
put_doc(size_t *n, const struct doc *doc)
{
    put_byte(n, (unsigned)doc->kind | (doc->name != NULL ? PACKED_NAMED : 0));
    put_number(n, doc->line);
    if (doc->name != NULL)
        put_text(n, doc->name);
    bool ok = doc->line <= 0xFFFF && doc->nitems <= 0xFFFF;
    if (doc->kind == DOC_TEXT)
        put_text(n, doc->text);
    else
        put_number(n, doc->nitems);
    for (unsigned i = 0; ok && i < doc->nitems; i++)
        ok = put_doc(n, &doc->items[i]);
    return ok;
}

/* One file: its bytes, and their digest. */
static bool
embed(struct arena *arena, const char *path, int number, char digest[65])
{
    static char bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");
    size_t n = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0, packed = 0;
    if (file != NULL)
        fclose(file);
    if (n == 0 || n == sizeof bytes) {
        fprintf(stderr, "embed: %s: not there, empty or too large\n", path);
        return false;
    }
    struct fault fault = { .status = STATUS_OK };
    struct doc_reader reader = { .arena = arena, .source = path, .yaml = bytes, .n = n, .fault = &fault };
    const struct doc *root = doc_parse(&reader);
    if (root == NULL) {
        fprintf(stderr, "embed: %s\n", fault.where);
        return false;
    }
    sha256_hex(bytes, n, digest);
    printf("\nstatic const unsigned char packed_%d[] = {", number);
    bool ok = put_doc(&packed, root);
    puts("\n};");
    return ok;
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
put_entry(const char *path, int number, const char *digest, const char *end)
{
    printf("{ \"%s\", \"%s\", packed_%d }%s\n", base_of(path), digest, number, end);
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
        if (!embed(arena, argv[i], i, digests[i]))
            return 1;
    puts("");
    for (int i = 1; i < argc; i++)
        if (is_words(argv[i])) {
            printf("const struct embedded embedded_%.*s = ", (int)strcspn(base_of(argv[i]), "."), base_of(argv[i]));
            put_entry(argv[i], i, digests[i], ";");
        }
    puts("const struct embedded embedded_forms[] = {");
    for (int i = 1; i < argc; i++)
        if (!is_words(argv[i]))
            put_entry(argv[i], i, digests[i], ",");
    puts("};\nconst size_t embedded_forms_count = sizeof embedded_forms / sizeof *embedded_forms;");
    free(digests);
    arena_free(arena);
    return ferror(stdout) || fflush(stdout) != 0;
}
