"""Profile questionnaires: what contacts are asked, what they have answered, and what figures answer for them."""

from __future__ import annotations

from workbench.questionnaires.answering import Answering
from workbench.questionnaires.keeping import Keeping
from workbench.questionnaires.lines import KeepingLines
from workbench.questionnaires.paper import Handout, Papers, TestResult
from workbench.questionnaires.profile_results import Choice, Offer, OfferedQuestion, Profile, ProfileAnswer
from workbench.questionnaires.profiles import Profiles
from workbench.questionnaires.rating_points import KeepingPoints
from workbench.questionnaires.receipts import AnswerReceipt, ChangeReceipt, DeletionReceipt, RunReceipt
from workbench.questionnaires.records import Line, Questionnaire, QuestionnaireList, Rating
from workbench.questionnaires.running import Running

__all__ = [
    "AnswerReceipt",
    "ChangeReceipt",
    "Choice",
    "DeletionReceipt",
    "Handout",
    "Line",
    "Offer",
    "OfferedQuestion",
    "Profile",
    "ProfileAnswer",
    "Questionnaire",
    "QuestionnaireList",
    "Questionnaires",
    "Rating",
    "RunReceipt",
    "TestResult",
]


class Questionnaires(Keeping, KeepingLines, KeepingPoints, Answering, Profiles, Running, Papers):
    """Everything a workbench does with profile questionnaires.

    Parameters
    ----------
    database : Database
        The store.
    setup : Setup
        Its settings.

    Notes
    -----
    Answers are rows of profile_answer, so segments ask for them like for anything else that happened to a contact.
    """
