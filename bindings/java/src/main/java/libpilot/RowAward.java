package libpilot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** The awards of rows one at a time, for engines that have no columns: {@link Policy#awards} of one. For one thread. */
public final class RowAward {
    private final PolicyHandle policy;
    private final int given;
    private final LongBuffer row = ByteBuffer.allocateDirect(3 * Long.BYTES).order(ByteOrder.nativeOrder()).asLongBuffer();
    private final long address = Native.address(row);

    /** given: which numbers are: 1 households, 2 area, 4 communities, 8 passed, 16 failed. */
    public RowAward(Policy policy, int given) {
        this.policy = policy.handle();
        this.given = given;
    }

    /** Why the row is bad: {@link Status#number}. area: 0.01 m². Months since 1970-01; masks as in ClaimColumns. */
    public int compute(long households, long area, long communities, int first, int last, long passed, long failed) {
        return Native.award_row(policy, given, households, area, communities, first, last, passed, failed, address);
    }

    /** Fen, as are city and district; NO_AMOUNT of a bad row. */
    public long total() {
        return row.get(0);
    }

    public long city() {
        return row.get(1);
    }

    public long district() {
        return row.get(2);
    }
}
