"""A second opinion on the schema of scenarios, by a validator that is not ours.

usage: validate.py SCHEMA valid|invalid < DOCUMENTS

DOCUMENTS is a JSON list. Fails, and says which, unless each of them is what the second argument says.
"""

import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
wanted = sys.argv[2] == "valid"

status = 0
for number, document in enumerate(json.load(sys.stdin)):
    errors = [error.message for error in validator.iter_errors(document)]
    if wanted == (not errors):
        continue
    print(f"document {number}: {errors[0] if errors else 'is valid'}", file=sys.stderr)
    status = 1
sys.exit(status)
