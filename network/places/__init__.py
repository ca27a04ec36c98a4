"""Communes and territories: loaded from files, found as people write them."""
