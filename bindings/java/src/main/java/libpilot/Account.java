package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A community's account (4.4-1 to 4.4.2-5), as {@code docs/schema/account.schema.json} has its terms. */
public final class Account extends Handled<AccountHandle> {
    private Account(byte[] json) {
        super(new AccountHandle(json), AccountHandle::release);
    }

    /** @throws PilotException all that is wrong with the text, with lines and columns */
    public static Account of(String json) {
        return new Account(Json.bytes(json));
    }

    /** The same of a file's bytes, which have to be UTF-8. */
    public static Account of(byte[] json) {
        return new Account(json);
    }

    /** Months, years and what each year would take: {@code docs/schema/account_result.schema.json}. */
    public JsonNode compute(Policy policy) {
        return call("account", policy);
    }

    /** Its shortfalls under every reading. */
    public JsonNode range(Policy policy) {
        return call("account_range", policy);
    }

    private JsonNode call(String call, Policy policy) {
        PolicyHandle given = policy.handle();
        ObjectNode request = Pilot.request(call, null);
        return with(account -> Pilot.result(given, null, null, account, request));
    }
}
