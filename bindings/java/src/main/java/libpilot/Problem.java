package libpilot;

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
    @Override
    public String toString() {
        String place = line == 0 ? "" : "line " + line + ", column " + column + (path.isEmpty() ? ": " : ", ");
        return place + (path.isEmpty() ? "" : path + ": ") + en;
    }
}
