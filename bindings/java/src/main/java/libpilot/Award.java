package libpilot;

import java.math.BigDecimal;

/**
 * What a claim is paid. city + district is total, to the fen.
 *
 * @param totalFen payable, as are its two parts
 * @param withheldFen what the rates give and the assessments hold back
 * @param monthsWithheld for any reason, months without a rate included
 */
public record Award(long totalFen, long cityFen, long districtFen, long withheldFen, int monthsPaid,
        int monthsWithheld) {
    public BigDecimal total() {
        return Yuan.of(totalFen);
    }

    public BigDecimal city() {
        return Yuan.of(cityFen);
    }

    public BigDecimal district() {
        return Yuan.of(districtFen);
    }

    public BigDecimal withheld() {
        return Yuan.of(withheldFen);
    }
}
