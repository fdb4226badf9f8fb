package libpilot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one call. */
class CallsTest {
    /** Lines that are neither empty nor a comment, as bytes: some requests are not UTF-8. */
    static List<byte[]> lines() {
        List<byte[]> lines = new ArrayList<>();
        ByteArrayInputStream file = new ByteArrayInputStream(Cases.bytes(Cases.DIRECTORY.resolve("calls.txt")));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = file.read(); b >= 0; b = file.read()) {
            if (b != '\n') {
                line.write(b);
            } else {
                byte[] bytes = line.toByteArray();
                line.reset();
                if (bytes.length > 0 && bytes[0] != '#') {
                    lines.add(bytes);
                }
            }
        }
        return lines;
    }

    @Test
    void requestsAreAnsweredToTheByte() {
        List<byte[]> lines = lines();
        assertEquals(0, lines.size() % 2);
        for (int i = 0; i < lines.size(); i += 2) {
            byte[] response = Pilot.call(lines.get(i));
            assertArrayEquals(lines.get(i + 1), response, () -> Json.text(response));
        }
    }

    @Test
    void refusalsAreThrown() {
        PilotException refused = assertThrows(PilotException.class,
                () -> Pilot.call("check_rule", (ObjectNode) Json.read(Json.bytes(
                        "{\"rule\":\"office_area\",\"record\":{\"offices\":[{\"area_m2\":\"-1\"}]},\"as_of\":\"2020-03-31\"}"))));
        assertEquals(Status.RANGE, refused.status());
        assertEquals("/record/offices/0/area_m2", refused.path());
        assertEquals("-1", refused.value());
        assertThrows(PilotException.class, () -> Pilot.call("no_such_call", null));
        assertThrows(NullPointerException.class, () -> Pilot.call(null));
    }

    @Test
    void clausesOfASection() {
        Clause clause = Pilot.clauses("4.2-1").get(0);
        assertEquals("4.2-1", clause.id());
        assertEquals(List.of("4.4.1-1", "4.4.1-2"), Pilot.clauses("4.4.1").stream().limit(2).map(Clause::id).toList());
        assertEquals(140, Pilot.clauses(null).size());
        assertEquals(Status.NOT_FOUND, assertThrows(PilotException.class, () -> Pilot.clauses("9.9")).status());
    }

    @Test
    void documentsOfTheMarket() {
        JsonNode order = Cases.json(Cases.DATA.resolve("orders/foshan-entrance.json"));
        try (Menu menu = Menu.of(Cases.bytes(Cases.DATA.resolve("menus/foshan-2019.json")))) {
            JsonNode quote = menu.quote(order);
            assertEquals(order.get("day"), quote.get("day"));
            assertEquals("foshan-2019", quote.get("menu").asText());
        }
        JsonNode comparison = Menu.compare(Cases.json(Cases.DATA.resolve("comparisons/foshan-mudanjiang.json")));
        assertEquals(4, comparison.get("offers").size());
    }

    @Test
    void votesAccountsAndMoneyOutside() {
        // 1,000 owners of 61,370 m²: 520 of 32,000 m² are more than half of both (property law, article 76).
        JsonNode totals = Json.read(Json.bytes("""
                {"held_on":"2019-12-10","matter":"hire_provider","all":{"area_m2":"61370.00","owners":1000},
                 "in_favour":{"area_m2":"32000.00","owners":520},"against":{"area_m2":"10000.00","owners":180},
                 "abstained":{"area_m2":"0","owners":0}}"""));
        Vote vote = Vote.decide(Policy.NANCHANG_2019, totals);
        assertEquals(true, vote.passed());
        assertEquals(520, vote.inFavour().owners());
        try (Account account = Account.of(Cases.bytes(Cases.DATA.resolve("accounts/956-households.json")))) {
            JsonNode result = account.compute(Policy.NANCHANG_2019);
            assertEquals("nanchang-2019", result.at("/receipt/policy").asText());
            assertEquals(true, account.range(Policy.NANCHANG_2019).has("service"));
        }
        JsonNode outside = Policy.NANCHANG_2019.outside(Cases.json(Cases.DATA.resolve("outside/handover.json")));
        assertEquals("nanchang-2019", outside.at("/receipt/policy").asText());
    }
}
