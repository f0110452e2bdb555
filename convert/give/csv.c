/* SPDX-License-Identifier: MIT */
/* csv: RFC 4180. The byte order mark, without which Excel takes UTF-8 for the system's code page, only where text files have one. */
#include <string.h>

#include "csv.h"
#include "lines.h"
#include "os.h"
#include "wording.h"

static bool
is_number(const char *s)
{
    s += *s == '-' || *s == '+';
    size_t n = strspn(s, "0123456789");
    const char *rest = s + n;
    return n > 0 && (*rest == '\0' || (*rest == '.' && rest[1] != '\0' && rest[1 + strspn(rest + 1, "0123456789")] == '\0'));
}

/* What a spreadsheet would take for a formula when it opens the file, the full-width signs in an East Asian one: such a text gets an
 * apostrophe in front, as a person would type it to say that it is text. */
static bool
like_formula(const char *s)
{
    static const char *const wide[] = { "＝", "＋", "－", "＠" };
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(s, wide[i], strlen(wide[i])) == 0)
            return true;
    return *s != '\0' && strchr("=+-@\t\r\n", *s) != NULL && !is_number(s);
}

void
csv_field(struct text *out, bool first, const char *s)
{
    bool quoted = strpbrk(s, ",\"\r\n") != NULL;
    text_puts(out, first ? "" : ",");
    text_puts(out, quoted ? "\"" : "");
    text_puts(out, like_formula(s) ? "'" : "");
    for (size_t n; *s != '\0'; s += n) {
        n = strcspn(s, "\"");
        n += s[n] == '"';
        text_put(out, s, n);
        if (s[n - 1] == '"')
            text_putc(out, '"');
    }
    text_puts(out, quoted ? "\"" : "");
}

void
csv_end(struct text *out)
{
    text_puts(out, "\r\n");
}

static void
put_head(struct text *out, const char *const *names, size_t n)
{
    text_puts(out, os_text_is_dos ? "\xEF\xBB\xBF" : "");
    for (size_t i = 0; i < n; i++)
        csv_field(out, i == 0, names[i]);
}

/* NULL, what is not known, is an empty field. */
static void
put(struct text *out, const char *s)
{
    csv_field(out, false, s != NULL ? s : "");
}

static void
put_count(struct text *out, size_t n)
{
    text_printf(out, ",%zu", n);
}

/* file,unit,year,form */
static void
put_report(struct text *out, const struct report *report)
{
    csv_field(out, true, report->file);
    put(out, report->unit);
    text_printf(out, report->year != 0 ? ",%d" : ",", report->year);
    put(out, report->form != NULL ? report->form->id : NULL);
}

/* -- a line per finding -- */

void
csv_findings_head(struct text *out)
{
    static const char *const names[] = { "file", "unit", "year", "form", "rule", "severity", "place", "path", "found", "expected", "difference",
                                         "message", "hint", "explained" };
    put_head(out, names, sizeof names / sizeof *names);
    csv_end(out);
}

static void
put_finding(struct text *out, const struct finding *finding, enum language language)
{
    char number[DECIMAL_TEXT];
    struct text places = text_new(out->arena);
    line_places(&places, finding, 0, language);
    out->failed |= places.failed;
    put(out, finding->rule);
    put(out, severity_code(finding->severity));
    put(out, places.at);
    put(out, finding->path);
    put(out, finding->numbers ? decimal_text(finding->found, number) : NULL);
    put(out, finding->numbers ? decimal_text(finding->expected, number) : NULL);
    put(out, finding->numbers ? decimal_text(finding->difference, number) : NULL);
    put(out, finding->message);
    put(out, finding->hint);
    put(out, finding->explained);
}

void
csv_findings(struct text *out, const struct report *report)
{
    for (size_t i = 0; i < report->nfindings; i++) {
        put_report(out, report);
        put_finding(out, &report->findings[i], report->language);
        csv_end(out);
    }
    if (report->verdict != VERDICT_UNREADABLE)
        return;
    put_report(out, report);
    put(out, status_code(report->fault.status));
    put(out, verdict_code(report->verdict));
    text_puts(out, ",,,,,");
    put(out, report->error_message);
    text_puts(out, ",,");
    csv_end(out);
}

/* -- a line per unit -- */

/* The first eight also for reports. */
static const char *const filing_names[] = { "file", "unit", "year", "form", "verdict", "errors", "warnings", "notes", "fate" };
enum { FILING_NAMES = sizeof filing_names / sizeof *filing_names };

static void
put_keys(struct text *out, const struct form *form)
{
    for (size_t i = 0; i < form->nslots; i++)
        put(out, form->slots[i].key);
    csv_end(out);
}

void
csv_values_head(struct text *out, const struct form *form)
{
    put_head(out, filing_names, FILING_NAMES - 1);
    put_keys(out, form);
}

void
csv_filings_head(struct text *out, const struct form *form)
{
    put_head(out, filing_names, FILING_NAMES);
    put_keys(out, form);
}

void
csv_filing(struct text *out, const struct filing *filing, const char *name, const char *fate, const struct form *form)
{
    char number[DECIMAL_TEXT];
    bool same = filing->form != NULL && strcmp(filing->form, form->id) == 0;
    csv_field(out, true, filing->file);
    put(out, name);
    text_printf(out, filing->year != 0 ? ",%d" : ",", filing->year);
    put(out, filing->form);
    put(out, verdict_code(filing->verdict));
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        put_count(out, filing->counts[i]);
    put(out, fate);
    for (size_t i = 0; i < form->nslots; i++)
        put(out, same && filing->values[i].has ? decimal_text((struct decimal){ filing->values[i].micros }, number) : NULL);
    csv_end(out);
}

/* The numbers of a section's table, or as many empty fields. */
static void
put_table(struct text *out, const struct report *report, const struct table *table)
{
    const struct section *section = report_section(report, table->id);
    char number[DECIMAL_TEXT];
    bool same = section != NULL && section->table == table && report->form == table->form;
    for (size_t i = 0; i < table->nslots; i++) {
        const struct value *value = same ? &section->values[i] : NULL;
        put(out, value != NULL && value->has ? decimal_text(value->number, number) : NULL);
    }
}

void
csv_values(struct text *out, const struct report *report, const struct form *form)
{
    put_report(out, report);
    put(out, verdict_code(report->verdict));
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        put_count(out, report->counts[i]);
    for (size_t i = 0; i < form->ntables; i++)
        put_table(out, report, &form->tables[i]);
    csv_end(out);
}
