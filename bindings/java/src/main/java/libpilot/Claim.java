package libpilot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a reward is claimed for. What is null is not known; the policy's rates say which quantities have to be.
 *
 * @param first month of service, included, as is {@code last}
 * @param counts later households and areas, in the order of their days
 * @param assessments a year that is not among them has not been assessed
 * @param asOf assessments made after this day do not count yet
 */
public record Claim(Long households, @JsonProperty("building_area_m2") BigDecimal buildingArea, Long communities,
        YearMonth first, YearMonth last, List<Count> counts, List<Assessment> assessments, LocalDate asOf) {
    /** Of a year of service; result: "passed", "failed" or "not_assessed". date: on which it was made; may be null. */
    public record Assessment(int year, String result, LocalDate date) {}

    /** From a day on; what is null stays as it was. */
    public record Count(LocalDate from, Long households, @JsonProperty("building_area_m2") BigDecimal buildingArea) {}

    /** A claim of households, of which every year is passed. */
    public static Claim of(long households, YearMonth first, YearMonth last) {
        List<Assessment> passed = IntStream.rangeClosed(first.getYear(), last.getYear())
                .mapToObj(year -> new Assessment(year, "passed", null)).toList();
        return new Claim(households, null, null, first, last, null, passed, null);
    }

    /** The same claim with these assessments. */
    public Claim assessed(List<Assessment> results) {
        return new Claim(households, buildingArea, communities, first, last, counts, results, asOf);
    }
}
