"""Passes: half-days bought in advance by a person, spent nearest expiry first."""
