package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A menu of services inside the gate and what they cost (4.3-3, 5.4-2), as {@code docs/schema/menu.schema.json} has it.
 * An order is a document of {@code docs/schema/order.schema.json}; the results are those of quote, bill and
 * bill_sum there.
 */
public final class Menu extends Handled<MenuHandle> {
    private Menu(byte[] json) {
        super(new MenuHandle(json), MenuHandle::release);
    }

    /** @throws PilotException all that is wrong with the text, with lines and columns */
    public static Menu of(String json) {
        return new Menu(Json.bytes(json));
    }

    /** The same of a file's bytes, which have to be UTF-8. */
    public static Menu of(byte[] json) {
        return new Menu(json);
    }

    /** What the order costs a month and a year. */
    public JsonNode quote(JsonNode order) {
        return call("quote", order);
    }

    /** The bill for the order's area and period. */
    public JsonNode bill(JsonNode order) {
        return call("bill", order);
    }

    /** A bill for each of the order's dwellings, and their sum. */
    public JsonNode bills(JsonNode order) {
        return call("bills", order);
    }

    /** Offers on the same premises side by side: a document of {@code docs/schema/comparison.schema.json}. */
    public static JsonNode compare(JsonNode comparison) {
        ObjectNode members = Json.MAPPER.createObjectNode();
        members.set("comparison", comparison);
        return Pilot.call("compare", members);
    }

    private JsonNode call(String call, JsonNode order) {
        ObjectNode members = Json.MAPPER.createObjectNode();
        members.set("order", order);
        return with(menu -> Pilot.result(null, null, menu, null, Pilot.request(call, members)));
    }
}
