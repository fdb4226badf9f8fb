// The reward of a community: what a claim of 956 households earns, who pays it, and why a claim is refused.
import { PilotError, load } from "libpilot";

const pilot = await load();
const claim = {
    households: 956,
    first: "2019-12",
    last: "2021-12",
    assessments: [
        { year: 2019, result: "passed", date: "2020-03-20" },
        { year: 2020, result: "failed", date: "2021-03-20" },
        { year: 2021, result: "passed", date: "2022-03-20" },
    ],
};

const award = pilot.call({ call: "award", claim });
console.log(`total ${award.total_yuan} yuan: city ${award.city_yuan}, district ${award.district_yuan}`);
for (const line of award.lines) {
    console.log(`${line.first} to ${line.last}  ${line.yuan} yuan  ${line.amount_yuan}  ${line.reason}`);
}

try {
    pilot.call({ call: "award", claim: { ...claim, first: "2019-13", households: -1 } });
} catch (error) {
    if (!(error instanceof PilotError)) throw error;
    for (const { path, zh, en } of error.problems) console.log(`${path}: ${en}\n    ${zh}`);
}
