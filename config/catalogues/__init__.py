"""Catalogues of messages: made, checked, and held to one word per thing."""
