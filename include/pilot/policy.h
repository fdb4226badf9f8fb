/* The scheme's parameters and disputed readings. A policy never changes once made; a reform is a new
 * policy made from an old one (json.h: pilot_policy_patch). Nothing else in the library knows a rate,
 * a threshold or a date of the notice. */
#ifndef PILOT_POLICY_H
#define PILOT_POLICY_H

#include "clause.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a rate is paid for, each month. */
typedef enum pilot_basis {
    PILOT_PER_HOUSEHOLD = 0,
    PILOT_PER_SQUARE_METRE = 1, /* of building area */
    PILOT_PER_COMMUNITY = 2,
} pilot_basis;
#define PILOT_BASIS_COUNT 3

/* A reward rate and the months it holds for, both included. */
typedef struct pilot_rate {
    pilot_month first;
    pilot_month last;
    pilot_price price; /* 0.0001 yuan per unit of the basis and month */
    pilot_basis basis;
} pilot_rate;

/* Who pays the reward, or out of a budget (4.4.1-8). */
typedef enum pilot_payer {
    PILOT_PAYER_BOTH = 0,
    PILOT_PAYER_CITY = 1,
    PILOT_PAYER_DISTRICT = 2,
} pilot_payer;
#define PILOT_PAYER_COUNT 3

typedef struct pilot_policy_district {
    const char *id; /* administrative division code, GB/T 2260: "360102" */
    const char *name;
} pilot_policy_district;

/* A district that was merged into another: law and maps of its time, not the notice. */
typedef struct pilot_succession {
    const char *from; /* administrative division codes */
    const char *to;
    pilot_date on;           /* from this day its government did the work */
    pilot_opt_date approved; /* day on which it was made known; not known: on */
} pilot_succession;

/* What owners vote on. */
typedef enum pilot_matter {
    PILOT_MATTER_ELECT_COMMITTEE = 1,  /* 5.3-2 */
    PILOT_MATTER_HIRE_PROVIDER = 2,    /* 5.4-2; to dismiss one as well */
    PILOT_MATTER_USE_COMMON_PARTS = 3, /* 4.4.2-1: to do business with common parts */
    PILOT_MATTER_OTHER = 4,            /* the assembly's rules, the owners' agreement, and the rest */
    PILOT_MATTER_USE_FUND = 5,         /* to spend the maintenance fund */
    PILOT_MATTER_RAISE_FUND = 6,
    PILOT_MATTER_REBUILD = 7,
} pilot_matter;
#define PILOT_MATTER_COUNT 8 /* 0 is none */
#define PILOT_MATTER_BIT(matter) (UINT32_C(1) << (matter))

typedef enum pilot_matter_kind { PILOT_ORDINARY = 0, PILOT_SPECIAL = 1 } pilot_matter_kind;
#define PILOT_MATTER_KIND_COUNT 2

typedef enum pilot_bound {
    PILOT_MORE_THAN = 0, /* "过半数": the share itself is too little */
    PILOT_AT_LEAST = 1,  /* "以上": the share itself is enough (Civil Code art. 1259) */
} pilot_bound;

typedef struct pilot_threshold {
    pilot_share share;
    pilot_bound bound;
} pilot_threshold;

/* What a vote has to reach. */
typedef enum pilot_threshold_of {
    PILOT_PARTICIPATION_AREA = 0, /* exclusive area of those who vote, of all exclusive area */
    PILOT_PARTICIPATION_HEADS = 1,
    PILOT_APPROVAL_AREA = 2, /* exclusive area of those in favour, of what approval is measured by */
    PILOT_APPROVAL_HEADS = 3,
} pilot_threshold_of;
#define PILOT_THRESHOLD_COUNT 4

typedef enum pilot_approval_base {
    PILOT_OF_ALL = 0,           /* all owners, whether or not they vote */
    PILOT_OF_PARTICIPATING = 1, /* those in favour, against and abstaining */
} pilot_approval_base;

typedef struct pilot_vote_terms {
    pilot_threshold thresholds[PILOT_THRESHOLD_COUNT];
    pilot_approval_base approval_of;
} pilot_vote_terms;

/* The law of owners' votes from a day on, until the next rule's day. It is not the notice's: the notice
 * leaves to it what an assembly can decide (5.3-2, 5.4-2) and what is lawful (4.4.2-1). */
#define PILOT_LAW_SIZE 48
typedef struct pilot_vote_rule {
    const char *id;           /* 1 to 47 bytes */
    const char *law;          /* where it is written */
    pilot_date first;         /* day from which it is in force */
    uint32_t special_matters; /* PILOT_MATTER_BIT bits; the others are ordinary */
    pilot_vote_terms terms[PILOT_MATTER_KIND_COUNT];
} pilot_vote_rule;

