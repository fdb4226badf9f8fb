/* Status, error and the exact values everything else is made of: money, unit price, area, share,
 * month, date. Nothing here allocates, keeps state, or reads the clock, a file or the locale.
 *
 * Conventions for the whole library:
 * - A function that can fail returns pilot_status and writes its results through trailing pointers,
 *   which it leaves untouched when it fails.
 * - A function that reads text, or computes with what a caller filled in, takes a pilot_error last;
 *   it may be NULL, and is left untouched on success. Of a struct it names the member by the key that
 *   a file has for it.
 * - Every function may be called from any thread at any time while nobody changes or frees its
 *   arguments, those that read text included: of cJSON only trees are used, not its reader, which
 *   writes a static variable.
 * - No call takes more than 32 KiB of stack (36 KiB on s390x), in a build that optimises, so that the
 *   small stacks of threads (128 KiB with musl) hold any.
 * - Before 1.0 each minor version may change any of this, and has a SONAME of its own; a patch version
 *   changes no number, member or function. From 1.0 on that holds for minor versions too, which only add
 *   functions, types and enumerators, so that a switch over an enum needs a default. */
#ifndef PILOT_BASE_H
#define PILOT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PILOT_VERSION_MAJOR 0
#define PILOT_VERSION_MINOR 2
#define PILOT_VERSION_PATCH 0
#define PILOT_VERSION "0.2.0"

/* On Windows a program that links the static library defines PILOT_STATIC, and the library's own build
 * PILOT_BUILDING. */
#if defined(_WIN32) && defined(PILOT_BUILDING)
#define PILOT_API __declspec(dllexport)
#elif defined(_WIN32) && !defined(PILOT_STATIC)
#define PILOT_API __declspec(dllimport)
#elif defined(__GNUC__) && !defined(_WIN32)
#define PILOT_API __attribute__((visibility("default")))
#else
#define PILOT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the library that is running, "0.2.0"; PILOT_VERSION is that of the headers. */
PILOT_API const char *pilot_version(void);

typedef enum pilot_language { PILOT_ENGLISH = 0, PILOT_CHINESE = 1 } pilot_language;

/* Numbers are never given to another meaning; new ones are added before PILOT_STATUS_END. */
typedef enum pilot_status {
    PILOT_OK = 0,
    PILOT_ERROR_MEMORY = 1,    /* an allocation failed */
    PILOT_ERROR_ARGUMENT = 2,  /* a NULL where none may be, or a number that is no enum value */
    PILOT_ERROR_OVERFLOW = 3,  /* the exact result does not fit */
    PILOT_ERROR_RANGE = 4,     /* a value outside what it may be */
    PILOT_ERROR_ORDER = 5,     /* a last before its first */
    PILOT_ERROR_CAPACITY = 6,  /* the caller's buffer is too small */
    PILOT_ERROR_FORMAT = 7,    /* text that is not of the wanted form */
    PILOT_ERROR_PRECISION = 8, /* more decimals or digits than can be kept exactly */
    PILOT_ERROR_SYNTAX = 9,    /* not JSON */
    PILOT_ERROR_ENCODING = 10, /* not UTF-8 */
    PILOT_ERROR_LIMIT = 11,    /* larger or deeper than is read */
    PILOT_ERROR_TYPE = 12,     /* another kind of JSON value than wanted */
    PILOT_ERROR_DUPLICATE_KEY = 13,
    PILOT_ERROR_UNKNOWN_KEY = 14,
    PILOT_ERROR_MISSING_KEY = 15,
    PILOT_ERROR_DUPLICATE_ID = 16,
    PILOT_ERROR_DANGLING_ID = 17,   /* a reference to a record that is not there */
    PILOT_ERROR_NOT_FOUND = 18,     /* a look-up by a name that nothing has */
    PILOT_ERROR_INCONSISTENT = 19,  /* values that are good alone and contradict each other */
    PILOT_ERROR_MISSING_VALUE = 20, /* a value that the calculation needs is not known */
    PILOT_ERROR_STOPPED = 21,       /* a pilot_stop said so */
    PILOT_STATUS_END = 22
} pilot_status;

