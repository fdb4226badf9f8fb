// The types of all calls, of their schemas: node types.mjs docs/schema/call calls.d.ts
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { compile } from "json-schema-to-typescript";

const [folder, made] = process.argv.slice(2);
const REQUEST = ".request.schema.json";
const names = readdirSync(folder).filter((file) => file.endsWith(REQUEST)).map((file) => basename(file, REQUEST)).sort();

const object = (properties) => ({ type: "object", properties, required: Object.keys(properties), additionalProperties: false });
const call = (name) => object({ request: { $ref: `${name}${REQUEST}` }, result: { $ref: `${name}.result.schema.json` } });
const schema = { title: "Calls", ...object(Object.fromEntries(names.map((name) => [name, call(name)]))) };

// A reference to a record stands alone, or it would be a type of its own beside that of its record; a type has its file's
// name. A JSON Schema is no document of ours, and stays what it is.
function withLoneReferences(value, defined) {
    if (value === null || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item) => withLoneReferences(item, defined));
    const { $ref } = value;
    if ($ref && (!$ref.startsWith("#/$defs/") || defined[$ref.slice("#/$defs/".length)].type === "object")) return { $ref };
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withLoneReferences(item, defined)]));
}
function read({ url }) {
    const found = JSON.parse(readFileSync(url, "utf8"));
    if (found.$ref) return found.$ref.startsWith("https:") ? { type: "object" } : found;
    return { ...withLoneReferences(found, found.$defs), title: basename(url, ".schema.json").replace(/\W/g, "_") };
}
const types = await compile(schema, "Calls", {
    additionalProperties: false,
    bannerComment: "",
    cwd: folder,
    $refOptions: { resolve: { http: false, file: { order: 1, canRead: true, read } } },
});

// The generator lets any key be where keys with x- may; the language can say which.
const OWN_KEYS = /\/\*\*\s+\* This interface was referenced by [^/]*\*\/\s+\[k: string\]: unknown/g;
writeFileSync(made, types.replace(OWN_KEYS, "[own: `x-${string}`]: unknown"));
