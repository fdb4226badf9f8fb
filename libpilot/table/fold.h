/* Text as people write it, brought to one form. */
#ifndef PILOT_TABLE_FOLD_H
#define PILOT_TABLE_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#define FOLDED_SIZE 256

/* One width, small letters, no spaces at the ends: Ｙｅｓ becomes "yes". False where it is longer:
 * then it is cut. */
bool pilot_fold(const char *text, char folded[FOLDED_SIZE]);
/* The same without any space and any sign that joins words, for titles and words. */
bool pilot_fold_title(const char *text, char folded[FOLDED_SIZE]);

/* Where the text begins behind its first spaces; its end where it has nothing else. Costs what those do.
 */
const char *pilot_behind_spaces(const char *text);
/* Where the text begins behind its first spaces of any kind, and how long it is up to its last. */
const char *pilot_trimmed(const char *text, size_t *length);

#endif