/* The functions of an enum whose values have words. _name: the word that JSON and tables have, such as
 * "street_lights"; _title: what people are shown. Both are NULL for a number that has none, as 0 where
 * it stands for nothing. _find: the value of a word; errors: ARGUMENT (a NULL), NOT_FOUND. */
#define PILOT_WORDED(prefix, type)                                                                      \
    PILOT_API const char *prefix##_name(type value);                                                    \
    PILOT_API const char *prefix##_title(type value, pilot_language language);                          \
    PILOT_API pilot_status prefix##_find(const char *name, type *value)

PILOT_WORDED(pilot_language, pilot_language); /* "en", "zh" */

/* "ok", "memory", "argument", ...: the constant's name in lower case; "?" for any other number. */
PILOT_API const char *pilot_status_name(pilot_status status);
/* What the status means, one sentence; never NULL. */
PILOT_API const char *pilot_status_text(pilot_status status, pilot_language language);
/* The status of a name. Errors: ARGUMENT (a NULL), NOT_FOUND. */
PILOT_API pilot_status pilot_status_find(const char *name, pilot_status *status);

/* Text of any origin as people are shown it: what could move a terminal's cursor, end a line or turn the
 * order in which a line is read stands as its code. Control characters (C0, DEL, C1), the separators of
 * lines and paragraphs, and the marks, embeddings, overrides and isolates of direction become
 * "\u202e", a byte that is not UTF-8 becomes "\xff". All that the library writes for people is so:
 * reports, sentences, messages of errors; JSON keeps the text itself. Writes at most size bytes with the
 * final NUL, cut at a whole character, and returns the length it has whole, as snprintf does. A NULL
 * text is "". */
PILOT_API size_t pilot_shown(const char *text, char *shown, size_t size);

/* Where and why text was refused. Owned by the caller; valid UTF-8, cut at a whole character. */
typedef struct pilot_error {
    pilot_status status;
    int32_t line;         /* of the text, from 1; 0: not tied to a place in a text */
    int32_t column;       /* in bytes, from 1; 0 likewise */
    char path[192];       /* RFC 6901 pointer, "/communities/3/office_area_m2"; "" is the whole text */
    char value[64];       /* what was found, as written */
    char message[320];    /* one sentence: what was found and what was wanted */
    char message_zh[320]; /* the same in Chinese */
} pilot_error;

/* An error as one line for people, place and sentence: "line 3, column 5, /communities/0/id: ..." or
 * "第3行第5列，/communities/0/id：...". What is not there is left out; without a sentence it is the
 * status's. Writes at most size bytes with the final NUL, cut at a whole character, and returns the
 * length it has whole, as snprintf does; text may be NULL where size is 0. */
PILOT_API size_t pilot_error_text(const pilot_error *error, pilot_language language, char *text,
                                  size_t size);

/* Ends a call that can take long: a deadline, a user who gave up. The functions that take one ask it
 * some thousand times a second, on the thread that called them; once it says true they give STOPPED,
 * with nothing made and nothing left behind, and may have asked it again by then. NULL is never asked.
 */
typedef struct pilot_stop {
    bool (*asked)(void *context);
    void *context;
} pilot_stop;

typedef int64_t pilot_money; /* fen, 0.01 yuan */
typedef int64_t pilot_price; /* 0.0001 yuan per unit, as property systems store unit prices */
typedef int64_t pilot_area;  /* 0.01 m², as on a property certificate: 120 m² is 12000 */
typedef int32_t pilot_month; /* months since 1970-01, as numpy datetime64[M]: 2019-11 is 598 */
typedef int32_t pilot_date;  /* days since 1970-01-01, as Arrow date32 */

/* A reduced fraction, 0 <= numerator <= denominator, denominator 1..PILOT_SHARE_MAX. */
#define PILOT_SHARE_MAX 1000000
typedef struct pilot_share {
    int32_t numerator;
    int32_t denominator;
} pilot_share;

/* How a document is written. *text of a writer is NUL-terminated and released with pilot_text_free.
 * Errors of all writers: ARGUMENT, MEMORY. */
