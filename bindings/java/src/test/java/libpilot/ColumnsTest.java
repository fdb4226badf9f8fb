package libpilot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.IntVector;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    static final int ROWS = 150_001; // in pieces of an array, and some
    /** Prices that need rounding, a share that leaves odd fen, and each year's own pass. */
    static final Policy REFORM = Policy.NANCHANG_2019.patch("""
            {"rates": [{"first": "2019-12", "last": "2021-12", "yuan": "1.2345", "per": "square_metre_month"},
                       {"first": "2022-01", "last": "2023-12", "yuan": "6.1250", "per": "household_month"}],
             "city_share": "1/3", "readings": {"gate_mode": "annual"}}""");

    final long[] households = new long[ROWS];
    final long[] area = new long[ROWS];
    final int[] first = new int[ROWS];
    final int[] last = new int[ROWS];
    final long[] passed = new long[ROWS];

    {
        // With negative and huge quantities, and some last before first.
        Random draw = new Random(2019);
        for (int i = 0; i < ROWS; i++) {
            households[i] = draw.nextInt(100) == 0 ? -1 : draw.nextInt(100) == 0 ? 1L << 62 : draw.nextInt(5000);
            area[i] = draw.nextInt(100_000_000);
            first[i] = 599 + draw.nextInt(54) - 6;
            last[i] = first[i] + draw.nextInt(62) - 2;
            passed[i] = draw.nextInt(32);
        }
    }

    private record Made(long[] total, long[] city, long[] district, byte[] statuses, Pass pass) {}

    private static Made awards(Policy policy, ClaimColumns claims, int rows) {
        long[] total = new long[rows];
        long[] city = new long[rows];
        long[] district = new long[rows];
        byte[] statuses = new byte[rows];
        Pass pass = policy.awards(claims, new AwardColumns(Column.of(total), Column.of(city), Column.of(district), null,
                null, null, Column.of(statuses)), rows);
        return new Made(total, city, district, statuses, pass);
    }

    private static void same(Made wanted, Made found) {
        assertEquals(wanted.pass, found.pass);
        assertArrayEquals(wanted.total, found.total);
        assertArrayEquals(wanted.city, found.city);
        assertArrayEquals(wanted.district, found.district);
        assertArrayEquals(wanted.statuses, found.statuses);
    }

    private ClaimColumns arrays() {
        return new ClaimColumns(Column.of(households), Column.of(area), null, Column.of(first), Column.of(last),
                Column.of(passed), null, null);
    }

    @Test
    void eachRowIsTheAwardOfItsClaim() {
        ClaimColumns claims = ClaimColumns.of(Column.of(households), Column.of(first), Column.of(last));
        Made made = awards(Policy.NANCHANG_2019, claims, ROWS);
        long bad = 0;
        for (int i = 0; i < ROWS; i++) {
            Status status = Status.values()[made.statuses[i]];
            bad += status == Status.OK ? 0 : 1;
            assertEquals(status == Status.OK, made.total[i] != Pass.NO_AMOUNT);
            if (i % 97 != 0) {
                continue;
            }
            YearMonth from = YearMonth.of(1970, 1).plusMonths(first[i]);
            YearMonth to = YearMonth.of(1970, 1).plusMonths(last[i]);
            try {
                Award award = Policy.NANCHANG_2019.award(households[i], from, to);
                assertEquals(List.of(award.totalFen(), award.cityFen(), award.districtFen()),
                        List.of(made.total[i], made.city[i], made.district[i]));
                long[] row = new long[3];
                assertEquals(0, Policy.NANCHANG_2019.awardRow(1, households[i], 0, 0, first[i], last[i], 0, 0, row));
                assertArrayEquals(new long[] {made.total[i], made.city[i], made.district[i]}, row);
            } catch (PilotException refused) {
                assertEquals(status, refused.status());
            }
        }
        assertTrue(bad > 1000);
        assertEquals(bad, made.pass.bad());
        assertEquals(Status.values()[made.statuses[(int) made.pass.firstBad()]], made.pass.status());
    }

    @Test
    void aRowByItselfIsTheSame() {
        Made made = awards(REFORM, arrays(), ROWS);
        long[] row = new long[3];
        for (int i = 0; i < ROWS; i += 7) {
            assertEquals(made.statuses[i],
                    REFORM.awardRow(1 | 2 | 8, households[i], area[i], 0, first[i], last[i], passed[i], 0, row));
            if (made.statuses[i] == 0) {
                assertArrayEquals(new long[] {made.total[i], made.city[i], made.district[i]}, row);
            }
        }
    }

    private static LongBuffer longs(long[] values) {
        LongBuffer buffer = ByteBuffer.allocateDirect(values.length * 8).order(ByteOrder.nativeOrder()).asLongBuffer();
        return buffer.put(values).flip();
    }

    private static IntBuffer ints(int[] values) {
        IntBuffer buffer = ByteBuffer.allocateDirect(values.length * 4).order(ByteOrder.nativeOrder()).asIntBuffer();
        return buffer.put(values).flip();
    }

    @Test
    void wherever_the_numbers_lie() {
        Made wanted = awards(REFORM, arrays(), ROWS);
        LongBuffer total = longs(new long[ROWS]);
        ByteBuffer statuses = ByteBuffer.allocateDirect(ROWS);
        Pass pass = REFORM.awards(
                new ClaimColumns(Column.of(longs(households)), Column.of(longs(area)), null, Column.of(ints(first)),
                        Column.of(ints(last)), Column.of(longs(passed)), null, null),
                new AwardColumns(Column.of(total), null, null, null, null, null, Column.of(statuses)), ROWS);
        long[] made = new long[ROWS];
        total.get(made);
        byte[] told = new byte[ROWS];
        statuses.get(told);
        assertArrayEquals(wanted.total, made);
        assertArrayEquals(wanted.statuses, told);
        assertEquals(wanted.pass, pass);

        try (BufferAllocator allocator = new RootAllocator(); BigIntVector homes = new BigIntVector("h", allocator);
                IntVector from = new IntVector("f", allocator); BigIntVector paid = new BigIntVector("t", allocator)) {
            homes.allocateNew(ROWS);
            from.allocateNew(ROWS);
            paid.allocateNew(ROWS);
            for (int i = 0; i < ROWS; i++) {
                homes.set(i, households[i]);
                from.set(i, first[i]);
            }
            REFORM.awards(
                    new ClaimColumns(Column.at(homes.getDataBufferAddress(), ROWS, Column.Element.LONG), Column.of(area),
                            null, Column.at(from.getDataBufferAddress(), ROWS, Column.Element.INT), Column.of(last),
                            Column.of(passed), null, null),
                    new AwardColumns(Column.at(paid.getDataBufferAddress(), ROWS, Column.Element.LONG), null, null, null,
                            null, null, null),
                    ROWS);
            paid.setValueCount(ROWS);
            for (int i = 0; i < ROWS; i++) {
                assertEquals(wanted.total[i], paid.getDataBuffer().getLong(8L * i));
            }
        }
    }

    @Test
    void anyCutIsTheSame() {
        Made whole = awards(REFORM, arrays(), ROWS);
        for (int from = 0; from < ROWS; from += 9973) {
            int to = Math.min(ROWS, from + 9973);
            Made part = awards(REFORM,
                    new ClaimColumns(Column.of(Arrays.copyOfRange(households, from, to)),
                            Column.of(Arrays.copyOfRange(area, from, to)), null,
                            Column.of(Arrays.copyOfRange(first, from, to)), Column.of(Arrays.copyOfRange(last, from, to)),
                            Column.of(Arrays.copyOfRange(passed, from, to)), null, null),
                    to - from);
            assertArrayEquals(Arrays.copyOfRange(whole.total, from, to), part.total);
            assertArrayEquals(Arrays.copyOfRange(whole.statuses, from, to), part.statuses);
        }
        same(new Made(new long[0], new long[0], new long[0], new byte[0], new Pass(0, 0, 0, Status.OK)),
                awards(REFORM, arrays(), 0));
    }

    @Test
    void yearsAddUpToTheRow() {
        long[] total = new long[ROWS];
        long[] years = new long[ROWS * 5]; // 2019 to 2023
        Policy.NANCHANG_2019.awards(arrays(), new AwardColumns(Column.of(total), null, null, null, Column.of(years), null,
                null), ROWS);
        for (int i = 0; i < ROWS; i++) {
            if (total[i] != Pass.NO_AMOUNT) {
                assertEquals(total[i], Arrays.stream(years, i * 5, i * 5 + 5).sum());
            }
        }
    }

    @Test
    void oneNumberForEveryRow() {
        // 956 households, 2019-12 to 2023-12: 25 months at 18 yuan, 12 at 12, 12 at 6.
        Made made = awards(Policy.NANCHANG_2019,
                ClaimColumns.of(Column.constant(956), Column.constant(599), Column.constant(647)), 3);
        long paid = 956 * (25 * 18 + 12 * 12 + 12 * 6) * 100L;
        assertArrayEquals(new long[] {paid, paid, paid}, made.total);
    }

    @Test
    void fees() {
        long[] price = {3500, 3050, -1};
        long[] squareMetres = {8000, 8351, 1};
        long[] amounts = new long[3];
        byte[] statuses = new byte[3];
        Pass pass = Policy.fees(Column.of(price), Column.of(squareMetres), Column.constant(3), RoundingRule.DEFAULT,
                Column.of(amounts), Column.of(statuses), 3);
        // 0.35 x 80 x 3 is 84 yuan; 0.305 x 83.51 x 3 is 76.41165.
        assertArrayEquals(new long[] {8400, 7641, Pass.NO_AMOUNT}, amounts);
        assertEquals(new Pass(3, 1, 2, Status.RANGE), pass);
        assertEquals(new BigDecimal("84.00"),
                Policy.fee(new BigDecimal("0.35"), new BigDecimal("80"), 3, RoundingRule.DEFAULT));
        assertEquals(new BigDecimal("77.00"), Policy.fee(new BigDecimal("0.305"), new BigDecimal("83.51"), 3,
                new RoundingRule(Rounding.UP, RoundingUnit.YUAN, RoundingStep.BILL)));
        PilotException precise = assertThrows(PilotException.class,
                () -> Policy.fee(new BigDecimal("0.35001"), BigDecimal.TEN, 1, RoundingRule.DEFAULT));
        assertEquals(List.of(Status.PRECISION, "/price"), List.of(precise.status(), precise.path()));
        assertEquals(Status.RANGE, assertThrows(PilotException.class,
                () -> Policy.fee(BigDecimal.ONE, BigDecimal.TEN, 0, RoundingRule.DEFAULT)).status());
    }

    @Test
    void whatIsRefused() {
        ClaimColumns claims = ClaimColumns.of(Column.of(1L), Column.constant(599), Column.constant(600));
        long[] two = new long[2];
        assertThrows(IllegalArgumentException.class,
                () -> Policy.NANCHANG_2019.awards(claims, AwardColumns.of(two, new byte[2]), 2));
        assertThrows(IllegalArgumentException.class,
                () -> Policy.NANCHANG_2019.awards(claims, AwardColumns.of(new long[0], new byte[1]), 1));
        assertThrows(IllegalArgumentException.class, () -> Column.of(LongBuffer.wrap(two)));
        assertThrows(IllegalArgumentException.class, () -> Column.of(ByteBuffer.allocateDirect(16)
                .order(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()));
        assertThrows(IllegalArgumentException.class, () -> Column.at(4, 1, Column.Element.LONG));
        assertThrows(IllegalArgumentException.class,
                () -> new AwardColumns(Column.constant(1), null, null, null, null, null, null));
        assertThrows(IllegalArgumentException.class,
                () -> ClaimColumns.of(Column.constant(1), null, Column.constant(600)));
        assertEquals(Status.MISSING_VALUE, assertThrows(PilotException.class,
                () -> Policy.NANCHANG_2019.patch("{\"readings\": {\"pass_effect\": \"from_the_pass\"}}").awards(claims,
                        AwardColumns.of(new long[1], new byte[1]), 1)).status());
    }
}
