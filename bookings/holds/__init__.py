"""Keeping units for somebody who has yet to say who they are, and which holds a session has."""
