"""Grids that are proposed, commented and voted."""
