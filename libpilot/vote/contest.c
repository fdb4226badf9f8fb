/* A vote among offers as it is read from text. */
#include "vote_internal.h"

#include "base/base_internal.h"

#include <stdlib.h>

const pilot_contest_terms *pilot_contest_content(const pilot_contest *contest)
{
    return &contest->terms;
}

void pilot_contest_free(pilot_contest *contest)
{
    pilot_container_free(&pilot_contest_container, contest);
}

static pilot_status refuse_item(pilot_error *error, pilot_status status, const char *value,
                                const char *why_zh, const char *why, const char *list, size_t i,
                                const char *key)
{
    pilot_error_refuse(error, status, "", value, why_zh, why);
    pilot_error_place(error, "/%s/%zu%s", list, i, key);
    return status;
}

/* Where there are units, all is counted from them and nothing is given beside. */
static pilot_status check_form(const contest_document *d, pilot_error *error)
{
    const pilot_vote_totals *t = &d->totals;
    if (!d->units && !t->all.area && !t->all.heads)
        return pilot_error_refuse(error, PILOT_ERROR_MISSING_VALUE, "/all", NULL,
                                  "全体业主未知：须给出合计或各单位",
                                  "all owners are not known: their totals or the units are wanted");
    if (d->units && pilot_units_alone(t, error) != PILOT_OK)
        return PILOT_ERROR_INCONSISTENT;
    for (size_t i = 0; i < d->offer_count; i++) {
        const pilot_contest_offer *o = &d->offers[i];
        if (d->units && o->votes)
            return refuse_item(error, PILOT_ERROR_INCONSISTENT, o->id,
                               "既有各单位的票，又另外给出了这项的得票",
                               "the offer has votes beside the units that they are counted from",
                               "offers", i, "/votes");
        if (!d->units && !o->votes)
            return refuse_item(
                error, PILOT_ERROR_MISSING_VALUE, o->id, "这项的得票未知；没有得票也须写明",
                "the offer's votes are not known, even if there are none", "offers", i, "");
    }
    return PILOT_OK;
}

static pilot_status sum_votes(const contest_document *d, pilot_vote_weight *votes,
                              pilot_vote_weight *in_favour, pilot_error *error)
{
    pilot_vote_weight sum = {0, 0};
    for (size_t i = 0; i < d->offer_count; i++) {
        votes[i] = *d->offers[i].votes;
        if (pilot_add(sum.area, votes[i].area, &sum.area) != PILOT_OK ||
            pilot_add(sum.heads, votes[i].heads, &sum.heads) != PILOT_OK)
            return refuse_item(error, PILOT_ERROR_OVERFLOW, d->offers[i].id, "得票之和超出可存范围",
                               "the votes add up to more than can be kept", "offers", i, "/votes");
    }
    *in_favour = sum;
    return PILOT_OK;
}

static pilot_status take_unit(const contest_document *d, size_t i, pilot_vote_unit *unit,
                              pilot_error *error)
{
    const contest_unit *u = &d->units[i];
    const char *ballot = pilot_ballot_name(u->unit.ballot);
    bool in_favour = u->unit.ballot == PILOT_IN_FAVOUR;
    if (in_favour && !u->offer)
        return refuse_item(error, PILOT_ERROR_MISSING_VALUE, ballot, "赞成票须说明赞成哪一项",
                           "a ballot in favour says of which offer", "units", i, "");
    if (!in_favour && u->offer)
        return refuse_item(error, PILOT_ERROR_INCONSISTENT, ballot, "只有赞成票才指明是哪一项",
                           "only a ballot in favour names an offer", "units", i, "/offer");
    *unit = u->unit;
    if (u->offer)
        unit->offer = (size_t)(u->offer - d->offers);
    return PILOT_OK;
}

static pilot_status count_units(pilot_contest *contest, pilot_vote_weight *votes, pilot_error *error)
{
    const contest_document *d = &contest->document;
    pilot_vote_unit *units = pilot_arena_take(&contest->memory, d->unit_count, sizeof *units);
    const pilot_vote_unit **order = pilot_arena_take(&contest->memory, d->unit_count, sizeof *order);
    if (!units || !order)
        return PILOT_ERROR_MEMORY;
    for (size_t i = 0; i < d->unit_count; i++) {
        pilot_status status = take_unit(d, i, &units[i], error);
        if (status != PILOT_OK)
            return status;
    }
    return pilot_vote_count(units, d->unit_count, order, votes, d->offer_count, &contest->terms.totals,
                            error);
}

/* Makes the terms of a document that has been read. */
static pilot_status make_terms(pilot_contest *contest, pilot_error *error)
{
    const contest_document *d = &contest->document;
    pilot_contest_terms *t = &contest->terms;
    pilot_status status = check_form(d, error);
    if (status != PILOT_OK)
        return status;
    pilot_vote_weight *votes = pilot_arena_take(&contest->memory, d->offer_count, sizeof *votes);
    if (!votes)
        return PILOT_ERROR_MEMORY;
    *t = (pilot_contest_terms){.totals = d->totals,
                               .offers = d->offers,
                               .votes = votes,
                               .offer_count = d->offer_count,
                               .run_off = d->run_off == PILOT_ANSWER_YES};
    status =
        d->units ? count_units(contest, votes, error) : sum_votes(d, votes, &t->totals.in_favour, error);
    if (status != PILOT_OK)
        return status;
    /* Those in favour are the sum of the offers'. */
    return pilot_votes_check(&t->totals, votes, t->offer_count, "/offers", error);
}

static pilot_status finish_contest(void *made, problems *to)
{
    pilot_error found;
    pilot_status status = make_terms(made, &found);
    return pilot_problem_within(to, NULL, status, &found);
}

const container pilot_contest_container = {.type = &pilot_contest_record,
                                           .size = sizeof(pilot_contest),
                                           .record = offsetof(pilot_contest, document),
                                           .memory = offsetof(pilot_contest, memory),
                                           .finish = finish_contest};
