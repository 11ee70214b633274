"""Game days: each incident of the runbook caused on a running product, and what the product did."""
