package libpilot.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import libpilot.PilotException;
import libpilot.Policy;

/** Policies by their patch: each is made once in a Java. */
final class Policies {
    private static final Map<String, Policy> MADE = new ConcurrentHashMap<>();

    private Policies() {}

    /** Refused as any argument is: Spark hands that kind on to all its languages. */
    static Policy of(String patch) {
        try {
            return MADE.computeIfAbsent(patch, Policy.NANCHANG_2019::patch);
        } catch (PilotException refused) {
            throw new IllegalArgumentException("the policy: " + refused.getMessage(), refused);
        }
    }
}