/* Where the notice can be read in more than one way. */
typedef enum pilot_reading {
    PILOT_READING_QUOTA_UNIT = 0,
    PILOT_READING_AREA_MAP = 1,
    PILOT_READING_MONTH_RULE = 2,
    PILOT_READING_HOUSEHOLD_BASIS = 3,
    PILOT_READING_GATE_MODE = 4,
    PILOT_READING_ODD_FEN_TO = 5,
    PILOT_READING_PRE_NOTICE = 6,
    PILOT_READING_ACTING_COMMITTEE = 7,
    PILOT_READING_OFFICE_RULE = 8,
    PILOT_READING_IN_FORCE_FROM = 9,
    PILOT_READING_DUPLICATE_KEY = 10,
    PILOT_READING_GATE_LAYOUT = 11,
    PILOT_READING_DISTRICT_SUCCESSION = 12,
    PILOT_READING_REWARD_PAYEE = 13,
    PILOT_READING_REWARD_CAP = 14,
    PILOT_READING_INCOME_BASIS = 15,
    PILOT_READING_CRITICISM_SCOPE = 16,
    PILOT_READING_PARKING_COLLECTOR = 17,
    PILOT_READING_SUCCESSION_FROM = 18,
    PILOT_READING_CONTRACT_PARTY = 19,
    PILOT_READING_REMEDIATION_ORDER = 20,
    PILOT_READING_MEETINGS_UNTIL = 21,
    PILOT_READING_HOUSEHOLD_DATE = 22,
    PILOT_READING_PASS_EFFECT = 23,
    PILOT_READING_COUNT = 24
} pilot_reading;
#define PILOT_READING_BIT(reading) (UINT32_C(1) << (reading))

/* The options of each reading; 0 is always the default. */
enum { PILOT_QUOTA_UNIT_COMMUNITIES = 0, PILOT_QUOTA_UNIT_AREAS = 1 };
enum { PILOT_AREA_MAP_ONE_TO_ONE = 0, PILOT_AREA_MAP_FUNCTION = 1 };
enum {
    PILOT_MONTH_RULE_SERVICE_MONTHS = 0,
    PILOT_MONTH_RULE_FROM_NOTICE = 1,
    PILOT_MONTH_RULE_CALENDAR_YEARS = 2
};
enum {
    PILOT_HOUSEHOLD_BASIS_ALL_DWELLINGS = 0,
    PILOT_HOUSEHOLD_BASIS_OCCUPIED = 1,
    PILOT_HOUSEHOLD_BASIS_PAYING = 2
};
enum { PILOT_GATE_MODE_ONCE = 0, PILOT_GATE_MODE_ANNUAL = 1 };
enum { PILOT_ODD_FEN_TO_DISTRICT = 0, PILOT_ODD_FEN_TO_CITY = 1 };
enum { PILOT_PRE_NOTICE_CONFIRMATORY = 0, PILOT_PRE_NOTICE_STRICT = 1 };
enum { PILOT_ACTING_COMMITTEE_ALLOWED = 0, PILOT_ACTING_COMMITTEE_REFUSED = 1 };
enum { PILOT_OFFICE_RULE_SHARED_COUNTS = 0, PILOT_OFFICE_RULE_SHARED_EXCLUDED = 1 };
enum { PILOT_IN_FORCE_FROM_ISSUED = 0, PILOT_IN_FORCE_FROM_PUBLISHED = 1 };
enum {
    PILOT_DUPLICATE_KEY_SAME_SERVICE = 0,
    PILOT_DUPLICATE_KEY_ANY_SERVICE = 1,
    PILOT_DUPLICATE_KEY_SAME_KIND = 2
};
enum { PILOT_GATE_LAYOUT_ON_THE_DAY = 0, PILOT_GATE_LAYOUT_AS_SELECTED = 1 };
enum { PILOT_DISTRICT_SUCCESSION_SUCCESSOR = 0, PILOT_DISTRICT_SUCCESSION_ORIGINAL = 1 };
enum { PILOT_REWARD_PAYEE_COMMUNITY = 0, PILOT_REWARD_PAYEE_PROVIDER = 1 };
enum { PILOT_REWARD_CAP_UNCAPPED = 0, PILOT_REWARD_CAP_CAPPED_BY_SHORTFALL = 1 };
enum { PILOT_INCOME_BASIS_NET = 0, PILOT_INCOME_BASIS_GROSS = 1 };
enum { PILOT_CRITICISM_SCOPE_PROGRESS = 0, PILOT_CRITICISM_SCOPE_ANY_REQUIREMENT = 1 };
enum { PILOT_PARKING_COLLECTOR_DISTRICT_ON_PUBLIC_ROADS = 0, PILOT_PARKING_COLLECTOR_DISTRICT_ONLY = 1 };
enum { PILOT_SUCCESSION_FROM_TAKEOVER = 0, PILOT_SUCCESSION_FROM_APPROVAL = 1 };
enum { PILOT_CONTRACT_PARTY_COMMITTEE = 0, PILOT_CONTRACT_PARTY_EITHER = 1 };
enum { PILOT_REMEDIATION_ORDER_BEFORE_ENTRY = 0, PILOT_REMEDIATION_ORDER_BY_ITS_DATE = 1 };
enum { PILOT_MEETINGS_UNTIL_ASSESSMENT = 0, PILOT_MEETINGS_UNTIL_REWARD_END = 1 };
enum {
    PILOT_HOUSEHOLD_DATE_ASSESSMENT = 0,
    PILOT_HOUSEHOLD_DATE_JANUARY = 1,
    PILOT_HOUSEHOLD_DATE_EACH_MONTH = 2
};
enum { PILOT_PASS_EFFECT_RETROACTIVE = 0, PILOT_PASS_EFFECT_FROM_THE_PASS = 1 };

