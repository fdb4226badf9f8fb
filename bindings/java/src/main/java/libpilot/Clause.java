package libpilot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A clause of the notice.
 *
 * @param id such as "4.4.1-1"
 * @param ref where the notice has it
 * @param classOf what it takes to decide it: "computable", "evidence", "judged" or "text"
 * @param soft never a breach
 * @param actors whom it names; may be null
 */
public record Clause(String id, String section, String ref, List<String> kinds, @JsonProperty("class") String classOf,
        boolean soft, List<String> actors, String zh, String en) {}
