package libpilot.spark;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** pilot_tally */
final class TallyFunction extends PackedFunction {
    private static final long serialVersionUID = 1;
    private static final int MONTH_OF_NONE = Integer.MIN_VALUE; // a bad row

    TallyFunction(String patch, int given) {
        super(patch, given);
    }

    @Override
    public Serializable update(Serializable state, InternalRow row) {
        long[] values = new long[7];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getLong(i + 1);
        }
        if (!row.getBoolean(0)) {
            values[3] = MONTH_OF_NONE;
        }
        ((TallyState) state).add(values);
        return state;
    }

    @Override
    public DataType[] inputTypes() {
        DataType whole = DataTypes.LongType;
        return new DataType[] {DataTypes.BooleanType, whole, whole, whole, whole, whole, whole, whole};
    }

    @Override
    public String name() {
        return "pilot_tally";
    }
}
