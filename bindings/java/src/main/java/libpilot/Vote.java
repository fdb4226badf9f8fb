package libpilot;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * Whether owners have decided (5.3-2, 5.4-2): area and heads, of those who took part and of those in favour.
 *
 * @param matter such as "hire_provider"
 * @param law whose thresholds hold on the day
 * @param reachable whether those who have not voted could still decide it
 * @param json the whole document, as {@code docs/schema/vote.schema.json} has it
 */
public record Vote(Receipt receipt, boolean passed, String matter, String kind, String law, Weights all,
        Weights participating, Weights inFavour, boolean reachable, JsonNode json) {
    public record Weights(@JsonProperty("area_m2") BigDecimal area, long owners) {}

    /** A vote's totals or its units, a document of {@code docs/schema/vote_totals.schema.json}. */
    public static Vote decide(Policy policy, JsonNode vote) {
        JsonNode json = policy.call("vote", "vote", vote);
        Vote made = Json.as(json, Vote.class);
        return new Vote(made.receipt, made.passed, made.matter, made.kind, made.law, made.all, made.participating,
                made.inFavour, made.reachable, json);
    }

    /** What the owners have chosen among offers: a document of {@code docs/schema/contest.schema.json}. */
    public static JsonNode choose(Policy policy, JsonNode contest) {
        return policy.call("contest", "contest", contest);
    }
}
