/* SPDX-License-Identifier: MIT */
/* limits: every bound on what a file may ask for, with its reason. */
#ifndef NIANBAO_LIMITS_H
#define NIANBAO_LIMITS_H

enum {
    LIMIT_ROWS = 1048576,           /* ECMA-376: rows of a sheet */
    LIMIT_COLS = 16384,             /* ECMA-376: columns of a sheet */
    LIMIT_SHEETS = 1024,            /* the largest real workbooks hold some hundreds */
    LIMIT_CELL_TEXT = 32767 * 4,    /* Excel's 32,767 characters, in UTF-8 bytes */
    LIMIT_CELLS_KEPT = 1 << 15,     /* of a sheet, before those far from all labels are forgotten (sieve.h); a report has some 500 */
    LIMIT_MERGES = 1 << 17,         /* per sheet; a form has some fifty, a register of ten thousand rows some ten per row */
    LIMIT_XML_DEPTH = 256,          /* real parts stay below 30 */
    LIMIT_XML_TAG = 4 << 20,        /* bytes of a tag, a comment or a CDATA section; a cell's text takes a twentieth */
    LIMIT_XML_ATTRIBUTES = 128,     /* of one element; real ones end at some 30 */
    LIMIT_XML_NAMESPACES = 64,      /* declared at one place, and looked through at every tag; Word and LibreOffice declare some 40 */
    LIMIT_HTML = 16 << 20,          /* bytes of a web page as UTF-8: pages are under 1 MB, tables of 20,000 rows some 10; takes 2 s at worst */
    LIMIT_HTML_DEPTH = 4096,        /* open elements; browsers show 512, but people forget to close a <font> in every paragraph */
    LIMIT_HTML_STEPS = 100000000,   /* through open elements after end tags that have no beginning: under a second */
    LIMIT_HTML_ATTRIBUTES = 200,    /* of a tag, each compared with all before it */
    LIMIT_HTML_NAMES = 10000,       /* of elements and attributes; a page has some hundred */
    LIMIT_HTML_COLS = 1024,         /* of a table; HTML lets a cell span 1,000 */
    LIMIT_HTML_SPAN = 65534,        /* rows of a cell, as HTML has it */
    LIMIT_MIME_DEPTH = 8,           /* parts inside parts of a web archive; real ones have 2 */
    LIMIT_RELATIONSHIPS = 4096,     /* of one part, looked through for every sheet: the sheets and some dozens */
    LIMIT_ZIP_MEMBERS = 65536,      /* the zip directory without zip64; real workbooks hold dozens */
    LIMIT_FORMATS = 65536,          /* Excel's cell styles end at 65,490 */
    LIMIT_LABEL_TEXT = 1000,        /* bytes of a label with its explanation; longer texts are prose */
    LIMIT_LABEL_COLUMN = 1024,      /* a form is 15 columns wide; nobody begins it past this one */
    LIMIT_LABELS = 100000,          /* cells of a sheet that are like labels; a report has 150 */
    LIMIT_EXPLANATIONS = 200,       /* explanations carried on; a report has a handful of warnings */
    LIMIT_HEADERS = 64,             /* headers of one kind on a sheet: a report a year for a lifetime */
    LIMIT_MEMBERS = 200000,         /* bodies of a list; the country has about as many that report */
    LIMIT_STAMP_COPY = 1 << 20,     /* bytes of the copy of all cells that a workbook carries; a report has 10,000, a roll-up of 800 some 500,000 */
    LIMIT_TABLES = 2000,            /* tables in a workbook, all forms tried */
    LIMIT_PIECES = 20000,           /* cells of a document whose tables may be pieces of one; a report has some 500 */
    LIMIT_DETAIL_UNITS = 10000,     /* units on a sheet with all their numbers: two million cells, which people can use and LIMIT_MEMORY reads */
    LIMIT_NARRATIVE = 4 << 20,      /* bytes of running text compared with the tables; a report has 20,000 to 60,000 */
    LIMIT_STATED = 5000,            /* numbers found in running text; a report states some 60 */
    LIMIT_LIST_ROWS = 200000,       /* rows of another list of a roll-up: a row for every body of the country */
    LIMIT_LIST_LINKS = 30000,       /* links on one sheet, kept in memory while it is written; Excel ends at 65,530 */
};

/* Bytes of one input file: a form is 10 KB to 5 MB. Half of LIMIT_MEMORY, which the file takes its part of. */
#define LIMIT_FILE ((size_t)128 << 20)
/* Memory for one input: enough for two million cells; a batch of eight fits in 2 GiB. */
#define LIMIT_MEMORY ((size_t)256 << 20)
/* Inflated bytes of all members read from one zip archive: a full sheet of styled empty rows is under 100 MB. */
#define LIMIT_INFLATED ((uint64_t)256 << 20)

#endif
