"""Campaigns: their cards, whom they target, what was done for them, and who responded."""

from __future__ import annotations

from workbench.campaigns.activating import Activating
from workbench.campaigns.commenting import Commenting
from workbench.campaigns.entries import Entries
from workbench.campaigns.figures import CampaignStatistics, Figures
from workbench.campaigns.invoicing import InvoiceReceipt, Invoicing
from workbench.campaigns.keeping import Keeping
from workbench.campaigns.launch_results import Launch, LaunchReceipt, LaunchSheet, Targets
from workbench.campaigns.launching import Launching
from workbench.campaigns.measurement_results import Measurement
from workbench.campaigns.measuring import Measuring
from workbench.campaigns.plan_results import Allocation, PlanReceipt
from workbench.campaigns.pricing import Pricing
from workbench.campaigns.rates import Rating, ResponseRates
from workbench.campaigns.receipts import (
    ActivationReceipt,
    CampaignDeletion,
    CampaignReceipt,
    EntryReceipt,
    RowReceipt,
)
from workbench.campaigns.responding import Responding
from workbench.campaigns.response_results import Responses
from workbench.campaigns.results import Campaign, CampaignList, CampaignRows, TargetGroup
from workbench.campaigns.saved_plans import SavedPlan
from workbench.campaigns.uplift_results import Uplift
from workbench.campaigns.uplifting import Uplifting

__all__ = [
    "ActivationReceipt",
    "Allocation",
    "Campaign",
    "CampaignDeletion",
    "CampaignList",
    "CampaignReceipt",
    "CampaignRows",
    "CampaignStatistics",
    "Campaigns",
    "EntryReceipt",
    "InvoiceReceipt",
    "Launch",
    "LaunchReceipt",
    "LaunchSheet",
    "Measurement",
    "PlanReceipt",
    "ResponseRates",
    "Responses",
    "RowReceipt",
    "SavedPlan",
    "TargetGroup",
    "Targets",
    "Uplift",
]


class Campaigns(
    Keeping,
    Commenting,
    Activating,
    Pricing,
    Entries,
    Invoicing,
    Figures,
    Launching,
    Responding,
    Measuring,
    Rating,
    Uplifting,
):
    """Everything a workbench does with campaigns.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.
    evaluator : Evaluator
        What evaluates its segments.
    """
