"""The segment language by example: each file is one idea, each test one sentence about it."""
