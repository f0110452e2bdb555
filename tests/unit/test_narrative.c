/* SPDX-License-Identifier: MIT */
/* What is found in running text: paragraphs of tests/narrative with the numbers that must be found, and single words. With an argument
 * it prints every number that is missed or should not have been found. */
#include "narrative_scan.h"

#include <stdlib.h>

#include "lexicon.h"
#include "limits.h"
#include "os.h"
#include "sayings.h"
#include "test.h"

struct world { struct arena *arena, *scratch; struct forms forms; const struct sayings *common; const struct lexicon *lexicon; bool show; };

/* -- paragraphs with their numbers -- */

struct wanted { const char *keys; struct decimal number; bool percent, found; };

struct sample {
    char unit[256];
    int year;
    char text[64][4096]; size_t ntext;
    struct wanted wanted[64]; size_t nwanted;
};

struct score { size_t wanted, found, wrong; };

/* Are the numbers of the addends those that "KEY+KEY" names? */
static bool
addends_are(const struct form *form, const struct addends *addends, const char *keys)
{
    size_t named = 0, alike = 0;
    for (const char *plus; keys != NULL; keys = plus != NULL ? plus + 1 : NULL) {
        plus = strchr(keys, '+');
        size_t n = plus != NULL ? (size_t)(plus - keys) : strlen(keys);
        for (size_t i = 0; i < form->nslots; i++) {
            if (!form_key_matches(form->slots[i].key, keys, n))
                continue;
            named++;
            for (size_t k = 0; k < addends->n; k++)
                alike += addends->slots[k] == i;
        }
    }
    return named == alike && named == addends->n;
}

static bool
take(const struct form *form, const struct statement *statement, struct sample *sample)
{
    for (size_t w = 0; w < sample->nwanted; w++) {
        struct wanted *wanted = &sample->wanted[w];
        if (wanted->found || wanted->percent != statement->percent || wanted->number.micros != statement->number.micros)
            continue;
        for (size_t i = 0; i < statement->nany; i++)
            if (addends_are(form, &statement->any[i], wanted->keys))
                return wanted->found = true;
    }
    return false;
}

static void
measure(struct world *world, struct sample *sample, struct score *score)
{
    const struct form *form = forms_for_year(&world->forms, sample->year);
    struct arena *arena = arena_new(LIMIT_MEMORY);      /* the words of a form take much of one */
    struct reading reading = { arena, form, NULL, world->common, world->lexicon, sample->unit, sample->year };
    struct statements statements = { .at = NULL };
    const struct topic *topic = NULL;
    char number[DECIMAL_TEXT];
    bool ok = form != NULL && sayings_of_form(arena, form, &reading.own) == STATUS_OK;     /* no form: what stands before the first sample */
    CHECK(ok || form == NULL);
    for (size_t i = 0; i < sample->ntext && ok; i++) {
        size_t before = statements.n;
        CHECK(narrative_scan(&reading, world->scratch, sample->text[i], &topic, &statements));
        for (size_t k = before; k < statements.n; k++) {
            const struct statement *statement = &statements.at[k];
            CHECK(statement->from < statement->to && statement->to <= strlen(sample->text[i]));
            if (take(form, statement, sample))
                continue;
            score->wrong++;
            if (world->show)
                printf("false: %s %s%s: %s\n", form->slots[statement->any[0].slots[0]].key, decimal_text(statement->number, number),
                       statement->percent ? "%" : "", sample->text[i]);
        }
    }
    for (size_t w = 0; w < sample->nwanted; w++) {
        score->wanted++;
        score->found += sample->wanted[w].found;
        if (world->show && !sample->wanted[w].found)
            printf("missed: %s %s%s: %s\n", sample->wanted[w].keys, decimal_text(sample->wanted[w].number, number),
                   sample->wanted[w].percent ? "%" : "", sample->text[0]);
    }
    arena_free(arena);
}

/* "-\tKEYS\tNUMBER" */
static void
read_wanted(struct world *world, struct sample *sample, const char *line)
{
    const char *tab = strchr(line + 2, '\t');
    struct wanted *wanted = &sample->wanted[sample->nwanted++];
    size_t n = strlen(tab + 1);
    *wanted = (struct wanted){ .keys = arena_text(world->arena, line + 2, (size_t)(tab - line - 2)), .percent = tab[n] == '%' };
    CHECK(decimal_parse(tab + 1, n - wanted->percent, &wanted->number));
}

