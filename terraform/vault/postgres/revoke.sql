grant "{{name}}" to current_user;
select pg_terminate_backend(pid) from pg_stat_activity where usename = '{{name}}';
reassign owned by "{{name}}" to "${service}_owner";
drop owned by "{{name}}";
drop role "{{name}}";
