// tests/cases/calls.txt: requests of calls, each with its response beneath it, as C gives it.
import { readFile } from "node:fs/promises";

const lines = (await readFile("tests/cases/calls.txt", "utf8")).split("\n").filter((line) => line && !line.startsWith("#"));

/** @type {{request: string, response: string}[]} */
export const cases = [];
for (let at = 0; at < lines.length; at += 2) cases.push({ request: lines[at], response: lines[at + 1] });
