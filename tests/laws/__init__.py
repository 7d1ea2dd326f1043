"""Laws that hold for every definition and every store, tried on many that nobody thought of."""
