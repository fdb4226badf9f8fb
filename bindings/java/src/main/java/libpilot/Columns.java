package libpilot;

import java.lang.ref.Reference;

/** Passes over columns, piece by piece where an array is among them. */
final class Columns {
    /** Rows that an array is held for: the collector waits for no more than that. */
    private static final long PIECE = 1 << 16;

    interface Call {
        void rows(Object[] arrays, long[] numbers, long rows, long[] pass);
    }

    private Columns() {}

    /**
     * The call on all rows. The columns that are null are not given.
     *
     * @param inputs how many of the columns are read; the others are written to
     * @param wide of the results, the one that has several elements a row, or -1; all others have one
     */
    static Pass pass(long rows, int inputs, int wide, long width, Call call, Column... columns) {
        check(rows, inputs, wide, width, columns);
        boolean arrays = false;
        for (Column column : columns) {
            arrays |= column != null && column.isArray();
        }
        long bad = 0;
        long firstBad = rows;
        Status status = Status.OK;
        long from = 0;
        do {
            long piece = arrays ? Math.min(PIECE, rows - from) : rows;
            long[] made = new long[3];
            Object[] held = new Object[columns.length];
            long[] numbers = new long[2 * columns.length];
            for (int i = 0; i < columns.length; i++) {
                Column.describe(columns[i], i == wide ? from * width : from, i, held, numbers);
            }
            call.rows(held, numbers, piece, made);
            if (bad == 0 && made[0] != 0) {
                firstBad = from + made[1];
                status = Status.values()[(int) made[2]];
            }
            bad += made[0];
            from += piece;
        } while (from < rows);
        Reference.reachabilityFence(columns);
        return new Pass(rows, bad, firstBad, status);
    }

    private static void check(long rows, int inputs, int wide, long width, Column[] columns) {
        if (rows < 0) {
            throw new IllegalArgumentException("the number of rows is " + rows);
        }
        for (int i = 0; i < columns.length; i++) {
            Column column = columns[i];
            if (column == null) {
                continue;
            }
            if (column.size() < (i == wide ? Math.multiplyExact(rows, width) : rows)) {
                throw new IllegalArgumentException("column " + i + " has " + column.size() + " elements for " + rows + " rows");
            }
            boolean written = i >= inputs;
            boolean good = written ? column.element != null : column.element != Column.Element.BYTE;
            if (!good) {
                throw new IllegalArgumentException("column " + i + (written ? " is written to and is one number for every row"
                        : " is of bytes, which are statuses and reasons only"));
            }
        }
    }
}
