/* What a panel keeps of its rows. */
#ifndef PILOT_PANEL_BINS_H
#define PILOT_PANEL_BINS_H

#include "panel_internal.h"

/* Quantities above this are kept row by row, so that sums of a bin stay far from any bound. */
#define PILOT_BIN_ROW_MAX (INT64_C(1) << 32)
/* Where a sum would pass this, another bin of the same key begins. */
#define PILOT_BIN_SUM_MAX (INT64_C(1) << 40)

/* What rows of a bin have in common. */
typedef struct bin_key {
    int64_t group;           /* -1: none */
    uint64_t passed, failed; /* as both masks of pilot_claim_columns */
    int32_t first, last;     /* INT32_MIN: no month */
    int32_t passed_from;
    int32_t apart; /* 1: some policy may refuse such a row, whose quantities are not added up */
} bin_key;

typedef struct bin {
    bin_key key;
    int64_t quantity[PILOT_BASIS_COUNT];
    int64_t rows;
} bin;

/* Rows by bin and quantities. */
typedef struct row_list {
    size_t count, room;
    uint32_t *of;                         /* the bin of each */
    uint32_t *times;                      /* how often there is such a row */
    int64_t *quantity[PILOT_BASIS_COUNT]; /* NULL where the panel is given none */
    size_t joined;                        /* the first so many differ from each other */
    size_t *start; /* of the rows of each bin, where all are joined; and the end */
    size_t starts; /* bins that start has */
} row_list;

/* Units of all bins together, and rows, up to which their unit-months are far from any bound. */
#define PILOT_BIN_UNITS_MAX (INT64_C(1) << 58)

/* The bins that add up, by group and results, as columns. */
typedef struct bin_columns {
    size_t count;
    int64_t *group, *quantity[PILOT_BASIS_COUNT], *rows;
    uint64_t *passed, *failed;
    int32_t *first, *last;
    int64_t units; /* of any basis, or rows, at most, or PILOT_BIN_UNITS_MAX */
    arena memory;
} bin_columns;

struct pilot_panel {
    pilot_panel_kind kind;
    bool begun; /* rows have come, so that it is known which columns they have */
    bool given[PILOT_BASIS_COUNT], passed_from_given;
    int64_t most; /* the greatest quantity that has been added up */
    bin *bins;
    size_t bin_count, bin_room;
    uint32_t *index; /* by hash of the key, the latest bin of it, from 1; 0: none */
    size_t index_size;
    row_list rows[2]; /* by apart */
    bool ordered;     /* columns and the rows apart are of all that is there */
    bin_columns columns;
};

/* The bin of the key with room for such quantities, made where there is none. Errors: MEMORY, LIMIT. */
pilot_status pilot_panel_bin(pilot_panel *panel, const bin_key *key, const int64_t *quantity,
                             size_t *found);
/* A row of the bin, that many times. Errors: MEMORY. */
pilot_status pilot_panel_row(pilot_panel *panel, size_t of, const int64_t *quantity, uint32_t times);

#endif
