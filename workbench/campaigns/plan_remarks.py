"""Things to know about a plan or a launch that are no errors."""

from __future__ import annotations


def nobody_held_out(campaign_no: str) -> str:
    """Say what a campaign without holdout cannot answer.

    Parameters
    ----------
    campaign_no : str
        The campaign.

    Returns
    -------
    str
        One sentence.
    """
    return f"{campaign_no} holds nobody out, so no lift can be known of it afterwards."


def nothing_expected(campaign_no: str) -> str:
    """Say what is missing to tell the smallest lift.

    Parameters
    ----------
    campaign_no : str
        The campaign.

    Returns
    -------
    str
        One sentence.
    """
    return f"{campaign_no} says nothing of the rate it expects, so the smallest lift it can tell is unknown."


def empty_arm(campaign_no: str, arm: str) -> str:
    """Say that an arm has nobody.

    Parameters
    ----------
    campaign_no, arm : str
        The campaign and its arm.

    Returns
    -------
    str
        One sentence.
    """
    return f"Nobody of {campaign_no} is in the arm {arm}."


def cannot_tell(campaign_no: str, arm: str) -> str:
    """Say that an arm is too small for the lift that is expected.

    Parameters
    ----------
    campaign_no, arm : str
        The campaign and the variant.

    Returns
    -------
    str
        One sentence.
    """
    return f"{campaign_no}, {arm}: too few units to find the expected lift with the wanted power."


def drawn_together(dedupe_key: str) -> str:
    """Say what intervals of lifts do not know.

    Parameters
    ----------
    dedupe_key : str
        By what contacts are drawn.

    Returns
    -------
    str
        One sentence.
    """
    return (
        f"Contacts with the same {dedupe_key} share an arm. Intervals take each target by itself, so they come out too "
        "narrow where many share one."
    )


def launched_before(campaign_no: str) -> str:
    """Say that arms of two launches come together.

    Parameters
    ----------
    campaign_no : str
        The campaign.

    Returns
    -------
    str
        One sentence.
    """
    return f"{campaign_no} has targets from before; whoever is one of them is not targeted again."


def shares_forgotten(campaign_no: str) -> str:
    """Say why the ratio of arms will not be checked.

    Parameters
    ----------
    campaign_no : str
        The campaign.

    Returns
    -------
    str
        One sentence.
    """
    return f"{campaign_no} was drawn with other shares before, so the sizes of its arms can no longer be checked."
