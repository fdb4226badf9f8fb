-- A made-up city as an office's database may have it. Numbers are whole, in the library's units: areas in 0.01 m². What
-- is NULL is not known.
create table districts (id text primary key, name text) strict;
create table communities (id text primary key, name text, district text, staff integer) strict;
create table offices (community text, area_dm2 integer, route text) strict;
create table assessments (community text, year integer, result text, made_on text) strict;
create table areas (id text primary key, name text, community text, households integer, entered_on text) strict;
create table contracts (area text, signed_on text, signed_by text) strict;

insert into districts values ('360102', '东湖区'), ('360103', '西湖区');
insert into communities values ('c1', '院一社区', '360102', 3), ('c2', '院二社区', '360103', 0);
insert into offices values ('c1', 9605, 'long_lease'), ('c2', 10000, 'own'), ('c1', 3000, 'own');
insert into assessments values ('c1', 2019, 'passed', '2020-02-21'), ('c2', 2019, 'failed', NULL);
insert into areas values
    ('a1', '院一', 'c1', 1885, '2019-12-06'),
    ('a2', '院二', 'c2', 642, '2020-01-09'),
    ('a3', NULL, NULL, 271, NULL);
insert into contracts values
    ('a1', '2019-11-28', 'residents_committee'),
    ('a2', '2020-01-06', 'street'),
    ('a2', NULL, NULL);
