-- A made-up city as an office's database may have it, in SQL that SQLite and PostgreSQL both take. Numbers are whole, in
-- the library's units: areas in 0.01 m². What is NULL is not known.
create table districts (id text primary key, name text);
create table communities (id text primary key, name text, district text references districts, staff integer);
create table offices (id integer primary key, community text references communities, area_dm2 integer, route text);
create table assessments (
    community text references communities, year integer, result text, made_on date, primary key (community, year)
);
create table areas (id text primary key, name text, households integer, entered_on date);
create table area_communities (
    area text references areas, community text references communities, primary key (area, community)
);
create table contracts (id integer primary key, area text references areas, signed_on date, signed_by text);

insert into districts values ('360102', '东湖区'), ('360103', '西湖区');
insert into communities values ('c1', '院一社区', '360102', 3), ('c2', '院二社区', '360103', 0);
insert into offices values (1, 'c1', 9605, 'long_lease'), (2, 'c2', 10000, 'own'), (3, 'c1', 3000, 'own');
insert into assessments values ('c1', 2019, 'passed', '2020-02-21'), ('c2', 2019, 'failed', NULL);
insert into areas values
    ('a1', '院一', 1885, '2019-12-06'),
    ('a2', '院二', 642, '2020-01-09'),
    ('a3', NULL, 271, NULL);
insert into area_communities values ('a1', 'c1'), ('a2', 'c2');
insert into contracts values
    (1, 'a1', '2019-11-28', 'residents_committee'),
    (2, 'a2', '2020-01-06', 'street'),
    (3, 'a2', NULL, NULL);
