/* What report.js and the table of rewards show, made of what the engine answers. */

/* Texts in both languages, each once; the first is that of what is not there. */
const textTable = function () {
  const rows = [''], places = new Map([['\n', 0]]);
  const place = function (zh, en) {
    const key = zh + '\n' + en;
    if (!places.has(key)) {
      places.set(key, rows.length);
      rows.push(zh === en ? zh : [zh, en]);
    }
    return places.get(key);
  };
  return {rows: rows, place: place};
};

/* Rows that findings share, each once. */
const rowTable = function () {
  const rows = [], places = new Map();
  const place = function (key, make) {
    if (!places.has(key)) {
      const made = make();
      places.set(key, rows.length);
      rows.push(made);
    }
    return places.get(key);
  };
  return {rows: rows, place: place};
};

const dayTexts = function (day) {
  const parts = day.split('-').map(Number);
  return [parts[0] + '年' + parts[1] + '月' + parts[2] + '日', day];
};
const named = function (record) { return record.name || record.id; };
/* Lists that every city file has, and what an area counts with: the first of its communities. */
const placesOf = function (city) {
  const at = new Map(city.districts.map(function (one, place) { return [one.id, place]; }));
  const communities = city.communities.map(function (one) { return [one.id, named(one), at.get(one.district)]; });
  const communityAt = new Map(communities.map(function (row, place) { return [row[0], place]; }));
  return {
    districts: city.districts.map(function (one) { return [one.id, named(one)]; }),
    communities: communities,
    areas: city.areas.map(function (one) { return one.communities && one.communities.length ? communityAt.get(one.communities[0]) : -1; })
  };
};
const PLACE = 4, EVIDENCE = 16; // where a row of the digest has paths

/* The paths whose cells a report shows. */
const pathsOf = function (digest) {
  const numbers = new Set();
  digest.findings.forEach(function (row) { numbers.add(row[PLACE] || 0).add(row[EVIDENCE] || 0); });
  numbers.delete(0);
  return Array.from(numbers, function (number) { return digest.texts[number]; });
};

/* The form in which _page.py gives a report to report.js. catalog: what the engine says of the notice; cells: of a path,
 * where it stands in the workbook. */