typedef enum pilot_json_style {
    PILOT_JSON_COMPACT = 0, /* canonical: no white space */
    PILOT_JSON_INDENTED = 1,
} pilot_json_style;
PILOT_WORDED(pilot_json_style, pilot_json_style); /* "compact" */

/* Releases text that a function allocated for its caller. NULL is fine. */
PILOT_API void pilot_text_free(char *text);

/* length bytes; text NULL: not given. */
typedef struct pilot_json_text {
    const char *text;
    size_t length;
} pilot_json_text;

/* A word of a set: what stands in JSON, and what people are shown. */
typedef struct pilot_word {
    const char *name;
    const char *zh, *en;
} pilot_word;

/* Optional values: zero-initialised means not known. */
typedef struct pilot_opt_int {
    int64_t value; /* a count, or one of the int64_t values above */
    bool known;
} pilot_opt_int;

/* One type under the name of what it holds. */
typedef pilot_opt_int pilot_opt_money, pilot_opt_price, pilot_opt_area, pilot_opt_count;

typedef struct pilot_opt_date {
    pilot_date value;
    bool known;
} pilot_opt_date;

typedef enum pilot_answer {
    PILOT_ANSWER_UNKNOWN = 0,
    PILOT_ANSWER_NO = 1,
    PILOT_ANSWER_YES = 2,
} pilot_answer;
PILOT_WORDED(pilot_answer, pilot_answer); /* "unknown", "no", "yes" */

/* A step: unknown, known not to be done, or done on a date. */
typedef struct pilot_step {
    pilot_answer done;
    pilot_date date; /* where done is yes */
} pilot_step;

/* A value of any of these kinds, for findings. */
typedef enum pilot_value_kind {
    PILOT_VALUE_NONE = 0,
    PILOT_VALUE_COUNT = 1,
    PILOT_VALUE_MONEY = 2,
    PILOT_VALUE_AREA = 3,
    PILOT_VALUE_DATE = 4,
    PILOT_VALUE_WORD = 5, /* a word of the JSON form */
    PILOT_VALUE_SET = 6,  /* several: bit i of the number is words[i] */
    PILOT_VALUE_PRICE = 7,
} pilot_value_kind;
PILOT_WORDED(pilot_value_kind, pilot_value_kind); /* "money" */

typedef struct pilot_value {
    pilot_value_kind kind;
    int64_t number;
    const char *word;        /* of a number: what it is of, such as "approval_heads"; may be NULL */
    const pilot_word *words; /* word_count of them, some of which may have no name */
    int32_t word_count;
} pilot_value;

/* Checked arithmetic. Errors: OVERFLOW. */
PILOT_API pilot_status pilot_add(int64_t a, int64_t b, int64_t *sum);
PILOT_API pilot_status pilot_subtract(int64_t a, int64_t b, int64_t *difference);
PILOT_API pilot_status pilot_multiply(int64_t a, int64_t b, int64_t *product);

typedef enum pilot_rounding {
    PILOT_HALF_UP = 0, /* to the nearest, a tie away from zero */
    PILOT_UP = 1,      /* away from zero */
    PILOT_DOWN = 2,    /* towards zero */
    PILOT_HALF_EVEN = 3,
} pilot_rounding;
PILOT_WORDED(pilot_rounding, pilot_rounding); /* "half_up" */

/* dividend / divisor, rounded to a whole number. Errors: RANGE (divisor < 1), ARGUMENT (rounding). */
PILOT_API pilot_status pilot_divide(int64_t dividend, int64_t divisor, pilot_rounding rounding,
                                    int64_t *quotient);

/* numerator/denominator in lowest terms. Errors: RANGE (not a fraction within 0..1, or its lowest
 * terms exceed PILOT_SHARE_MAX). */
PILOT_API pilot_status pilot_share_make(int64_t numerator, int64_t denominator, pilot_share *share);
/* floor(total * share): the first party's part; the other gets total - part, so the two always add
 * up. Errors: RANGE (total < 0, or not a share). */
PILOT_API pilot_status pilot_share_of(int64_t total, pilot_share share, int64_t *part);

/* Years that months and dates may lie in. */
#define PILOT_YEAR_MIN 1900
#define PILOT_YEAR_MAX 2200

