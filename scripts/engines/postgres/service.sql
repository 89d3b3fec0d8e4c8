-- Run by psql once per service, with the variables `service` and `password`; may be repeated.
-- A role and a database of the service's name: it owns that one and can enter no other.
select format('create role %I login', :'service')
where not exists (select from pg_roles where rolname = :'service') \gexec
select format('alter role %I password %L', :'service', :'password') \gexec
select format('create database %I owner %I', :'service', :'service')
where not exists (select from pg_database where datname = :'service') \gexec
select format('revoke all on database %I from public', datname)
from pg_database where datname in (:'service', 'postgres', 'template1') \gexec
