/* SPDX-License-Identifier: MIT */
/* sample_report: a report filled by hand, for tests of what is given back: the 2021 form, every number i % 3, one sheet "甲 乙". */
#ifndef NIANBAO_SAMPLE_REPORT_H
#define NIANBAO_SAMPLE_REPORT_H

#include "report.h"
#include "test.h"

static struct sheet sample_sheet = { .name = "甲 乙" };

static void
sample_section(struct arena *arena, const struct table *table, struct section *section)
{
    struct placement *placement = arena_alloc(arena, sizeof *placement);
    *placement = (struct placement){ .table = table, .sheet = &sample_sheet, .range = { 2, 19, 0, 3 } };
    *section = (struct section){ .table = table, .placement = placement };
    section->values = arena_array(arena, table->nslots, sizeof *section->values);
    for (size_t i = 0; i < table->nslots; i++)
        section->values[i] = (struct value){
            .slot = &table->form->slots[table->first + i], .origin = ORIGIN_GIVEN, .has = true, .raw = "x", .sheet = &sample_sheet,
            .number = { (int64_t)(i % 3) * DECIMAL_ONE }, .row = (uint32_t)i, .col = 3,
        };
}

static void
sample_report(struct report *report, struct arena *arena)
{
    struct forms forms;
    struct fault fault;
    CHECK_INT(forms_load(arena, NULL, &forms, &fault), STATUS_OK);
    const struct form *form = forms_for_year(&forms, 2023);
    *report = (struct report){ .arena = arena, .file = "年\"报.xlsx", .unit = "某局", .year = 2023, .form = form, .verdict = VERDICT_FAIL,
                               .bytes = (const unsigned char *)"abc", .nbytes = 3, .equations_judged = 40, .equations_unjudged = 2 };
    report->nsections = form->ntables;
    report->sections = arena_array(arena, form->ntables, sizeof *report->sections);
    for (size_t i = 0; i < form->ntables; i++)
        sample_section(arena, &form->tables[i], &report->sections[i]);
}

/* A finding about the first n numbers of a section, in one column. */
static inline void
sample_finding(struct report *report, size_t section, size_t n, enum severity severity, const char *message)
{
    CHECK(arena_room(report->arena, &report->findings, report->nfindings, &report->findings_cap, sizeof *report->findings));
    struct finding *finding = &report->findings[report->nfindings++];
    *finding = (struct finding){ .rule = "blank", .severity = severity, .message = message, .hint = "", .nvalues = n, .ncells = n };
    finding->values = arena_array(report->arena, n, sizeof *finding->values);
    finding->cells = arena_array(report->arena, n, sizeof *finding->cells);
    for (size_t i = 0; i < n; i++) {
        finding->values[i] = &report->sections[section].values[i];
        finding->cells[i] = value_cell(report->arena, finding->values[i]);
    }
    report->counts[severity]++;
}

#endif
