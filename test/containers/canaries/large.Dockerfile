FROM localhost/shop/admin-portal
USER 0
RUN head -c 121000000 /dev/zero > /large
USER 1000:1000
