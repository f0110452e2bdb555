/* SPDX-License-Identifier: MIT */
#include "limits.h"
#include "rollup.h"
#include "test.h"
#include "text.h"

static struct forms forms;
static struct arena *lasting;

/* A roll-up in the making: every filing has the same number in every leaf, and totals that nobody asks for. */
struct trial { struct rollup *rollup; const struct form *form; };

static struct trial
begin(const struct rollup_options *options)
{
    static const struct rollup_options none;
    return (struct trial){ rollup_new(&forms, options != NULL ? options : &none), forms_for_year(&forms, 2023) };
}

/* What differs from a passing report of 2023 that was written at second 1. */
struct given {
    const char *name, *sha;
    int64_t micros, modified;
    int year;
    enum verdict verdict;
    struct filing_input *inputs; size_t ninputs, covered;        /* covered: it is a roll-up */
};

static void
note(struct trial *trial, struct given given)
{
    int year = given.year != 0 ? given.year : 2023;
    const struct form *form = forms_for_year(&forms, year);
    struct filing_value *values = arena_array(lasting, form->nslots, sizeof *values);
    for (size_t i = 0; i < form->nslots; i++)
        values[i] = (struct filing_value){ form->slots[i].derived ? 7 : given.micros, true };
    bool unreadable = given.verdict == VERDICT_UNREADABLE;
    struct filing filing = {
        .file = given.sha, .path = given.sha, .name = given.name, .year = year, .sha256 = given.sha, .modified = given.modified,
        .verdict = given.verdict, .form = unreadable ? NULL : form->id, .whole = true, .values = unreadable ? NULL : values,
        .nvalues = unreadable ? 0 : form->nslots, .trouble = unreadable ? "打不开" : NULL, .rollup = given.covered > 0, .inputs = given.inputs,
        .ninputs = given.ninputs, .covered = given.covered > 0 ? given.covered : 1,
    };
    CHECK(rollup_note(trial->rollup, &filing));
}

/* The codes of all fates: "counted older". */
static const char *
fates(struct trial *trial)
{
    struct text out = text_new(lasting);
    CHECK(rollup_choose(trial->rollup) && rollup_add(trial->rollup));
    for (size_t i = 0; i < trial->rollup->nentries; i++)
        text_printf(&out, "%s%s", i > 0 ? " " : "", fate_code(trial->rollup->entries[i].fate));
    return out.at;
}

static int64_t
leaf(const struct trial *trial)
{
    size_t i = 0;
    while (trial->form->slots[i].derived)
        i++;
    return trial->rollup->sums[i].micros;
}

static void
test_versions(void)
{
    struct trial trial = begin(NULL);
    note(&trial, (struct given){ .name = "甲县科技局", .sha = "a", .micros = 1, .modified = 5 });
    note(&trial, (struct given){ .name = "甲县科学技术局", .sha = "b", .micros = 10, .modified = 9 });                            /* the same unit, newer */
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "c", .micros = 100, .modified = 1 });
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "c", .micros = 100, .modified = 2 });                               /* the same bytes */
    note(&trial, (struct given){ .name = "丙县民政局", .sha = "d", .micros = 1000, .modified = 1, .year = 2020 });
    note(&trial, (struct given){ .name = NULL, .sha = "e", .micros = 0, .modified = 1, .verdict = VERDICT_UNREADABLE });
    note(&trial, (struct given){ .name = "丁县民政局", .sha = "f", .micros = 10000, .modified = 1, .verdict = VERDICT_FAIL });
    note(&trial, (struct given){ .name = "戊县民政局", .sha = "g", .micros = 100000, .modified = 3 });
    note(&trial, (struct given){ .name = "戊县民政局", .sha = "h", .micros = 1000000, .modified = 3 });                           /* of one time: the later name */
    CHECK_STR(fates(&trial), "older counted counted same other-form unreadable failing older counted");
    CHECK_INT(leaf(&trial), 1010110);
    CHECK_INT(trial.rollup->entries[0].with, 1);
    CHECK_INT(trial.rollup->units, 4);
    CHECK_INT(trial.rollup->year, 2023);
    rollup_free(trial.rollup);
}

