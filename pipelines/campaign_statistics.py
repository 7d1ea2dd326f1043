"""The figures that Business Central shows of a campaign, from counts of log entries."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def entry_response_rate(response_count: int, target_count: int) -> Decimal:
    """Divide the entries marked as responses by those marked as targets, as the product does.

    Parameters
    ----------
    response_count, target_count : int
        Log entries marked Campaign Response, and marked Campaign Target. Entries, not contacts: one contact may have
        several of each.

    Returns
    -------
    decimal.Decimal
        ``round(100 * responses / targets, 0.1) / 100``, so with three decimals; 0 without targets. It is above 1
        where there are more responses than targets.

    References
    ----------
    Business Central, page 5088 Campaign Statistics, ResponseRate.

    Examples
    --------
    >>> entry_response_rate(1, 3), entry_response_rate(3, 2), entry_response_rate(1, 0)
    (Decimal('0.333'), Decimal('1.500'), Decimal('0.000'))
    """
    return _rounded(Decimal(response_count), target_count, 3)


def per_response(total: Decimal, response_count: int, decimals: int = 2) -> Decimal:
    """Divide the cost or duration of a campaign by its responses, as the product does.

    Parameters
    ----------
    total : decimal.Decimal
        Of all entries of the campaign, in the store's currency or in minutes.
    response_count : int
        Log entries marked Campaign Response.
    decimals : int, optional
        To how many decimals the result is rounded, half away from zero.

    Returns
    -------
    decimal.Decimal
        0 without responses.

    References
    ----------
    Business Central, page 5088 Campaign Statistics, AvgCostPerResp and AvgDurationPerResp.

    Examples
    --------
    >>> per_response(Decimal("10"), 3), per_response(Decimal("10.005"), 1), per_response(Decimal("10"), 0)
    (Decimal('3.33'), Decimal('10.01'), Decimal('0.00'))
    """
    return _rounded(total, response_count, decimals)


def _rounded(dividend: Decimal, divisor: int, decimals: int) -> Decimal:
    quotient = dividend / divisor if divisor else Decimal(0)
    return quotient.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
