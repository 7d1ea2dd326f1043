"""What is held about one person, and its erasure."""
