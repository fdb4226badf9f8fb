"""OpenFisca as its users write a benefit: an entity, dated parameters, a monthly variable with a formula,
summed by year. A simulation keeps what it has computed, so each run has a simulation of its own.
Its integers have 32 bits, which these amounts do not exceed in fen.
"""

from importlib.metadata import version

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import ETERNITY, MONTH, YEAR
from openfisca_core.populations import ADD
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

VERSION = version("openfisca-core")

Community = build_entity("community", "communities", "A pilot community", is_person=True)


class households(Variable):
    value_type, entity, definition_period = int, Community, ETERNITY


class first_month(Variable):
    value_type, entity, definition_period = int, Community, ETERNITY


class last_month(Variable):
    value_type, entity, definition_period = int, Community, ETERNITY


class reward(Variable):
    value_type, entity, definition_period = int, Community, MONTH

    def formula(community, period, parameters):
        month = (period.start.year - 1970) * 12 + period.start.month - 1
        served = (community("first_month", period) <= month) * (month <= community("last_month", period))
        return community("households", period) * served * parameters(period).reward.fen_per_household


class yearly_reward(Variable):
    value_type, entity, definition_period = int, Community, YEAR

    def formula(community, period, parameters):
        return community("reward", period, options=[ADD])


class city_reward(Variable):
    value_type, entity, definition_period = int, Community, YEAR

    def formula(community, period, parameters):
        return community("yearly_reward", period) // 2


class district_reward(Variable):
    value_type, entity, definition_period = int, Community, YEAR

    def formula(community, period, parameters):
        return community("yearly_reward", period) - community("city_reward", period)


def system():
    made = TaxBenefitSystem([Community])
    made.add_variables(households, first_month, last_month, reward, yearly_reward, city_reward, district_reward)
    made.parameters = ParameterNode("", data={"reward": {"fen_per_household": {"values": {
        "2019-01-01": {"value": 1800}, "2022-01-01": {"value": 1200}, "2023-01-01": {"value": 600},
        "2024-01-01": {"value": 0}}}}})
    return made


def awards(columns, threads):
    """60 months are calculated and added up by year; the halves are of a year. A year's award is an even
    number of fen, so the halves add up to those of the whole."""
    rules = system()

    def run():
        simulation = SimulationBuilder().build_default_simulation(rules, count=len(columns[0]))
        for name, column in zip(("households", "first_month", "last_month"), columns):
            simulation.set_input(name, "eternity", column)
        return [simulation.calculate_add(name, "year:2019:5")
                for name in ("yearly_reward", "city_reward", "district_reward")]
    return run, lambda sums: [column.astype(np.int64) for column in sums]
