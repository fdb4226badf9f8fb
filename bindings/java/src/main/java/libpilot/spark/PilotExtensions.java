package libpilot.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.aggregate.V2Aggregator;
import scala.Function1;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The functions of Spark SQL, for sessions made with {@code spark.sql.extensions=libpilot.spark.PilotExtensions}: SQL,
 * Scala, Java and PySpark call them alike, and no row leaves the executor's Java.
 *
 * <ul>
 * <li>{@code pilot_award(households, first, last [, passed [, failed [, building_area [, communities]]]] [, policy])}: a
 * struct of total_fen, city_fen, district_fen and status. A row that cannot be computed has nulls and the reason.
 * <li>{@code pilot_tally(...)}, of the same arguments: an aggregate, the packed tally of the group's awards.
 * <li>{@code pilot_merge(tally [, policy])}: an aggregate of packed tallies, those of Python as well.
 * <li>{@code pilot_fee(price, area, months)}: a struct of amount_fen and status; yuan a month and m², m², months.
 * </ul>
 *
 * Months are dates, timestamps (by the wall clock of the session's zone), texts as "2019-12", or numbers since 1970-01;
 * areas are m², as a whole number or a decimal of at most two places. passed and failed are booleans of all years, where
 * null is not assessed yet, or masks of years as in {@link libpilot.ClaimColumns}. NULL leaves an argument out. policy is
 * a text that holds for all rows: the reform of the notice's policy, as a JSON merge patch.
 */
public final class PilotExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    private interface Builder {
        Expression build(Arguments arguments);
    }

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        add(extensions, "pilot_award", arguments -> {
            Claims claims = Claims.of(arguments);
            return arguments.invoke(new AwardFunction(claims.patch(), claims.given()), AwardFunction.TYPE, claims.columns());
        });
        add(extensions, "pilot_tally", arguments -> {
            Claims claims = Claims.of(arguments);
            return new V2Aggregator<>(new TallyFunction(claims.patch(), claims.given()), Arguments.seq(claims.columns()), 0, 0);
        });
        add(extensions, "pilot_merge", arguments -> {
            String patch = arguments.takePolicy(1);
            return new V2Aggregator<>(new MergeFunction(patch), Arguments.seq(arguments.binary(0)), 0, 0);
        });
        add(extensions, "pilot_fee", arguments -> arguments.invoke(new FeeFunction(), FeeFunction.TYPE, arguments.known(0, 1, 2),
                arguments.decimal(0, 4), arguments.decimal(1, 2), arguments.whole(2)));
        return BoxedUnit.UNIT;
    }

    private static void add(SparkSessionExtensions extensions, String name, Builder builder) {
        Function1<Seq<Expression>, Expression> build = new AbstractFunction1<>() {
            @Override
            public Expression apply(Seq<Expression> given) {
                return builder.build(new Arguments(name, given));
            }
        };
        extensions.injectFunction(new Tuple3<>(new FunctionIdentifier(name),
                new ExpressionInfo(PilotExtensions.class.getName(), name), build));
    }
}
