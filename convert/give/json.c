/* SPDX-License-Identifier: MIT */
/* json: the report as one line of JSON, schema nianbao.report/1. Numbers are decimal strings, because a reader's
 * binary floating point must not change money. Members come in one fixed order; absent ones are left out, but for unit and year. */
#include "give.h"
#include "json_writer.h"
#include "previous.h"
#include "wording.h"

static void
put_counts(struct json *json, const struct report *report)
{
    json_key(json, "counts");
    json_open(json, '{');
    for (size_t i = 0; i < SEVERITY_COUNT; i++)
        json_member_int(json, severity_code((enum severity)i), (long long)report->counts[i]);
    json_close(json, '}');
}

static void
put_tables(struct json *json, const struct report *report)
{
    json_key(json, "tables");
    json_open(json, '{');
    for (size_t i = 0; i < report->nsections; i++) {
        const struct section *section = &report->sections[i];
        char range[ADDRESS_SIZE];
        if (section->placement == NULL)
            continue;
        json_key(json, section->table->id);
        json_open(json, '{');
        json_member(json, "form", section->table->form->id);
        json_member(json, "sheet", section->placement->sheet->name);
        json_member(json, "range", sheet_address(section->placement->sheet, section->placement->range, range));
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void
put_value(struct json *json, const struct value *value)
{
    char number[DECIMAL_TEXT], cell[ADDRESS_SIZE];
    json_key(json, value->slot->key);
    json_open(json, '{');
    if (value->has)
        json_member(json, "value", decimal_text(value->number, number));
    if (value->sheet != NULL) {
        json_member(json, "raw", value->raw != NULL ? value->raw : "");
        json_member(json, "sheet", value->sheet->name);
        json_member(json, "cell", sheet_cell_address(value->sheet, value->row, value->col, cell));
    }
    json_member(json, "origin", origin_code(value->origin));
    json_close(json, '}');
}

static void
put_values(struct json *json, const struct report *report)
{
    json_key(json, "values");
    json_open(json, '{');
    for (size_t i = 0; i < report->nsections; i++)
        for (size_t j = 0; j < report->sections[i].table->nslots; j++)
            put_value(json, &report->sections[i].values[j]);
    json_close(json, '}');
}

static void
put_keys(struct json *json, const char *member, const struct value **values, size_t n)
{
    json_key(json, member);
    json_open(json, '[');
    for (size_t i = 0; i < n; i++)
        json_string(json, values[i]->slot->key);
    json_close(json, ']');
}

static void
put_finding(struct json *json, const struct finding *finding)
{
    char number[DECIMAL_TEXT];
    json_open(json, '{');
    json_member(json, "rule", finding->rule);
    json_member(json, "severity", severity_code(finding->severity));
    put_keys(json, "keys", finding->values, finding->nvalues);
    if (finding->nterms > 0)
        put_keys(json, "terms", finding->terms, finding->nterms);
    json_member_texts(json, "cells", finding->cells, finding->ncells);
    json_member_some(json, "path", finding->path);
    if (finding->numbers) {
        json_member(json, "found", decimal_text(finding->found, number));
        json_member(json, "expected", decimal_text(finding->expected, number));
        json_member(json, "difference", decimal_text(finding->difference, number));
    }
    json_member(json, "message", finding->message);
    json_member_some(json, "hint", finding->hint);
    json_member_some(json, "basis", finding->basis);
    json_member_some(json, "explained", finding->explained);
    json_close(json, '}');
}

/* The cells to change, each with the number that stands there and the one that would do; whether the numbers single
 * it out; and the findings this would settle. */
static void
put_suspect(struct json *json, const struct report *report, const struct suspect *suspect)
{
    char number[DECIMAL_TEXT];
    json_open(json, '{');
    json_key(json, "changes");
    json_open(json, '[');
    for (size_t i = 0; i < suspect->nchanges; i++) {
        const struct value *value = suspect->changes[i].value;
        json_open(json, '{');
        json_member(json, "key", value->slot->key);
        json_member(json, "cell", value_cell(report->arena, value));
        json_member(json, "from", decimal_text(value->number, number));
        json_member(json, "to", decimal_text(suspect->changes[i].to, number));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_member_bool(json, "likely", suspect->likely);
    json_key(json, "explains");
    json_open(json, '[');
    for (size_t i = 0; i < suspect->nexplains; i++)
        json_int(json, (long long)suspect->explains[i]);
    json_close(json, ']');
    json_close(json, '}');
}

/* What it was compared with; `also`: the other reports that were added up. */
static void
put_previous(struct json *json, const struct previous *previous)
{
    const struct predecessor *first = previous->from[0];
    json_key(json, "previous");
    json_open(json, '{');
    json_member(json, "file", first->file);
    if (first->year != 0)
        json_member_int(json, "year", first->year);
    else
        json_member(json, "year", NULL);
    json_member(json, "unit", first->unit);
    if (previous->n > 1) {
        json_key(json, "also");
        json_open(json, '[');
        for (size_t i = 1; i < previous->n; i++)
            json_string(json, previous->from[i]->file);
        json_close(json, ']');
    }
    json_close(json, '}');
}

static void
put_error(struct json *json, const struct report *report)
{
    json_key(json, "error");
    json_open(json, '{');
    json_member(json, "code", status_code(report->fault.status));
    json_member(json, "message", report->error_message);
    json_close(json, '}');
}

void
give_json(const struct report *report, struct text *out)
{
    struct json json = { .out = out };
    char sha256[65];
    json_open(&json, '{');
    json_member(&json, "schema", "nianbao.report/1");
    json_member(&json, "program", "nianbao " NIANBAO_VERSION);
    json_member(&json, "file", report->file);
    json_member_some(&json, "sha256", report_sha256(report, sha256));
    json_member(&json, "unit", report->unit);
    if (report->year != 0)
        json_member_int(&json, "year", report->year);
    else
        json_member(&json, "year", NULL);
    json_member(&json, "verdict", verdict_code(report->verdict));
    put_counts(&json, report);
    put_tables(&json, report);
    put_values(&json, report);
    if (previous_known(report))
        put_previous(&json, report->previous);
    json_key(&json, "findings");
    json_open(&json, '[');
    for (size_t i = 0; i < report->nfindings; i++)
        put_finding(&json, &report->findings[i]);
    json_close(&json, ']');
    if (report->verdict != VERDICT_UNREADABLE) {
        json_key(&json, "suspects");
        json_open(&json, '[');
        for (size_t i = 0; i < report->nsuspects; i++)
            put_suspect(&json, report, &report->suspects[i]);
        json_close(&json, ']');
    }
    json_member_texts(&json, "outputs", report->outputs, report->noutputs);
    if (report->verdict == VERDICT_UNREADABLE)
        put_error(&json, report);
    json_close(&json, '}');
    text_putc(out, '\n');
}
