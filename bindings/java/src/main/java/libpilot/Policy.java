package libpilot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.YearMonth;

/**
 * The scheme's parameters and disputed readings, which never change once made: a reform is another policy. Any number
 * of threads may share one. It is serialized as its JSON.
 */
public final class Policy implements AutoCloseable, Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** The notice as it was published. Closing it is refused. */
    public static final Policy NANCHANG_2019 = new Policy(Native.nanchang_2019());

    // Calls on a policy are short and many, so that none of them locks: one that has the handle keeps it alive, and
    // its memory goes when the last of them, and the collector, is done with it.
    private final transient PolicyHandle made;
    private transient volatile boolean closed;

    private Policy(PolicyHandle handle) {
        this.made = handle;
    }

    /** A policy's file: it has an id, and a parameter that it leaves out has the notice's value. */
    public static Policy of(String json) {
        return of(Json.bytes(json));
    }

    /** The same of a file's bytes, which have to be UTF-8. */
    public static Policy of(byte[] json) {
        return new Policy(new PolicyHandle(json));
    }

    /** The policy with an RFC 7396 merge patch applied. */
    public Policy patch(String json) {
        return patch(Json.bytes(json));
    }

    /** The same of a file's bytes, which have to be UTF-8. */
    public Policy patch(byte[] json) {
        return new Policy(Native.policy_patch(handle(), json));
    }

    /** Its canonical JSON: equal policies have the same. */
    public String toJson() {
        return Json.text(Json.write(Pilot.result(handle(), null, null, null, Pilot.request("policy", null))));
    }

    /**
     * What households are paid for months of service, both included, where every year's assessment is passed
     * (4.4.1-1 to 4.4.1-8).
     */
    public Award award(long households, YearMonth first, YearMonth last) {
        long[] a = new long[6];
        Native.award(handle(), households, month(first), month(last), a);
        return new Award(a[0], a[1], a[2], a[3], (int) a[4], (int) a[5]);
    }

    /** The award of any claim, with its lines and its receipt. */
    public AwardDocument award(Claim claim) {
        return Json.as(call("award", "claim", claim), AwardDocument.class);
    }

    /** The least and the greatest that the claim is paid under any reading, and which readings move it. */
    public JsonNode awardRange(Claim claim) {
        return call("award_range", "claim", claim);
    }

    /** A document about money outside the gate, as {@code docs/schema/outside.schema.json} has it; its result. */
    public JsonNode outside(JsonNode outside) {
        return call("outside", "outside", outside);
    }

    /** The reform that leads from this policy to the other: a merge patch. */
    public String diff(Policy to) {
        ObjectNode members = Json.MAPPER.createObjectNode();
        members.set("from", Json.read(Json.bytes(toJson())));
        members.set("to", Json.read(Json.bytes(to.toJson())));
        return Json.text(Json.write(Pilot.call("diff", members)));
    }

    /** The awards of rows (4.4.1-6, 4.4.1-8): as {@link #award} of each. */
    public Pass awards(ClaimColumns claims, AwardColumns to, long rows) {
        PolicyHandle handle = handle();
        return Columns.pass(rows, 8, 12, Native.policy_years(handle, new long[1]),
                (arrays, numbers, count, pass) -> Native.award_columns(handle, arrays, numbers, count, pass),
                claims.with(to.total(), to.city(), to.district(), to.withheld(), to.years(), to.reasons(), to.statuses()));
    }

    /** A dwelling's fee in yuan: price a month and m² (at most 4 decimals), area in m² (at most 2), months. */
    public static BigDecimal fee(BigDecimal price, BigDecimal area, int months, RoundingRule rule) {
        return Yuan.of(Native.fee(Yuan.units(price, 4, "/price"), Yuan.units(area, 2, "/area"), months,
                rule.mode().number(), rule.unit().number(), rule.step().number()));
    }

    /** The fees of rows: price in 0.0001 yuan, area in 0.01 m², months; amounts in fen. statuses may be null. */
    public static Pass fees(Column price, Column area, Column months, RoundingRule rule, Column amounts,
            Column statuses, long rows) {
        AwardColumns.require(amounts, Column.Element.LONG);
        AwardColumns.require(statuses, Column.Element.BYTE);
        return Columns.pass(rows, 3, -1, 0,
                (arrays, numbers, count, pass) -> Native.fee_columns(arrays, numbers, rule.mode().number(),
                        rule.unit().number(), rule.step().number(), count, pass),
                price, area, months, amounts, statuses);
    }

    /** As {@link Column} has months: 2019-12 is 599. */
    public static int month(YearMonth month) {
        return (month.getYear() - 1970) * 12 + month.getMonthValue() - 1;
    }

    /**
     * The award of a row, for engines that go row by row.
     *
     * @param given 1 households, 2 area, 4 communities, 8 passed, 16 failed
     * @param row becomes total, city and district
     * @return why the row is bad, by number
     */
    public int awardRow(int given, long households, long areaDm2, long communities, int first, int last, long passed,
            long failed, long[] row) {
        return Native.award_row(handle(), given, households, areaDm2, communities, first, last, passed, failed, row);
    }

    JsonNode call(String call, String member, Object value) {
        ObjectNode members = Json.MAPPER.createObjectNode();
        members.set(member, Json.MAPPER.valueToTree(value));
        return Pilot.result(handle(), null, null, null, Pilot.request(call, members));
    }

    PolicyHandle handle() {
        if (closed) {
            throw new IllegalStateException("this Policy is closed");
        }
        return made;
    }

    /** Calls from now on are refused; those under way end as usual. */
    @Override
    public void close() {
        if (this == NANCHANG_2019) {
            throw new UnsupportedOperationException("the notice's own policy stays open");
        }
        closed = true;
    }

    private record Saved(String json) implements Serializable {
        @Serial
        private Object readResolve() {
            return Policy.of(json);
        }
    }

    @Serial
    private Object writeReplace() {
        return new Saved(toJson());
    }

    @Serial
    private void readObject(ObjectInputStream from) throws InvalidObjectException {
        throw new InvalidObjectException("a policy is read from its JSON");
    }
}
