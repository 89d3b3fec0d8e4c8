FROM localhost/shop/admin-portal
ENTRYPOINT ["sh", "-c", "echo started > /app/started && exec node ."]
