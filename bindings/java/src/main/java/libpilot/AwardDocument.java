package libpilot;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;

/** An award in yuan, as {@code docs/schema/award.schema.json} has it: the lines' amounts add up to each sum. */
public record AwardDocument(Receipt receipt, @JsonProperty("total_yuan") BigDecimal total,
        @JsonProperty("city_yuan") BigDecimal city, @JsonProperty("district_yuan") BigDecimal district,
        @JsonProperty("withheld_yuan") BigDecimal withheld, int monthsPaid, int monthsWithheld, List<Line> lines) {
    /**
     * A run of months within one calendar year, at one rate, for one quantity.
     *
     * @param price of a unit and month, in yuan; {@code per}: of what, such as "household_month"
     * @param reason "payable", or why it is not paid
     * @param clause that decides it
     */
    public record Line(YearMonth first, YearMonth last, int months, @JsonProperty("yuan") BigDecimal price, String per,
            Long households, @JsonProperty("building_area_m2") BigDecimal buildingArea, Long communities, String reason,
            @JsonProperty("amount_yuan") BigDecimal amount, @JsonProperty("city_yuan") BigDecimal city,
            @JsonProperty("district_yuan") BigDecimal district, @JsonProperty("withheld_yuan") BigDecimal withheld,
            String clause) {}
}
