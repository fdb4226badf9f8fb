package libpilot.spark;

import java.util.Locale;
import libpilot.Status;
import org.apache.spark.unsafe.types.UTF8String;

/** Statuses as Spark has text. */
final class Words {
    private static final UTF8String[] WORDS = new UTF8String[Status.values().length];

    static {
        for (Status status : Status.values()) {
            WORDS[status.number()] = UTF8String.fromString(status.name().toLowerCase(Locale.ROOT));
        }
    }

    static final UTF8String OK = of(0);

    private Words() {}

    static UTF8String of(int status) {
        return WORDS[status];
    }
}
