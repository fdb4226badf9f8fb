package libpilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CasesTest {
    private static final Map<String, String> RECORDS =
            Map.of("district", "districts", "community", "communities", "area", "areas");

    private static final String MENU = Cases.json(Cases.DATA.resolve("menus/foshan-2019.json")).toString();

    static List<JsonNode> rewards() {
        return Cases.list("reward.json");
    }

    @ParameterizedTest
    @MethodSource("rewards")
    void workedRewards(JsonNode row) {
        YearMonth first = YearMonth.parse(row.get("first").asText());
        YearMonth last = YearMonth.parse(row.get("last").asText());
        BigDecimal communities = row.get("communities").decimalValue();
        Award award = Policy.NANCHANG_2019.award(row.get("households").asLong(), first, last);
        assertEquals(new BigDecimal(row.get("total_yuan").asText()), award.total().multiply(communities));
        assertEquals(new BigDecimal(row.get("city_yuan").asText()), award.city().multiply(communities));
        assertEquals(award.total(), award.city().add(award.district()));

        AwardDocument document = Policy.NANCHANG_2019.award(Claim.of(row.get("households").asLong(), first, last));
        assertEquals(List.of(award.total(), award.city(), award.district(), award.withheld()),
                List.of(document.total(), document.city(), document.district(), document.withheld()));
        assertEquals(List.of(award.monthsPaid(), award.monthsWithheld()),
                List.of(document.monthsPaid(), document.monthsWithheld()));
        assertEquals(award.total(),
                document.lines().stream().map(AwardDocument.Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static JsonNode smallCity(JsonNode row) {
        ObjectNode city = (ObjectNode) Json.read(Json.bytes("""
                {"districts": [{"id": "360102"}], "communities": [{"id": "c", "district": "360102"}],
                 "areas": [{"id": "a", "communities": ["c"]}]}"""));
        if (row.has("with")) {
            Cases.merge(city, Cases.json(Cases.DIRECTORY.resolve(row.get("with").asText() + ".json")));
        }
        RECORDS.forEach((record, records) -> {
            if (row.has(record)) {
                Cases.merge((ObjectNode) city.get(records).get(0), row.get(record));
            }
        });
        if (row.has("city")) {
            Cases.merge(city, row.get("city"));
        }
        return city;
    }

    @TestFactory
    Stream<DynamicTest> rules() throws IOException {
        try (Stream<Path> parts = Files.list(Cases.DIRECTORY.resolve("rules"))) {
            return parts.sorted().flatMap(part -> Cases.list("rules/" + part.getFileName()).stream()).toList().stream()
                    .map(row -> DynamicTest.dynamicTest(row.get("rule").asText() + ": " + row.get("says").asText(),
                            () -> rule(row)));
        }
    }

    private static void rule(JsonNode row) {
        Policy policy = row.has("policy") ? Policy.NANCHANG_2019.patch(row.get("policy").toString()) : Policy.NANCHANG_2019;
        LocalDate asOf = LocalDate.parse(row.has("as_of") ? row.get("as_of").asText() : "2020-03-01");
        try (City city = City.of(smallCity(row))) {
            Report report = city.check(policy, asOf);
            for (int i = 0; i < report.findings().size(); i++) {
                Finding finding = report.findings().get(i);
                if (finding.rule().equals(row.get("rule").asText())
                        && (!row.has("path") || finding.path().equals(row.get("path").asText()))) {
                    holds(row, finding, report.json().get("findings").get(i));
                    return;
                }
            }
        }
        throw new AssertionError("no such finding");
    }

    private static void holds(JsonNode row, Finding finding, JsonNode json) {
        assertEquals(row.get("outcome").asText(), finding.outcome().name().toLowerCase(Locale.ROOT), finding.en());
        if (row.has("finding")) {
            row.get("finding").properties().forEach(wanted -> {
                JsonNode found = json.get(wanted.getKey());
                assertEquals(wanted.getValue(), found == null ? Json.MAPPER.nullNode() : found, wanted.getKey());
            });
        }
    }

    static List<JsonNode> malformed() {
        return Cases.list("malformed.json");
    }

    private static byte[] text(JsonNode row) {
        if (row.has("file")) {
            return Cases.bytes(Cases.DIRECTORY.resolve("malformed").resolve(row.get("file").asText()));
        }
        ObjectNode policy = (ObjectNode) Json.read(Json.bytes(Policy.NANCHANG_2019.toJson()));
        Cases.merge(policy, row.get("patch"));
        return Json.bytes(policy.toPrettyString());
    }

    /** Documents that have a class of their own are read by it, the others in a call. */
    @ParameterizedTest
    @MethodSource("malformed")
    void malformedDocuments(JsonNode row) throws IOException {
        byte[] text = text(row);
        String within = "";
        Problem problem;
        switch (row.get("kind").asText()) {
            case "city" -> problem = refused(() -> City.of(text));
            case "policy" -> problem = refused(() -> Policy.of(text));
            case "reform" -> problem = refused(() -> Policy.NANCHANG_2019.patch(text));
            case "menu" -> problem = refused(() -> Menu.of(text));
            case "account" -> problem = refused(() -> Account.of(text));
            case "order" -> {
                within = "/order";
                problem = inCall("{\"call\":\"quote\",\"menu\":" + MENU + ",\"order\":", text);
            }
            case "comparison" -> {
                within = "/comparison";
                problem = inCall("{\"call\":\"compare\",\"comparison\":", text);
            }
            default -> {
                String kind = row.get("kind").asText();
                within = "/" + kind;
                problem = inCall("{\"call\":\"" + kind + "\",\"" + kind + "\":", text);
            }
        }
        assertEquals(row.get("status").asText(), problem.status().name().toLowerCase(Locale.ROOT), problem.en());
        assertEquals(within + row.get("path").asText(), problem.path());
        if (row.has("line")) {
            assertEquals(row.get("line").asInt(), problem.line());
        }
        assertTrue(problem.en().contains(row.get("says").asText()), problem.en());
        assertFalse(problem.zh().isEmpty());
    }

    private static Problem refused(Executable read) {
        PilotException refused = assertThrows(PilotException.class, read);
        assertEquals(refused.problems().get(0).toString(), refused.getMessage());
        assertTrue(refused.problemCount() >= refused.problems().size());
        return refused.problems().get(0);
    }

    /** The first problem of a request that ends with this text. */
    private static Problem inCall(String begin, byte[] text) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(Json.bytes(begin));
        request.write(text);
        request.write('}');
        JsonNode response = Json.read(Pilot.call(request.toByteArray()));
        JsonNode first = response.get("problems").get(0);
        return new Problem(Status.valueOf(first.get("status").asText().toUpperCase(Locale.ROOT)),
                first.get("path").asText(), first.path("line").asInt(), first.path("column").asInt(),
                first.path("value").asText(), first.get("zh").asText(), first.get("en").asText());
    }

    @Test
    void allProblemsOfACity() {
        List<JsonNode> wanted = Cases.list("problems.json");
        PilotException refused = assertThrows(PilotException.class,
                () -> City.of(Cases.bytes(Cases.DIRECTORY.resolve("problems/city.json"))));
        assertEquals(wanted.size(), refused.problemCount());
        for (int i = 0; i < wanted.size(); i++) {
            Problem problem = refused.problems().get(i);
            JsonNode row = wanted.get(i);
            assertEquals(row.get("path").asText(), problem.path());
            assertEquals(row.get("status").asText(), problem.status().name().toLowerCase(Locale.ROOT));
            assertEquals(List.of(row.get("line").asInt(), row.get("column").asInt()),
                    List.of(problem.line(), problem.column()));
            row.get("en").forEach(part -> assertTrue(problem.en().contains(part.asText()), problem.en()));
            row.get("zh").forEach(part -> assertTrue(problem.zh().contains(part.asText()), problem.zh()));
        }
    }

    @Test
    void theExampleCity() {
        try (City city = City.of(Cases.bytes(Cases.DATA.resolve("nanchang-2019.json")))) {
            Report report = city.check(Policy.NANCHANG_2019, LocalDate.of(2020, 2, 29), List.of(Outcome.BREACH));
            // What the README shows of it.
            assertEquals(Map.of(Outcome.BREACH, 19, Outcome.UNKNOWN, 4, Outcome.PENDING, 17, Outcome.INFO, 2,
                    Outcome.MET, 784, Outcome.NOT_APPLICABLE, 187), report.counts());
            assertEquals(19, report.findings().size());
            assertEquals("6faa126943bd0c33", report.receipt().fingerprint());
            assertEquals(5, report.districts().size());
            assertEquals("118.50", report.findings().stream().filter(finding -> finding.rule().equals("office_area"))
                    .findFirst().orElseThrow().found().asText());
            assertEquals(4, city.needed(Policy.NANCHANG_2019, LocalDate.of(2020, 2, 29)).size());
        }
    }
}