const dataOf = function (digest, city, catalog, cells) {
  const places = placesOf(city), texts = textTable();
  const kinds = rowTable(), subjects = rowTable(), bodies = rowTable(), readings = rowTable(), clauses = rowTable();
  const pair = function (number) {
    const found = digest.texts[number || 0];
    return typeof found === 'string' ? [found, found] : found;
  };
  const one = function (number) { return pair(number)[0]; };
  const moved = new Map(); // a text's number in the digest, and here
  const text = function (number) {
    if (!number) return 0;
    if (!moved.has(number)) moved.set(number, texts.place.apply(null, pair(number)));
    return moved.get(number);
  };
  const day = function (number) { return number ? texts.place.apply(null, dayTexts(one(number))) : 0; };
  const cell = function (path) {
    const found = path && cells.get(path);
    return found ? texts.place(found, found) : 0;
  };
  const lies = function (path) {
    const steps = path.split('/').slice(1), at = Number(steps[1]);
    if (steps.length < 2) return [-1, -1];
    if (steps[0] === 'districts') return [at, -1];
    const community = steps[0] === 'communities' ? at : places.areas[at];
    return community >= 0 ? [places.communities[community][2], community] : [-1, -1];
  };
  const findings = digest.findings.map(function (row) {
    const path = one(row[PLACE]), subject = text(row[5]), found = text(row[6]), required = text(row[7]);
    const who = text(row[11]), missing = text(row[9]);
    const kind = kinds.place(row[1] + '/' + row[2], function () {
      const rule = catalog.rules.get(one(row[1]));
      const clause = clauses.place(row[2], function () { return catalog.clauses.get(one(row[2])); });
      return [rule.zh, rule.en, clause, one(row[3])];
    });
    const made = [
      kind,
      subjects.place(row[PLACE] || 0, function () { return [subject].concat(lies(path), cell(path)); }),
      catalog.outcomeOrder[row[0]],
      found,
      required,
      day(row[8]),
      missing,
      row[10] ? bodies.place(row[10], function () { return one(row[10]).split(' '); }) + 1 : 0,
      who,
      text(row[12]),
      day(row[13]),
      day(row[14]),
      row[15] || 0,
      cell(one(row[EVIDENCE]))
    ].concat(row[17] ? one(row[17]).split(' ').map(function (name) {
      return readings.place(name, function () { return catalog.readings.get(name); }) + 1;
    }) : []);
    while (!made[made.length - 1]) made.pop();
    return made;
  });
  const used = catalog.actors.filter(function (actor) { return bodies.rows.some(function (row) { return row.indexOf(actor[0]) >= 0; }); });
  const codes = used.map(function (actor) { return actor[0]; });
  const parts = catalog.parts.filter(function (part) { return clauses.rows.some(function (row) { return row[1] === part[0]; }); });
  const partCodes = parts.map(function (part) { return part[0]; });
  return {
    asOf: digest.receipt.as_of,
    city: city.name || '',
    outcomes: catalog.outcomes,
    actors: used,
    districts: places.districts,
    communities: places.communities,
    parts: parts,
    clauses: clauses.rows.map(function (row) { return [row[0], partCodes.indexOf(row[1])].concat(row.slice(2)); }),
    readings: readings.rows,
    kinds: kinds.rows,
    subjects: subjects.rows,
    bodies: bodies.rows.map(function (row) { return row.map(function (code) { return codes.indexOf(code); }); }),
    texts: texts.rows,
    findings: findings
  };
};

/* What the engine says of the notice, as dataOf asks for it. marks: signs of the outcomes in their order, and the parts
 * of the notice. */
const catalogOf = function (pilot, marks) {
  const sets = new Map(pilot.call({call: 'words'}).sets.map(function (set) { return [set.id, set.words]; }));
  const byId = function (list, row) { return new Map(list.map(function (one) { return [one.id, row(one)]; })); };
  const partCodes = Object.keys(marks.parts);
  const partOf = function (section) {
    return partCodes.filter(function (part) { return (section + '.').indexOf(part + '.') === 0; })
      .sort(function (a, b) { return b.length - a.length; })[0];
  };
  const signs = Object.keys(marks.signs);
  const outcomes = sets.get('outcome');
  return {
    outcomes: signs.map(function (code) {
      const word = outcomes.find(function (one) { return one.name === code; });
      return [code, marks.signs[code], word.zh, word.en];
    }),
    outcomeOrder: outcomes.map(function (one) { return signs.indexOf(one.name); }),
    actors: sets.get('actor').map(function (one) { return [one.name, one.zh, one.en]; }),
    parts: partCodes.sort().map(function (part) { return [part].concat(marks.parts[part]); }),
    rules: byId(pilot.call({call: 'rules'}).rules, function (one) { return one; }),
    clauses: byId(pilot.call({call: 'clauses'}).clauses, function (one) { return [one.id, partOf(one.section), one.ref, one.zh, one.en]; }),
    readings: byId(pilot.call({call: 'readings'}).readings, function (one) {
      return [one.id, one.title_zh, one.title_en, one.question_zh, one.question_en];
    })
  };
};

/* The city of some of its communities' areas: an area counts where the first of its communities is. */
const cityOf = function (city, places, own) {
  const areas = city.areas.filter(function (one, place) { return own.has(places.areas[place]); });
  const wanted = new Set();
  areas.forEach(function (one) { one.communities.forEach(function (id) { wanted.add(id); }); });
  const communities = city.communities.filter(function (one, place) { return own.has(place) || wanted.has(one.id); });
  return Object.assign({}, city, {areas: areas, communities: communities});
};
