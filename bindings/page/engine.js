/* Files in, a report out, all of it here: the reader of workbooks and the library's engine lie in the page as wasm. */

const element = function (id) { return document.getElementById(id); };
const escape = report.escape;
const both = function (zh, en) {
  return '<span class="zh" lang="zh-CN">' + escape(zh) + '</span><span class="en" lang="en">' + escape(en) + '</span>';
};
const parsed = function (id) { return JSON.parse(element(id).textContent); };
const pages = parsed('words'); // words and marks
const words = pages.words;

/* The language is the address's, or else the browser's. */
const languageOf = function () {
  const asked = new URLSearchParams(location.hash.slice(1)).get('lang');
  return asked === 'zh' || asked === 'en' ? asked : /^zh/i.test(navigator.language) ? 'zh' : 'en';
};
const showLanguage = function () {
  const lang = languageOf();
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  if (state.shown) return; // report.js does the rest
  document.querySelectorAll('#languages a').forEach(function (link) {
    if (link.getAttribute('href') === '#lang=' + lang) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  });
};

/* The two engines. Each is compiled once; one that a file has ended is made anew of what was compiled. */

const bytesOf = function (id) {
  const packed = atob(element(id).textContent);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i += 1) bytes[i] = packed.charCodeAt(i);
  return bytes;
};
const engines = {reader: null, pilot: null}; // modules
const put = function (exports, bytes) {
  const at = exports.room(bytes.length);
  new Uint8Array(exports.memory.buffer).set(bytes, at);
  return at;
};
const start = async function () {
  engines.reader = await WebAssembly.compile(bytesOf('reader'));
  // The reader has what unpacks files, and so the engine, too.
  const exports = (await WebAssembly.instantiate(engines.reader)).exports;
  const packed = bytesOf('engine'), size = Number(element('engine').getAttribute('data-size'));
  const at = exports.unpack(put(exports, packed), packed.length, size);
  engines.pilot = await WebAssembly.compile(new Uint8Array(exports.memory.buffer, at, size).slice());
  // Before Chromium 97 wasm is compiled only where a page may evaluate text. All is compiled: from here on it may not.
  const policy = document.createElement('meta');
  policy.httpEquiv = 'Content-Security-Policy';
  policy.content = "script-src 'none'";
  document.head.appendChild(policy);
};

const fail = function (zh, en) { return {problems: [{zh: zh, en: en}]}; };

/* The sheets of a file, as the JSON of a list that goes into a call as it is; or that of {problems}. */
const readCells = async function (bytes, name) {
  const exports = (await WebAssembly.instantiate(engines.reader)).exports;
  try {
    const encoded = new TextEncoder().encode(name);
    const at = exports.read(put(exports, bytes), bytes.length, put(exports, encoded), encoded.length);
    const length = new DataView(exports.memory.buffer).getUint32(at, true);
    return new TextDecoder().decode(new Uint8Array(exports.memory.buffer, at + 4, length));
  } catch (ended) {
    return JSON.stringify(fail('文件已损坏、不完整或过大，无法读取：请用表格软件打开后另存', 'the file is damaged, cut off or too large to be read: open it in a spreadsheet program and save it'));
  }
};

/* What is on the page. */
const state = {
  sheets: '', sheetFiles: [], // of workbooks: all sheets as JSON, and the file that each is of, where there are several
  city: null, reform: null, reformName: '', readings: {},
  cells: new Map(), shown: false, turn: 0, pilot: null, catalog: null
};

/* What was asked for later goes before: a turn that is no longer the last one ends. */
const isStale = function (turn) { return turn !== state.turn; };
const painted = function () {
  return new Promise(function (done) { requestAnimationFrame(function () { setTimeout(done, 0); }); });
};
const tell = function (zh, en, working) {
  element('told').className = working ? 'working' : '';
  element('told').innerHTML = zh ? both(zh, en) : '';
};
/* What a call answers, {result} or {problems}. Documents of files go into its text as they are. */
const ask = async function (text) {
  try {
    return JSON.parse(state.pilot.callText(text));
  } catch (refused) {
    if (!refused.problems) throw refused;
    // A trap leaves no engine of use.
    if (refused.status === 'trap') state.pilot = await instantiate(engines.pilot);
    return refused;
  }
};
const call = function (request) { return ask(JSON.stringify(request)); };

