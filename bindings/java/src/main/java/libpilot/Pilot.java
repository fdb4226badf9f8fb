package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The library as one function, and what it says of itself. */
public final class Pilot {
    private Pilot() {}

    /**
     * JSON in, JSON out: what {@code pilot_call} answers. Errors are in the response, as its status and its
     * problems. Safe on any number of threads.
     *
     * @param request one object in UTF-8, such as <code>{"call":"award","claim":{...}}</code>
     */
    public static byte[] call(byte[] request) {
        return Native.call(null, null, null, null, request);
    }

    /**
     * The result of a call that has these members.
     *
     * @param members may be null
     * @throws PilotException the response's problems
     */
    public static JsonNode call(String call, ObjectNode members) {
        return result(null, null, null, null, request(call, members));
    }

    /** The version of the library, "0.2.0". */
    public static String version() {
        return call("version", null).path("version").asText();
    }

    /** Clauses of the notice, in its order: one by its id, those of a section and below it, or all of null. */
    public static List<Clause> clauses(String clause) {
        ObjectNode members = Json.MAPPER.createObjectNode();
        if (clause != null) {
            members.put("clause", clause);
        }
        List<Clause> clauses = new ArrayList<>();
        for (JsonNode one : call("clauses", members).path("clauses")) {
            clauses.add(Json.as(one, Clause.class));
        }
        return List.copyOf(clauses);
    }

    static ObjectNode request(String call, ObjectNode members) {
        ObjectNode request = Json.MAPPER.createObjectNode().put("call", call);
        return members == null ? request : request.setAll(members);
    }

    static JsonNode result(PolicyHandle policy, CityHandle city, MenuHandle menu, AccountHandle account,
            ObjectNode request) {
        JsonNode response = Json.read(Native.call(policy, city, menu, account, Json.write(request)));
        if (response.has("result")) {
            return response.get("result");
        }
        List<Problem> problems = new ArrayList<>();
        for (JsonNode one : response.path("problems")) {
            problems.add(new Problem(Status.valueOf(one.path("status").asText().toUpperCase(Locale.ROOT)),
                    one.path("path").asText(), one.path("line").asInt(), one.path("column").asInt(),
                    one.path("value").asText(), one.path("zh").asText(), one.path("en").asText()));
        }
        throw new PilotException(problems.toArray(Problem[]::new), response.path("problem_count").asLong());
    }
}