static void
measure_file(struct world *world, const char *path, size_t least)
{
    static struct sample sample;
    struct score score = { 0, 0, 0 };
    char line[4096];
    size_t samples = 0;
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    memset(&sample, 0, sizeof sample);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '=') {
            measure(world, &sample, &score);
            memset(&sample, 0, sizeof sample);
            samples++;
            sample.year = atoi(strrchr(line, ' '));
            snprintf(sample.unit, sizeof sample.unit, "%.*s", (int)(strrchr(line, ' ') - line - 3), line + 3);
        } else if (line[0] == '-')
            read_wanted(world, &sample, line);
        else if (line[0] != '\0' && line[0] != '#')
            snprintf(sample.text[sample.ntext++], sizeof *sample.text, "%s", line);
    }
    measure(world, &sample, &score);
    if (file != NULL)
        fclose(file);
    if (world->show)
        printf("%s: %zu paragraphs, %zu of %zu numbers, %zu that should not be\n", path, samples, score.found, score.wanted, score.wrong);
    CHECK(samples >= least);
    CHECK_INT(score.wrong, 0);
    CHECK(10 * score.found >= 9 * score.wanted);
}

/* -- a report and its text -- */

static const struct finding *
finding_of(const struct report *report, const char *key)
{
    for (size_t i = 0; i < report->nfindings; i++)
        if (strcmp(report->findings[i].rule, "narrative") == 0 && strcmp(report->findings[i].values[0]->slot->key, key) == 0)
            return &report->findings[i];
    return NULL;
}

static size_t
narrative_findings(const struct report *report)
{
    size_t n = 0;
    for (size_t i = 0; i < report->nfindings; i++)
        n += strcmp(report->findings[i].rule, "narrative") == 0;
    return n;
}

/* The report of 朔州市科技局 (新收 4, 予以公开 2, 不予公开 1, 无法提供 1) with this text. */
static void
judge(struct world *world, struct report *report, const char *text)
{
    struct book *book = arena_alloc(world->arena, sizeof *book);
    struct options options = { .text = book };
    struct fault fault;
    unsigned char *bytes;
    size_t n;
    CHECK_INT(narrative_read(world->arena, (const unsigned char *)text, strlen(text), book, &fault), STATUS_OK);
    CHECK_INT(os_read_file(world->arena, "samples/朔州市科技局2020.xlsx", &bytes, &n, &fault), STATUS_OK);
    report_make(report, world->arena, &world->forms, &options, "朔州市科技局2020.xlsx", bytes, n);
    CHECK_INT(report->verdict, VERDICT_PASS);
}

static void
test_findings(struct world *world)
{
    struct report report;
    char number[DECIMAL_TEXT];
    judge(world, &report, "一、总体情况\n全年共办理政府信息公开申请4件，其中：予以公开3件，不予公开占25%。\n受理行政复议0件。\n");
    CHECK_INT(report.narrative.stated, 3);
    CHECK_INT(report.narrative.agreed, 2);
    CHECK_INT(narrative_findings(&report), 1);
    const struct finding *f = finding_of(&report, "requests.granted.total");
    CHECK(f != NULL);
    if (f == NULL)
        return;
    CHECK_INT(f->severity, SEVERITY_WARNING);
    CHECK_STR(decimal_text(f->found, number), "3");
    CHECK_STR(decimal_text(f->expected, number), "2");
    CHECK_STR(decimal_text(f->difference, number), "1");
    CHECK_STR(f->path, "三、收到和处理政府信息公开申请情况 → 三、本年度办理结果/（一）予以公开 → 总计");
    CHECK_STR(f->message, "正文第 2 段写着“全年共办理政府信息公开申请4件，其中：予以公开3件，不予公开占25%。”：“（一）予以公开 总计”写的是 3，表三 J29 是 2，正文多了 1。");
    CHECK_INT(f->ncells, 1);
}

static void
test_scope(struct world *world)
{
    struct report report;
    judge(world, &report, "全市共收到政府信息公开申请9件。其中予以公开5件。\n本机关不予公开2件，占50.0%。");
    const struct finding *f = finding_of(&report, "requests.received.total");
    CHECK(f != NULL && f->severity == SEVERITY_NOTE);
    f = finding_of(&report, "requests.granted.total");
    CHECK(f != NULL && f->severity == SEVERITY_NOTE);
    f = finding_of(&report, "requests.refused.state_secret.total");
    CHECK(f != NULL && f->severity == SEVERITY_WARNING && f->nvalues == 8);
    CHECK_STR(f != NULL ? f->path : NULL, "三、收到和处理政府信息公开申请情况 → （三）不予公开 总计");
    CHECK_INT(narrative_findings(&report), 4);
}

