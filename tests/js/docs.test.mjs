// What docs/javascript.md shows runs and prints what stands below it; so do the examples.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";

const PLACE = "build/js/shown"; // from where the package is found by its name
mkdirSync(PLACE, { recursive: true });
for (const file of readdirSync("examples/js")) copyFileSync(`examples/js/${file}`, `${PLACE}/${file}`);

function run(...words) {
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
    return { status, stdout, stderr };
}

const page = readFileSync("docs/javascript.md", "utf8");
const blocks = [...page.matchAll(/^```js\n(.*?)^```\n\n```\n(.*?)^```$/gms)];

test("every program of the page has what it prints below it", () => {
    assert.ok(blocks.length > 0);
    assert.equal(blocks.length, page.match(/^```js$/gm).length);
});
for (const [at, [, program, printed]] of blocks.entries()) {
    test(`program ${at + 1} of the page`, () => {
        writeFileSync(`${PLACE}/block${at}.mjs`, program);
        assert.deepEqual(run(`${PLACE}/block${at}.mjs`), { status: 0, stdout: printed, stderr: "" });
    });
}

// 956 households at 18 yuan in December 2019 and in twelve months of 2021 are 223704 yuan, halved (4.4.1-4, 4.4.1-8).
test("award.mjs", () => {
    const { status, stdout } = run(`${PLACE}/award.mjs`);
    assert.equal(status, 0);
    assert.match(stdout, /^total 223704\.00 yuan: city 111852\.00, district 111852\.00\n/);
    assert.match(stdout, /2020-12 {2}18\.0000 yuan {2}0\.00 {2}failed\n/);
    assert.match(stdout, /\/claim\/first: "2019-13" is not a month/);
});

// As the README has the same city on the same day: 19 breaches, the least office among them (4.2-1).
test("check.mjs", () => {
    const city = "examples/data/nanchang-2019.json";
    const broken = run(`${PLACE}/check.mjs`, city, "2020-02-29");
    assert.equal(broken.status, 1);
    assert.equal(broken.stdout.match(/^\d/gm).length, 19);
    assert.match(broken.stdout, /^4\.2-1 {2}西湖甲社区：.*118\.50平方米/m);
    const refused = run(`${PLACE}/check.mjs`, "tests/cases/problems/city.json", "2020-02-29");
    assert.deepEqual([refused.status, refused.stdout], [2, ""]);
    assert.match(refused.stderr, /: \/city\/leading_group\/Deputies: .*“deputies”/);
});
