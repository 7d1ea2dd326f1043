"""Three segments of the demo: who lapsed, who answers coupons, and whom to write to next."""

from __future__ import annotations

from workbench.segments.definition import Segment

_BOUGHT = {"related": "sales_entry", "measure": {"distinct": "document_no"}}

SEGMENTS = (
    Segment.from_dict(
        {
            "name": "lapsing-regulars",
            "description": "Shopped often in the year, but not in the last four weeks",
            "base": {"type": "person"},
            "steps": [
                {"add": {"all": [
                    {**_BOUGHT, "within": {"in_last": {"n": 12, "unit": "month"}}, "op": "at_least", "value": 24},
                    {"not": {"related": "sales_entry", "within": {"in_last": {"n": 4, "unit": "week"}}}},
                ]}},
            ],
            "suppress": ["excluded_from_segments", "privacy_blocked"],
        }
    ),
    Segment.from_dict(
        {
            "name": "coupon-responders",
            "description": "Redeemed a coupon of a campaign in the last six months",
            "steps": [
                {"add": {
                    "related": "interaction",
                    "where": {"field": "is_campaign_response", "op": "is", "value": True},
                    "within": {"in_last": {"n": 6, "unit": "month"}},
                }},
            ],
            "suppress": ["privacy_blocked"],
        }
    ),
    Segment.from_dict(
        {
            "name": "grocery-families-to-win",
            "description": "Families or big grocery baskets that campaign 18 did not move",
            "base": {"type": "person"},
            "steps": [
                {"add": {"any": [
                    {"all": [
                        {"field": "kids_count", "op": "in", "value": ["1", "2", "3+"]},
                        {"field": "age", "op": "in", "value": ["25-34", "35-44", "45-54"]},
                    ]},
                    {
                        "related": "sales_entry",
                        "where": {"field": "department", "op": "is", "value": "GROCERY"},
                        "within": {"in_last": {"n": 90, "unit": "day"}},
                        "measure": {"sum": "sales_amount"},
                        "op": "at_least",
                        "value": 400,
                    },
                ]}},
                {"refine": {"campaign": "18", "responded": False}},
                {"reduce": {"segment": "coupon-responders"}},
            ],
            "limit": {"top": 500, "by": [{"field": "sales_amount", "order": "descending"}]},
            "suppress": [
                "excluded_from_segments",
                "privacy_blocked",
                {"frequency_cap": {"max": 6, "in_last": {"n": 90, "unit": "day"}}},
            ],
        }
    ),
)  # fmt: skip
