create role "{{name}}" login password '{{password}}' valid until '{{expiration}}' in role "${service}_service";
