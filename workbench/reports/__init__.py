"""Printed reports about contacts and questionnaires."""
