package libpilot.spark;

import libpilot.RowAward;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** The struct of pilot_award: a generic row, whose numbers are not objects until they are asked for as such. */
final class AwardRow extends GenericInternalRow {
    private static final long serialVersionUID = 1;
    private static final int STATUS = 3;

    private final int status;
    private final long total;
    private final long city;
    private final long district;

    AwardRow(RowAward row, int status) {
        super((Object[]) null);
        this.status = status;
        this.total = row.total();
        this.city = row.city();
        this.district = row.district();
    }

    @Override
    public int numFields() {
        return STATUS + 1;
    }

    @Override
    public boolean isNullAt(int field) {
        return status != 0 && field < STATUS;
    }

    @Override
    public long getLong(int field) {
        return field == 0 ? total : field == 1 ? city : district;
    }

    @Override
    public UTF8String getUTF8String(int field) {
        return Words.of(status);
    }

    @Override
    public Object genericGet(int field) {
        if (field == STATUS) {
            return Words.of(status);
        }
        return isNullAt(field) ? null : (Object) getLong(field);
    }

    @Override
    public GenericInternalRow copy() {
        return this; // it never changes
    }
}
