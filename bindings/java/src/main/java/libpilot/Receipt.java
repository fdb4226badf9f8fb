package libpilot;

import java.time.LocalDate;

/**
 * Where a result comes from.
 *
 * @param library its version
 * @param policy its id, and the fingerprint of its canonical JSON
 * @param asOf null where the result is of no day
 */
public record Receipt(String library, String policy, String fingerprint, LocalDate asOf) {}
