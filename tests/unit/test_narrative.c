/* SPDX-License-Identifier: MIT */
/* What is found in running text: paragraphs of tests/narrative with the numbers that must be found, and single words. With an argument
 * it prints every number that is missed or should not have been found. */
#include "narrative.h"

#include <stdlib.h>

#include "lexicon.h"
#include "limits.h"
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
    struct reading reading = { world->arena, form, world->common, world->lexicon, sample->unit, sample->year };
    struct statements statements = { .at = NULL };
    const struct topic *topic = NULL;
    char number[DECIMAL_TEXT];
    for (size_t i = 0; i < sample->ntext; i++) {
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
    }
    arena_free(world.arena);
    arena_free(world.scratch);
    return test_summary();
}
