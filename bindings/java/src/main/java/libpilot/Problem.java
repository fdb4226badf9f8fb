package libpilot;

import java.nio.charset.StandardCharsets;

/**
 * What is wrong with an input.
 *
 * @param path an RFC 6901 pointer into it, such as {@code /communities/3/office_area_m2}; "" is the whole
 * @param line of its text, from 1; 0 where it has none
 * @param column in bytes, from 1; 0 likewise
 * @param value what was found, as written; may be ""
 * @param zh one sentence: what was found and what is wanted
 * @param en the same in English
 */
public record Problem(Status status, String path, int line, int column, String value, String zh, String en) {
    /** Called by the natives. */
    Problem(int status, int line, int column, byte[] path, byte[] value, byte[] zh, byte[] en) {
        this(Status.values()[status], text(path), line, column, text(value), text(zh), text(en));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String place = line == 0 ? "" : "line " + line + ", column " + column + (path.isEmpty() ? ": " : ", ");
        return place + (path.isEmpty() ? "" : path + ": ") + en;
    }
}
