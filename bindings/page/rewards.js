/* The table of rewards, as the report's template has it. */
const rewardsHtml = function (groups, whole, words, catalog, cityName) {
  const escape = report.escape;
  const both = function (zh, en) {
    return '<span class="zh" lang="zh-CN">' + escape(zh) + '</span><span class="en" lang="en">' + escape(en) + '</span>';
  };
  const say = function (key) { return both(words[key][0], words[key][1]); };
  const name = function (text) { return /[\u3400-\u9fff]/.test(text) ? '<span lang="zh-CN">' + escape(text) + '</span>' : escape(text); };
  const amount = function (yuan) { return yuan.replace(/\B(?=(\d{3})+\.)/g, ','); };
  const moving = []; // readings that move an amount, in the order of their marks
  const amounts = function (award) {
    const notes = (award.range.total.moved_by || []).map(function (one) {
      if (moving.indexOf(one) < 0) moving.push(one);
      return moving.indexOf(one) + 1;
    });
    return award.years.map(function (year) { return '<td>' + amount(year.total_yuan) + '</td>'; }).join('') +
      '<td class="sum">' + amount(award.total_yuan) + (award.areas_unknown ? ' <span class="mark">*</span>' : '') + '</td><td>' +
      amount(award.city_yuan) + '<br>' + amount(award.district_yuan) + '</td><td>' + amount(award.withheld_yuan) + '</td><td>' +
      amount(award.range.total.least_yuan) + '<br>' + amount(award.range.total.greatest_yuan) +
      (notes.length ? '<sup>' + notes.join(',') + '</sup>' : '') + '</td></tr>';
  };
  const counts = function (award) { return award.areas + award.areas_unknown > 0; };
  const body = groups.map(function (group, place) {
    return '<tbody data-district="' + place + '">' + group.communities.map(function (one) {
      return '<tr><th scope="row">' + name(one.name) + (counts(one.award) ? '' : ' <span class="mark">†</span>') + '</th>' + amounts(one.award);
    }).join('') + '<tr class="district"><th scope="row">' + name(group.name) + ' ' + say('subtotal') + '</th>' + amounts(group.award) + '</tbody>';
  }).join('') + '<tbody><tr class="all"><th scope="row">' + (cityName ? name(cityName) : say('place')) + ' ' + say('open') + '</th>' + amounts(whole) + '</tbody>';
  const without = groups.some(function (group) {
    return !counts(group.award) || group.communities.some(function (one) { return !counts(one.award); });
  });
  return '<div class="scroll" tabindex="0" role="group" aria-labelledby="awards-caption"><table class="money"><caption id="awards-caption">' +
    say('awards_caption') + '</caption><thead><tr><th scope="col">' + say('community') + '</th>' +
    whole.years.map(function (year) { return '<th scope="col">' + year.year + '</th>'; }).join('') +
    ['total', 'shares', 'withheld', 'range'].map(function (key) { return '<th scope="col">' + say(key) + '</th>'; }).join('') +
    '</tr></thead>' + body + '</table></div>' +
    (without ? '<p class="note">† ' + say('no_area') + '</p>' : '') +
    (whole.areas_unknown ? '<p class="note">* ' + say('unknown_area') + '</p>' : '') +
    (moving.length ? '<p class="note">' + say('moved_by') + '</p><ol class="note">' + moving.map(function (one) {
      const row = catalog.readings.get(one);
      return '<li>' + both(row[1] + ' — ' + row[3], row[2] + ' — ' + row[4]) + '</li>';
    }).join('') + '</ol>' : '');
};
