"""From bound conditions and named fields to SQL, through SQLGlot."""