const policyOf = function () {
  const chosen = Object.keys(state.readings).length > 0;
  if (!state.reform && !chosen) return {};
  const reform = state.reform || {};
  return {policy: chosen ? Object.assign({}, reform, {readings: Object.assign({}, reform.readings, state.readings)}) : reform};
};

/* Problems. */

const MOST_TOLD = 200;
const cellRow = function (problem) {
  const place = problem.sheet_name ? problem.sheet_name + (problem.cells ? '!' + problem.cells : '') : '';
  const file = state.sheetFiles.length && problem.sheet !== undefined ? state.sheetFiles[problem.sheet] + ': ' : '';
  return '<tr><th scope="row">' + escape(file + place) + (problem.count > 1 ? ' <small>' + both(problem.count + '处', problem.count + ' cells') + '</small>' : '') +
    '</th><td>' + escape(problem.header) + '</td><td>' + escape(problem.value) + '</td><td>' + both(problem.reason_zh, problem.reason_en) +
    '</td><td>' + both(problem.remedy_zh, problem.remedy_en) + ' <span class="code">[' + escape(problem.code) + ']</span></td></tr>';
};
const cellTable = function (rows) {
  return '<table><thead><tr>' + [['单元格', 'Cell'], ['列', 'Column'], ['内容', 'Value'], ['原因', 'Why'], ['请填写', 'What to write']].map(function (one) {
    return '<th scope="col">' + both(one[0], one[1]) + '</th>';
  }).join('') + '</tr></thead><tbody>' + rows.map(cellRow).join('') + '</tbody></table>';
};
const showCellProblems = function (told) {
  const wrong = told.problems.filter(function (one) { return !one.note; }), notes = told.problems.filter(function (one) { return one.note; });
  const sum = function (rows) { return rows.reduce(function (all, one) { return all + one.count; }, 0); };
  return (wrong.length ? '<h3>' + both('须改正 ' + (sum(wrong) + told.more) + ' 处', 'To be put right: ' + (sum(wrong) + told.more)) + '</h3>' + cellTable(wrong) : '') +
    (notes.length ? '<details' + (wrong.length ? '' : ' class="notes"') + '><summary>' + both('提示 ' + notes.length + ' 条：表中略过或换了写法的内容', 'Notes: ' + notes.length + ', of what was passed over or taken for something') +
      '</summary>' + cellTable(notes) + '</details>' : '');
};
const showRefusal = function (name, problems) {
  return '<h3>' + (name ? escape(name) + ' ' : '') + both('不能使用', 'cannot be used') + '</h3><ul>' + problems.slice(0, MOST_TOLD).map(function (one) {
    const zh = [one.line ? '第' + one.line + '行' : '', one.place || one.path || ''].filter(Boolean).join(' ');
    const en = [one.line ? 'line ' + one.line : '', one.place || one.path || ''].filter(Boolean).join(', ');
    return '<li>' + both((zh ? zh + '：' : '') + one.zh, (en ? en + ': ' : '') + one.en) + '</li>';
  }).join('') + '</ul>';
};
const refuse = function (name, problems) {
  element('problems').innerHTML = showRefusal(name, problems);
  tell('', '');
  hide();
};
const HEAD = [element('title').innerHTML, element('facts').innerHTML]; // while there is no report
const hide = function () {
  state.shown = false;
  element('title').innerHTML = HEAD[0];
  element('facts').innerHTML = HEAD[1];
  element('live').hidden = element('foot').hidden = true;
  showLanguage();
};

/* From files to a city. */

