package libpilot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final ColumnsTest rows = new ColumnsTest();

    private ClaimColumns claims() {
        return ClaimColumns.of(Column.of(rows.households), Column.of(rows.first), Column.of(rows.last));
    }

    @Test
    void sumsAreThoseOfTheRows() {
        long[] total = new long[ColumnsTest.ROWS];
        Policy.NANCHANG_2019.awards(claims(), AwardColumns.of(total, new byte[ColumnsTest.ROWS]), ColumnsTest.ROWS);
        long fen = 0;
        for (long one : total) {
            fen += one == Pass.NO_AMOUNT ? 0 : one;
        }
        Tally tally = new Tally(Policy.NANCHANG_2019, 1);
        Pass pass = tally.add(claims(), null, ColumnsTest.ROWS);
        assertEquals(BigDecimal.valueOf(fen, 2), tally.total());
        assertEquals(List.of(pass.rows() - pass.bad(), pass.bad()), List.of(tally.rows(), tally.bad()));
        assertEquals(List.of(2019, 2020, 2021, 2022, 2023), tally.years().stream().map(Tally.Year::year).toList());
        for (Tally.Year year : tally.years(0)) {
            assertEquals(year.totalFen(), year.cityFen() + year.districtFen());
        }
        assertThrows(PilotException.class, () -> tally.years(1));
        assertThrows(IndexOutOfBoundsException.class, () -> tally.years(-1));
    }

    @Test
    void anyOrderGivesTheSameBytes() {
        int[] groups = new int[ColumnsTest.ROWS];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = i % 6 - 1; // -1: of no group
        }
        Tally whole = new Tally(Policy.NANCHANG_2019, 5);
        whole.add(claims(), Column.of(groups), ColumnsTest.ROWS);
        Tally one = new Tally(Policy.NANCHANG_2019, 5);
        Tally other = new Tally(Policy.NANCHANG_2019, 5);
        int half = ColumnsTest.ROWS / 2;
        one.add(claims(), Column.of(groups), half);
        other.add(ClaimColumns.of(Column.of(java.util.Arrays.copyOfRange(rows.households, half, ColumnsTest.ROWS)),
                Column.of(java.util.Arrays.copyOfRange(rows.first, half, ColumnsTest.ROWS)),
                Column.of(java.util.Arrays.copyOfRange(rows.last, half, ColumnsTest.ROWS))),
                Column.of(java.util.Arrays.copyOfRange(groups, half, ColumnsTest.ROWS)), ColumnsTest.ROWS - half);
        Tally first = Tally.of(Policy.NANCHANG_2019, one.toBytes());
        first.merge(other);
        other.merge(one);
        assertArrayEquals(whole.toBytes(), first.toBytes());
        assertArrayEquals(whole.toBytes(), other.toBytes());
        assertEquals(5, first.groups());
    }

    @Test
    void whatIsRefused() {
        byte[] bytes = new Tally(Policy.NANCHANG_2019, 1).toBytes();
        assertEquals(Status.INCONSISTENT,
                assertThrows(PilotException.class, () -> Tally.of(ColumnsTest.REFORM, bytes)).status());
        bytes[bytes.length / 2] ^= 1;
        assertEquals(Status.FORMAT,
                assertThrows(PilotException.class, () -> Tally.of(Policy.NANCHANG_2019, bytes)).status());
        assertEquals(Status.LIMIT, assertThrows(PilotException.class, () -> new Tally(Policy.NANCHANG_2019, 0)).status());
        assertEquals(Status.INCONSISTENT, assertThrows(PilotException.class,
                () -> new Tally(Policy.NANCHANG_2019, 1).merge(new Tally(Policy.NANCHANG_2019, 2))).status());
    }
}
