package libpilot;

/**
 * Where awards go, in fen; what is null is not asked for.
 *
 * @param years of each row as many elements as the policy has years: what each is paid
 * @param reasons bytes: bit 0 paid, 1 not assessed, 2 failed, 3 without a rate, 4 before the pass
 * @param statuses bytes: {@link Status#number}
 */
public record AwardColumns(Column total, Column city, Column district, Column withheld, Column years, Column reasons,
        Column statuses) {
    public AwardColumns {
        for (Column money : new Column[] {total, city, district, withheld, years}) {
            require(money, Column.Element.LONG);
        }
        require(reasons, Column.Element.BYTE);
        require(statuses, Column.Element.BYTE);
    }

    /** The totals and the statuses of the rows. */
    public static AwardColumns of(long[] total, byte[] statuses) {
        return new AwardColumns(Column.of(total), null, null, null, null, null, Column.of(statuses));
    }

    static void require(Column column, Column.Element element) {
        if (column != null && column.element != element) {
            throw new IllegalArgumentException("a column for this result has elements of " + element);
        }
    }
}