const contentOf = function (file) {
  return new Promise(function (done, failed) {
    const reader = new FileReader();
    reader.onload = function () { done(new Uint8Array(reader.result)); };
    reader.onerror = function () { failed(reader.error); };
    reader.readAsArrayBuffer(file);
  });
};
const isJson = function (bytes) {
  let at = bytes[0] === 0xEF ? 3 : 0;
  while (at < bytes.length && bytes[at] <= 32) at += 1;
  return bytes[at] === 0x7B;
};
/* The text of a JSON file is the engine's to judge: it stands in the request as it is. */
const textOf = function (bytes) { return new TextDecoder().decode(bytes); };

const take = async function (files) {
  const turn = state.turn += 1;
  const names = files.map(function (file) { return file.name; });
  element('chosen').textContent = names.join('、');
  element('problems').innerHTML = '';
  document.body.classList.add('checked');
  tell('正在读取 ' + names.join('、'), 'Reading ' + names.join(', '), true);
  await painted();
  const sheets = [], sheetFiles = [];
  let city = null;
  for (const file of files) {
    let bytes;
    try {
      bytes = await contentOf(file);
    } catch (unread) {
      return refuse(file.name, fail('文件无法打开', 'the file cannot be opened').problems);
    }
    if (isStale(turn)) return undefined;
    if (isJson(bytes)) {
      if (files.length > 1) {
        return refuse(file.name, fail('城市数据文件（.json）须单独检查', 'a city file (.json) is checked by itself').problems);
      }
      city = textOf(bytes);
    } else {
      const read = await readCells(bytes, file.name);
      if (read[0] === '{') return refuse(file.name, JSON.parse(read).problems);
      sheets.push(read.slice(1, -1));
      if (files.length > 1) JSON.parse(read).forEach(function () { sheetFiles.push(file.name); });
    }
  }
  const joined = '[' + sheets.filter(Boolean).join(',') + ']';
  Object.assign(state, {sheets: city === null ? joined : '', sheetFiles: sheetFiles, city: null, cells: new Map()});
  return city === null ? fromCells(turn) : fromText(turn, names[0], city);
};

const fromCells = async function (turn) {
  const told = await ask('{"call":"import","sheets":' + state.sheets + '}');
  if (isStale(turn)) return undefined;
  if (told.problems) return refuse('', told.problems);
  element('problems').innerHTML = showCellProblems(told.result);
  if (!told.result.city) {
    tell('', '');
    hide();
    element('problems').focus({preventScroll: true});
    return undefined;
  }
  state.city = told.result.city;
  return check(turn);
};
/* Problems of a document by their places in its own file. */
const within = function (problems, member) {
  return problems.map(function (one) {
    return Object.assign({}, one, {path: one.path.indexOf(member) === 0 ? one.path.slice(member.length) : one.path});
  });
};
const fromText = async function (turn, name, text) {
  const made = await ask('{"call":"city","city":' + text + '}');
  if (isStale(turn)) return undefined;
  if (made.problems) return refuse(name, within(made.problems, '/city'));
  state.city = made.result;
  return check(turn);
};

/* From a city to a report. */

const question = function (name) {
  return Object.assign({call: name, city: state.city, as_of: element('as-of').value}, policyOf());
};

const check = async function (turn) {
  tell('正在检查', 'Checking', true);
  await painted();
  if (isStale(turn)) return;
  const told = await call(question('digest'));
  if (told.problems) {
    element('problems').innerHTML = showRefusal(state.reformName, told.problems);
    tell('', '');
    hide();
    return;
  }
  const digest = told.result;
  await addCells(digest, turn);
  if (isStale(turn)) return;
  state.shown = true;
  report.open(Object.assign({lang: languageOf(), words: words}, dataOf(digest, state.city, state.catalog, state.cells)));
  showHead(digest);
  tell('检查完毕', 'Checked');
  await addRewards(turn);
};

