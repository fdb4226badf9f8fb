package libpilot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of awards by group and calendar year, for rows that need not be kept. Whatever the order in which rows
 * are added and tallies merged, the bytes are the same. One thread at a time works on a tally.
 */
public final class Tally {
    /**
     * Of a calendar year.
     *
     * @param rows with a month of the year that is paid; of those the quantities
     * @param buildingArea 0.01 m²
     */
    public record Year(int year, long rows, long households, long buildingArea, long communities, long totalFen,
            long cityFen, long districtFen, long withheldFen) {
        public BigDecimal total() {
            return Yuan.of(totalFen);
        }
    }

    private final Policy policy;
    private final TallyHandle handle;

    private Tally(Policy policy, TallyHandle handle) {
        this.policy = policy;
        this.handle = handle;
    }

    /** Of no rows yet. groups: 1 or more. */
    public Tally(Policy policy, int groups) {
        this(policy, new TallyHandle(policy.handle(), groups));
    }

    /** What {@link #toBytes} wrote, under a policy that pays the same awards. */
    public static Tally of(Policy policy, byte[] bytes) {
        return new Tally(policy, Native.tally_unpack(policy.handle(), bytes));
    }

    /** Adds the rows' awards. groups: of each row, from 0; null: all are of group 0. */
    public synchronized Pass add(ClaimColumns claims, Column groups, long rows) {
        return Columns.pass(rows, 9, -1, 0,
                (arrays, numbers, count, pass) -> Native.tally_add(handle, policy.handle(), arrays, numbers, count, pass),
                claims.with(groups));
    }

    /** Adds what the other holds. */
    public void merge(Tally other) {
        // By way of its bytes: two that merge with each other at once would wait for each other.
        merge(other.toBytes());
    }

    /** Adds what {@link #toBytes} wrote. */
    public synchronized void merge(byte[] bytes) {
        Native.tally_merge(handle, Native.tally_unpack(policy.handle(), bytes));
    }

    /** The same on every machine, with a check sum. */
    public synchronized byte[] toBytes() {
        return Native.tally_pack(handle);
    }

    public int groups() {
        return (int) Native.tally_groups(handle);
    }

    /** Rows of all groups that are good. */
    public long rows() {
        return counts(-1)[0];
    }

    /** Rows of all groups, and of none, that are bad. */
    public long bad() {
        return counts(-1)[1];
    }

    private synchronized long[] counts(int group) {
        long[] counts = new long[2];
        Native.tally_rows(handle, group, counts);
        return counts;
    }

    /** The policy's years, of all groups together. */
    public List<Year> years() {
        return yearsOf(-1);
    }

    /** The policy's years, of a group from 0. */
    public List<Year> years(int group) {
        if (group < 0) {
            throw new IndexOutOfBoundsException(group);
        }
        return yearsOf(group);
    }

    private synchronized List<Year> yearsOf(int group) {
        long[] first = new long[1];
        long count = Native.policy_years(policy.handle(), first);
        List<Year> years = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long[] cell = new long[8];
            Native.tally_cell(handle, group, i, cell);
            years.add(new Year((int) first[0] + i, cell[0], cell[1], cell[2], cell[3], cell[4], cell[5], cell[6], cell[7]));
        }
        return List.copyOf(years);
    }

    /** What all years and groups come to. */
    public BigDecimal total() {
        long fen = 0;
        for (Year year : years()) {
            fen = Math.addExact(fen, year.totalFen());
        }
        return Yuan.of(fen);
    }
}
