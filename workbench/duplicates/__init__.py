"""Duplicates: finding, reviewing and merging them."""
