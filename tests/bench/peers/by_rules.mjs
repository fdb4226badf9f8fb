/* json-rules-engine on Node: the ten rules of record.py as conditions on facts, one rule each, made once;
 * a record's text is parsed, its keys are the facts, and the events of the rules that fail are the verdict.
 * The operators by which dates are compared as text and lists held against lists are our own: without them
 * the engine needs a condition for each item, and takes longer.
 *
 *     node by_rules.mjs RECORDS     a plain record a line; then worker.py's lines on standard input */
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {createInterface} from 'node:readline';

const load = createRequire(`${process.cwd()}/build/bench-node/`);
const {Engine} = load('json-rules-engine');

const DUE = {
    selection: '2019-11-01',
    remediation: '2019-12-31',
    assembly: '2019-11-30',
    entry: '2019-12-31',
    assessment: '2020-02-29',
};
const ITEMS = ['level_roads', 'free_drainage', 'tidy_stairwells', 'improved_courtyards', 'working_lights',
               'regulated_shop_signs', 'orderly_parking', 'bike_charging', 'property_premises'];
const CONTRACT = ['written', 'states_content', 'states_standard', 'states_price'];

const engine = new Engine();
engine.addOperator('onOrBefore', (date, due) => date !== null && date <= due);
engine.addOperator('containsAll', (list, wanted) => wanted.every(item => list.includes(item)));
engine.addOperator('hasAll', (record, keys) => keys.every(key => record[key] === true));

const rule = (type, fact, operator, value) =>
    engine.addRule({conditions: {all: [{fact, operator, value}]}, event: {type}});
rule('property_staff', 'property_staff', 'greaterThanInclusive', 1);
rule('office_area', 'office_area_m2', 'greaterThanInclusive', 120);
rule('one_community', 'communities', 'equal', 1);
rule('remediation_items', 'remediation_items', 'containsAll', ITEMS);
rule('contract_terms', 'contract', 'hasAll', CONTRACT);
for (const [step, due] of Object.entries(DUE))
    rule(`${step}_on_time`, step, 'onOrBefore', due);

const verdict = async text => {
    const {failureEvents} = await engine.run(JSON.parse(text));
    return JSON.stringify({broken: failureEvents.map(event => event.type)});
};

const texts = readFileSync(process.argv[2], 'utf8').trimEnd().split('\n');
let verdicts = [];
const answers = {
    version: () => `${load('json-rules-engine/package.json').version} on Node ${process.versions.node}`,
    run: async () => {
        const start = process.hrtime.bigint();
        verdicts = [];
        for (const text of texts)
            verdicts.push(await verdict(text));
        return Number(process.hrtime.bigint() - start) / 1e9;
    },
    digest: () => {
        const sorted = verdicts.map(text => JSON.parse(text).broken.sort());
        return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
    },
};
for await (const line of createInterface({input: process.stdin}))
    console.log(JSON.stringify(await answers[line]()));
