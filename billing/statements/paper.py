"""Statements on paper: PDF/UA-1, set by Typst from its own fonts."""

import json
from pathlib import Path
from typing import Any, Final

import typst

from billing.statements.reading import Statement
from billing.statements.sheets import sheet
from network.language import page_language

#: The name on the paper.
NETWORK = "Maillage"
TEMPLATE = Path(__file__).with_name("statement.typ")
#: Tagged, with a title and a language, or refused.
STANDARD: Final = "ua-1"


def paper(statement: Statement) -> bytes:
    """Return a statement as a PDF in the reader's language."""
    return typst.compile(
        str(TEMPLATE),
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(told(statement))},
        pdf_standards=STANDARD,
    )


def told(statement: Statement) -> dict[str, Any]:
    """Return all that the template says."""
    return {"language": page_language(), "network": NETWORK} | sheet(statement)