static void
test_only_valid(void)
{
    struct trial trial = begin(&(struct rollup_options){ .only_valid = true });
    note(&trial, (struct given){ .name = "甲县教育局", .sha = "a", .micros = 1, .modified = 5 });
    note(&trial, (struct given){ .name = "甲县教育局", .sha = "b", .micros = 10, .modified = 9, .verdict = VERDICT_FAIL });       /* the older one does not come back */
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "c", .micros = 100, .modified = 1 });
    CHECK_STR(fates(&trial), "older left-out counted");
    CHECK_INT(leaf(&trial), 100);
    rollup_free(trial.rollup);
}

static void
test_totals(void)
{
    struct trial trial = begin(NULL);
    note(&trial, (struct given){ .name = "甲县教育局", .sha = "a", .micros = 3, .modified = 1 });
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "b", .micros = 4, .modified = 1 });
    CHECK_STR(fates(&trial), "counted counted");
    struct report report;
    CHECK(rollup_report(trial.rollup, lasting, &report));
    const struct value *leaves = report_value(&report, "requests.received.enterprise"), *total = report_value(&report, "requests.received.total");
    CHECK_INT(leaves->number.micros, 7);
    CHECK_INT(total->number.micros, 42);             /* computed, not added up: six columns of seven */
    rollup_free(trial.rollup);
    trial = begin(NULL);
    note(&trial, (struct given){ .name = "甲县教育局", .sha = "a", .micros = INT64_MAX / 2, .modified = 1 });
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "b", .micros = INT64_MAX / 2 + 2, .modified = 1 });
    CHECK_STR(fates(&trial), "counted counted");
    CHECK(trial.rollup->sums[0].overflow);           /* said, not wrapped */
    rollup_free(trial.rollup);
}

