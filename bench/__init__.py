"""Measurements of the product against the database alone, as ratios taken in one run."""
