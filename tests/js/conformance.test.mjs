// The conformance pack: requests, and what the response to each has to say (conformance/v1/README.md).
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { load } from "libpilot";

const PACK = "conformance/v1/cases";
const pilot = await load();

// What of the wanted is there: the members that are named, null where there is none, and lists whole.
function part(found, wanted) {
    if (Array.isArray(wanted) && Array.isArray(found)) {
        return wanted.length === found.length ? found.map((item, at) => part(item, wanted[at])) : found;
    }
    if (wanted === null || found === null || typeof wanted !== "object" || typeof found !== "object") return found;
    return Object.fromEntries(Object.keys(wanted).map((key) => [key, part(found[key] ?? null, wanted[key])]));
}

function holds(expect, response) {
    assert.equal(response.status, expect.status);
    if (expect.result) assert.deepEqual(part(response.result, expect.result), expect.result);
    for (const finding of expect.findings ?? []) {
        const there = response.result.findings.filter(({ rule, path }) => rule === finding.rule && path === finding.path);
        assert.equal(there.length, 1, `findings of ${finding.rule} at "${finding.path}"`);
        assert.deepEqual(part(there[0], finding), finding);
    }
    for (const problem of expect.problems ?? []) {
        const places = response.problems.map(({ status, path }) => ({ status, path }));
        assert.ok(places.some(({ status, path }) => status === problem.status && path === problem.path),
            `${JSON.stringify(problem)} among ${JSON.stringify(places)}`);
    }
}

for (const file of (await readdir(PACK)).sort()) {
    test(file, async () => {
        const lines = (await readFile(`${PACK}/${file}`, "utf8")).split("\n").filter((line) => line);
        assert.ok(lines.length);
        for (const line of lines) {
            const { id, request, text, base64, expect } = JSON.parse(line);
            // Bytes that are not UTF-8 are no text of JavaScript's.
            if (base64) continue;
            try {
                holds(expect, JSON.parse(pilot.callText(text ?? JSON.stringify(request))));
            } catch (error) {
                error.message = `${id}: ${error.message}`;
                throw error;
            }
        }
    });
}
