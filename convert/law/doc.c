/* SPDX-License-Identifier: MIT */
/* YAML 1.1 as libyaml reads it (its document API: every node has a mark), copied into a tree of our own so that libyaml begins and
 * ends in this file. Left out on purpose: several documents in one file, mappings with keys that are not texts, merge keys ("<<"),
 * tags, line breaks inside a text. An alias is expanded where it stands, so every value has one place; MAX_VALUES and MAX_DEPTH
 * bound aliases of aliases and aliases that contain themselves. */
#include "doc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "guess.h"
#include "text.h"

enum {
    MAX_BYTES = 256 * 1024,     /* a form is 16 KB; libyaml's work on anchors grows with the square */
    MAX_BRACKETS = 5000,        /* a form has some hundred; libyaml's work on open ones grows with the square */
    MAX_VALUES = 20000,         /* a form has under a thousand */
    MAX_DEPTH = 32              /* a form has about ten levels */
};

/* -- refusing -- */

static void
put_place(struct text *text, const struct doc *at)
{
    if (!at->parent)
        return;
    put_place(text, at->parent);
    if (at->name)
        text_printf(text, "%s%s", at->parent->parent ? "." : "", at->name);
    else
        text_printf(text, "[%u]", at->index);
}

bool
doc_no_memory(struct doc_reader *reader)
{
    reader->status = fault_set(reader->fault, STATUS_MEMORY, "%s", reader->source);
    return false;
}

bool
doc_refuse(struct doc_reader *reader, const struct doc *at, const char *reason, ...)
{
    char words[sizeof reader->fault->where];
    va_list args;
    va_start(args, reason);
    vsnprintf(words, sizeof words, reason, args);
    va_end(args);

    struct text text = text_new(reader->arena);
    text_printf(&text, "%s:%u: ", reader->source, at->line);
    put_place(&text, at);
    text_printf(&text, "%s%s", at->parent ? ": " : "", words);
    if (text.failed)
        return doc_no_memory(reader);
    reader->status = fault_set(reader->fault, STATUS_DEFINITION, "%s", text.at);
    return false;
}

const char *
doc_place(struct doc_reader *reader, const struct doc *at)
{
    struct text text = text_new(reader->arena);
    text_printf(&text, "%s:%u: ", reader->source, at->line);
    put_place(&text, at);
    return text.failed ? NULL : text.at;
}

/* -- from libyaml's nodes to the tree -- */

struct copier {
    struct doc_reader *reader;
    yaml_document_t *document;
    size_t values;
};

static bool copy(struct copier *copier, int id, struct doc *doc, size_t depth);

/* From 1; MAX_BYTES bounds it. */
static unsigned
line_number(const yaml_node_t *node)
{
    return (unsigned)node->start_mark.line + 1;
}

static bool
copy_text(struct copier *copier, const yaml_node_t *node, struct doc *doc)
{
    const char *s = (const char *)node->data.scalar.value;
    size_t n = node->data.scalar.length;
    while (n > 0 && s[n - 1] == '\n')       /* block texts end with one */
        n--;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < ' ')
            return doc_refuse(copier->reader, doc, "文字里不能有换行、制表符等控制字符");
    doc->text = arena_text(copier->reader->arena, s, n);
    return doc->text || doc_no_memory(copier->reader);
}

static bool
new_items(struct copier *copier, struct doc *doc, size_t n)
{
    if (n > MAX_VALUES - copier->values)
        return doc_refuse(copier->reader, doc, "内容太多：一份格式最多 %d 个值（别名“*…”每用一次都算）", MAX_VALUES);
    copier->values += n;
    doc->items = arena_array(copier->reader->arena, n, sizeof *doc->items);
    return doc->items || n == 0 || doc_no_memory(copier->reader);
}

static struct doc *
next_item(struct doc *doc, unsigned line)
{
    struct doc *item = &doc->items[doc->nitems];
    *item = (struct doc){ .line = line, .parent = doc, .index = doc->nitems };
    doc->nitems++;
    return item;
}

