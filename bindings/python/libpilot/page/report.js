/* What the page shows beyond its tables: filters that the address keeps, counts that open what they count, findings
 * that open to their clause. ES2017, as old browsers in offices have it. */
const report = (function () {
'use strict';

let data; // of the report that is shown
const root = document.documentElement;
const OPEN = 3; // breach, unknown, pending come first among the outcomes; then info
const CALM = 4; // from here on all is in order
const NOBODY = '-'; // the district of what is the city's own
const FOLDED_FROM = 30; // communities in the matrix that are not folded away
const SLICE = 150; // findings laid out at first, and then twice as many each time
const SOON = 60; // days that are counted
const LONG = 500; // findings that are laid out as they come into sight

const element = function (id) { return document.getElementById(id); };

/* Findings. */

/* English titles stand in columns here, and begin like a sentence. */
const capital = function (said) { return said.charAt(0).toUpperCase() + said.slice(1); };
const titled = function (pair) { return [pair[0], capital(pair[1])]; };
let outcomes, actors, findings;
const load = function (made) {
  data = made;
  outcomes = data.outcomes.map(function (row) { return {code: row[0], sign: row[1], names: titled(row.slice(2))}; });
  actors = data.actors.map(function (row) { return {code: row[0], names: titled(row.slice(1))}; });
  findings = data.findings.map(function (row, index) {
    const at = function (place) { return row[place] || 0; };
    const kind = data.kinds[row[0]], subject = data.subjects[at(1)];
    return {
      index: index, names: titled(kind), clause: data.clauses[kind[2]], law: kind[3],
      subject: subject[0], district: subject[1], community: subject[2], cell: subject[3],
      outcome: at(2), found: at(3), required: at(4), due: at(5), missing: at(6),
      bodies: at(7) ? data.bodies[at(7) - 1] : [], group: at(7), who: at(8), next: at(9), noticeDue: at(10), since: at(11),
      late: at(12), evidence: at(13), readings: row.slice(14).map(function (one) { return one - 1; })
    };
  });
  known = {
    outcome: outcomes.map(function (one) { return one.code; }),
    district: data.districts.map(first).concat(NOBODY),
    community: data.communities.map(first),
    body: actors.map(function (one) { return one.code; }),
    clause: data.parts.map(first).concat(data.clauses.map(first)),
    reading: data.readings.map(first)
  };
  opened.clear();
  unfolded.clear();
  chosen = false;
};

/* The state: the language and the filters, as words of the address. */

const TESTS = {
  outcome: function (f, value) { return outcomes[f.outcome].code === value; },
  district: function (f, value) { return value === NOBODY ? f.district < 0 : f.district >= 0 && data.districts[f.district][0] === value; },
  community: function (f, value) { return f.community >= 0 && data.communities[f.community][0] === value; },
  body: function (f, value) { return f.bodies.some(function (one) { return actors[one].code === value; }); },
  clause: function (f, value) { return f.clause[0] === value || data.parts[f.clause[1]][0] === value; },
  reading: function (f, value) { return f.readings.some(function (one) { return data.readings[one][0] === value; }); }
};
const KEYS = Object.keys(TESTS);
const first = function (row) { return row[0]; };
let known; // the values that each filter has
let state = {};
let own = 0; // the place of the language in pairs
const opened = new Set(); // findings that are open, by index
const unfolded = new Set(); // districts whose communities the matrix shows, once someone has chosen
let chosen = false;

const read = function () {
  const asked = new URLSearchParams(location.hash.slice(1));
  const made = {lang: asked.get('lang') === 'zh' || asked.get('lang') === 'en' ? asked.get('lang') : data.lang};
  KEYS.forEach(function (key) {
    const value = asked.get(key);
    made[key] = known[key].indexOf(value) >= 0 ? value : '';
  });
  return made;
};
const address = function (change) {
  const made = new URLSearchParams();
  ['lang'].concat(KEYS).forEach(function (key) {
    const value = change[key] === undefined ? state[key] : change[key];
    if (value) made.set(key, value);
  });
  return '#' + made.toString();
};
const cleared = function () {
  const made = {};
  KEYS.forEach(function (key) { made[key] = ''; });
  return made;
};

/* Text. */

const escape = function (text) {
  return String(text).replace(/[&<>"']/g, function (c) { return '&#' + c.charCodeAt(0) + ';'; });
};
const say = function (key) {
  const args = arguments;
  return data.words[key][own].replace(/\{(\d)\}/g, function (_, place) { return args[+place + 1]; });
};
const text = function (place) {
  const found = data.texts[place];
  return typeof found === 'string' ? found : found[own];
};
/* Chinese within the English page says that it is. */
const html = function (said) {
  const safe = escape(said);
  return own === 0 ? safe : safe.replace(/[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+/g, '<span lang="zh-CN">$&</span>');
};
const sign = function (outcome) {
  const one = outcomes[outcome];
  return '<span class="sign ' + one.code + '" aria-hidden="true">' + one.sign + '</span>';
};
const subjectOf = function (f) { return text(f.subject) || data.city || say('place'); };
const matterOf = function (f) { return f.names[own]; };
const days = function (f) {
  return Math.round((Date.parse(data.texts[f.due][1]) - Date.parse(data.asOf)) / 864e5);
};

/* Counting. */

const passes = function (f, except) {
  return KEYS.every(function (key) { return !state[key] || except.indexOf(key) >= 0 || TESTS[key](f, state[key]); });
};
const passing = function () {
  const except = Array.prototype.slice.call(arguments);
  return findings.filter(function (f) { return passes(f, except); });
};
/* Whether a finding is listed, rather than folded away: without a choice, what is not in order. */
const listed = function (f) { return Boolean(state.outcome) || f.outcome < CALM; };
const tallied = function (rows) {
  const made = outcomes.map(function () { return 0; });
  rows.forEach(function (f) { made[f.outcome] += 1; });
  return made;
};
const number = function (count, change, kind, inside, label) {
  return '<a class="number ' + kind + '" href="' + escape(address(change)) + '"' + (label ? ' aria-label="' + escape(label) + '"' : '') +
    '>' + inside + count + '</a>';
};
const tally = function (counts) {
  return counts.map(function (count, outcome) { return count ? outcomes[outcome].names[own] + ' ' + count : ''; })
    .filter(Boolean).join(own === 0 ? '，' : ', ');
};

/* The parts of the page. */

const showTiles = function () {
  const counts = tallied(passing('outcome'));
  element('tiles').innerHTML = counts.map(function (count, outcome) {
    const one = outcomes[outcome];
    return '<li><a class="' + one.code + '" data-open href="' + escape(address({outcome: one.code})) + '"' +
      (state.outcome === one.code ? ' aria-current="true"' : '') + '><strong>' + count + '</strong>' + sign(outcome) + ' ' +
      escape(one.names[own]) + '</a></li>';
  }).join('');
};

const showChoices = function () {
  const part = function (row) { return (own === 0 ? placeOf(row) + ' ' : row[0] + ' ') + row[own + 1]; };
  const short = function (said, most) { return said.length > most ? said.slice(0, most - 1) + '…' : said; };
  const options = function (key) {
    if (key === 'outcome') return outcomes.map(function (one) { return [one.code, one.names[own]]; });
    if (key === 'district') return data.districts.concat([[NOBODY, say('city_itself')]]);
    if (key === 'body') return actors.map(function (one) { return [one.code, one.names[own]]; });
    if (key === 'reading') return data.readings.map(function (row) { return [row[0], row[own + 1]]; });
    if (key === 'community') {
      return data.communities.filter(function (row) { return !state.district || data.districts[row[2]][0] === state.district; });
    }
    return [];
  };
  const option = function (key, pair, counts) {
    const count = counts[pair[0]] || 0;
    if (!count && state[key] !== pair[0]) return '';
    return '<option value="' + escape(pair[0]) + '"' + (state[key] === pair[0] ? ' selected' : '') + '>' +
      escape(pair[1]) + ' (' + count + ')</option>';
  };
  const counted = function (key) {
    const made = {};
    const add = function (value) { made[value] = (made[value] || 0) + 1; };
    passing(key).forEach(function (f) {
      if (key === 'outcome') add(outcomes[f.outcome].code);
      if (!listed(f)) return;
      if (key === 'district') add(f.district < 0 ? NOBODY : data.districts[f.district][0]);
      if (key === 'community' && f.community >= 0) add(data.communities[f.community][0]);
      if (key === 'body') f.bodies.forEach(function (one) { add(actors[one].code); });
      if (key === 'reading') f.readings.forEach(function (one) { add(data.readings[one][0]); });
      if (key === 'clause') { add(f.clause[0]); add('§' + f.clause[1]); }
    });
    return made;
  };
  const clauses = function (counts) {
    return data.parts.map(function (row, place) {
      const whole = {};
      whole[row[0]] = counts['§' + place];
      const inside = option('clause', [row[0], say('section_whole', part(row))], whole) + data.clauses.map(function (one) {
        return one[1] === place ? option('clause', [one[0], one[0] + ' ' + short(one[own + 3], own === 0 ? 22 : 44)], counts) : '';
      }).join('');
      return inside ? '<optgroup label="' + escape(part(row)) + '">' + inside + '</optgroup>' : '';
    }).join('');
  };
  element('choices').innerHTML = KEYS.map(function (key) {
    const counts = counted(key);
    const inside = key === 'clause' ? clauses(counts) : options(key).map(function (pair) { return option(key, pair, counts); }).join('');
    return '<div><label for="choose-' + key + '">' + escape(say(key)) + '</label><select id="choose-' + key + '" name="' + key + '"' +
      (state[key] ? ' class="set"' : '') + '><option value="">' + escape(say(key === 'outcome' ? 'any_outcome' : 'any')) + '</option>' +
      inside + '</select></div>';
  }).join('') + clearing();
};
const clearing = function () {
  return KEYS.some(function (key) { return state[key]; })
    ? '<a class="clear" href="' + escape(address(cleared())) + '">' + escape(say('clear')) + '</a>' : '';
};

const showBodies = function () {
  const rows = actors.map(function (_, actor) { return {actor: actor, counts: [0, 0, 0], due: 0, left: Infinity}; });
  passing('body', 'outcome').forEach(function (f) {
    if (f.outcome >= OPEN) return;
    f.bodies.forEach(function (actor) {
      const row = rows[actor];
      row.counts[f.outcome] += 1;
      if (f.outcome === 2 && f.due && days(f) < row.left) {
        row.due = f.due;
        row.left = days(f);
      }
    });
  });
  const kept = rows.filter(function (row) { return row.counts[0] + row.counts[1] + row.counts[2]; });
  kept.sort(function (a, b) {
    return b.counts[0] - a.counts[0] || b.counts[1] - a.counts[1] || b.counts[2] - a.counts[2] || a.actor - b.actor;
  });
  if (!kept.length) {
    element('bodies').innerHTML = '<p>' + escape(say('who_none')) + '</p>';
    return;
  }
  const head = outcomes.slice(0, OPEN).map(function (one, outcome) {
    return '<th scope="col" class="n">' + sign(outcome) + '<br>' + escape(one.names[own]) + '</th>';
  }).join('');
  const lines = kept.map(function (row) {
    const code = actors[row.actor].code, name = actors[row.actor].names[own];
    const cells = row.counts.map(function (count, outcome) {
      return '<td class="n">' + (count ? number(count, {body: code, outcome: outcomes[outcome].code}, outcomes[outcome].code, '',
        name + ' ' + outcomes[outcome].names[own] + ' ' + count) : '<span class="nil">0</span>') + '</td>';
    }).join('');
    const all = row.counts[0] + row.counts[1] + row.counts[2];
    return '<tr><th scope="row">' + html(name) + (row.due ? '<small>' + escape(say('next_due') + ' ' + text(row.due)) + '</small>' : '') + '</th>' + cells +
      '<td class="n">' + number(all, {body: code, outcome: ''}, 'open', '', name + ' ' + say('open') + ' ' + all) + '</td>' +
      '<td>' + (row.due ? escape(text(row.due)) : '<span class="nil">—</span>') + '</td></tr>';
  }).join('');
  element('bodies').innerHTML = '<div class="scroll" tabindex="0" role="group" aria-label="' + escape(say('who_caption')) + '"><table><caption>' +
    escape(say('who_caption')) + '</caption><thead><tr><th scope="col">' + escape(say('body')) + '</th>' + head +
    '<th scope="col" class="n">' + escape(say('open')) + '</th><th scope="col">' + escape(say('next_due')) + '</th></tr></thead><tbody>' +
    lines + '</tbody></table></div><p class="note">' + escape(say('who_note')) + '</p>';
};

/* Where a part stands in the notice: 四(二), of a clause's 四(二)-1. */
const placeOf = function (part) {
  const row = data.clauses.find(function (one) { return data.parts[one[1]] === part; });
  return row[2].match(part[0].indexOf('.') > 0 ? /^.\(.\)/ : /^./)[0];
};

const showMatrix = function () {
  const rows = {}; // by the place of the row and the part: counts by outcome
  const count = function (place, outcome, part) {
    const key = place + '/' + part;
    rows[key] = rows[key] || outcomes.map(function () { return 0; });
    rows[key][outcome] += 1;
  };
  passing('outcome', 'clause', 'community').forEach(function (f) {
    const places = [f.district < 0 ? 'city' : 'd' + f.district].concat(f.community < 0 ? [] : ['c' + f.community]);
    places.forEach(function (place) {
      count(place, f.outcome, f.clause[1]);
      count(place, f.outcome, 'all');
    });
  });
  const cell = function (place, change, name, part) {
    const counts = rows[place + '/' + (part < 0 ? 'all' : part)];
    if (!counts) return '<td></td>';
    const to = Object.assign({community: '', clause: part < 0 ? '' : data.parts[part][0]}, change);
    const of = name + (own === 0 ? '，' : ', ') + (part < 0 ? say('all_parts') : data.parts[part][own + 1]) + (own === 0 ? '：' : ': ');
    const shown = [0, 1, 2, 3].filter(function (outcome) { return counts[outcome]; });
    if (!shown.length) shown.push(counts[4] ? 4 : 5);
    return '<td>' + shown.map(function (outcome) {
      const one = outcomes[outcome];
      return number(outcome < CALM ? '&nbsp;' + counts[outcome] : '', Object.assign({outcome: one.code}, to), one.code,
        outcome < CALM ? '<span aria-hidden="true">' + one.sign + '</span>' : one.sign, of + one.names[own] + ' ' + counts[outcome]);
    }).join(' ') + '</td>';
  };
  const line = function (place, change, name, kind, fold) {
    return '<tr class="' + kind + '"><th scope="row">' + (fold || '') + '<a href="' + escape(address(Object.assign({community: '', clause: '', outcome: ''}, change))) +
      '">' + html(name) + '</a></th>' + cell(place, change, name, -1) +
      data.parts.map(function (_, part) { return cell(place, change, name, part); }).join('') + '</tr>';
  };
  const many = data.communities.length > FOLDED_FROM;
  const whole = function (place) { return state.district === data.districts[place][0]; };
  const shows = function (place) { return chosen ? unfolded.has(place) : !many || whole(place); };
  const bodies = data.districts.map(function (district, place) {
    if (!rows['d' + place + '/all']) return '';
    const open = shows(place);
    const fold = '<button type="button" class="fold" data-fold="' + place + '" aria-expanded="' + open + '" aria-label="' +
      escape(say('unfold', district[1])) + '">' + (open ? '▾' : '▸') + '</button>';
    return '<tbody>' + line('d' + place, {district: district[0]}, district[1], 'district', fold) + '</tbody>' + (open
      ? '<tbody class="rows">' + data.communities.map(function (community, at) {
        return community[2] === place && rows['c' + at + '/all']
          ? line('c' + at, {district: district[0], community: community[0]}, community[1], '') : '';
      }).join('') + '</tbody>' : '');
  });
  if (rows['city/all']) bodies.push('<tbody>' + line('city', {district: NOBODY}, say('city_itself'), 'district') + '</tbody>');
  const every = data.districts.every(function (_, place) { return shows(place); });
  element('matrix').innerHTML = '<p class="legend">' + outcomes.map(function (one, outcome) {
    return '<span class="one">' + sign(outcome) + ' ' + escape(one.names[own]) + '</span>';
  }).join('') + (many ? '<button type="button" class="plainly" data-fold-all="' + every + '">' + escape(say(every ? 'fold_all' : 'unfold_all')) + '</button>' : '') +
    '</p><div class="scroll" tabindex="0" role="group" aria-label="' + escape(say('where_caption')) + '"><table><caption class="quiet">' + escape(say('where_caption')) +
    '</caption><thead><tr><th scope="col">' + escape(say('district') + (own === 0 ? '、' : ', ') + say('community')) + '</th><th scope="col">' +
    escape(say('all_parts')) + '</th>' + data.parts.map(function (part) {
      return '<th scope="col"><span class="place">' + escape(own === 0 ? placeOf(part) : part[0]) + '</span><span class="part">' + escape(part[own + 1]) + '</span></th>';
    }).join('') + '</tr></thead>' + bodies.join('') + '</table></div><p class="note">' + escape(say('where_note')) + '</p>';
};

/* The list: by the bodies that act together, what has no one to act by outcome and part of the notice. */

const before = function (a, b) {
  const due = function (f) { return f.due ? data.texts[f.due][1] : '9'; };
  return a.outcome - b.outcome || (due(a) < due(b) ? -1 : due(a) > due(b) ? 1 : a.index - b.index);
};
const grouped = function (rows) {
  const made = new Map();
  rows.forEach(function (f) {
    const key = f.bodies.length ? 'b' + f.group : 'o' + f.outcome + '/' + f.clause[1];
    if (!made.has(key)) made.set(key, []);
    made.get(key).push(f);
  });
  const groups = Array.from(made.values());
  groups.forEach(function (group) { group.sort(before); });
  const weight = groups.map(function (group) {
    const f = group[0], alone = state.body && f.bodies.length === 1 ? 0 : 1;
    return [f.bodies.length ? 0 : f.outcome, alone].concat(tallied(group).slice(0, OPEN).map(function (n) { return -n; }), [f.clause[1], f.index]);
  });
  const order = groups.map(function (_, place) { return place; });
  order.sort(function (a, b) {
    for (let at = 0; at < weight[a].length; at += 1) {
      if (weight[a][at] !== weight[b][at]) return weight[a][at] - weight[b][at];
    }
    return 0;
  });
  return order.map(function (place) { return groups[place]; });
};
const headOf = function (group) {
  const f = group[0];
  return f.bodies.length
    ? f.bodies.map(function (one) { return actors[one].names[own]; }).join(own === 0 ? '、' : ', ')
    : say('no_body', outcomes[f.outcome].names[own], data.parts[f.clause[1]][own + 1]);
};
const valuesOf = function (f) {
  const said = [];
  const add = function (key, value) { said.push(escape(say(key)) + ' <b>' + html(value) + '</b>'); };
  if (f.found) add('found', text(f.found));
  if (f.required) add('required', text(f.required));
  if (f.missing) add('missing', text(f.missing));
  return said.join(own === 0 ? '；' : '; ');
};
const whenOf = function (f) {
  if (f.late) return '<span class="breach">' + escape(f.late === 1 ? say('late_one') : say('late', f.late)) + '</span><small>' + escape(say('due') + ' ' + text(f.due)) + '</small>';
  if (f.outcome >= OPEN) return '';
  if (!f.due) return '<small>' + escape(say('undated')) + '</small>';
  const left = days(f);
  const rest = left < 0 ? 'past' : left === 0 ? 'today' : left === 1 ? 'left_one' : left <= SOON ? 'left' : '';
  return escape(text(f.due)) + (rest ? '<small>' + escape(say(rest, left)) + '</small>' : '');
};
const rowOf = function (f) {
  return '<li><details data-finding="' + f.index + '"' + (opened.has(f.index) ? ' open' : '') + '><summary><span class="what ' +
    outcomes[f.outcome].code + '">' + sign(f.outcome) + ' ' + escape(outcomes[f.outcome].names[own]) + '</span><span class="subject">' +
    html(subjectOf(f)) + '</span><span class="about"><span class="matter">' + html(matterOf(f)) + '</span><span class="values">' + valuesOf(f) +
    '</span></span><span class="when">' + whenOf(f) + '</span></summary>' + (opened.has(f.index) ? detailsOf(f) : '') + '</details></li>';
};
const detailsOf = function (f) {
  const lines = [];
  const add = function (key, inside) { lines.push('<dt>' + escape(say(key)) + '</dt><dd>' + inside + '</dd>'); };
  const plain = function (key, place) { if (place) add(key, html(text(place))); };
  add('basis', '<p>' + html(say('basis_place', f.clause[2], f.clause[0])) + '</p><p>' + html(f.clause[own + 3]) + '</p>');
  if (f.law) add('law', html(f.law));
  plain('found', f.found);
  plain('required', f.required);
  plain('missing', f.missing);
  plain('evidence_cell', f.evidence);
  plain('cell', f.cell);
  if (f.due) add('due', escape(text(f.due)) + (f.late ? ' <span class="breach">' + escape(f.late === 1 ? say('late_one') : say('late', f.late)) + '</span>' : ''));
  else if (f.outcome < OPEN) add('due', escape(say('undated')));
  plain('notice_due', f.noticeDue);
  plain('since', f.since);
  if (f.readings.length) {
    add('readings', f.readings.map(function (one) {
      const row = data.readings[one];
      return '<p>' + html(row[own + 1]) + (own === 0 ? '：' : ': ') + html(row[own + 3]) + '</p>';
    }).join(''));
  }
  if (f.who) add('act', html(capital(text(f.who))));
  if (f.next) {
    add('next', html(capital(text(f.next))) + ' <button type="button" class="copy" data-copy="' + f.index + '">' + escape(say('copy')) +
      '</button><span class="said" role="status"></span>');
  }
  return '<div class="details"><dl>' + lines.join('') + '</dl></div>';
};

let showing = 0; // the turn of the list: a later one ends those before it
const showList = function () {
  const turn = showing += 1;
  const rows = passing(), kept = rows.filter(listed), rest = tallied(rows.filter(function (f) { return !listed(f); }));
  const box = element('findings');
  const groups = grouped(kept);
  element('count').textContent = say('listed', kept.length);
  element('clearing').innerHTML = clearing();
  box.innerHTML = kept.length ? '' : '<p>' + escape(say('nothing')) + '</p>';
  box.className = kept.length > LONG ? 'long' : '';
  box.setAttribute('aria-busy', 'true');
  let group = 0, at = 0, size = SLICE, list = null;
  const lay = function () {
    if (turn !== showing) return;
    let room = size;
    size *= 2;
    while (group < groups.length && room > 0) {
      const own_rows = groups[group];
      if (at === 0) {
        const made = document.createElement('div');
        made.className = 'group';
        made.innerHTML = '<h3>' + html(headOf(own_rows)) + '<span class="tally">' + escape(tally(tallied(own_rows))) + '</span></h3><ul></ul>';
        box.appendChild(made);
        list = made.lastChild;
      }
      const slice = own_rows.slice(at, at + room);
      list.insertAdjacentHTML('beforeend', slice.map(rowOf).join(''));
      room -= slice.length;
      at += slice.length;
      if (at === own_rows.length) {
        group += 1;
        at = 0;
      }
    }
    if (group < groups.length) {
      setTimeout(lay, 0);
      return;
    }
    if (rest[4] + rest[5]) {
      box.insertAdjacentHTML('beforeend', '<p class="folded">' + escape(say('in_order')) + [4, 5].map(function (outcome) {
        return rest[outcome] ? number('&nbsp;' + rest[outcome], {outcome: outcomes[outcome].code}, 'open', sign(outcome) + ' ' + escape(outcomes[outcome].names[own])) : '';
      }).join('') + '</p>');
    }
    box.setAttribute('aria-busy', 'false');
  };
  lay();
};

const showRewards = function () {
  const place = data.districts.findIndex(function (row) { return row[0] === state.district; });
  document.querySelectorAll('#awards tbody[data-district]').forEach(function (body) {
    body.hidden = Boolean(state.district) && Number(body.getAttribute('data-district')) !== place;
  });
};

const show = function () {
  if (!data) return;
  state = read();
  own = state.lang === 'zh' ? 0 : 1;
  root.lang = own === 0 ? 'zh-CN' : 'en';
  document.title = say('title', data.city || (own === 0 ? '' : say('place')));
  document.querySelectorAll('#languages a').forEach(function (link) {
    const lang = link.lang === 'en' ? 'en' : 'zh';
    link.setAttribute('href', address({lang: lang}));
    if (lang === state.lang) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  });
  showTiles();
  showChoices();
  showBodies();
  showMatrix();
  showList();
  showRewards();
};

/* On paper: a page for each district, with what is listed; what is open there is open here. */

const showPrinted = function () {
  if (!data) return;
  const rows = passing().filter(listed);
  const places = data.districts.map(function (row, place) { return [place, row[1]]; });
  places.unshift([-1, say('city_itself')]);
  element('printed').innerHTML = places.map(function (pair) {
    const kept = rows.filter(function (f) { return f.district === pair[0]; }).sort(before);
    if (!kept.length) return '';
    return '<section><h2>' + html(say('page_of', pair[1], kept.length)) + '</h2><p>' + escape(tally(tallied(kept))) + '</p><table><thead><tr>' +
      ['outcome', 'of_whom', 'matter', 'who_next', 'due'].map(function (key) { return '<th scope="col">' + escape(say(key)) + '</th>'; }).join('') +
      '</tr></thead><tbody>' + kept.map(function (f) {
        return '<tr><td>' + sign(f.outcome) + ' ' + escape(outcomes[f.outcome].names[own]) + '</td><td>' + html(subjectOf(f)) + '</td><td>' +
          html(matterOf(f)) + ' <small>' + escape(f.clause[0]) + '</small><span class="values">' + valuesOf(f) + '</span></td><td>' +
          html(capital(text(f.next))) + '</td><td>' + whenOf(f) + '</td></tr>' +
          (opened.has(f.index) ? '<tr class="opened"><td colspan="5">' + detailsOf(f) + '</td></tr>' : '');
      }).join('') + '</tbody></table></section>';
  }).join('');
};

/* What people do. */

const copyText = function (said, done) {
  const byHand = function () {
    const area = document.createElement('textarea');
    area.className = 'clipboard';
    area.value = said;
    document.body.appendChild(area);
    area.select();
    let copied = false;
    try { copied = document.execCommand('copy'); } catch (refused) { copied = false; }
    document.body.removeChild(area);
    done(copied);
  };
  if (navigator.clipboard && navigator.clipboard.writeText) {
    navigator.clipboard.writeText(said).then(function () { done(true); }, byHand);
  } else byHand();
};
/* The next step with what it is about, to be sent on. */
const messageOf = function (f) {
  const stop = own === 0 ? '。' : '.';
  return capital(text(f.next)) + stop + '\n' + subjectOf(f) + (own === 0 ? '：' : ': ') + matterOf(f) +
    [f.found ? say('found') + ' ' + text(f.found) : '', f.required ? say('required') + ' ' + text(f.required) : '']
      .filter(Boolean).map(function (one) { return (own === 0 ? '；' : '; ') + one; }).join('') + stop + '\n' +
    say('basis') + (own === 0 ? '：' : ': ') + say('basis_place', f.clause[2], f.clause[0]) +
    [f.evidence ? say('evidence_cell') + ' ' + text(f.evidence) : f.cell ? say('cell') + ' ' + text(f.cell) : '']
      .filter(Boolean).map(function (one) { return (own === 0 ? '；' : '; ') + one; }).join('') + stop;
};

let toList = false; // a number was opened: the list is what is wanted
document.addEventListener('click', function (event) {
  const link = event.target.closest('a.number, #tiles a, #matrix th a');
  toList = Boolean(link);
  if (link && link.getAttribute('href') === location.hash) arrive(); // nothing changes: only the way there
  const skip = event.target.closest('.skip');
  if (skip) {
    event.preventDefault(); // the address keeps the filters
    arrive();
  }
  const copy = event.target.closest('[data-copy]');
  if (copy) {
    copyText(messageOf(findings[copy.getAttribute('data-copy')]), function (copied) {
      copy.focus();
      copy.nextElementSibling.textContent = say(copied ? 'copied' : 'not_copied');
    });
  }
  const fold = event.target.closest('[data-fold]'), every = event.target.closest('[data-fold-all]');
  if (fold || every) {
    const showed = document.querySelectorAll('[data-fold][aria-expanded="true"]');
    if (!chosen) showed.forEach(function (one) { unfolded.add(Number(one.getAttribute('data-fold'))); });
    chosen = true;
    if (every) data.districts.forEach(function (_, place) { unfolded[every.getAttribute('data-fold-all') === 'true' ? 'delete' : 'add'](place); });
    else {
      const place = Number(fold.getAttribute('data-fold'));
      unfolded[unfolded.has(place) ? 'delete' : 'add'](place);
    }
    showMatrix();
    document.querySelector(every ? '[data-fold-all]' : '[data-fold="' + fold.getAttribute('data-fold') + '"]').focus();
  }
});
document.addEventListener('change', function (event) {
  const key = event.target.name;
  if (!TESTS[key]) return;
  const change = {};
  change[key] = event.target.value;
  if (key === 'district') change.community = '';
  location.hash = address(change);
});
document.addEventListener('submit', function (event) { event.preventDefault(); });
document.addEventListener('toggle', function (event) {
  const box = event.target;
  if (!box.hasAttribute('data-finding')) return;
  const index = Number(box.getAttribute('data-finding'));
  opened[box.open ? 'add' : 'delete'](index);
  if (box.open && !box.querySelector('.details')) box.insertAdjacentHTML('beforeend', detailsOf(findings[index]));
}, true);
const arrive = function () {
  toList = false;
  element('list').focus({preventScroll: true});
  element('list').scrollIntoView();
};
window.addEventListener('hashchange', function () {
  const chose = document.activeElement && document.activeElement.id;
  const lang = document.activeElement && document.activeElement.closest('#languages');
  show();
  if (toList) arrive();
  else if (!lang && chose && element(chose)) element(chose).focus();
});
window.addEventListener('beforeprint', showPrinted);
window.addEventListener('afterprint', function () { element('printed').innerHTML = ''; });

/* Shows a report, in the form that _page.py gives it. Another one may follow. */
const open = function (made) {
  load(made);
  element('live').hidden = false;
  element('plain').hidden = true;
  show();
};
return {open: open, escape: escape};
})();

const island = document.getElementById('data');
if (island) report.open(JSON.parse(island.textContent));