/* Values written in a program, as constant expressions: 118.50 m² is PILOT_M2(118, 50), a price of
 * 0.3050 yuan PILOT_YUAN_PER(0, 3050). Arguments are literals, without a leading zero but in what stands
 * after the point, which has all its digits. Anything else does not compile, nor does a month or date
 * that there is not. Below zero the sign stands before: -PILOT_YUAN(12, 05). For what is not a literal
 * there are pilot_month_make, pilot_date_make and the functions that parse. */
#define PILOT_YUAN(yuan, fen) ((pilot_money)PILOT_DECIMAL_(yuan, fen, 100))
#define PILOT_YUAN_PER(yuan, parts) ((pilot_price)PILOT_DECIMAL_(yuan, parts, 10000))
#define PILOT_M2(metres, hundredths) ((pilot_area)PILOT_DECIMAL_(metres, hundredths, 100))
#define PILOT_MONTH(year, month)                                                                        \
    ((pilot_month)(PILOT_ZERO_IF_(PILOT_IS_MONTH_(year, month)) + ((year)-1970) * 12 + (month)-1))
#define PILOT_DATE(year, month, day)                                                                    \
    ((pilot_date)(PILOT_ZERO_IF_(PILOT_IS_DATE_(year, month, day)) +                                    \
                  PILOT_DAYS_(PILOT_MARCH_YEAR_(year, month)) + (153 * (((month) + 9) % 12) + 2) / 5 +  \
                  (day)-1 - 719468))

/* A value that is known, and a step that is done or is not: as an initialiser, of constants too, ... */
#define PILOT_KNOWN(value)                                                                              \
    {                                                                                                   \
        (value), true                                                                                   \
    }
#define PILOT_DONE_ON(date)                                                                             \
    {                                                                                                   \
        PILOT_ANSWER_YES, (date)                                                                        \
    }
#define PILOT_NOT_DONE                                                                                  \
    {                                                                                                   \
        PILOT_ANSWER_NO, 0                                                                              \
    }
/* ... and in any expression. */
static inline pilot_opt_int pilot_known(int64_t value)
{
    pilot_opt_int known = PILOT_KNOWN(value);
    return known;
}
static inline pilot_opt_date pilot_known_date(pilot_date date)
{
    pilot_opt_date known = PILOT_KNOWN(date);
    return known;
}
static inline pilot_step pilot_done_on(pilot_date date)
{
    pilot_step done = PILOT_DONE_ON(date);
    return done;
}
static inline pilot_step pilot_not_done(void)
{
    pilot_step left = PILOT_NOT_DONE;
    return left;
}

/* Errors: RANGE (year outside 1900..2200, month outside 1..12, a day the month does not have). */
PILOT_API pilot_status pilot_month_make(int32_t year, int32_t month_of_year, pilot_month *month);
PILOT_API pilot_status pilot_date_make(int32_t year, int32_t month_of_year, int32_t day,
                                       pilot_date *date);
/* Whether the value lies in 1900-01..2200-12, or 1900-01-01..2200-12-31. */
PILOT_API bool pilot_month_valid(pilot_month month);
PILOT_API bool pilot_date_valid(pilot_date date);
/* Parts of a valid month or date. Any pointer may be NULL. */
PILOT_API void pilot_month_parts(pilot_month month, int32_t *year, int32_t *month_of_year);
PILOT_API void pilot_date_parts(pilot_date date, int32_t *year, int32_t *month_of_year, int32_t *day);
PILOT_API int32_t pilot_month_year(pilot_month month);
PILOT_API pilot_month pilot_month_of(pilot_date date);
/* The first and the last day of a valid month. */
PILOT_API pilot_date pilot_month_first_day(pilot_month month);
PILOT_API pilot_date pilot_month_last_day(pilot_month month);
/* Months from first to last, both included: 1 or more. Errors: RANGE (not valid), ORDER. */
PILOT_API pilot_status pilot_month_count(pilot_month first, pilot_month last, int32_t *count);

