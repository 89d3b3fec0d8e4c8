FROM localhost/shop/admin-portal
HEALTHCHECK NONE
