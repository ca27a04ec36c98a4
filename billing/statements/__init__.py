"""Statements: what somebody owes, or an operator earned, in a month; on paper and as a table."""
