"""Shoppers whose tastes are known, so that models can be compared with the best that is possible."""
