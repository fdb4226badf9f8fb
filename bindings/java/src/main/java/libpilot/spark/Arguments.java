package libpilot.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What a function was called with, as expressions of the whole numbers that the library takes. */
final class Arguments {
    private final String name;
    private final List<Expression> given;

    Arguments(String name, Seq<Expression> given) {
        this.name = name;
        this.given = new ArrayList<>(CollectionConverters.asJava(given));
    }

    static Seq<Expression> seq(Expression... expressions) {
        return CollectionConverters.asScala(Arrays.asList(expressions)).toSeq();
    }

    /** Whether there is an argument of this number, other than NULL. */
    boolean has(int number) {
        return number < given.size() && !(given.get(number).dataType() instanceof NullType);
    }

    int count() {
        return given.size();
    }

    IllegalArgumentException refused(String why) {
        return new IllegalArgumentException(name + ": " + why);
    }

    private Expression at(int number) {
        if (number >= given.size()) {
            throw refused("there are " + given.size() + " arguments, and a further one is wanted");
        }
        return given.get(number);
    }

    /** Takes the policy away: a last argument from that number on which is a text for all rows. "{}" without one. */
    String takePolicy(int from) {
        int last = given.size() - 1;
        if (last < from || !(given.get(last).dataType() instanceof StringType)) {
            return "{}";
        }
        if (!given.get(last).foldable()) {
            throw refused("the policy is one text for all rows, not a column");
        }
        Object text = given.remove(last).eval(null);
        return text == null ? "{}" : text.toString();
    }

    /** Whether none of these is null in a row. */
    Expression known(int... numbers) {
        Expression all = new Literal(true, DataTypes.BooleanType);
        for (int number : numbers) {
            all = new And(all, new IsNotNull(at(number)));
        }
        return all;
    }

    /** A whole number; 0 where it is null. */
    Expression whole(int number) {
        return or0(new Cast(wholeAt(number), DataTypes.LongType, Option.empty()));
    }

    private Expression wholeAt(int number) {
        DataType type = at(number).dataType();
        if (!isWhole(type)) {
            throw refused("argument " + (number + 1) + " is " + type.simpleString() + " where a whole number is wanted");
        }
        return at(number);
    }

    private static boolean isWhole(DataType type) {
        return type instanceof LongType || type instanceof IntegerType || type instanceof ShortType || type instanceof ByteType
                || type instanceof NullType;
    }

    /** A decimal or whole number, in units of its last place; 0 where it is null. */
    Expression decimal(int number, int places) {
        DataType type = at(number).dataType();
        boolean fits = type instanceof DecimalType decimal ? decimal.scale() <= places : isWhole(type);
        if (!fits) {
            throw refused("argument " + (number + 1) + " is " + type.simpleString() + " where a whole number or a decimal of at most "
                    + places + " places is wanted");
        }
        return or0(new UnscaledValue(new Cast(at(number), new DecimalType(18, places), Option.empty())));
    }

    /** A month since 1970-01, or what {@link Months} has for none; 0 where it is null. */
    Expression month(int number) {
        Expression value = at(number);
        DataType type = value.dataType();
        if (type instanceof TimestampType || type instanceof TimestampNTZType) {
            return month("ofDay", new Cast(value, DataTypes.DateType, Option.empty()));
        }
        if (type instanceof DateType) {
            return month("ofDay", value);
        }
        if (type instanceof StringType) {
            return month("ofText", value);
        }
        Expression whole = new Cast(wholeAt(number), DataTypes.LongType, Option.empty());
        return type instanceof LongType ? month("of", whole) : or0(whole);
    }

    private static Expression month(String method, Expression value) {
        return or0(new StaticInvoke(Months.class, DataTypes.LongType, method, seq(value), noTypes(), true, true, true,
                Option.empty()));
    }

    /** A mask of years: a boolean is all or none, and null none; 0 of a mask that is null. */
    Expression mask(int number) {
        if (!isBoolean(number)) {
            return whole(number);
        }
        return new If(new Coalesce(seq(at(number), new Literal(false, DataTypes.BooleanType))),
                new Literal(-1L, DataTypes.LongType), new Literal(0L, DataTypes.LongType));
    }

    boolean isBoolean(int number) {
        return at(number).dataType() instanceof BooleanType;
    }

    Expression binary(int number) {
        if (!(at(number).dataType() instanceof BinaryType)) {
            throw refused("argument " + (number + 1) + " is " + at(number).dataType().simpleString() + " where a binary is wanted");
        }
        return at(number);
    }


    /** The object's method invoke on arguments of which none is null. */
    Expression invoke(Object function, DataType type, Expression... arguments) {
        return new Invoke(new Literal(function, new ObjectType(function.getClass())), "invoke", type, seq(arguments), noTypes(),
                false, false, true);
    }

    private static Expression or0(Expression value) {
        return new Coalesce(seq(value, new Literal(0L, DataTypes.LongType)));
    }

    private static Seq<AbstractDataType> noTypes() {
        return CollectionConverters.asScala(List.<AbstractDataType>of()).toSeq();
    }
}