/* Where the values that a report names stand in the workbook; those asked for before are known. */
const addCells = async function (digest, turn) {
  const paths = pathsOf(digest).filter(function (path) { return !state.cells.has(path); });
  if (!state.sheets || !paths.length || isStale(turn)) return;
  const told = await ask('{"call":"import","paths":' + JSON.stringify(paths) + ',"sheets":' + state.sheets + '}');
  paths.forEach(function (path) { state.cells.set(path, ''); });
  (told.result.places || []).forEach(function (one) {
    state.cells.set(one.path, (state.sheetFiles.length ? state.sheetFiles[one.sheet] + ': ' : '') + one.sheet_name + (one.cell ? '!' + one.cell : ''));
  });
};

const showHead = function (digest) {
  const city = state.city, day = dayTexts(digest.receipt.as_of), receipt = digest.receipt;
  const filled = function (key, zh, en) {
    const fill = function (text, values) { return text.replace(/\{(\d)\}/g, function (_, place) { return values[+place]; }); };
    return both(fill(words[key][0], zh), fill(words[key][1], en || zh));
  };
  element('title').innerHTML = filled('title', [city.name || ''], [city.name || words.place[1]]);
  element('facts').innerHTML = filled('as_of', [day[0]], [day[1]]) + ['districts', 'communities', 'areas'].map(function (key) {
    return ' <span class="dot" aria-hidden="true">·</span> ' + filled(key + '_n', [city[key].length]);
  }).join('');
  const counts = state.catalog.outcomes.map(function (row, place) {
    return digest.findings.filter(function (finding) { return state.catalog.outcomeOrder[finding[0]] === place; }).length;
  });
  const said = function (at) {
    return state.catalog.outcomes.map(function (row, place) { return row[at] + ' ' + counts[place]; });
  };
  const head = [receipt.library, receipt.policy, receipt.fingerprint];
  element('receipt').innerHTML = filled('receipt_text', head.concat(day[0]), head.concat(day[1])) + ' ' +
    filled('receipt_counts', [digest.findings.length, said(2).join('，')], [digest.findings.length, said(3).join(', ')]) + ' ' + filled('receipt_note', []);
  element('foot').hidden = false;
};

/* The rewards of each community, district and the city, a few at a time: the rest of the page is in use meanwhile. */
const SLICE_MS = 100;
const addRewards = async function (turn) {
  const city = state.city, places = placesOf(city);
  element('rewards').innerHTML = '<p class="note">' + both('正在计算', 'Being worked out') + '</p>';
  let began = performance.now();
  const award = async function (own) {
    if (performance.now() - began > SLICE_MS) {
      await painted();
      began = performance.now();
    }
    if (isStale(turn)) return null;
    return (await call(Object.assign(question('city_award'), {city: own ? cityOf(city, places, own) : city}))).result;
  };
  const groups = [];
  for (let district = 0; district < places.districts.length; district += 1) {
    const group = {name: places.districts[district][1], communities: []}, all = new Set();
    for (let at = 0; at < places.communities.length; at += 1) {
      if (places.communities[at][2] === district) {
        all.add(at);
        group.communities.push({name: places.communities[at][1], award: await award(new Set([at]))});
        if (isStale(turn)) return;
      }
    }
    group.award = await award(all);
    groups.push(group);
  }
  const whole = await award(null);
  if (isStale(turn)) return;
  element('rewards').innerHTML = rewardsHtml(groups, whole, words, state.catalog, city.name);
  window.dispatchEvent(new HashChangeEvent('hashchange')); // which shows those of the district that is chosen
};

const again = function () {
  const turn = state.turn += 1;
  if (state.city && element('as-of').value) check(turn);
};

/* The policy. */

