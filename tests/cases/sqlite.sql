-- What the functions of examples/sqlite give and refuse; sqlite.txt has it, line by line.
select pilot_rate('2020-01'), pilot_rate('2022-05'), pilot_rate('2023-12'), ifnull(pilot_rate('2024-01'), 'none');
select pilot_rate('2020-01', '{"rates":[{"first":"2020-01","last":"2020-12","yuan":"20.00","per":"household_month"}]}');
select pilot_rate('2020-13');
select pilot_rate('2020-01', '{"rates":[]');
select ifnull(pilot_award(null, '2019-12', '2023-12', '[]'), 'unknown');
select pilot_award(956.5, '2019-12', '2023-12', '[]');
select pilot_award(956, '2019-12', '2023-12', '[{"year":2019,"result":"pass"}]');
select json_extract(pilot_award(1000, '2020-01', '2020-12', '[{"year":2020,"result":"passed"}]', '{"city_share":"1/3"}'),
    '$.city_yuan');
select pilot_award(1, '2020-01');

-- The worked awards: how many there are, and how many differ.
select count(*) > 20, sum(json_extract(pilot_award(value ->> 'households' * (value ->> 'communities'), value ->> 'first',
    value ->> 'last', '[{"year":2019,"result":"passed"}]'), '$.total_yuan') <> value ->> 'total_yuan')
from json_each(readfile('tests/cases/reward.json'));

-- The city of the demonstration.
select json_extract(report, '$.counts.breach'), json_extract(smaller, '$.counts.breach')
from (select pilot_check(city, '2020-02-29') as report,
    pilot_check(city, '2020-02-29', '{"office_min_area_m2":"118.50"}') as smaller
    from (select readfile('examples/data/nanchang-2019.json') as city));
select pilot_check('{"districts":[],
    "communities":[{"id":"c","district":"d"}],"areas":[]}', '2020-02-29');

-- The calls that every language answers: how many there are, and how many differ.
create table lines(line text);
.mode ascii
.separator "\t" "\n"
.import tests/cases/calls.txt lines
.mode list
delete from lines where line = '' or line like '#%';
select count(*) > 20, sum(pilot_call(request) <> response)
from (select line as request, lead(line) over (order by rowid) as response, row_number() over (order by rowid) as number from lines)
where number % 2 = 1;
