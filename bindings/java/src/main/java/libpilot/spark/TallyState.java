package libpilot.spark;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;
import libpilot.ClaimColumns;
import libpilot.Column;
import libpilot.Policy;
import libpilot.Tally;

/**
 * The tally of a group, with rows that are still to be added: many cost one call. Between executors it is its packed
 * bytes and nothing else: Spark reads them where the classes of a jar added to a session are not known.
 */
final class TallyState implements Serializable {
    private static final long serialVersionUID = 1;
    private static final int ROWS_MAX = 4096;
    private static final int COLUMNS = 7;

    private final transient Policy policy;
    private final transient int given;
    private transient Tally tally; // null: nothing is added up yet
    private transient long[][] columns = new long[COLUMNS][16];
    private transient int rows;

    TallyState(Policy policy, int given) {
        this.policy = policy;
        this.given = given;
    }

    /** households, area, communities, first, last, passed, failed */
    void add(long[] row) {
        if (rows == columns[0].length) {
            for (int i = 0; i < COLUMNS; i++) {
                columns[i] = Arrays.copyOf(columns[i], rows * 2);
            }
        }
        for (int i = 0; i < COLUMNS; i++) {
            columns[i][rows] = row[i];
        }
        if (++rows == ROWS_MAX) {
            settle();
        }
    }

    /** What is merged first says how many groups there are. */
    void merge(byte[] packed) {
        settle();
        if (tally == null) {
            tally = Tally.of(policy, packed);
        } else {
            tally.merge(packed);
        }
    }

    byte[] toBytes() {
        settle();
        return (tally == null ? new Tally(policy, 1) : tally).toBytes();
    }

    private void settle() {
        if (rows > 0) {
            if (tally == null) {
                tally = new Tally(policy, 1);
            }
            tally.add(new ClaimColumns(column(0), column(1), column(2), Column.of(columns[3]), Column.of(columns[4]),
                    (given & 8) != 0 ? Column.of(columns[5]) : null, (given & 16) != 0 ? Column.of(columns[6]) : null, null),
                    null, rows);
            rows = 0;
        }
    }

    private Column column(int basis) {
        return (given >> basis & 1) != 0 ? Column.of(columns[basis]) : null;
    }

    @Serial
    private Object writeReplace() {
        return toBytes();
    }
}
