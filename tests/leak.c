/* Leaks on purpose, to show that the suite would fail if the library did. */
#include <criterion/criterion.h>

#include <stdlib.h>

void *volatile kept;

Test(leak, planted)
{
    kept = malloc(40);
    kept = NULL;
    cr_assert_null(kept);
}
