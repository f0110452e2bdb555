/* SPDX-License-Identifier: MIT */
/* embed FILE... > embedded.c: the definitions as C data, read and checked as the program itself would, so that it has nothing to read
 * when it starts. Runs while the program is being built. words/NAME.yaml becomes embedded_NAME, a document; the others are the
 * forms, ordered by year. The same files give the same bytes. */
#include <stdio.h>
#include <string.h>

#include "embed_parts.h"
#include "embedded.h"

enum { MOST_BYTES = 1 << 20, MOST_FORMS = 64 };

/* The library asks for these words where text is read, which is never here. */
const struct embedded embedded_narrative;

/* -- values -- */

void
put_literal(const char *s)
{
    putchar('"');
    for (; *s != '\0'; s++)
        printf(strchr("\"\\?", *s) != NULL ? "\\%c" : "%c", *s);
    putchar('"');
}

void
put_text(const char *field, const char *s)
{
    if (s == NULL)
        return;
    printf(", .%s = ", field);
    put_literal(s);
}

void
put_number(const char *field, size_t n)
{
    if (n != 0)
        printf(", .%s = %zu", field, n);
}

void
put_texts(const char *field, const char *count, const char *const *texts, size_t n)
{
    if (n == 0)
        return;
    put_number(count, n);
    printf(", .%s = (void *)(const char *const[]){", field);
    for (size_t i = 0; i < n; i++) {
        put_literal(texts[i]);
        putchar(',');
    }
    putchar('}');
}

void
put_numbers(const char *field, const char *count, const size_t *numbers, size_t n)
{
    if (n == 0)
        return;
    put_number(count, n);
    printf(", .%s = (void *)(const size_t[]){", field);
    for (size_t i = 0; i < n; i++)
        printf("%zu,", numbers[i]);
    putchar('}');
}

/* -- parts -- */

static size_t
part_of(struct emitter *emitter, const void *at)
{
    for (size_t i = 0; i < emitter->nparts; i++) {
        const struct part *part = &emitter->parts[i];
        if ((const char *)at >= part->at && (const char *)at < part->at + part->n * part->size)
            return i;
    }
    emitter->failed = true;
    return 0;
}

void
declare(struct emitter *emitter, const char *kind, const void *at, size_t n, size_t size)
{
    if (n == 0)
        return;
    if (!arena_room(emitter->arena, &emitter->parts, emitter->nparts, &emitter->cap, sizeof *emitter->parts)) {
        emitter->failed = true;
        return;
    }
    printf("static const struct %s %s_%zu[%zu];\n", kind, kind, emitter->nparts, n);
    emitter->parts[emitter->nparts++] = (struct part){ kind, at, n, size };
}

void
begin(struct emitter *emitter, const void *at)
{
    size_t i = part_of(emitter, at);
    if (!emitter->failed)
        printf("static const struct %s %s_%zu[%zu] = {\n", emitter->parts[i].kind, emitter->parts[i].kind, i, emitter->parts[i].n);
}

void
put_name(struct emitter *emitter, const void *at)
{
    size_t i = part_of(emitter, at);
    if (!emitter->failed) {
        const struct part *part = &emitter->parts[i];
        printf("(void *)&%s_%zu[%zu]", part->kind, i, (size_t)((const char *)at - part->at) / part->size);
    }
}

void
put_address(struct emitter *emitter, const char *field, const void *at)
{
    if (at == NULL)
        return;
    printf(", .%s = ", field);
    put_name(emitter, at);
}

void
put_array(struct emitter *emitter, const char *field, const char *count, const void *at, size_t n)
{
    put_number(count, n);
    if (n > 0)
        put_address(emitter, field, at);
}

/* -- documents: packed, because they are large and few inputs need them (doc_packed.c) -- */

static void
put_byte(size_t *n, unsigned byte)
{
    printf("%s%u,", (*n)++ % 32 == 0 ? "\n    " : "", byte);
}

static void
pack_number(size_t *n, unsigned number)
{
    put_byte(n, number & 0xFF);
    put_byte(n, number >> 8);
}

static void
pack_text(size_t *n, const char *s)
{
    for (; *s != '\0'; s++)
        put_byte(n, (unsigned char)*s);
    put_byte(n, 0);
}

