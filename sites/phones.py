"""Telephone numbers of France, Germany and Switzerland: kept as E.164, shown as people write them.

ITU-T E.164 allows 15 digits. The plans: nine digits after +33 (Arcep, decision 2018-0881) and after
+41 (BAKOM), five to eleven after +49 (Bundesnetzagentur). Short numbers (3949, 112) and those of
other countries are refused: a site of the network has one that its neighbours can dial.
"""

import re

#: By country: what follows its code.
PLANS = {"33": r"[1-9]\d{8}", "41": r"[1-9]\d{8}", "49": r"[1-9]\d{4,10}"}
E164 = re.compile("|".join(rf"\+{code}{rest}" for code, rest in PLANS.items()), re.ASCII)
#: What people put between digits, a no-break space included.
BETWEEN = re.compile(r"[\s.\-/()\u2010-\u2013]+")
TRUNK = re.compile(r"\(0\)")


class NotAPhone(ValueError):
    """No telephone number of the three countries."""


def canonical(text: str) -> str:
    """Return a number as E.164: "03 88 00 00 00" is "+33388000000". Raises NotAPhone.

    A number without a country is French.
    """
    digits = BETWEEN.sub("", TRUNK.sub("", text))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+33{digits[1:]}"
    if not E164.fullmatch(digits):
        raise NotAPhone(text)
    return digits


def shown(number: str, *, is_abroad: bool = False) -> str:
    """Return an E.164 number in groups: "03 88 00 00 00", or with its country for who is abroad.

    A German number is parted after its country only: its area codes differ in length.
    """
    code, rest = number[1:3], number[3:]
    if code == "33":
        pairs = " ".join(rest[at : at + 2] for at in range(1, 9, 2))
        return f"+33 {rest[0]} {pairs}" if is_abroad else f"0{rest[0]} {pairs}"
    if code == "41":
        return f"+41 {rest[:2]} {rest[2:5]} {rest[5:7]} {rest[7:]}"
    return f"+{code} {rest}"