/* Said twice it is one finding; in agreement none; and rounding is no difference. */
static void
test_agreement(struct world *world)
{
    struct report report;
    judge(world, &report, "共收到政府信息公开申请5件。收到政府信息公开申请5件，不予公开占25.1%，无法提供占24.8%。采购总金额二十一万元，政府集中采购总金额21.8万元。");
    CHECK_INT(narrative_findings(&report), 2);
    CHECK(finding_of(&report, "requests.received.total") != NULL);
    CHECK(finding_of(&report, "requests.unavailable.not_held.total") != NULL);
    judge(world, &report, "年度报告\n");
    CHECK_INT(report.narrative.texts, 0);
}

/* The whole report as text: nothing of it is called wrong. */
static void
test_cells(struct world *world)
{
    struct book book = { .arena = world->arena };
    struct report report;
    struct options options = { .strict = false };
    struct fault fault;
    unsigned char *bytes;
    size_t n;
    CHECK_INT(os_read_file(world->arena, "samples/朔州市科技局2020.xlsx", &bytes, &n, &fault), STATUS_OK);
    report_make(&report, world->arena, &world->forms, &options, "朔州市科技局2020.xlsx", bytes, n);
    CHECK_INT(report.narrative.texts, 0);
    book = report.book;
    struct sheet *sheet = book_add_sheet(&book, "正文", false);
    CHECK(sheet != NULL && sheet_add_cell(world->arena, sheet, &(struct cell){ .row = 2, .kind = CELL_TEXT, .text = "全年收到政府信息公开申请6件，均已答复。" }));
    sheet_finish(sheet);
    report_make_book(&report, world->arena, &world->forms, &options, "朔州市科技局2020.xlsx", &book);
    CHECK_INT(report.narrative.texts, 1);
    CHECK_INT(narrative_findings(&report), 1);
    CHECK(strncmp(finding_of(&report, "requests.received.total")->message, "正文!A3写着", strlen("正文!A3写着")) == 0);
}

static void
scan_one(struct world *world, const char *text, struct statements *statements)
{
    struct reading reading = { world->arena, forms_for_year(&world->forms, 2023), NULL, world->common, world->lexicon, "某局", 2023 };
    const struct topic *topic = NULL;
    *statements = (struct statements){ .at = NULL };
    CHECK_INT(sayings_of_form(world->arena, reading.form, &reading.own), STATUS_OK);
    CHECK(narrative_scan(&reading, world->scratch, text, &topic, statements));
}

/* Numbers that may belong together, of another time, and that contradict each other. */
static void
test_sentences(struct world *world)
{
    struct statements s;
    scan_one(world, "制发规范性文件5件，宣布失效4件，废止7件。", &s);
    CHECK(s.n == 2 && s.at[1].number.micros == 7 * DECIMAL_ONE && s.at[1].more.micros == 4 * DECIMAL_ONE && s.at[0].more.micros == 0);
    scan_one(world, "上半年收到申请5件，下半年收到7件，全年合计12件。", &s);
    CHECK(s.n == 1 && s.at[0].number.micros == 12 * DECIMAL_ONE);
    scan_one(world, "2022年收到申请5件、办结7件，2023年12件。", &s);
    CHECK_INT(s.n, 0);
    scan_one(world, "收到申请12件，实际受理9件，办结8件。", &s);
    CHECK(s.n == 1 && s.at[0].number.micros == 8 * DECIMAL_ONE);
    scan_one(world, "行政复议、行政诉讼12件，维持8件。", &s);
    CHECK(s.n == 1 && s.at[0].any[0].n == 3);
    scan_one(world, "予以公开3件（37.5%），按期办结（100%）。", &s);
    CHECK(s.n == 2 && s.at[1].percent && s.at[1].number.micros == 37500000);
    scan_one(world, "2023年收到申请3件，2022年2件；行政许可8件。2022年收到申请4件；行政许可9件。", &s);
    CHECK(s.n == 2 && s.at[1].number.micros == 8 * DECIMAL_ONE);
}

