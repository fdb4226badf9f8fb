package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * A city held against the notice on a day.
 *
 * @param inputs how many records of each kind were looked at
 * @param counts findings by outcome, whatever was asked for
 * @param findings those asked for, in the order of the notice
 * @param json the whole document, as {@code docs/schema/report.schema.json} has it
 */
public record Report(Receipt receipt, Map<String, Integer> inputs, Map<Outcome, Integer> counts, List<Summary> districts,
        List<Summary> communities, List<Finding> findings, JsonNode json) {
    /** Of a district or a community. */
    public record Summary(String id, String name, Map<Outcome, Integer> counts) {}

    static Report of(JsonNode json) {
        Report report = Json.as(json, Report.class);
        return new Report(report.receipt, report.inputs, report.counts, report.districts, report.communities,
                report.findings, json);
    }

    public List<Finding> findings(Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome).toList();
    }
}
