package libpilot.spark;

import java.io.Serializable;
import libpilot.Policy;
import libpilot.RoundingRule;
import libpilot.Status;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** pilot_fee: half up to the fen. */
public final class FeeFunction implements Serializable {
    private static final long serialVersionUID = 1;

    static final StructType TYPE =
            new StructType().add("amount_fen", DataTypes.LongType).add("status", DataTypes.StringType, false);

    /** Called by the code that Spark makes. */
    public InternalRow invoke(boolean known, long price, long area, long months) {
        long[] amount = new long[1];
        int status = !known ? Status.MISSING_VALUE.number() : Policy.feeRow(price, area, months, RoundingRule.DEFAULT, amount);
        return new GenericInternalRow(status == 0 ? new Object[] {amount[0], Words.OK} : new Object[] {null, Words.of(status)});
    }
}
