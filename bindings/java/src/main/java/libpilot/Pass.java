package libpilot;

/**
 * What became of the rows of a pass over columns. A bad row ends nothing: its amounts are
 * {@link #NO_AMOUNT}.
 *
 * @param firstBad the first bad row; the number of rows where none is
 * @param status why that row is bad; OK where none is
 */
public record Pass(long rows, long bad, long firstBad, Status status) {
    /** The amount of a bad row. */
    public static final long NO_AMOUNT = Long.MIN_VALUE;
}
