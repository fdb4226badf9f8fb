import java.time.YearMonth;
import java.util.Arrays;
import libpilot.Policy;

/** What an award costs in Java: nanoseconds a call, the median of many rounds. See run. */
final class PerCall {
    private static final int ROUNDS = 201;
    private static final int CALLS = 10_000;
    private static final int WARM = 50;

    public static void main(String[] arguments) {
        YearMonth first = YearMonth.of(2019, 12);
        YearMonth last = YearMonth.of(2023, 12);
        double[] times = new double[ROUNDS];
        long sum = 0;
        for (int round = -WARM; round < ROUNDS; round++) {
            long began = System.nanoTime();
            long made = 0;
            for (int i = 0; i < CALLS; i++) {
                made += Policy.NANCHANG_2019.award(1000 + i % 100, first, last).totalFen();
            }
            if (round >= 0) {
                times[round] = (double) (System.nanoTime() - began) / CALLS;
                sum += made;
            }
        }
        Arrays.sort(times);
        System.out.printf("Java    %7.0f ns  %d%n", times[ROUNDS / 2], sum / ROUNDS);
    }
}
