"""What every thing that letters are made of can do."""

from __future__ import annotations

from typing import Any


class Content:
    """What a letter is made of.

    Attributes
    ----------
    name : str
        By which it is spoken of.
    suffix, media_type : str
        Of the file that it becomes.
    fields : frozenset of str
        Its merge fields.
    """

    name: str
    suffix: str
    media_type: str
    fields: frozenset[str]

    def lacking(self, values: dict[str, Any]) -> frozenset[str]:
        """Tell which fields would be printed without a value.

        Parameters
        ----------
        values : dict of str to object
            By field.

        Returns
        -------
        frozenset of str
            Empty where the letter is complete.

        Raises
        ------
        RuleError
            When the template cannot be filled.
        """
        raise NotImplementedError

    def merged(self, values: dict[str, Any]) -> bytes:
        """Make the letter's file.

        Parameters
        ----------
        values : dict of str to object
            By field.

        Returns
        -------
        bytes
            The file.

        Raises
        ------
        RuleError
            When the template cannot be filled.
        """
        raise NotImplementedError
