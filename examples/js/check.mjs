// A city file held against the notice: node check.mjs CITY.json DAY. Ends with 1 where a rule is broken, 2 where the
// file is refused.
import { readFile } from "node:fs/promises";
import { PilotError, load } from "libpilot";

const [file, day] = process.argv.slice(2);
const pilot = await load();
try {
    const report = pilot.call({ call: "check", city: JSON.parse(await readFile(file, "utf8")), as_of: day });
    for (const { clause, outcome, zh, next_zh: next } of report.findings) {
        if (outcome === "breach") console.log(`${clause}  ${zh}${next ? `\n    ${next}` : ""}`);
    }
    process.exitCode = report.counts.breach ? 1 : 0;
} catch (error) {
    if (!(error instanceof PilotError)) throw error;
    for (const { path, zh } of error.problems) console.error(`${file}: ${path}: ${zh}`);
    process.exitCode = 2;
}
