package libpilot;

import java.math.BigDecimal;

/** Money, unit prices and areas between their exact decimals and the library's whole numbers. */
final class Yuan {
    private Yuan() {}

    static BigDecimal of(long fen) {
        return BigDecimal.valueOf(fen, 2);
    }

    /** The value in units of its last decimal. More decimals are refused, never rounded. */
    static long units(BigDecimal value, int decimals, String path) {
        BigDecimal moved = value.movePointRight(decimals);
        if (moved.stripTrailingZeros().scale() > 0) {
            throw refused(Status.PRECISION, path, value, "最多" + decimals + "位小数", "at most " + decimals + " decimals");
        }
        try {
            return moved.longValueExact();
        } catch (ArithmeticException error) {
            throw refused(Status.OVERFLOW, path, value, "能以64位整数表示的数", "a number that 64 bits hold");
        }
    }

    private static PilotException refused(Status status, String path, BigDecimal value, String zh, String en) {
        String found = value.toString();
        return new PilotException(new Problem(status, path, 0, 0, found,
                "找到" + found + "，应为" + zh, "found " + found + " where " + en + " are wanted"));
    }
}
