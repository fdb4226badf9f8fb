package libpilot;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What libpilot refuses: the first problem of the input, and all of them where it was looked through. */
public final class PilotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;
    private final int problemCount;

    PilotException(List<Problem> problems, int problemCount) {
        super(problems.get(0).toString());
        this.problems = List.copyOf(problems);
        this.problemCount = problemCount;
    }

    /** Called by the natives. */
    PilotException(int status, int line, int column, byte[] path, byte[] value, byte[] en, byte[] zh) {
        this(List.of(new Problem(Status.values()[status], text(path), line, column, text(value), text(zh), text(en))),
                1);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Problem first() {
        return problems.get(0);
    }

    public Status status() {
        return first().status();
    }

    /** An RFC 6901 pointer to what is refused; "" is the whole input. */
    public String path() {
        return first().path();
    }

    /** From 1; 0 where the input is no text. */
    public int line() {
        return first().line();
    }

    /** In bytes, from 1; 0 where the input is no text. */
    public int column() {
        return first().column();
    }

    /** What was found, as written; may be "". */
    public String value() {
        return first().value();
    }

    /** The sentence in Chinese. {@link #getMessage} has the place and the sentence in English. */
    public String messageZh() {
        return first().zh();
    }

    /** In the order in which they stand in the input; of very many the first ones. */
    public List<Problem> problems() {
        return problems;
    }

    /** How many there are. */
    public int problemCount() {
        return problemCount;
    }
}
