"""Side-by-side runs against other engines, printed as ratios."""
