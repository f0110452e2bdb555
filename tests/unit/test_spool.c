/* SPDX-License-Identifier: MIT */
#include "spool.h"
#include "test.h"

enum { MANY = 3000 };

/* Everything that a filing may have, made from one number. */
static struct filing
filing_of(size_t i, struct filing_value *values, struct filing_finding *findings, struct filing_input *inputs)
{
    static const char *const names[] = { "甲局", "", NULL };
    for (size_t k = 0; k < i % 7; k++)
        values[k] = (struct filing_value){ (int64_t)(i * 1000 + k) * (k % 2 ? -1 : 1), k % 3 != 0 };
    for (size_t k = 0; k < i % 3; k++)
        findings[k] = (struct filing_finding){ (enum severity)k, "row-total", "J8", "多了 1", "看台账", k == 1 ? "说明\n两行" : NULL };
    for (size_t k = 0; k < i % 5; k++)
        inputs[k] = (struct filing_input){ "0123abcd", k % 2 ? "" : "乙局", k % 3 == 0 };
    return (struct filing){
        .file = "a/年报.xlsx", .path = "./a/年报.xlsx", .name = names[i % 3], .year = 2000 + (int)(i % 30), .sha256 = "ff", .modified = (int64_t)i,
        .verdict = (enum verdict)(i % 3), .trouble = i % 3 == 2 ? "打不开" : NULL, .counts = { i, 2, 3 }, .form = i % 3 == 2 ? NULL : "2021",
        .whole = i % 2, .values = values, .nvalues = i % 7, .findings = findings, .nfindings = i % 3, .rollup = i % 5 > 0, .inputs = inputs,
        .ninputs = i % 5, .covered = i,
    };
}

static void
check_filing(const struct filing *got, size_t i)
{
    struct filing_value values[7];
    struct filing_finding findings[3];
    struct filing_input inputs[5];
    struct filing want = filing_of(i, values, findings, inputs);
    bool same = got->year == want.year && got->modified == want.modified && got->verdict == want.verdict && got->whole == want.whole
        && got->covered == want.covered && got->counts[0] == i && got->rollup == want.rollup && got->nvalues == want.nvalues
        && got->nfindings == want.nfindings && got->ninputs == want.ninputs;
    CHECK(same);
    CHECK_STR(got->file, want.file);
    CHECK_STR(got->name, want.name);
    CHECK_STR(got->trouble, want.trouble);
    CHECK_STR(got->form, want.form);
    for (size_t k = 0; same && k < want.nvalues; k++)
        CHECK(got->values[k].micros == want.values[k].micros && got->values[k].has == want.values[k].has);
    for (size_t k = 0; same && k < want.nfindings; k++) {
        CHECK_INT(got->findings[k].severity, want.findings[k].severity);
        CHECK_STR(got->findings[k].letter, want.findings[k].letter);
        CHECK_STR(got->findings[k].explained, want.findings[k].explained);
    }
    for (size_t k = 0; same && k < want.ninputs; k++)
        CHECK_STR(got->inputs[k].name, want.inputs[k].name);
}

static bool
put(struct spool *spool, size_t i)
{
    struct filing_value values[7];
    struct filing_finding findings[3];
    struct filing_input inputs[5];
    struct filing filing = filing_of(i, values, findings, inputs);
    return spool_put(spool, &filing);
}

static void
check_back(struct spool *spool, struct arena *arena, size_t i)
{
    arena_reset(arena);
    const struct filing *filing = spool_get(spool, i, arena);
    CHECK(filing != NULL);
    if (filing != NULL)
        check_filing(filing, i);
}

int
main(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct spool *spool = spool_new();
    CHECK(spool != NULL && arena != NULL);
    CHECK_INT(spool_count(spool), 0);
    for (size_t i = 0; i < MANY; i++)
        CHECK(put(spool, i));
    CHECK_INT(spool_count(spool), MANY);
    for (size_t i = 0; i < MANY; i++)                /* in order */
        check_back(spool, arena, i);
    for (size_t i = MANY; i-- > 0;)                  /* backwards */
        check_back(spool, arena, i);
    for (size_t i = 0; i < 100; i++) {               /* read and written by turns */
        check_back(spool, arena, i * 17);
        CHECK(put(spool, MANY + i));
        check_back(spool, arena, MANY + i);
    }
    struct arena *tight = arena_new(300);            /* no room for it: NULL, and the next one is found all the same */
    CHECK(spool_get(spool, 20, tight) == NULL);
    check_back(spool, arena, 21);
    for (long n = 0; n < 12; n++) {
        arena_reset(arena);
        arena_fail_after(arena, n);
        const struct filing *filing = spool_get(spool, 2999, arena);
        arena_fail_after(arena, -1);
        if (filing != NULL)
            check_filing(filing, 2999);
    }
    check_back(spool, arena, 5);
    arena_free(tight);
    spool_free(spool);
    spool_free(NULL);
    arena_free(arena);
    return test_summary();
}