/* A disputed reading: its switch, its options, and why the default is the default. */
typedef struct pilot_reading_info {
    const char *name;          /* the switch: "month_rule" */
    const char *register_id;   /* "A-3" */
    const char *clause;        /* the clause that can be read in more than one way */
    const pilot_word *options; /* option_count of them; the first is the default */
    int32_t option_count;
    const char *question_zh, *question_en;
    const char *reason_zh, *reason_en; /* why the default */
    const char *title_zh, *title_en;   /* what it is about, a few words: 计奖月份 */
} pilot_reading_info;

/* Copies what is known of the reading to *info, which points at constants. Errors: ARGUMENT (a NULL),
 * NOT_FOUND (no such reading). */
PILOT_API pilot_status pilot_reading_at(pilot_reading reading, pilot_reading_info *info);

/* The district that stands in the place of the one of this code on the day: itself, unless it was merged
 * and the policy reads that the successor takes over. The code is the policy's or the caller's.
 */
typedef struct pilot_policy pilot_policy;
PILOT_API const char *pilot_district_on(const pilot_policy *policy, const char *district,
                                        pilot_date day);

/* The date of the policy by which something is due: its own, or that of the step it is needed for. */
typedef enum pilot_due {
    PILOT_DUE_NONE = 0,
    PILOT_DUE_SELECTION = 1,   /* 5.1-1 */
    PILOT_DUE_REMEDIATION = 2, /* 5.2-1 */
    PILOT_DUE_ASSEMBLY = 3,    /* 5.3-1 */
    PILOT_DUE_ENTRY = 4,       /* 5.4-1 */
    PILOT_DUE_ASSESSMENT = 5,  /* 5.5-1: when everything is judged */
    PILOT_DUE_OWN = 6,         /* none of the steps': a rule's finding says which */
} pilot_due;
#define PILOT_DUE_COUNT 7

/* Every parameter, with the clause it comes from. */
typedef struct pilot_parameters {
    const char *id;
    const char *name_zh;
    const char *name_en;
    pilot_date issued;                      /* 0.1-3 */
    pilot_date published;                   /* 0.1-3 */
    int32_t pilot_year;                     /* 2-2 */
    const pilot_policy_district *districts; /* 2-2 */
    size_t district_count;
    const pilot_succession *successions; /* 2-2 */
    size_t succession_count;
    int64_t communities_per_district;  /* 2-3 */
    int64_t leading_group_heads;       /* 3.1-1 */
    int64_t leading_group_deputies;    /* 3.1-1 */
    int64_t leading_group_members;     /* 3.1-1 */
    int64_t workstation_min_staff;     /* 4.1-4 */
    pilot_area office_min_area;        /* 4.2-1 */
    uint32_t grid_departments;         /* 4.3-12, 4.3-13: PILOT_ACTOR_BIT bits */
    pilot_money transfer_tolerance;    /* 4.3-9: by which cuts and transfers may differ */
    pilot_date selection_due;          /* 5.1-1 */
    pilot_date remediation_due;        /* 5.2-1 */
    pilot_date assembly_due;           /* 5.3-1 */
    int64_t assembly_notice_days;      /* by the regulation on property management, art. 14 */
    const pilot_vote_rule *vote_rules; /* 5.4-2; in date order */
    size_t vote_rule_count;
    pilot_date entry_due;      /* 5.4-1 */
    pilot_date assessment_due; /* 5.5-1 */
    const pilot_rate *rates;   /* 4.4.1-4; in date order, not overlapping */
    size_t rate_count;
    pilot_share city_share; /* 4.4.1-8; the district pays the rest */
    int64_t payment_days;   /* 3.2-7c: from assessment to payment; 0: no limit, as the notice has none */
    pilot_rounding rounding;               /* of an award, once, to the fen */
    int32_t readings[PILOT_READING_COUNT]; /* an option of each reading */
} pilot_parameters;

