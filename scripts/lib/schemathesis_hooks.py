"""What Schemathesis does not know by itself; loaded by `npm run fuzz`."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines_of_json(ctx, value):
    return (value if isinstance(value, str) else json.dumps(value)).encode()