/* False: a number does not fit. */
static bool
pack(size_t *n, const struct doc *doc)
{
    bool ok = doc->line <= 0xFFFF && doc->nitems <= 0xFFFF;
    put_byte(n, (unsigned)doc->kind | (doc->name != NULL ? PACKED_NAMED : 0));
    pack_number(n, doc->line);
    if (doc->name != NULL)
        pack_text(n, doc->name);
    if (doc->kind == DOC_TEXT)
        pack_text(n, doc->text);
    else
        pack_number(n, doc->nitems);
    for (unsigned i = 0; ok && i < doc->nitems; i++)
        ok = pack(n, &doc->items[i]);
    return ok;
}

void
put_doc(struct emitter *emitter, const struct doc *root)
{
    size_t n = 0, number = emitter->nparts;
    declare(emitter, "doc", root, 1, sizeof *root);
    printf("static const unsigned char packed_%zu[] = {", number);
    emitter->failed |= !pack(&n, root);
    puts("\n};");
    begin(emitter, root);
    printf("{ .kind = DOC_PACKED, .text = (const char *)packed_%zu } };\n", number);
}

/* -- files -- */

static const char *
base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool
put_words(struct emitter *emitter, const char *path, const char *bytes, size_t n, struct fault *fault)
{
    const char *name = base_of(path);
    struct doc_reader reader = { .arena = emitter->arena, .source = name, .yaml = bytes, .n = n, .fault = fault };
    const struct doc *root = doc_parse(&reader);
    if (root == NULL)
        return false;
    put_doc(emitter, root);
    printf("const struct embedded embedded_%.*s = { \"%s\"", (int)strcspn(name, "."), name, name);
    put_address(emitter, "root", root);
    puts(" };");
    return true;
}

/* Read a file: words are put out, a form is kept in its place. */
static bool
take(struct emitter *emitter, const char *path, struct forms *forms)
{
    static char bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");
    size_t n = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0, at = forms->n;
    struct fault fault = { .where = "not there, empty or too large" };
    struct form *form = NULL;
    if (file != NULL)
        fclose(file);
    bool read = n > 0 && n < sizeof bytes, words = strstr(path, "words/") != NULL;
    if (!read || at == MOST_FORMS || !(words ? put_words(emitter, path, bytes, n, &fault)
                                             : form_load(emitter->arena, base_of(path), bytes, n, &form, &fault) == STATUS_OK)) {
        fprintf(stderr, "embed: %s: %s\n", path, fault.where);
        return false;
    }
    for (; !words && at > 0 && forms->form[at - 1]->year_from > form->year_from; at--)
        forms->form[at] = forms->form[at - 1];
    forms->form[at] = words ? forms->form[at] : form;
    forms->n += !words;
    return true;
}

int
main(int argc, char **argv)
{
    const struct form *list[MOST_FORMS + 1] = { NULL };
    struct forms forms = { .form = list };
    struct emitter emitter = { .arena = arena_new((size_t)64 << 20) };
    if (emitter.arena == NULL)
        return 1;
    puts("/* Made by templates/embed.c. */\n#include \"embedded.h\"\n#include \"dictionary_parts.h\"");
    for (int i = 1; i < argc; i++)
        if (!take(&emitter, argv[i], &forms))
            return 1;
    struct hint_words hints;
    const struct dictionary *dictionary = dictionary_new(emitter.arena, &forms, NULL);
    if (dictionary == NULL || !hint_words_new(&hints, emitter.arena, forms.form[forms.n - 1], dictionary))
        return 1;
    for (size_t f = 0; f < forms.n; f++)
        put_form(&emitter, f, forms.form[f]);
    puts("const struct form *const embedded_forms[] = {");
    for (size_t f = 0; f < forms.n; f++)
        printf("    &form_%zu,\n", f);
    puts("};\nconst size_t embedded_forms_count = sizeof embedded_forms / sizeof *embedded_forms;");
    put_dictionary(dictionary);
    put_hints(forms.n - 1, &hints);
    arena_free(emitter.arena);
    return emitter.failed || ferror(stdout) || fflush(stdout) != 0;
}
