// What a program in TypeScript sees of the package; tsc alone reads this file. Each line under @ts-expect-error has to fail.
import { PilotError, instantiate, load } from "libpilot";
import type { Calls, Pilot, Problem } from "libpilot";
import * as core from "libpilot/core";

const pilot: Pilot = await load();
const engines: Promise<Pilot>[] = [instantiate(new Uint8Array()), core.instantiate(new ArrayBuffer(0))];

const claim: Calls["award"]["request"]["claim"] = {
    households: 956,
    first: "2019-12",
    last: "2023-12",
    assessments: [{ year: 2019, result: "passed", date: "2020-03-20" }],
    "x-note": "kept for the user",
};
const award = pilot.call({ call: "award", policy: { city_share: "1/3" }, claim });
const total: string = award.total_yuan;
const reasons: ("payable" | "not_assessed" | "failed" | "outside_period" | "before_pass")[] =
    award.lines?.map(({ reason }) => reason) ?? [];
const version: string = pilot.call({ call: "version" }).version;
const text: string = pilot.callText("");

// @ts-expect-error: no such call
pilot.call({ call: "reward", claim });
// @ts-expect-error: the claim is missing
pilot.call({ call: "award" });
// @ts-expect-error: a key that the call does not have
pilot.call({ call: "version", claim });
// @ts-expect-error: a key that the claim does not have
pilot.call({ call: "award", claim: { first: "2019-12", last: "2023-12", housholds: 956 } });
// @ts-expect-error: a word that the list does not have
pilot.call({ call: "award", claim: { first: "2019-12", last: "2023-12", assessments: [{ year: 2019, result: "pass" }] } });
// @ts-expect-error: an amount is text
const amount: number = award.total_yuan;
// @ts-expect-error: a result has no such key
award.totals;

try {
    pilot.call({ call: "version" });
} catch (error) {
    if (error instanceof PilotError) {
        const problems: readonly Problem[] = error.problems;
        const line: number | undefined = problems[0]?.line;
        const told: [string, number, number, string, string, string] =
            [error.path, error.line, error.column, error.value, error.zh, error.en];
    }
}
