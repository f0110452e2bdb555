/* SPDX-License-Identifier: MIT */
/* docx_parts: what the readers of a Word document share. Internal to read_docx.c and docx_table.c. */
#ifndef NIANBAO_DOCX_PARTS_H
#define NIANBAO_DOCX_PARTS_H

#include "xlsx_parts.h"

/* Paragraphs that follow one another: of the body, of a cell, of a text box. */
struct docx_flow {
    size_t begin;                   /* of its text */
    size_t told;                    /* what comes before it is in book->paragraphs already */
    bool cell;                      /* its text is a cell's; it is running text too once it holds a table, for then the cell is layout */
    bool running;
};

struct docx_table;

/* A document being read into a book. */
struct docx {
    struct xlsx package;            /* memory, book, archive, scanner: a package is one whatever is in it */
    struct text text;               /* of all open flows, that of the inner ones behind that of the outer ones */
    struct docx_flow *flow;
    struct docx_table *table;       /* whose rows and cells come next; NULL: none */
    bool muted;                     /* what comes is not printed: hidden text, the prompt of an empty field */
    uint64_t codes;                 /* open fields, the innermost in the lowest bit: is it in its code, which is not printed? */
    bool unmarked;                  /* the mark of the paragraph is deleted or hidden: it goes on in the next one */
    size_t given;                   /* texts and tables met so far */
    bool chunked;                   /* other documents are to be put in, which is not done */
};

/* The started element's attribute, whatever its prefix; NULL: none. And as a number, `none` where there is none or no number. */
const struct slice *docx_attribute(const struct xml *xml, const char *name);
uint32_t docx_number(const struct xml *xml, const char *name, uint32_t none);

/* Read to the end of the started element: what is in it, or nothing. */
enum status docx_walk(struct docx *d);
enum status docx_skip(struct docx *d);

/* End a flow: what is left of its text is a paragraph. */
enum status docx_end_flow(struct docx *d, struct docx_flow *flow);

/* Paragraphs of the flow so far are running text. */
enum status docx_tell(struct docx *d);

/* -- docx_table.c: the elements of a table -- */
enum status docx_table(struct docx *d);
enum status docx_row(struct docx *d);
enum status docx_row_properties(struct docx *d);
enum status docx_cell(struct docx *d);
enum status docx_cell_properties(struct docx *d);

/* The text box just read has said one paragraph: that is what the cell around it says, if it says nothing itself. */
void docx_boxed(const struct docx *d, const char *text);

#endif
