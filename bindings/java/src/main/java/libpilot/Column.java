package libpilot;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/**
 * A column of whole numbers that stays where it is: an array, a direct buffer, any memory by its address, or one
 * number for every row. Months are those since 1970-01, areas 0.01 m², unit prices 0.0001 yuan, money fen.
 *
 * <p>A column is read while a call runs, and written to where it is a result; two calls at once may share one
 * that both read.
 */
public final class Column {
    /** What a column's elements are. Only statuses and reasons are bytes. */
    public enum Element {
        LONG(1, Long.BYTES), INT(2, Integer.BYTES), BYTE(3, 1);

        final int kind;
        final int bytes;

        Element(int kind, int bytes) {
            this.kind = kind;
            this.bytes = bytes;
        }
    }

    private static final int CONSTANT = 4;

    final Element element; // null: a constant
    private final Object array;
    private final Buffer owner; // of the memory, which it keeps
    private final long place;
    private final long size;

    private Column(Element element, Object array, Buffer owner, long place, long size) {
        this.element = element;
        this.array = array;
        this.owner = owner;
        this.place = place;
        this.size = size;
    }

    public static Column of(long... values) {
        return new Column(Element.LONG, values, null, 0, values.length);
    }

    public static Column of(int... values) {
        return new Column(Element.INT, values, null, 0, values.length);
    }

    public static Column of(byte... values) {
        return new Column(Element.BYTE, values, null, 0, values.length);
    }

    /** What remains of a direct buffer in the machine's byte order. */
    public static Column of(LongBuffer values) {
        return direct(Element.LONG, values, values.order());
    }

    /** What remains of a direct buffer in the machine's byte order. */
    public static Column of(IntBuffer values) {
        return direct(Element.INT, values, values.order());
    }

    /** What remains of a direct buffer, byte by byte. */
    public static Column of(ByteBuffer values) {
        return direct(Element.BYTE, values, ByteOrder.nativeOrder());
    }

    /**
     * Elements from an address on, such as those of an Arrow vector:
     * {@code Column.at(vector.getDataBufferAddress(), vector.getValueCount(), Column.Element.LONG)}. The caller keeps
     * the memory, which has to be aligned to its elements, for as long as the column is used. Bits of
     * validity are not looked at: a slot without a value has to hold a number that is refused, such as a month of
     * {@code Integer.MIN_VALUE}.
     */
    public static Column at(long address, long size, Element element) {
        if (address == 0 && size != 0 || address % element.bytes != 0 || size < 0) {
            throw new IllegalArgumentException("the address " + address + " is not that of " + size
                    + " elements aligned to " + element.bytes + " bytes");
        }
        return new Column(element, null, null, address, size);
    }

    /** The number for every row. */
    public static Column constant(long value) {
        return new Column(null, null, null, value, Long.MAX_VALUE);
    }

    /** How many rows it is for; {@code Long.MAX_VALUE} of a constant. */
    public long size() {
        return size;
    }

    private static Column direct(Element element, Buffer values, ByteOrder order) {
        if (!values.isDirect() || order != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException(
                    "a direct buffer in the machine's byte order is wanted: allocateDirect(...).order(nativeOrder())");
        }
        long address = Native.address(values) + (long) values.position() * element.bytes;
        return new Column(element, null, values, address, values.remaining());
    }

    /** The rows from {@code from} on, as the natives take them; an array is put into {@code arrays}. */
    static void describe(Column column, long from, int index, Object[] arrays, long[] numbers) {
        if (column == null) {
            return;
        }
        arrays[index] = column.array;
        numbers[2 * index] = column.element == null ? CONSTANT : column.element.kind;
        long moved = column.array != null ? from : column.element == null ? 0 : from * column.element.bytes;
        numbers[2 * index + 1] = column.place + moved;
    }

    boolean isArray() {
        return array != null;
    }
}
