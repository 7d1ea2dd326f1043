"""Parts of pages that are drawn in more than one place, or are too large for a page."""
