"""Approvals by themselves: no booking is held for what is asked here."""

import pytest

from subscriptions.signals import approval_answered


@pytest.fixture(autouse=True)
def _nobody_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody but a test's own receivers hear of answers."""
    monkeypatch.setattr(approval_answered, "receivers", [])
