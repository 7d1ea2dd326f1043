"""Profile questionnaires: asking, answering, classifying, rating."""
