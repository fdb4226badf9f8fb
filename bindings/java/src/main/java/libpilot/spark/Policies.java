package libpilot.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import libpilot.Policy;

/** Policies by their patch: each is made once in a Java. */
final class Policies {
    private static final Map<String, Policy> MADE = new ConcurrentHashMap<>();

    private Policies() {}

    static Policy of(String patch) {
        return MADE.computeIfAbsent(patch, Policy.NANCHANG_2019::patch);
    }
}
