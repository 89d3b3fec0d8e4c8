FROM localhost/shop/admin-portal
USER root
