"""Table models: they keep ids and fetch a row when it is painted."""
