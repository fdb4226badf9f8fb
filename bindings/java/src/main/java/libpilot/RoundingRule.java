package libpilot;

/** How amounts are rounded: in which direction, to what, and what is rounded. */
public record RoundingRule(Rounding mode, RoundingUnit unit, RoundingStep step) {
    /** Half up to the fen, once a bill. */
    public static final RoundingRule DEFAULT = new RoundingRule(Rounding.HALF_UP, RoundingUnit.FEN, RoundingStep.BILL);
}