const showReadings = function () {
  const whole = state.pilot.call(Object.assign({call: 'policy'}, policyOf()));
  const usual = state.pilot.call({call: 'policy'}).readings;
  element('readings').innerHTML = state.pilot.call({call: 'readings'}).readings.map(function (one) {
    const now = whole.readings[one.id];
    const choice = function (lang) {
      return '<select class="' + lang + (now === usual[one.id] ? '' : ' set') + '" data-reading="' + one.id + '" aria-label="' + escape(one['title_' + lang]) + '">' +
        one.options.map(function (option) {
          return '<option value="' + option.name + '"' + (option.name === now ? ' selected' : '') + '>' + escape(option[lang]) + '</option>';
        }).join('') + '</select>';
    };
    return '<div title="' + escape(one.question_zh + ' / ' + one.question_en) + '"><label>' + both(one.title_zh + '（' + one.register + '）', one.title_en + ' (' + one.register + ')') + '</label>' +
      choice('zh') + choice('en') + '</div>';
  }).join('');
  const others = Object.keys(usual).filter(function (id) { return usual[id] !== whole.readings[id]; }).length;
  element('readings-count').innerHTML = others ? both('（' + others + '项不同于通常读法）', '(' + others + ' otherwise than usual)') : '';
};
const takePolicy = async function (file) {
  const text = textOf(await contentOf(file));
  const made = await ask('{"call":"policy","policy":' + text + '}');
  if (made.problems) {
    refuse(file.name, within(made.problems, '/policy'));
    return;
  }
  setPolicy(JSON.parse(text), file.name);
};
const setPolicy = function (reform, name) {
  Object.assign(state, {reform: reform, reformName: name, readings: {}});
  element('drop-policy').hidden = !reform;
  element('policy-name').innerHTML = reform ? escape(name) : both('方案原文', 'the notice itself');
  if (!element('problems').querySelector('table')) element('problems').innerHTML = '';
  showReadings();
  again();
};

/* What people do. */

/* As `libpilot check --json` writes it: what is in order is counted and not listed. */
const OPEN_OUTCOMES = ['breach', 'unknown', 'pending', 'info'];
const save = function () {
  const asked = Object.assign(question('check'), {outcomes: OPEN_OUTCOMES});
  const text = JSON.stringify(state.pilot.call(asked), null, 2) + '\n';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
  link.download = 'report-' + element('as-of').value + '.json';
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
};
const listen = function () {
  const list = function (files) { return Array.prototype.slice.call(files); };
  /* A file that was put right has its name still, and is to be chosen again. */
  const onFiles = function (id, use) {
    const input = element(id), label = document.querySelector('label[for=' + id + ']');
    input.addEventListener('change', function () {
      const files = list(input.files);
      input.value = '';
      if (files.length) use(files);
    });
    ['focus', 'blur'].forEach(function (kind) {
      input.addEventListener(kind, function () { label.classList.toggle('focused', kind === 'focus'); });
    });
  };
  onFiles('choose-files', take);
  onFiles('choose-policy', function (files) { takePolicy(files[0]); });
  let over = 0; // elements that a file is dragged over
  const mark = function (change) {
    over = Math.max(0, over + change);
    document.body.classList.toggle('over', over > 0);
  };
  document.addEventListener('dragenter', function () { mark(1); });
  document.addEventListener('dragleave', function () { mark(-1); });
  document.addEventListener('dragover', function (event) { event.preventDefault(); });
  document.addEventListener('drop', function (event) {
    event.preventDefault();
    mark(-over);
    if (event.dataTransfer.files.length) take(list(event.dataTransfer.files));
  });
  element('as-of').addEventListener('change', again);
  element('drop-policy').addEventListener('click', function () { setPolicy(null, ''); });
  element('readings').addEventListener('change', function (event) {
    state.readings[event.target.getAttribute('data-reading')] = event.target.value;
    showReadings();
    again();
  });
  element('save').addEventListener('click', save);
  window.addEventListener('hashchange', showLanguage);
};

const today = function () {
  const now = new Date(), two = function (number) { return (number < 10 ? '0' : '') + number; };
  return now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
};

showLanguage();
start().then(async function () {
  state.pilot = await instantiate(engines.pilot);
  state.catalog = catalogOf(state.pilot, pages.marks);
  element('as-of').value = today();
  showReadings();
  listen();
  element('plain').hidden = true;
  element('intake').hidden = false;
}, function (refused) {
  element('starting').insertAdjacentHTML('beforeend', ' (' + escape(refused) + ')');
});