static bool
copy_list(struct copier *copier, const yaml_node_t *node, struct doc *doc, size_t depth)
{
    const yaml_node_item_t *first = node->data.sequence.items.start, *end = node->data.sequence.items.top;
    if (!new_items(copier, doc, (size_t)(end - first)))
        return false;
    for (const yaml_node_item_t *id = first; id < end; id++) {
        const yaml_node_t *value = yaml_document_get_node(copier->document, *id);
        if (!copy(copier, *id, next_item(doc, line_number(value)), depth + 1))
            return false;
    }
    return true;
}

static bool
copy_map(struct copier *copier, const yaml_node_t *node, struct doc *doc, size_t depth)
{
    const yaml_node_pair_t *first = node->data.mapping.pairs.start, *end = node->data.mapping.pairs.top;
    if (!new_items(copier, doc, (size_t)(end - first)))
        return false;
    for (const yaml_node_pair_t *pair = first; pair < end; pair++) {
        const yaml_node_t *name = yaml_document_get_node(copier->document, pair->key);
        struct doc key = { .line = line_number(name), .parent = doc->parent, .name = doc->name, .index = doc->index };
        if (name->type != YAML_SCALAR_NODE)
            return doc_refuse(copier->reader, &key, "冒号前面应当是名称");
        if (!copy_text(copier, name, &key))
            return false;
        const struct doc *twin = doc_member(doc, key.text);
        struct doc *item = next_item(doc, key.line);
        item->name = key.text;
        if (twin)
            return doc_refuse(copier->reader, item, "写了两次（第 %u 行已有）", twin->line);
        if (!copy(copier, pair->value, item, depth + 1))
            return false;
    }
    return true;
}

static bool
copy(struct copier *copier, int id, struct doc *doc, size_t depth)
{
    if (depth > MAX_DEPTH)
        return doc_refuse(copier->reader, doc->parent->parent, "层次太深（最多 %d 层），或者别名“*…”用到了自己", MAX_DEPTH);
    const yaml_node_t *node = yaml_document_get_node(copier->document, id);
    switch (node->type) {
    case YAML_SEQUENCE_NODE:
        doc->kind = DOC_LIST;
        return copy_list(copier, node, doc, depth);
    case YAML_MAPPING_NODE:
        doc->kind = DOC_MAP;
        return copy_map(copier, node, doc, depth);
    default:
        doc->kind = DOC_TEXT;
        return copy_text(copier, node, doc);
    }
}

/* -- parsing -- */

/* A line of the file, from 1; NULL: out of memory. */
static char *
line_of(const struct doc_reader *reader, size_t line)
{
    const char *at = reader->yaml, *end = at + reader->n, *next;
    while (--line > 0 && (next = memchr(at, '\n', (size_t)(end - at))) != NULL)
        at = next + 1;
    next = memchr(at, '\n', (size_t)(end - at));
    return arena_text(reader->arena, at, (size_t)((next ? next : end) - at));
}

/* What libyaml says is for programmers; a slip on the line it names, on the one above, or where it began to read comes first. */
static void
refuse_syntax(struct doc_reader *reader, const yaml_parser_t *parser)
{
    const char *problem = parser->problem ? parser->problem : "?";
    size_t line = parser->problem_mark.line + 1, lines[] = { line, line - 1, parser->context ? parser->context_mark.line + 1 : 0 };
    struct doc place;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *text = lines[i] > 0 ? line_of(reader, lines[i]) : "", *slip = guess_slip(text ? text : "");
        place = (struct doc){ .line = (unsigned)lines[i] };
        if (*slip) {
            doc_refuse(reader, &place, "不是正确的 YAML%s（%s）", slip, problem);
            return;
        }
    }
    place.line = (unsigned)line;
    doc_refuse(reader, &place, "不是正确的 YAML。常见原因：缩进不齐、用了制表符、冒号后面少空格、{} 里的英文逗号没有加引号（%s）", problem);
}

/* The next document of the file; its root, or NULL at the end of the file or after a refusal. */
static const yaml_node_t *
load(struct doc_reader *reader, yaml_parser_t *parser, yaml_document_t *document)
{
    if (yaml_parser_load(parser, document))
        return yaml_document_get_root_node(document);
    if (parser->error == YAML_MEMORY_ERROR)
        doc_no_memory(reader);
    else
        refuse_syntax(reader, parser);
    return NULL;
}

