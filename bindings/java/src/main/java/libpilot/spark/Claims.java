package libpilot.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/**
 * The claims of a call.
 *
 * @param patch the policy's
 * @param given as {@link libpilot.RowAward} has it
 * @param columns whether all that is looked at is known; households, area, communities, first, last, passed, failed
 */
record Claims(String patch, int given, Expression[] columns) {
    private static final int HOUSEHOLDS = 0;
    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final int PASSED = 3;
    private static final int FAILED = 4;
    private static final int AREA = 5;
    private static final int COMMUNITIES = 6;
    private static final int COUNT = 7;

    static Claims of(Arguments arguments) {
        String patch = arguments.takePolicy(3);
        if (arguments.count() < 3 || arguments.count() > COUNT) {
            throw arguments.refused("3 to 7 arguments and a policy are wanted");
        }
        Set<String> bases = bases(Policies.of(patch).toJson());
        List<Integer> needed = new ArrayList<>(List.of(FIRST, LAST));
        // What the policy does not pay by is not looked at.
        int given = 0;
        given |= quantity(arguments, bases, "household_month", HOUSEHOLDS, 1, needed);
        given |= quantity(arguments, bases, "square_metre_month", AREA, 2, needed);
        given |= quantity(arguments, bases, "community_month", COMMUNITIES, 4, needed);
        given |= mask(arguments, PASSED, 8, needed);
        given |= mask(arguments, FAILED, 16, needed);
        Expression none = new Literal(0L, DataTypes.LongType);
        Expression[] columns = {arguments.known(needed.stream().mapToInt(Integer::intValue).toArray()),
            (given & 1) != 0 ? arguments.whole(HOUSEHOLDS) : none, (given & 2) != 0 ? arguments.decimal(AREA, 2) : none,
            (given & 4) != 0 ? arguments.whole(COMMUNITIES) : none, arguments.month(FIRST), arguments.month(LAST),
            (given & 8) != 0 ? arguments.mask(PASSED) : none, (given & 16) != 0 ? arguments.mask(FAILED) : none};
        return new Claims(patch, given, columns);
    }

    private static int quantity(Arguments arguments, Set<String> bases, String basis, int number, int bit,
            List<Integer> needed) {
        if (!bases.contains(basis)) {
            return 0;
        }
        if (number >= arguments.count()) {
            throw arguments.refused("the policy pays by " + basis + ": argument " + (number + 1) + " is wanted");
        }
        needed.add(number);
        return bit;
    }

    private static int mask(Arguments arguments, int number, int bit, List<Integer> needed) {
        if (!arguments.has(number)) {
            return 0;
        }
        if (!arguments.isBoolean(number)) {
            needed.add(number);
        }
        return bit;
    }

    private static Set<String> bases(String policy) {
        Set<String> bases = new HashSet<>();
        try {
            new ObjectMapper().readTree(policy).path("rates").forEach(rate -> bases.add(rate.path("per").asText()));
        } catch (JsonProcessingException error) {
            throw new IllegalStateException(error);
        }
        return bases;
    }
}
