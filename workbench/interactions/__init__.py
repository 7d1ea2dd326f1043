"""The log of interactions: what was said and sent between contacts and us."""
