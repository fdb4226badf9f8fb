package libpilot.spark;

import java.time.LocalDate;
import libpilot.Policy;
import libpilot.Status;
import org.apache.spark.unsafe.types.UTF8String;

/** Months since 1970-01, and the status of what is none, as numbers that no month has. */
public final class Months {
    private Months() {}

    /** Called by the code that Spark makes. */
    public static long of(long month) {
        return month == (int) month ? month : none(Status.RANGE);
    }

    /** The month of a day since 1970-01-01. */
    public static long ofDay(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return of((date.getYear() - 1970L) * 12 + date.getMonthValue() - 1);
    }

    /** "2019-12", or a day of it: "2019-12-31". */
    public static long ofText(UTF8String text) {
        int[] month = new int[1];
        Status status = Policy.parseMonth(text.getBytes(), month);
        return status == Status.OK ? month[0] : none(status);
    }

    private static long none(Status status) {
        return Long.MIN_VALUE + status.number();
    }

    /** The number of the first one's status that is no month; 0 of two months. */
    static int status(long first, long last) {
        long none = first != (int) first ? first : last;
        return none == (int) none ? 0 : (int) (none - Long.MIN_VALUE);
    }
}
