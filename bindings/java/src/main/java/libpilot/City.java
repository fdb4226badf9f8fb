package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Locale;

/** A city's records, as {@code docs/schema/city.schema.json} has them, which never change once read. */
public final class City extends Handled<CityHandle> {
    private City(byte[] json) {
        super(new CityHandle(json), CityHandle::release);
    }

    /** @throws PilotException all that is wrong with the text, with lines and columns */
    public static City of(String json) {
        return new City(Json.bytes(json));
    }

    /** The same of a file's bytes, which have to be UTF-8. */
    public static City of(byte[] json) {
        return new City(json);
    }

    /** A city of records that a program has put together. */
    public static City of(JsonNode records) {
        return new City(Json.write(records));
    }

    /** The canonical text: the same city, the same bytes. */
    public String toJson() {
        return Json.text(Json.write(call(null, Pilot.request("city", null))));
    }

    /** All rules held against the records on a day. */
    public Report check(Policy policy, LocalDate asOf) {
        return Report.of(call(policy, asked("check", asOf)));
    }

    /** The same with the findings of some outcomes alone. */
    public Report check(Policy policy, LocalDate asOf, Collection<Outcome> outcomes) {
        ObjectNode request = asked("check", asOf);
        for (Outcome outcome : outcomes) {
            request.withArray("outcomes").add(outcome.name().toLowerCase(Locale.ROOT));
        }
        return Report.of(call(policy, request));
    }

    /** The evidence that is missing, and who can supply it. */
    public JsonNode needed(Policy policy, LocalDate asOf) {
        return call(policy, asked("needed", asOf)).path("needed");
    }

    /** The awards of a community, by id, or of the whole city, where that is null. */
    public JsonNode award(Policy policy, String community, LocalDate asOf) {
        ObjectNode request = asked("city_award", asOf);
        if (community != null) {
            request.put("community", community);
        }
        return call(policy, request);
    }

    /** An area's steps: done, due, late. */
    public JsonNode timeline(Policy policy, String area, LocalDate asOf) {
        return call(policy, asked("timeline", asOf).put("area", area));
    }

    private static ObjectNode asked(String call, LocalDate asOf) {
        return Pilot.request(call, null).put("as_of", asOf.toString());
    }

    private JsonNode call(Policy policy, ObjectNode request) {
        PolicyHandle given = policy == null ? null : policy.handle();
        return with(city -> Pilot.result(given, city, null, null, request));
    }
}