/* Text to value. The text is taken whole: no spaces, no exponent, no plus sign, no digit separator,
 * no leading zero before another digit ("007"); at least one digit before the point and, where there
 * is a point, after it. Fewer decimals than the value has are fine ("18" is 18.00).
 *   money "-12.05" (2 decimals), price "0.3050" (4), area "118.5" (2, not negative),
 *   share "1/2" or "0" or "1", month "2019-12", date "2019-12-31".
 * A NULL text is refused like an empty one. error: may be NULL; its path, line and column are "",0,0.
 * A zero has no minus sign.
 * Errors: FORMAT; PRECISION (more decimals than the value has, even zeros); OVERFLOW; RANGE (a month
 * 13, a day the month does not have, a year outside 1900..2200, a share above 1, a negative area). */
PILOT_API pilot_status pilot_money_parse(const char *text, pilot_money *money, pilot_error *error);
PILOT_API pilot_status pilot_price_parse(const char *text, pilot_price *price, pilot_error *error);
PILOT_API pilot_status pilot_area_parse(const char *text, pilot_area *area, pilot_error *error);
PILOT_API pilot_status pilot_share_parse(const char *text, pilot_share *share, pilot_error *error);
PILOT_API pilot_status pilot_month_parse(const char *text, pilot_month *month, pilot_error *error);
PILOT_API pilot_status pilot_date_parse(const char *text, pilot_date *date, pilot_error *error);

/* Room for any value's text. */
typedef struct pilot_text {
    char text[32];
} pilot_text;

/* Value to text, in the one form that parses back to it: all decimals ("18.00", "0.3050", "118.50"),
 * "1/2", "2019-12", "2019-12-31". Writes to *text and returns text->text. A month or date that is
 * not valid, or a share that is none, gives "?". */
PILOT_API const char *pilot_money_text(pilot_money money, pilot_text *text);
PILOT_API const char *pilot_price_text(pilot_price price, pilot_text *text);
PILOT_API const char *pilot_area_text(pilot_area area, pilot_text *text);
PILOT_API const char *pilot_share_text(pilot_share share, pilot_text *text);
PILOT_API const char *pilot_month_text(pilot_month month, pilot_text *text);
PILOT_API const char *pilot_date_text(pilot_date date, pilot_text *text);

/* What PILOT_YUAN to PILOT_DATE are made of. A 1 before the digits keeps a zero among them from making
 * an octal number, tells how many there are and takes nothing but a literal. */
#define PILOT_ZERO_IF_(good) ((int32_t)sizeof(char[(good) ? 1 : -1]) - 1)
#define PILOT_IS_WHOLE_(n) (n##LL < 100000000000000 && (1##n##LL <= 11 * n##LL || 1##n##LL == 10))
#define PILOT_IS_PART_(n, of) (1##n##LL >= (of) && 1##n##LL / 2 < (of))
#define PILOT_DECIMAL_(whole, part, of)                                                                 \
    (PILOT_ZERO_IF_(PILOT_IS_WHOLE_(whole) && PILOT_IS_PART_(part, of)) + whole##LL * (of) +            \
     (1##part##LL - (of)))
#define PILOT_IS_LEAP_(year) ((year) % 4 == 0 && ((year) % 100 != 0 || (year) % 400 == 0))
#define PILOT_MONTH_DAYS_(year, month)                                                                  \
    (30 + ((month) + (month) / 8) % 2 - ((month) == 2 ? 2 - PILOT_IS_LEAP_(year) : 0))
#define PILOT_IS_MONTH_(year, month)                                                                    \
    (1##year##LL - 10000 >= PILOT_YEAR_MIN && 1##year##LL - 10000 <= PILOT_YEAR_MAX &&                  \
     PILOT_IS_WHOLE_(month) && (month) >= 1 && (month) <= 12)
#define PILOT_IS_DATE_(year, month, day)                                                                \
    (PILOT_IS_MONTH_(year, month) && PILOT_IS_WHOLE_(day) && (day) >= 1 &&                              \
     (day) <= PILOT_MONTH_DAYS_(year, month))
#define PILOT_MARCH_YEAR_(year, month) ((year) - ((month) <= 2))
#define PILOT_DAYS_(years) (365 * (years) + (years) / 4 - (years) / 100 + (years) / 400)

#ifdef __cplusplus
}
#endif
#endif
