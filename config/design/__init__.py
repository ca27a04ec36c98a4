"""Pieces of pages, and the page that shows each in every state."""