static const struct doc *
copy_root(struct doc_reader *reader, yaml_document_t *document, unsigned line)
{
    struct doc *root = arena_alloc(reader->arena, sizeof *root);
    if (!root) {
        doc_no_memory(reader);
        return NULL;
    }
    root->line = line;
    struct copier copier = { .reader = reader, .document = document };
    return copy(&copier, 1, root, 0) ? root : NULL;     /* libyaml's root is node 1 */
}

static bool
at_end(struct doc_reader *reader, yaml_parser_t *parser)
{
    yaml_document_t more;
    const yaml_node_t *node = load(reader, parser, &more);
    struct doc place = { .line = node ? line_number(node) : 1 };
    yaml_document_delete(&more);
    if (node)
        return doc_refuse(reader, &place, "一个文件只能写一份格式，这里又开始了一份（“---”）");
    return reader->status == STATUS_OK;
}

/* What would keep libyaml busy for minutes. */
static bool
is_bounded(struct doc_reader *reader, const struct doc *nowhere)
{
    if (reader->n > MAX_BYTES)
        return doc_refuse(reader, nowhere, "文件太大：格式文件最多 %d KB", MAX_BYTES / 1024);
    size_t brackets = 0;
    for (size_t i = 0; i < reader->n; i++)
        brackets += reader->yaml[i] == '[' || reader->yaml[i] == '{';
    return brackets <= MAX_BRACKETS || doc_refuse(reader, nowhere, "内容太多：一份格式最多 %d 个 [ 和 {", MAX_BRACKETS);
}

/* Other encodings (GBK, UTF-16) fail in the first line that has Chinese. */
static bool
is_utf8(struct doc_reader *reader)
{
    struct doc place = { .line = 1 };
    const char *at = reader->yaml, *end = at + reader->n;
    for (const char *next; at < end; at = next, place.line++) {
        next = memchr(at, '\n', (size_t)(end - at));
        next = next ? next + 1 : end;
        if (!utf8_valid(at, (size_t)(next - at)))
            return doc_refuse(reader, &place, "不是 UTF-8 编码；请在编辑器里另存为 UTF-8");
    }
    return true;
}

const struct doc *
doc_parse(struct doc_reader *reader)
{
    const struct doc nowhere = { .line = 1 };
    if (reader->embedded) {
        const struct doc *embedded = doc_unpacked(reader->arena, reader->embedded);
        if (!embedded)
            doc_no_memory(reader);
        return embedded;
    }
    if (!is_bounded(reader, &nowhere) || !is_utf8(reader))
        return NULL;
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) {
        doc_no_memory(reader);
        return NULL;
    }
    yaml_parser_set_input_string(&parser, (const unsigned char *)reader->yaml, reader->n);

    yaml_document_t document;
    const struct doc *root = NULL;
    const yaml_node_t *node = load(reader, &parser, &document);
    if (node)
        root = copy_root(reader, &document, line_number(node));
    else if (reader->status == STATUS_OK)
        doc_refuse(reader, &nowhere, "文件是空的");
    yaml_document_delete(&document);
    if (root && !at_end(reader, &parser))
        root = NULL;
    yaml_parser_delete(&parser);
    return root;
}

/* -- taking it in -- */

const struct doc *
doc_member(const struct doc *map, const char *name)
{
    for (size_t i = 0; map->kind == DOC_MAP && i < map->nitems; i++)
        if (strcmp(map->items[i].name, name) == 0)
            return &map->items[i];
    return NULL;
}

static bool
is_list(struct doc_reader *reader, const struct doc *doc)
{
    if (doc->kind != DOC_LIST)
        return doc_refuse(reader, doc, "应当是列表：[甲, 乙]，或者每行一个“- ”");
    return doc->nitems > 0 || doc_refuse(reader, doc, "列表不能是空的");
}

static bool
is_text(struct doc_reader *reader, const struct doc *doc)
{
    if (doc->kind != DOC_TEXT)
        return doc_refuse(reader, doc, "应当是文字；含有 {}、[]、“: ”的文字要加引号");
    return doc->text[0] || doc_refuse(reader, doc, "不能为空");
}

bool
doc_texts(struct doc_reader *reader, const struct doc *list, const char ***texts, size_t *n)
{
    if (!is_list(reader, list))
        return false;
    *texts = arena_array(reader->arena, list->nitems, sizeof **texts);
    if (!*texts)
        return doc_no_memory(reader);
    *n = list->nitems;
    for (size_t i = 0; i < *n; i++) {
        if (!is_text(reader, &list->items[i]))
            return false;
        (*texts)[i] = list->items[i].text;
    }
    return true;
}