static void
test_parts(void)
{
    struct filing_input both[] = { { "a", "甲县教育局", false }, { "b", "乙县教育局", false } }, more[] = { { "b", "乙县教育局", false }, { "z", "丙县教育局", false } };
    struct trial trial = begin(NULL);                /* all it was made of is here: it is compared */
    note(&trial, (struct given){ .name = "甲县教育局", .sha = "a", .micros = 1, .modified = 1 });
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "b", .micros = 10, .modified = 1 });
    note(&trial, (struct given){ .name = "某市", .sha = "r", .micros = 12, .modified = 1, .inputs = both, .ninputs = 2, .covered = 2 });
    CHECK_STR(fates(&trial), "counted counted parent");
    CHECK_INT(leaf(&trial), 11);
    CHECK(trial.rollup->ndifferences > 0);
    rollup_free(trial.rollup);
    trial = begin(NULL);                             /* and something else beside it: it is no parent, and not counted either */
    note(&trial, (struct given){ .name = "甲县教育局", .sha = "a", .micros = 1, .modified = 1 });
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "b", .micros = 10, .modified = 1 });
    note(&trial, (struct given){ .name = "某市", .sha = "r", .micros = 11, .modified = 1, .inputs = both, .ninputs = 2, .covered = 2 });
    note(&trial, (struct given){ .name = "丁县教育局", .sha = "d", .micros = 100, .modified = 1 });
    CHECK_STR(fates(&trial), "counted counted covered counted");
    rollup_free(trial.rollup);
    trial = begin(NULL);                             /* it has more to give */
    note(&trial, (struct given){ .name = "乙县教育局", .sha = "bb", .micros = 10, .modified = 1 });
    note(&trial, (struct given){ .name = "某市", .sha = "r", .micros = 1000, .modified = 1, .inputs = more, .ninputs = 2, .covered = 2 });
    CHECK_STR(fates(&trial), "covered counted");
    CHECK(trial.rollup->entries[0].other_version && trial.rollup->entries[0].with == 1);
    CHECK_INT(leaf(&trial), 1000);
    CHECK_INT(trial.rollup->units, 2);
    rollup_free(trial.rollup);
    trial = begin(NULL);                             /* two that share a part: the larger; two versions: the newer */
    note(&trial, (struct given){ .name = "某市", .sha = "r", .micros = 1, .modified = 1, .inputs = both, .ninputs = 2, .covered = 2 });
    note(&trial, (struct given){ .name = "别市", .sha = "s", .micros = 10, .modified = 1, .inputs = more, .ninputs = 2, .covered = 3 });
    note(&trial, (struct given){ .name = "别市", .sha = "t", .micros = 100, .modified = 2, .inputs = more, .ninputs = 2, .covered = 3 });
    CHECK_STR(fates(&trial), "covered older counted");
    CHECK_INT(trial.rollup->entries[0].lost, 1);     /* the one that is in no other */
    CHECK_INT(trial.rollup->entries[1].lost, 0);
    rollup_free(trial.rollup);
    struct filing_input newer[] = { { "a2", "甲县教育局", false }, { "y", "某县", true } }, area[] = { { "c", "戊县教育局", false }, { "x", "某县", true } };
    trial = begin(NULL);                             /* two versions of a unit: said; parts that are roll-ups are of one area, and no unit */
    note(&trial, (struct given){ .name = "某市", .sha = "r", .micros = 1, .modified = 1, .inputs = both, .ninputs = 2, .covered = 2 });
    note(&trial, (struct given){ .name = "别市", .sha = "s", .micros = 10, .modified = 1, .inputs = newer, .ninputs = 2, .covered = 2 });
    note(&trial, (struct given){ .name = "他市", .sha = "t", .micros = 100, .modified = 1, .inputs = area, .ninputs = 2, .covered = 2 });
    CHECK_STR(fates(&trial), "counted counted counted");
    CHECK_INT(trial.rollup->nrepeats, 1);
    CHECK_STR(trial.rollup->repeats[0].name, "甲县教育局");
    CHECK(trial.rollup->repeats[0].first == 0 && trial.rollup->repeats[0].second == 1);
    rollup_free(trial.rollup);
    trial = begin(NULL);                             /* shards of one area share nothing */
    note(&trial, (struct given){ .name = "某市", .sha = "r", .micros = 1, .modified = 1, .inputs = &both[0], .ninputs = 1, .covered = 1 });
    note(&trial, (struct given){ .name = "某市", .sha = "s", .micros = 10, .modified = 2, .inputs = &more[1], .ninputs = 1, .covered = 1 });
    CHECK_STR(fates(&trial), "counted counted");
    CHECK_INT(leaf(&trial), 11);
    rollup_free(trial.rollup);
}

static void
test_parent(void)
{
    struct trial trial = begin(NULL);                /* named after it, and no larger */
    note(&trial, (struct given){ .name = "宿迁市人民政府", .sha = "a", .micros = 50, .modified = 1 });
    note(&trial, (struct given){ .name = "宿迁市教育局", .sha = "b", .micros = 10, .modified = 1 });
    note(&trial, (struct given){ .name = "宿迁市民政局", .sha = "c", .micros = 20, .modified = 1 });
    CHECK_STR(fates(&trial), "parent counted counted");
    CHECK_INT(leaf(&trial), 30);
    CHECK(trial.rollup->differences[0].micros == 50);
    size_t notes = 0;
    for (size_t i = 0; i < trial.rollup->ndifferences; i++)
        notes += trial.rollup->differences[i].severity == SEVERITY_NOTE;
    CHECK_INT(notes, form_table(trial.form, "disclosure")->nslots);
    rollup_free(trial.rollup);
    trial = begin(NULL);                             /* a town among bureaus of the county is one of them */
    note(&trial, (struct given){ .name = "沭阳县某某镇人民政府", .sha = "a", .micros = 50, .modified = 1 });
    note(&trial, (struct given){ .name = "沭阳县教育局", .sha = "b", .micros = 10, .modified = 1 });
    note(&trial, (struct given){ .name = "沭阳县民政局", .sha = "c", .micros = 20, .modified = 1 });
    CHECK_STR(fates(&trial), "counted counted counted");
    rollup_free(trial.rollup);
    trial = begin(NULL);                             /* not named after it, but its numbers are their sums */
    note(&trial, (struct given){ .name = "宿迁市", .sha = "a", .micros = 30, .modified = 1 });
    note(&trial, (struct given){ .name = "沭阳县教育局", .sha = "b", .micros = 10, .modified = 1 });
    note(&trial, (struct given){ .name = "泗阳县民政局", .sha = "c", .micros = 20, .modified = 1 });
    CHECK_STR(fates(&trial), "parent counted counted");
    for (size_t i = 0; i < trial.rollup->ndifferences; i++)
        CHECK(trial.form->slots[trial.rollup->differences[i].slot].derived);      /* these are made up here */
    rollup_free(trial.rollup);
}

