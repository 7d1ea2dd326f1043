"""What options, figures of quality and choices of methods are called on the page."""

from __future__ import annotations

from workbench.app.labels import N_

OPTIONS = {
    "purchase": N_("Purchases"), "counted_by": N_("One purchase is"), "amount": N_("Amount"),
    "base": N_("Of the segment"),
    "bins": N_("Cut figures into"), "scores": N_("Scores for each figure"), "recency_bounds": N_("Bounds of recency"),
    "frequency_bounds": N_("Bounds of frequency"), "monetary_bounds": N_("Bounds of the amount"),
    "map": N_("Map of names"), "model": N_("Model"), "unit": N_("Unit of time"), "horizon": N_("Units ahead"),
    "discount_rate": N_("Discount for each unit"), "with_spend": N_("Model amounts as well"),
    "calibration_end": N_("Test from the day after"), "target": N_("What they are to do"),
    "window_days": N_("Within days"), "cuts": N_("Earlier days to learn from"), "campaign": N_("Campaign"),
    "learn_from": N_("Earlier campaigns to learn from"), "features": N_("Told apart by"), "models": N_("Models"),
    "count": N_("Clusters"), "most": N_("Clusters at most"), "rules": N_("Rules at most"),
    "resamples": N_("Resamples"), "segment": N_("Like the segment"), "exclude": N_("Without the segment"),
    "seed": N_("Seed of draws"),
}  # fmt: skip
QUALITY = {
    "buyer_share": N_("Contacts with purchases"), "named_share": N_("Of them with a name"),
    "contact_count": N_("Contacts"), "base_count": N_("Contacts looked at"), "purchase_count": N_("Purchases"),
    "amount_sum": N_("Amount of all purchases"), "stability": N_("Stability"), "silhouette": N_("Silhouette"),
    "fidelity": N_("Fidelity of the rules"), "is_stable": N_("Stable"), "structure": N_("Structure"),
    "cluster_count": N_("Clusters"), "rule_count": N_("Rules"), "auc": N_("AUC"), "auc_low": N_("AUC, from"),
    "auc_high": N_("AUC, to"), "seed_count": N_("Members of the seed"),
    "recall_at_10_percent": N_("Recall in the first tenth"), "recall_at_10_percent_low": N_("Recall, from"),
    "recall_at_10_percent_high": N_("Recall, to"), "brier": N_("Brier score"),
    "brier_of_rate": N_("Brier score of the rate for everybody"),
    "slope": N_("Slope of the calibration"), "slope_low": N_("Slope, from"), "slope_high": N_("Slope, to"),
    "predicted_rate": N_("Mean chance"), "observed_rate": N_("Rate observed"),
    "lift_of_first_tenth": N_("Lift of the first tenth"), "expected_count": N_("Expected to do it"),
    "tested": N_("Tested"), "tested_on": N_("Tested on"), "model": N_("Model"),
    "learned_count": N_("Learned from contacts"), "tested_count": N_("Tested on contacts"),
    "holdout_correlation": N_("Correlation of expected with actual"),
    "holdout_actual_purchases": N_("Purchases that came"), "holdout_expected_purchases": N_("Purchases expected"),
    "holdout_mean_absolute_error": N_("Mean absolute error"),
    "holdout_naive_absolute_error": N_("Mean absolute error of going on as before"),
    "holdout_from": N_("Tested from"), "holdout_until": N_("Tested until"),
    "holdout_contact_count": N_("Contacts tested"), "holdout_actual_amount": N_("Amount that came"),
    "holdout_expected_amount": N_("Amount expected"), "repeat_contact_count": N_("Contacts that came back"),
    "log_likelihood": N_("Log-likelihood"), "expected_alive_count": N_("Expected to be still customers"),
    "expected_purchases_sum": N_("Purchases expected ahead"), "expected_value_sum": N_("Value expected ahead"),
    "spend_mean": N_("Mean amount of a purchase"), "spend_log_likelihood": N_("Log-likelihood of amounts"),
    "spend_correlation": N_("Correlation of amounts with repeat purchases"),
}  # fmt: skip
CHOICES = {
    "quantile": N_("equal shares of the contacts"), "quantile_r": N_("equal shares as the R package rfm cuts them"),
    "fixed": N_("even steps"), "custom": N_("the bounds that are given"),
    "bg_nbd": N_("BG/NBD: they leave after a purchase"), "pareto_nbd": N_("Pareto/NBD: they leave at any time"),
    "boosting": N_("gradient boosting"), "logistic": N_("logistic regression"),
    "day": N_("day"), "week": N_("week"), "month": N_("month"),
}  # fmt: skip
