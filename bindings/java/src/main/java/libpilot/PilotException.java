package libpilot;

import java.util.List;

/** What libpilot refuses: the first problem of the input, and all of them where it was looked through. */
public final class PilotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;
    private final long problemCount;

    PilotException(Problem... problems) {
        this(problems, problems.length);
    }

    /** Called by the natives, too. */
    PilotException(Problem[] problems, long problemCount) {
        super(problems[0].toString());
        this.problems = List.of(problems);
        this.problemCount = problemCount;
    }

    public Status status() {
        return problems.get(0).status();
    }

    /** An RFC 6901 pointer to what is refused; "" is the whole input. */
    public String path() {
        return problems.get(0).path();
    }

    /** From 1; 0 where the input is no text. */
    public int line() {
        return problems.get(0).line();
    }

    /** In bytes, from 1; 0 where the input is no text. */
    public int column() {
        return problems.get(0).column();
    }

    /** What was found, as written; may be "". */
    public String value() {
        return problems.get(0).value();
    }

    /** The sentence in Chinese. {@link #getMessage} has the place and the sentence in English. */
    public String messageZh() {
        return problems.get(0).zh();
    }

    /** In the order in which they stand in the input; of very many the first 200. */
    public List<Problem> problems() {
        return problems;
    }

    /** How many there are. */
    public long problemCount() {
        return problemCount;
    }
}
