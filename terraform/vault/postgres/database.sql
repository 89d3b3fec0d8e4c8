-- Run by psql once per service, as an administrator, with the variable `service`, and VAULT_PASSWORD in the environment; may be repeated.
-- The database of a service, and in it
--   order_owner    owns what migrations make,
--   order_service  reads and writes it, and changes no schema,
--   order_vault    the user with which Vault makes a member of one of these for each pod.
\getenv password VAULT_PASSWORD
\set owner :service _owner
\set server :service _service
\set vault :service _vault

select format('create role %I nologin', name) from unnest(array[:'owner', :'server']) as name
where not exists (select from pg_roles where rolname = name) \gexec
-- The password only of a new one: Vault changes it.
select format('create role %I login createrole password %L', :'vault', :'password')
where not exists (select from pg_roles where rolname = :'vault') \gexec
grant :"owner", :"server" to :"vault" with admin option;
-- Needed below by an administrator who is no superuser.
grant :"owner" to current_user;

select format('create database %I', :'service')
where not exists (select from pg_database where datname = :'service') \gexec
\connect :service
-- Others may not even enter.
revoke all on database :"service" from public;
grant connect on database :"service" to :"server", :"vault";
grant connect, create on database :"service" to :"owner";
revoke all on schema public from public;
alter default privileges for role :"owner" grant usage on schemas to :"server";
alter default privileges for role :"owner" grant select, insert, update, delete on tables to :"server";
