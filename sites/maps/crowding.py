"""Room for circles that would cover one another: a few are pushed apart, a crowd gets cells."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product
from math import hypot, sqrt

MOST_ROUNDS = 30
#: More circles than these are not pushed apart: it takes long, and leaves some covered.
CROWD = 40
#: The rows of a honeycomb are so much nearer to one another than its cells.
ROW = sqrt(3) / 2

#: From a square to itself, first, and to those that touch it.
AROUND = tuple(sorted(product((-1, 0, 1), repeat=2), key=lambda step: abs(step[0]) + abs(step[1])))
#: Cells are looked for so many columns and rows away: as large as pictures are.
MOST_STEPS = 25

Places = list[list[float]]
Cell = tuple[int, int]


def make_room(places: Places, radii: Sequence[float], width: float, height: float) -> None:
    """Move circles of those `radii` within a picture until none covers another.

    Those that stand apart stay; where the picture is full, the last ones stay, too.
    """
    if len(places) > CROWD:
        settle(places, radii, width, height)
    else:
        spread(places, radii)


def spread(places: Places, radii: Sequence[float]) -> None:
    """Push apart, a little at a time, circles that overlap; those at one place go side by side."""
    widest = 2 * max(radii, default=0) + 2
    for _step in range(MOST_ROUNDS):
        in_order = sorted(zip(places, radii, strict=True), key=lambda one: one[0][0])
        pushed = [_push_all(in_order, number, widest) for number in range(len(in_order))]
        if not any(pushed):
            return


def _push_all(in_order: Sequence[tuple[list[float], float]], number: int, widest: float) -> bool:
    """Push one circle and those to its right apart; tell whether any two overlapped."""
    here, radius = in_order[number]
    x, y = here
    moved = False
    for there, other in islice(in_order, number + 1, None):
        across, down = there[0] - x, there[1] - y
        if across > widest:
            break  # all further ones are farther to the right
        wanted = radius + other + 2
        if -wanted < down < wanted and across * across + down * down < wanted * wanted:
            moved |= _push_apart(here, there, wanted)
            x, y = here
    return moved


def _push_apart(a: list[float], b: list[float], wanted: float) -> bool:
    """Move `a` and `b` half of what they lack each; tell whether they lacked any."""
    across, down = b[0] - a[0], b[1] - a[1]
    distance = hypot(across, down)
    if distance >= wanted - 0.1:
        return False
    if distance < 0.1:
        across, down, distance = 1.0, 0.0, 1.0
        lacking = wanted / 2
    else:
        lacking = (wanted - distance) / 2
    step_x, step_y = across / distance * lacking, down / distance * lacking
    a[0], a[1], b[0], b[1] = a[0] - step_x, a[1] - step_y, b[0] + step_x, b[1] + step_y
    return True


def settle(places: Places, radii: Sequence[float], width: float, height: float) -> None:
    """Give each circle that touches another, in their order, the nearest cell of a honeycomb."""
    pitch = 2 * max(radii) + 2
    columns, rows = int(width / pitch - 0.5), int((height / pitch - 1) / ROW) + 1
    crowded = overlapping(places, pitch)
    free = {(column, row) for row in range(rows) for column in range(columns)}
    free -= cells_of_others(places, crowded, pitch)
    for number in sorted(crowded):
        if not free:
            return
        cell = nearest(free, places[number], pitch)
        free.remove(cell)
        places[number][:] = middle(cell, pitch)


def overlapping(places: Places, pitch: float) -> set[int]:
    """Return the numbers of the places that another is nearer to than `pitch`."""
    squares: dict[tuple[float, float], list[int]] = defaultdict(list)
    for number, (x, y) in enumerate(places):
        squares[x // pitch, y // pitch].append(number)
    return {
        number
        for number, (x, y) in enumerate(places)
        if any(
            number != other and is_near(places[other], x, y, pitch)
            for across, down in AROUND
            for other in squares.get((x // pitch + across, y // pitch + down), ())
        )
    }


def is_near(place: Sequence[float], x: float, y: float, pitch: float) -> bool:
    """Tell whether a place is nearer than `pitch`."""
    across, down = place[0] - x, place[1] - y
    return across * across + down * down < pitch * pitch


def cells_of_others(places: Places, crowded: set[int], pitch: float) -> set[Cell]:
    """Return the cells in which a circle would touch one that stands apart."""
    apart = [place for number, place in enumerate(places) if number not in crowded]
    return {
        cell
        for x, y in apart
        for cell in about(cell_at(x, y, pitch))
        if is_near(middle(cell, pitch), x, y, pitch)
    }


def about(cell: Cell) -> Iterator[Cell]:
    """Yield the cells that a circle in `cell`, or at its edge, may touch."""
    column, row = cell
    yield from ((column + one, row + two) for one, two in product(range(-2, 3), repeat=2))


def middle(cell: Cell, pitch: float) -> tuple[float, float]:
    """Return where the middle of a cell is: every other row stands half a cell to the right."""
    column, row = cell
    return (column + 0.5 + row % 2 / 2) * pitch, (row * ROW + 0.5) * pitch


def cell_at(x: float, y: float, pitch: float) -> Cell:
    """Return the cell in which a place is, or nearly."""
    row = round((y / pitch - 0.5) / ROW)
    return round(x / pitch - 0.5 - row % 2 / 2), row


def nearest(free: set[Cell], place: Sequence[float], pitch: float) -> Cell:
    """Return the first of the free cells by how far each is from the one of `place`."""
    column, row = cell_at(place[0], place[1], pitch)
    for across, down in steps(row % 2):
        if (column + across, row + down) in free:
            return column + across, row + down
    return min(free)


@lru_cache(maxsize=2)
def steps(parity: int) -> tuple[Cell, ...]:
    """Return from a cell of an even row (0), or an odd one (1), to all about it, nearest first."""
    here = middle((0, parity), 1)

    def away(step: Cell) -> float:
        there = middle((step[0], step[1] + parity), 1)
        return hypot(there[0] - here[0], there[1] - here[1])

    far = range(-MOST_STEPS, MOST_STEPS + 1)
    every = product(far, far)
    return tuple(sorted(every, key=lambda step: (away(step), step)))
