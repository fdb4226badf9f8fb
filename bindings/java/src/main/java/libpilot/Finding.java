package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;

/**
 * What a rule found of a record. What is null does not apply.
 *
 * @param clause the one it cites
 * @param scope what the rule is asked of, such as "community"
 * @param path of the record in the city file
 * @param found a number, a text (an amount, an area, a day, a word) or a list of words, as is {@code required}
 * @param due until when it is pending
 * @param missing the key of the evidence that is not there
 * @param readings disputed readings that it depends on
 * @param who can put it right
 * @param nextZh what to do next
 */
public record Finding(String rule, String clause, String law, String scope, String path, Outcome outcome,
        JsonNode found, JsonNode required, LocalDate due, LocalDate noticeDue, LocalDate since, Integer daysLate,
        String missing, List<String> readings, String zh, String en, List<String> who, String nextZh, String nextEn) {}