/* -- words -- */

static void
test_bad_words(struct world *world)
{
    static const struct { const char *yaml, *where; } cases[] = {
        { "schema: nianbao.narrative/2\n", "w:1: schema: 应当是“schema: nianbao.narrative/1”" },
        { "a: b\n", "w:1: 应当是“schema: nianbao.narrative/1”" },
        { "schema: nianbao.narrative/1\nwords: [x]\n", "w:2: words: 这里没有这个名称" },
        { "schema: nianbao.narrative/1\n", "w:1: 缺少“years”" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct sayings *sayings;
        struct fault fault = { .where = "" };
        CHECK_INT(sayings_read(world->arena, "w", cases[i].yaml, strlen(cases[i].yaml), &sayings, &fault), STATUS_DEFINITION);
        CHECK(strncmp(fault.where, cases[i].where, strlen(cases[i].where)) == 0);
    }
}

/* Whatever the bytes, and however little memory there is. */
static void
test_hostile(struct world *world)
{
    static const char *const texts[] = {
        "", "（（（（（（（（（（收到申请3件））））））））））））", "分别分别为1、2、3、4、5、6、7、8、9、10、11、12、13、14、15件", "占占占%5%", "零零零零零零零零零零零零零零零零零零零零零零零零零零零零件",
        "收到申请99999999999999999999999件", "收到申请1,2,3,4,5,6件", "收到申请1.2.3.4件", "\xff\xfe收到\xe4\xb8申请3件", "《《《》", "第第第九", "2023年2023年年年月日", "九十九万亿亿件",
        "予以公开、部分公开、不予公开、无法提供、不予处理、其他处理、予以公开、部分公开、不予公开、无法提供、不予处理、其他处理、予以公开、部分公开共3件",
        "收到政府信息公开申请一百零件", "0.0000001万元", "未未未无无没有行政复议无",
    };
    struct reading reading = { world->arena, forms_for_year(&world->forms, 2023), NULL, world->common, world->lexicon, "某局", 2023 };
    const struct topic *topic = NULL;
    struct statements statements = { .at = NULL };
    CHECK_INT(sayings_of_form(world->arena, reading.form, &reading.own), STATUS_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK(narrative_scan(&reading, world->scratch, texts[i], &topic, &statements));
    for (long n = 0; n < 40; n++) {
        struct arena *arena = arena_new(LIMIT_MEMORY), *scratch = arena_new(LIMIT_MEMORY);
        struct statements some = { .at = NULL };
        reading.arena = arena;
        arena_fail_after(n % 2 ? arena : scratch, n / 2);
        narrative_scan(&reading, scratch, "收到政府信息公开申请3件，行政复议、行政诉讼分别为1件、2件，予以公开占3%。", &topic, &some);
        arena_free(arena);
        arena_free(scratch);
    }
}

int
main(int argc, char **argv)
{
    struct world world = { .arena = arena_new(LIMIT_MEMORY), .scratch = arena_new(LIMIT_MEMORY), .show = argc > 1 };
    struct fault fault = { .where = "" };
    CHECK_INT(forms_load(world.arena, NULL, &world.forms, &fault), STATUS_OK);
    CHECK_INT(sayings_load(world.arena, &world.common, &fault), STATUS_OK);
    CHECK_STR(fault.where, "");
    CHECK_INT(lexicon_load(world.arena, &world.lexicon, &fault), STATUS_OK);
    if (test_failed > 0)
        return test_summary();
    if (argc > 2)
        measure_file(&world, argv[2], 0);
    else {
        measure_file(&world, "tests/narrative/written.txt", 40);
        measure_file(&world, "tests/narrative/fresh.txt", 20);
        measure_file(&world, "tests/narrative/third.txt", 20);
        measure_file(&world, "tests/narrative/fourth.txt", 20);
        measure_file(&world, "tests/narrative/fifth.txt", 20);
        measure_file(&world, "tests/narrative/sixth.txt", 60);
        measure_file(&world, "tests/narrative/seventh.txt", 60);
        test_findings(&world);
        test_scope(&world);
        test_agreement(&world);
        test_sentences(&world);
        test_cells(&world);
        test_bad_words(&world);
        test_hostile(&world);
    }
    arena_free(world.arena);
    arena_free(world.scratch);
    return test_summary();
}
