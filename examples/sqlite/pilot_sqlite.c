/* libpilot in SQL: a loadable extension of SQLite. pilot_call asks whatever pilot/call.h answers, and
 * the other functions are SELECTs around it. Of an argument that is NULL nothing is known, nor of the
 * answer; policy, a reform of the notice's policy, may be left out. */
#include <pilot.h>
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT1

#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

typedef struct asked {
    const char *name;
    int needed, policy; /* arguments: those that have to be given, and which of them is the policy */
    const char *request;
    const char *answer; /* of the response, r */
} asked;

static const asked functions[] = {
    /* pilot_rate(month, policy): yuan per household and month, as text; NULL where there is none
     * (4.4.1-3, 4.4.1-4). The award of one household has it, whether or not it is paid. */
    {"pilot_rate", 1, 2,
     "'\"call\":\"award\",\"claim\":{\"households\":1,\"first\":' || json_quote(?1) || ',\"last\":' || "
     "json_quote(?1) || '}'",
     "iif(json_extract(r, '$.result.lines[0].reason') = 'outside_period', NULL, "
     "json_extract(r, '$.result.lines[0].yuan'))"},
    /* pilot_award(households, first, last, assessments, policy): the award as JSON (4.4.1-6, 4.4.1-8),
     * of assessments as a claim has them: [{"year":2019,"result":"passed"}]. */
    {"pilot_award", 4, 5,
     "'\"call\":\"award\",\"claim\":{\"households\":' || json_quote(?1) || ',\"first\":' || "
     "json_quote(?2) || "
     "',\"last\":' || json_quote(?3) || ',\"assessments\":' || ?4 || '}'",
     "json_extract(r, '$.result')"},
    /* pilot_check(city, as_of, policy): the report on a city file, as JSON. */
    {"pilot_check", 2, 3, "'\"call\":\"check\",\"city\":' || ?1 || ',\"as_of\":' || json_quote(?2)",
     "json_extract(r, '$.result')"},
};

static const char around[] =
    "WITH response(r) AS MATERIALIZED (SELECT pilot_call('{' || %s || ',\"policy\":' || ifnull(?%d, "
    "'{}') || '}')) "
    "SELECT json_extract(r, '$.problems[0].path') || ': ' || json_extract(r, '$.problems[0].en'), "
    "%s FROM response";

/* The statement ends with the first problem and its place in the request: "/claim/first: ...". */
static void ask(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    const asked *function = sqlite3_user_data(context);
    sqlite3_stmt *statement = NULL;
    for (int i = 0; i < argc; i++)
        if (sqlite3_value_type(argv[i]) == SQLITE_NULL)
            return;
    char *select = sqlite3_mprintf(around, function->request, function->policy, function->answer);
    int status =
        select ? sqlite3_prepare_v2(sqlite3_context_db_handle(context), select, -1, &statement, NULL)
               : SQLITE_NOMEM;
    sqlite3_free(select);
    for (int i = 0; status == SQLITE_OK && i < argc; i++)
        status = sqlite3_bind_value(statement, i + 1, argv[i]);
    if (status == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW) {
        if (sqlite3_column_type(statement, 0) == SQLITE_NULL)
            sqlite3_result_value(context, sqlite3_column_value(statement, 1));
        else
            sqlite3_result_error(context, (const char *)sqlite3_column_text(statement, 0), -1);
    }
    const int ended = sqlite3_finalize(statement);
    if (status != SQLITE_OK || ended != SQLITE_OK)
        sqlite3_result_error_code(context, status != SQLITE_OK ? status : ended);
}

static void call(sqlite3_context *context, int argc, sqlite3_value **argv)
{
    char *response;
    const char *request = (const char *)sqlite3_value_text(argv[0]);
    (void)argc;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL)
        return;
    if (!request || pilot_call(request, (size_t)sqlite3_value_bytes(argv[0]), &response) != PILOT_OK)
        sqlite3_result_error_nomem(context);
    else
        sqlite3_result_text(context, response, -1, (void (*)(void *))pilot_text_free);
}

PILOT_API int sqlite3_pilotsqlite_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api);
    (void)error;
    int status = sqlite3_create_function_v2(db, "pilot_call", 1, FLAGS, NULL, call, NULL, NULL, NULL);
    for (size_t i = 0; status == SQLITE_OK && i < sizeof functions / sizeof *functions; i++)
        for (int n = functions[i].needed; status == SQLITE_OK && n <= functions[i].policy; n++)
            status = sqlite3_create_function_v2(db, functions[i].name, n, FLAGS, (void *)&functions[i],
                                                ask, NULL, NULL, NULL);
    return status;
}
