package libpilot.spark;

import java.io.Serializable;
import libpilot.Policy;
import org.apache.spark.sql.connector.catalog.functions.AggregateFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** An aggregate that gives a packed tally. A state is a {@link TallyState}, or bytes where it has travelled. */
abstract class PackedFunction implements AggregateFunction<Serializable, byte[]> {
    private static final long serialVersionUID = 1;

    private final String patch;
    final int given;
    private transient Policy policy;

    PackedFunction(String patch, int given) {
        this.patch = patch;
        this.given = given;
    }

    @Override
    public Serializable newAggregationState() {
        if (policy == null) {
            policy = Policies.of(patch);
        }
        return new TallyState(policy, given);
    }

    @Override
    public Serializable merge(Serializable state, Serializable other) {
        byte[] packed = other instanceof TallyState whole ? whole.toBytes() : (byte[]) other;
        TallyState into = state instanceof TallyState whole ? whole : (TallyState) merge(newAggregationState(), state);
        into.merge(packed);
        return into;
    }

    @Override
    public byte[] produceResult(Serializable state) {
        return state instanceof TallyState whole ? whole.toBytes() : (byte[]) state;
    }

    @Override
    public DataType resultType() {
        return DataTypes.BinaryType;
    }

    @Override
    public boolean isResultNullable() {
        return false;
    }
}
