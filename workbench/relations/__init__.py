"""Contacts and the customers, vendors, bank accounts and employees they are."""
