/* Threads that read, patch, check and write at the same time, for the thread sanitizer to watch. The
 * library has nothing that two of them share; cJSON's own reader has, and is not used: it is here where
 * a second argument asks for it, so that it is seen whether the sanitizer sees into cJSON. */
#include <pilot.h>

#include <cjson/cJSON.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, ROUNDS = 20 };

static const pilot_policy *policy;
static bool by_cjson;

static char *read_file(const char *name, size_t *length)
{
    FILE *file = fopen(name, "rb");
    char *text = malloc(1 << 20);
    if (!file || !text)
        exit(2);
    *length = fread(text, 1, 1 << 20, file);
    fclose(file);
    return text;
}

static bool goes_through(const char *text, size_t length)
{
    static const char patch[] = "{\"city_share\": \"1/3\"}", bad[] = "{\"area\": 1}";
    pilot_city *city = NULL;
    pilot_policy *reform = NULL;
    pilot_report *report = NULL;
    pilot_error error;
    char *written = NULL, *told = NULL;
    size_t count = 0;
    bool good = pilot_city_parse(text, length, &city, &error) == PILOT_OK &&
                pilot_policy_patch(policy, patch, strlen(patch), &reform, &error) == PILOT_OK &&
                pilot_check(reform, city, 18321, &report, &error) == PILOT_OK &&
                pilot_report_write(report, NULL, PILOT_JSON_COMPACT, &told) == PILOT_OK &&
                pilot_city_write(city, PILOT_JSON_COMPACT, &written) == PILOT_OK &&
                pilot_problems(PILOT_SCHEMA_CITY, bad, strlen(bad), NULL, &error, 1, &count) != PILOT_OK;
    pilot_text_free(told);
    pilot_text_free(written);
    pilot_report_free(report);
    pilot_policy_free(reform);
    pilot_city_free(city);
    return good && count == 3; /* two lists are missing, and the third's key is misspelt */
}

static void *run(void *name)
{
    size_t length;
    char *text = read_file(name, &length);
    bool good = true;
    for (int i = 0; i < ROUNDS; i++) {
        good = goes_through(text, length) && good;
        if (by_cjson)
            cJSON_Delete(cJSON_Parse("{}"));
    }
    free(text);
    return good ? name : NULL;
}

int main(int count, char **arguments)
{
    pthread_t threads[THREADS];
    pilot_policy *notice = NULL;
    bool good = (count == 2 || count == 3) && pilot_policy_nanchang_2019(&notice) == PILOT_OK;
    policy = notice;
    by_cjson = count == 3;
    for (int i = 0; policy && i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, run, arguments[1]))
            return 2;
    for (int i = 0; policy && i < THREADS; i++) {
        void *went;
        pthread_join(threads[i], &went);
        good = went && good;
    }
    pilot_policy_free(notice);
    puts(good ? "ok" : "a thread did not get through");
    return good ? 0 : 1;
}
