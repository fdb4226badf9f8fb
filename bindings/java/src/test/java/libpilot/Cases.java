package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The cases that the suites of C and Python read, too. */
final class Cases {
    static final Path DIRECTORY = Path.of(System.getProperty("cases"));
    static final Path DATA = Path.of(System.getProperty("data"));

    private Cases() {}

    static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static JsonNode json(Path path) {
        return Json.read(bytes(path));
    }

    static List<JsonNode> list(String name) {
        return StreamSupport.stream(json(DIRECTORY.resolve(name)).spliterator(), false).toList();
    }

    /** RFC 7396 within an object, as the C suite has it: a null stays. */
    static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(member -> {
            JsonNode old = target.get(member.getKey());
            if (old instanceof ObjectNode inner && member.getValue().isObject()) {
                merge(inner, member.getValue());
            } else {
                target.set(member.getKey(), member.getValue().deepCopy());
            }
        });
    }
}
