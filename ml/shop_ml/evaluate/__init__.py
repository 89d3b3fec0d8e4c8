"""How good models are: full ranking, in time order, with intervals."""
