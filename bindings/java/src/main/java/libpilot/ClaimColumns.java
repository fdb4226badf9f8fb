package libpilot;

/**
 * A claim a row. What is null is not given; the policy's rates say which quantities have to be.
 *
 * @param buildingArea 0.01 m²
 * @param first month of service, included; months since 1970-01, as is {@code last}
 * @param passed years whose assessment is passed, bit 0 for the year of the policy's first rate; with neither mask
 *     all years are
 * @param failed likewise; alone: every other year is passed
 * @param passedFrom month in which the row's passes were made, for policies that pay from the pass on
 */
public record ClaimColumns(Column households, Column buildingArea, Column communities, Column first, Column last,
        Column passed, Column failed, Column passedFrom) {
    public ClaimColumns {
        if (first == null || last == null) {
            throw new IllegalArgumentException("claims have a first and a last month");
        }
    }

    /** Claims of households, of which every year is passed. */
    public static ClaimColumns of(Column households, Column first, Column last) {
        return new ClaimColumns(households, null, null, first, last, null, null, null);
    }

    Column[] with(Column... others) {
        Column[] all = new Column[8 + others.length];
        System.arraycopy(new Column[] {households, buildingArea, communities, first, last, passed, failed, passedFrom}, 0,
                all, 0, 8);
        System.arraycopy(others, 0, all, 8, others.length);
        return all;
    }
}