/* The notice of 2019-11-01 as issued, every reading at its default. Release with pilot_policy_free.
 * Errors: ARGUMENT, MEMORY. */
PILOT_API pilot_status pilot_policy_nanchang_2019(pilot_policy **policy);

/* A policy of these parameters, which are copied. error may be NULL; its path is the JSON key.
 * Errors: ARGUMENT, MEMORY, RANGE (a date, month, share, count or option outside what it may be, a
 * threshold of more than the whole), ORDER (a rate's last month before its first), INCONSISTENT (rates
 * or vote rules overlapping or out of date order, published before issued), DUPLICATE_ID (a district or
 * a vote rule twice). */
PILOT_API pilot_status pilot_policy_new(const pilot_parameters *parameters, pilot_policy **policy,
                                        pilot_error *error);

/* The same policy with one reading switched. Errors: ARGUMENT, RANGE (not an option), MEMORY. */
PILOT_API pilot_status pilot_policy_with_reading(const pilot_policy *policy, pilot_reading reading,
                                                 int32_t option, pilot_policy **changed);
/* NULL is fine. */
PILOT_API void pilot_policy_free(pilot_policy *policy);

/* The policy owns what is returned. */
PILOT_API const pilot_parameters *pilot_policy_parameters(const pilot_policy *policy);
/* 64-bit FNV-1a hash of the policy's canonical JSON: the same parameters, the same number. */
PILOT_API uint64_t pilot_policy_fingerprint(const pilot_policy *policy);
/* The same hash of what an award can depend on alone: issued, published, rates, city_share, rounding and
 * the readings month_rule, gate_mode, odd_fen_to, in_force_from, household_date and pass_effect.
 * Policies with the same number give a claim the same award, whatever else they ask, and it stays when
 * other parameters are added. */
PILOT_API uint64_t pilot_policy_award_fingerprint(const pilot_policy *policy);

/* Calendar years from the policy's first rate to its last; 0 without rates. first may be NULL. */
PILOT_API size_t pilot_policy_years(const pilot_policy *policy, int32_t *first);

/* One row per parameter of the policy's JSON form. */
typedef struct pilot_parameter_info {
    const char *parent;  /* NULL, or the object that holds it: "readings" */
    const char *key;     /* "office_min_area_m2", "month_rule" */
    const char *clause;  /* the clause it comes from; NULL where it is not the notice's */
    const char *zh, *en; /* its meaning, one line */
} pilot_parameter_info;

/* Copies row index to *parameter. Errors: NOT_FOUND from the number of parameters on. */
PILOT_API pilot_status pilot_parameter_at(size_t index, pilot_parameter_info *parameter);

/* Where a result comes from. Complete in itself: it points at nothing. */
typedef struct pilot_receipt {
    char library[16]; /* version */
    char policy[48];  /* policy id */
    uint64_t fingerprint;
    pilot_opt_date as_of;
} pilot_receipt;

PILOT_WORDED(pilot_basis, pilot_basis);                 /* "household_month" */
PILOT_WORDED(pilot_due, pilot_due);                     /* "remediation" */
PILOT_WORDED(pilot_payer, pilot_payer);                 /* "district" */
PILOT_WORDED(pilot_matter, pilot_matter);               /* "hire_provider" */
PILOT_WORDED(pilot_matter_kind, pilot_matter_kind);     /* "special" */
PILOT_WORDED(pilot_bound, pilot_bound);                 /* "more_than" */
PILOT_WORDED(pilot_threshold, pilot_threshold_of);      /* "participation_area" */
PILOT_WORDED(pilot_approval_base, pilot_approval_base); /* "participating" */
PILOT_WORDED(pilot_reading, pilot_reading);             /* "month_rule"; titled by its question */

#ifdef __cplusplus
}
#endif
#endif