static bool
fill_name(struct doc_reader *reader, const struct doc *doc, bool hyphen, const char **name)
{
    if (!is_text(reader, doc))
        return false;
    if (doc->text[strspn(doc->text, hyphen ? "abcdefghijklmnopqrstuvwxyz0123456789_-" : "abcdefghijklmnopqrstuvwxyz0123456789_")])
        return doc_refuse(reader, doc, "“%s”只能用小写字母 a-z、数字和 _%s", doc->text, hyphen ? " -" : "");
    *name = doc->text;
    return true;
}

static bool
fill_flag(struct doc_reader *reader, const struct doc *doc, bool *flag)
{
    if (doc->kind != DOC_TEXT || (strcmp(doc->text, "true") != 0 && strcmp(doc->text, "false") != 0))
        return doc_refuse(reader, doc, "应当是 true 或 false");
    *flag = doc->text[0] == 't';
    return true;
}

static bool
fill_number(struct doc_reader *reader, const struct doc *doc, const struct member *member, int *number)
{
    char *end = NULL;
    long value = doc->kind == DOC_TEXT ? strtol(doc->text, &end, 10) : 0;
    if (!end || end == doc->text || *end || value < member->least || value > member->most)
        return doc_refuse(reader, doc, "应当是 %d 到 %d 的整数", member->least, member->most);
    *number = (int)value;
    return true;
}

static bool
fill_choice(struct doc_reader *reader, const struct doc *doc, const char *const *choices, unsigned *choice)
{
    if (!is_text(reader, doc))
        return false;
    for (*choice = 0; choices[*choice]; ++*choice)
        if (strcmp(doc->text, choices[*choice]) == 0)
            return true;
    struct guess guess = guess_new(doc->text);
    for (unsigned i = 0; choices[i]; i++)
        guess_offer(&guess, choices[i]);
    return doc_refuse(reader, doc, "不认识“%s”%s", doc->text, guess_remark(&guess));
}

static bool
fill_member(struct doc_reader *reader, const struct doc *doc, const struct member *member, void *into)
{
    void *at = (char *)into + member->offset;
    switch (member->want) {
    case WANT_TEXT:
        *(const char **)at = doc->text;
        return is_text(reader, doc);
    case WANT_KEY:
        return fill_name(reader, doc, false, at);
    case WANT_ID:
        return fill_name(reader, doc, true, at);
    case WANT_TEXTS:
        return doc_texts(reader, doc, at, (size_t *)(void *)((char *)into + member->count_offset));
    case WANT_FLAG:
        return fill_flag(reader, doc, at);
    case WANT_NUMBER:
        return fill_number(reader, doc, member, at);
    case WANT_CHOICE:
        return fill_choice(reader, doc, member->choices, at);
    case WANT_PART:
        return doc_fill(reader, doc, member->members, at);
    case WANT_LIST:
        return is_list(reader, doc);
    case WANT_ANY:
        break;
    }
    return true;
}

static const struct member *
find_member(const struct member *members, const char *name)
{
    for (; members->name; members++)
        if (strcmp(members->name, name) == 0)
            return members;
    return NULL;
}

bool
doc_fill(struct doc_reader *reader, const struct doc *map, const struct member *members, void *into)
{
    if (map->kind != DOC_MAP)
        return doc_refuse(reader, map, "应当是一组“名称: 值”%s", map->kind == DOC_TEXT ? guess_slip(map->text) : "");
    for (size_t i = 0; i < map->nitems; i++) {
        const struct doc *item = &map->items[i];
        const struct member *member = find_member(members, item->name);
        if (!member) {
            struct guess guess = guess_new(item->name);
            for (const struct member *m = members; m->name; m++)
                guess_offer(&guess, m->name);
            const char *slip = guess_slip(item->name);
            return doc_refuse(reader, item, "这里没有这个名称%s", *slip ? slip : guess_remark(&guess));
        }
        if (!fill_member(reader, item, member, into))
            return false;
    }
    for (const struct member *m = members; m->name; m++)
        if (m->required && !doc_member(map, m->name))
            return doc_refuse(reader, map, "缺少“%s”", m->name);
    return true;
}
