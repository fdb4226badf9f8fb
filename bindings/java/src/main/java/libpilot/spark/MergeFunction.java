package libpilot.spark;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** pilot_merge: a null is no tally. */
final class MergeFunction extends PackedFunction {
    private static final long serialVersionUID = 1;

    MergeFunction(String patch) {
        super(patch, 0);
    }

    @Override
    public Serializable update(Serializable state, InternalRow row) {
        if (!row.isNullAt(0)) {
            ((TallyState) state).merge(row.getBinary(0));
        }
        return state;
    }

    @Override
    public DataType[] inputTypes() {
        return new DataType[] {DataTypes.BinaryType};
    }

    @Override
    public String name() {
        return "pilot_merge";
    }
}
