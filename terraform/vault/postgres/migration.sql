create role "{{name}}" login password '{{password}}' valid until '{{expiration}}' in role "${service}_owner";
alter role "{{name}}" set role = '${service}_owner';
