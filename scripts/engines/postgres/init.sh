#!/bin/sh
# Runs once, in the container of compose.yaml: a role and a database for each of SHOP_SERVICES.
set -eu
for service in $SHOP_SERVICES; do
  psql -q -X -v ON_ERROR_STOP=1 -v service="$service" -v password="$SHOP_PASSWORD" -U postgres -f /shop/service.sql
done