static void
test_roster(void)
{
    static const char list[] = "全称,是否计入,并入,截止日期\n宿迁市教育局,是,,2026-01-31\n宿迁市科学技术局,,,\n宿迁市文物局,是,宿迁市民政局,\n宿迁市档案馆,否,,\n"
                               "宿迁市民政局,,,\n宿迁市司法局,,,\n";
    struct roster roster;
    struct fault fault = { .where = "" };
    CHECK_INT(roster_parse(lasting, (const unsigned char *)list, sizeof list - 1, &roster, &fault), STATUS_OK);
    CHECK_STR(fault.where, "");
    if (*fault.where != '\0')
        return;
    struct filing_input inside[] = { { "q", "宿迁市司法局", false } };
    struct trial trial = begin(&(struct rollup_options){ .roster = &roster });
    note(&trial, (struct given){ .name = "宿迁市教育局", .sha = "a", .micros = 1, .modified = 2000000000 });
    note(&trial, (struct given){ .name = "宿迁市科技局", .sha = "b", .micros = 10, .modified = 1 });
    note(&trial, (struct given){ .name = "宿迁市文物局", .sha = "c", .micros = 100, .modified = 1 });
    note(&trial, (struct given){ .name = "宿迁市档案馆", .sha = "d", .micros = 1000, .modified = 1 });
    note(&trial, (struct given){ .name = "宿迁市气象局", .sha = "e", .micros = 10000, .modified = 1 });                          /* not on the list: counted all the same */
    note(&trial, (struct given){ .name = "宿迁市民政局", .sha = "f", .micros = 1, .modified = 1, .year = 2020 });                 /* last year's is not this year's */
    note(&trial, (struct given){ .name = "分表", .sha = "g", .micros = 100000, .modified = 1, .inputs = inside, .ninputs = 1, .covered = 1 });
    CHECK_STR(fates(&trial), "counted counted not-counted not-counted counted other-form counted");
    CHECK_INT(leaf(&trial), 110011);
    CHECK_STR(trial.rollup->entries[1].name, "宿迁市科学技术局");
    CHECK(trial.rollup->entries[0].late && !trial.rollup->entries[1].late);
    CHECK(trial.rollup->present[0] && trial.rollup->present[1] && !trial.rollup->present[4] && trial.rollup->present[5]);
    rollup_free(trial.rollup);
}

static void
test_nothing(void)
{
    struct trial trial = begin(NULL);
    CHECK_STR(fates(&trial), "");
    CHECK(trial.rollup->form == NULL);
    note(&trial, (struct given){ .name = NULL, .sha = "e", .micros = 0, .modified = 1, .verdict = VERDICT_UNREADABLE });
    CHECK_STR(fates(&trial), "unreadable");
    rollup_free(trial.rollup);
    rollup_free(NULL);
}

int
main(void)
{
    lasting = arena_new(LIMIT_MEMORY);
    CHECK_INT(forms_load(lasting, NULL, &forms, NULL), STATUS_OK);
    test_versions();
    test_only_valid();
    test_totals();
    test_parts();
    test_parent();
    test_roster();
    test_nothing();
    arena_free(lasting);
    return test_summary();
}
