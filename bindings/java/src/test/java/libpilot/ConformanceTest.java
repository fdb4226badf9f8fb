package libpilot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance pack: requests, and what the response to each has to say (conformance/v1/README.md). */
class ConformanceTest {
    private static final Path PACK = Cases.DIRECTORY.resolve("../../conformance/v1/cases");

    @TestFactory
    Stream<DynamicTest> pack() throws IOException {
        try (Stream<Path> files = Files.list(PACK)) {
            return files.sorted().toList().stream()
                    .flatMap(file -> new String(Cases.bytes(file), StandardCharsets.UTF_8).lines())
                    .map(line -> Json.read(Json.bytes(line)))
                    .map(row -> DynamicTest.dynamicTest(row.get("id").asText(),
                            () -> holds(row.get("expect"), Json.read(Pilot.call(request(row))))));
        }
    }

    private static byte[] request(JsonNode row) {
        if (row.has("base64")) {
            return Base64.getDecoder().decode(row.get("base64").asText());
        }
        return Json.bytes(row.has("text") ? row.get("text").asText() : row.get("request").toString());
    }

    private static void holds(JsonNode expect, JsonNode response) {
        assertEquals(expect.get("status"), response.get("status"));
        if (expect.has("result")) {
            has(expect.get("result"), response.path("result"), "/result");
        }
        for (JsonNode finding : expect.path("findings")) {
            List<JsonNode> found = StreamSupport.stream(response.at("/result/findings").spliterator(), false)
                    .filter(f -> f.get("rule").equals(finding.get("rule")) && f.get("path").equals(finding.get("path")))
                    .toList();
            assertEquals(1, found.size(), finding::toString);
            has(finding, found.get(0), "/findings");
        }
        for (JsonNode problem : expect.path("problems")) {
            assertTrue(StreamSupport.stream(response.path("problems").spliterator(), false).anyMatch(
                            p -> p.get("status").equals(problem.get("status")) && p.get("path").equals(problem.get("path"))),
                    () -> problem + " among " + response);
        }
    }

    /** Of an object the members that are wanted, null where there is none; lists whole. */
    private static void has(JsonNode wanted, JsonNode found, String at) {
        if (wanted.isObject() && found.isObject()) {
            wanted.properties().forEach(m -> has(m.getValue(), found.path(m.getKey()), at + "/" + m.getKey()));
        } else if (wanted.isArray() && found.isArray()) {
            assertEquals(wanted.size(), found.size(), at);
            for (int i = 0; i < wanted.size(); i++) {
                has(wanted.get(i), found.get(i), at + "/" + i);
            }
        } else if (!wanted.isNull() || !found.isMissingNode()) {
            assertEquals(wanted, found, at);
        }
    }
}
