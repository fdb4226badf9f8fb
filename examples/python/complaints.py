"""Sends residents' complaints to the bodies that are responsible (1-3, 1-4, 3.2, 4.3). The complaints are made up.

python examples/python/complaints.py [en|zh]

Where the gate is depends on the area's layout (1-4), and with it who has to act.
"""

import csv
import io
import sys

import libpilot

COMPLAINTS = """\
complaint,matter,place,layout
The lamp by the bicycle shed has been dark for a week,street_lights,courtyard,open
The lamp by the bicycle shed has been dark for a week,street_lights,courtyard,closed
Cars block the pavement,disorderly_parking,public_road,open
The stairwell has not been swept since Monday,property_service,stairwell,closed
A scooter is charging by a cable from a third-floor window,bike_charging,courtyard,closed
The septic tank runs over,septic_tanks,courtyard,open
"""


def main(lang: str = "en") -> None:
    roles, bodies = libpilot.titles("role", lang), libpilot.titles("actor", lang)
    for row in csv.DictReader(io.StringIO(COMPLAINTS)):
        duties = libpilot.responsible(row["matter"], place=row["place"], layout=row["layout"])
        print(f"{row['complaint']} ({row['place']}, {row['layout']} area)")
        for role in ("performs", "supervises", "may_be_told"):
            # The nearest body comes first, each once whatever the clauses that name it.
            named = dict.fromkeys(bodies[duty.actor] for duty in duties if duty.role == role)
            print(f"  {roles[role]}: {', '.join(named) or '-'}")
        print(f"  {', '.join(dict.fromkeys(duty.clause for duty in duties))}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
