"""What the planning of a hospital takes for granted where no record says it, all in one place.

Each is our own choice unless it names a source.
"""

from __future__ import annotations

from salus.allocate.hospital.site import Weights
from salus.core.messages import say

DAYS = 14
"""The horizon. Who is called in must know it some days before, most stays after surgery end within
two weeks, and the roster is known for four."""
SHIFTS = ("early", "late", "night")
BUSY_DAYS = 28
"""Days before the plan whose admissions tell how busy a hospital is."""
CALL_IN = 7
"""Days within which nobody can be made to come: who is due earlier is due at their end."""
WEEKDAYS = 5
"""Theatres and surgeons operate from Monday to Friday; at the weekend only emergencies."""

GROWN, OLD = 18, 65
AGE_NAMES = (say("under 18"), say("18 to 64"), say("65 and over"))
"""Age groups, three as in the competition."""
SPECIAL = {"geriatric": 2}
"""The youngest age group that the wards of a kind take; all others take everybody."""

WORK_AFTER_SURGERY = ((3, 3, 2), (3, 2, 2))
"""Work of each shift of the day of the surgery and of the next, in halves of what an ordinary
patient takes by day; the competition's instances have 1 to 3."""
WORK = (2, 2, 1)
"""The same of every other day, and of those who lie there now."""
NEED_AFTER_SURGERY = ((1, 2, 2), (1, 1, 1))
"""Skill that the same shifts ask for: 0 of anybody, 1 of a nurse, 2 of a senior one."""
NEED = (0, 0, 0)

LEVELS = 3
PATIENTS_PER_NURSE = (4, 5, 5)
"""Whom a trainee, a nurse and a senior nurse can look after in a shift without overload (Aiken and
others 2014, Lancet 383:1824: 6 to 13 patients a nurse in Europe; the better end taken)."""
LOADS = tuple(WORK[0] * patients for patients in PATIENTS_PER_NURSE)

WEIGHTS = Weights(
    mixed_age=5,
    skill=5,
    continuity=1,
    overload=5,
    open_theatre=30,
    transfer=5,
    delay=10,
    postponed=300,
)
"""Within the range of the competition's instances."""

YEAR = 365
"""Days whose stays tell how long those who lie there now will go on lying."""

MOVES_EACH = 100_000
"""Effort of the search for each patient who waits: the plan can be rebuilt, and a small hospital
is planned in no time."""
