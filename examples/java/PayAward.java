import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import libpilot.Award;
import libpilot.AwardDocument;
import libpilot.Claim;
import libpilot.PilotException;
import libpilot.Policy;

/** What a community of 956 households is paid: at once, line by line, under a reform, and what is refused. */
final class PayAward {
    public static void main(String[] arguments) {
        YearMonth first = YearMonth.of(2019, 12);
        YearMonth last = YearMonth.of(2023, 12);
        Award award = Policy.NANCHANG_2019.award(956, first, last);
        System.out.printf("956 households, %s to %s: %s yuan, of which the city pays %s%n", first, last, award.total(),
                award.city());

        // The pass of 2021 comes late, and each year needs its own.
        Claim claim = Claim.of(956, first, YearMonth.of(2021, 12)).assessed(List.of(
                new Claim.Assessment(2019, "passed", LocalDate.of(2020, 1, 20)),
                new Claim.Assessment(2020, "failed", LocalDate.of(2021, 1, 18)),
                new Claim.Assessment(2021, "passed", LocalDate.of(2022, 3, 1))));
        try (Policy annual = Policy.NANCHANG_2019.patch("{\"readings\": {\"gate_mode\": \"annual\"}}")) {
            AwardDocument document = annual.award(claim);
            for (AwardDocument.Line line : document.lines()) {
                System.out.printf("  %s to %s: %s yuan, %s (%s)%n", line.first(), line.last(), line.amount(), line.reason(),
                        line.clause());
            }
            System.out.printf("  in all %s yuan, %s withheld, under policy %s%n", document.total(), document.withheld(),
                    document.receipt().fingerprint());
        }

        try {
            Policy.NANCHANG_2019.award(-1, first, last);
        } catch (PilotException refused) {
            System.out.println(refused.status() + " " + refused.getMessage());
            System.out.println(refused.messageZh());
        }
    }
}
