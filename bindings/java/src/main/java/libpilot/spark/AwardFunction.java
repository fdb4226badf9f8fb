package libpilot.spark;

import java.io.Serializable;
import libpilot.RowAward;
import libpilot.Status;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** pilot_award. It travels as its policy's patch. */
public final class AwardFunction implements Serializable {
    private static final long serialVersionUID = 1;

    static final StructType TYPE = new StructType()
            .add("total_fen", DataTypes.LongType)
            .add("city_fen", DataTypes.LongType)
            .add("district_fen", DataTypes.LongType)
            .add("status", DataTypes.StringType, false);

    private final String patch;
    private final int given;
    private transient ThreadLocal<RowAward> rows;

    AwardFunction(String patch, int given) {
        this.patch = patch;
        this.given = given;
    }

    /** Called by the code that Spark makes. */
    public InternalRow invoke(boolean known, long households, long area, long communities, long first, long last,
            long passed, long failed) {
        if (rows == null) {
            rows = ThreadLocal.withInitial(() -> new RowAward(Policies.of(patch), given));
        }
        int status = !known ? Status.MISSING_VALUE.number() : Months.status(first, last);
        RowAward row = rows.get();
        if (status == 0) {
            status = row.compute(households, area, communities, (int) first, (int) last, passed, failed);
        }
        return new AwardRow(row, status);
    }
}
