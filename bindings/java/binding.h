/* The library's calls in JNI's terms, for pilot.i to wrap. Text crosses as bytes of UTF-8: JNI's own
 * strings have another form of NUL and of what lies beyond U+FFFF. */
#ifndef BINDING_H
#define BINDING_H

#ifndef SWIG
#include <jni.h>
#include <pilot.h>
#include <pilot/call.h>

/* Sums, in the memory behind them. */
typedef struct java_tally {
    pilot_aggregate *sums;
    int64_t memory[];
} java_tally;

/* Throws libpilot.PilotException of the error, where nothing else is on its way. */
void java_throw(JNIEnv *jenv, const pilot_error *error);
/* The bytes as a NUL-terminated copy, which free releases. Throws where there is no memory for it, and
 * gives NULL. */
char *java_bytes_in(JNIEnv *jenv, jbyteArray bytes, size_t *length);
/* A text for the caller, released by pilot_text_free. */
typedef char java_text;
/* Its bytes; it is released. null of NULL, or where it throws. */
jbyteArray java_text_out(JNIEnv *jenv, java_text *text);

void java_tally_free(java_tally *tally);
#endif

/* What pilot_call_with answers; any of the handles may be null. */
java_text *java_call(const pilot_policy *policy, const pilot_city *city, const pilot_menu *menu,
                     const pilot_account_case *account, const char *text, size_t length,
                     pilot_error *error);
/* Throw all that is wrong with the text, and give NULL then. */
pilot_policy *java_policy_parse(JNIEnv *jenv, const char *text, size_t length);
pilot_city *java_city_parse(JNIEnv *jenv, const char *text, size_t length);
pilot_menu *java_menu_parse(JNIEnv *jenv, const char *text, size_t length);
pilot_account_case *java_account_parse(JNIEnv *jenv, const char *text, size_t length);
pilot_policy *java_nanchang_2019(pilot_error *error);
pilot_policy *java_policy_patch(const pilot_policy *policy, const char *text, size_t length,
                                pilot_error *error);
/* Calendar years from the policy's first rate, first[0], to its last. */
long long java_policy_years(const pilot_policy *policy, long long first[1]);

/* The award where the assessment of every year is passed. amounts: room for total, city, district, withheld, months paid, months withheld. */
void java_award(const pilot_policy *policy, long long households, pilot_month first, pilot_month last,
                long long amounts[6], pilot_error *error);
pilot_money java_fee(pilot_price price, pilot_area area, int months, int mode, int unit, int step,
                     pilot_error *error);

/* Of a direct buffer. */
long long java_address(JNIEnv *jenv, jobject buffer);
/* Columns: arrays has, of each, an array of long, int or byte, or null; places two numbers of each. The
 * first is 0, not given; 1, 2 or 3, of 64, 32 or 8 bits; 4, one value for every row. The second is the
 * element of the array at which the rows begin, the address of the first, or the value. An array is
 * held while the call runs, and the collector with it, so that callers take many rows in several calls.
 * pass: room for bad rows, the first of them and its status. */

/* A quantity of each basis, first, last, passed, failed, passed_from; total, city, district, withheld,
 * years, reasons, statuses. */
void java_award_columns(JNIEnv *jenv, const pilot_policy *policy, jobjectArray arrays, jlongArray places,
                        long long rows, jlongArray pass, pilot_error *error);
/* Price, area, months; amounts, statuses. */
void java_fee_columns(JNIEnv *jenv, jobjectArray arrays, jlongArray places, int mode, int unit, int step,
                      long long rows, jlongArray pass, pilot_error *error);
/* The award of one row as java_award_columns has it, for engines that go row by row: its status. given:
 * 1 << basis of the quantities, 8 passed, 16 failed. amounts: room for total, city, district. */
int java_award_row(const pilot_policy *policy, int given, long long households, long long area,
                   long long communities, pilot_month first, pilot_month last, long long passed,
                   long long failed, long long row[3]);

java_tally *java_tally_new(const pilot_policy *policy, long long groups, pilot_error *error);
java_tally *java_tally_unpack(const pilot_policy *policy, const char *text, size_t length,
                              pilot_error *error);
/* As java_award_columns' claims, and the group. */
void java_tally_add(JNIEnv *jenv, java_tally *tally, const pilot_policy *policy, jobjectArray arrays,
                    jlongArray places, long long rows, jlongArray pass, pilot_error *error);
void java_tally_merge(java_tally *tally, const java_tally *other, pilot_error *error);
jbyteArray java_tally_pack(JNIEnv *jenv, const java_tally *tally, pilot_error *error);
long long java_tally_groups(const java_tally *tally);
/* group: -1 for all. counts: rows, bad rows. */
void java_tally_rows(const java_tally *tally, long long group, long long counts[2], pilot_error *error);
/* year: 0 is that of the policy's first rate. cell: rows, a quantity of each basis, total, city,
 * district, withheld. */
void java_tally_cell(const java_tally *tally, long long group, int year, long long cell[8],
                     pilot_error *error);

#endif
