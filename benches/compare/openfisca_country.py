"""PKH and Sembako of 1 July 2025 as a small OpenFisca country: persons in families, dated parameters, formulas over arrays.

Written as OpenFisca's own country template is, with its fastest ways in: arrays for inputs, one join of persons and families.
Integers are 32 bits there, which these amounts fit. No reason, basis or unknown comes out of it.
"""

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

YEAR = "2025"
Person = build_entity(key="person", plural="persons", label="A person", is_person=True)
Family = build_entity(key="family", plural="families", label="A family", roles=[{"key": "member", "plural": "members"}])


def dated(value):
    return {"values": {"2025-01-01": {"value": value}}}


PARAMETERS = {
    "pkh": {name: dated(value) for name, value in dict(
        pregnant=3_000_000, young=3_000_000, sd=900_000, smp=1_500_000, sma=2_000_000, grown=2_400_000,
        cap_young=2, cap_children=3, cap_elderly=4, cap_disabled=4, cap_persons=4, max_decile=4).items()},
    "sembako": {"year": dated(2_400_000), "max_decile": dated(5)},
}


def given(name, entity, kind=int):
    fields = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR, "label": name}
    return type(name, (Variable,), fields)


class pkh(Variable):
    value_type = int
    entity = Family
    definition_period = DateUnit.YEAR
    label = "PKH in a year"

    def formula(family, period, parameters):
        p = parameters(period).pkh
        age_of = lambda name: family.members(name, period)
        school = age_of("school")
        young = np.minimum(family.sum(age_of("under_seven")), p.cap_young)
        grown = np.minimum(family.sum(age_of("disabled")), p.cap_disabled) + np.minimum(
            family.sum(age_of("sixty")), p.cap_elderly)
        left = np.full(family.count, p.cap_persons)
        children = np.full(family.count, p.cap_children)
        year = np.zeros(family.count, np.int32)
        for n, rupiah, child in [
            (family.sum(age_of("pregnant")), p.pregnant, False), (young, p.young, True), (grown, p.grown, False),
            (family.sum(school == 3), p.sma, True), (family.sum(school == 2), p.smp, True),
            (family.sum(school == 1), p.sd, True),
        ]:
            k = np.minimum(n, left)
            if child:
                k = np.minimum(k, children)
                children = children - k
            left = left - k
            year = year + (k * rupiah).astype(np.int32)
        barred = family.any(age_of("civil_servant"))
        return year * ((family("decile", period) <= p.max_decile) & ~barred)


class sembako(Variable):
    value_type = int
    entity = Family
    definition_period = DateUnit.YEAR
    label = "Sembako in a year"

    def formula(family, period, parameters):
        p = parameters(period).sembako
        barred = family.any(family.members("civil_servant", period))
        return p.year * ((family("decile", period) <= p.max_decile) & ~barred)


def country():
    system = TaxBenefitSystem([Person, Family])
    system.parameters = ParameterNode("", data=PARAMETERS)
    persons = [("school", int), ("under_seven", bool), ("sixty", bool), ("pregnant", bool), ("disabled", bool),
               ("civil_servant", bool)]
    for variable in [given(name, Person, kind) for name, kind in persons] + [given("decile", Family), pkh, sembako]:
        system.add_variable(variable)
    return system


def build(system, family_of_person, decile, columns, seven, sixty):
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", np.arange(len(family_of_person)))
    families = builder.declare_entity("family", np.arange(len(decile)))
    builder.join_with_persons(families, family_of_person, np.full(len(family_of_person), "member"))
    simulation = builder.build(system)
    born = columns["birth_day"]
    inputs = {"school": columns["school"].astype(np.int32), "under_seven": born > seven, "sixty": born <= sixty,
              "decile": decile.astype(np.int32)}
    inputs |= {name: columns[name].astype(bool) for name in ("pregnant", "disabled", "civil_servant")}
    for name, values in inputs.items():
        simulation.set_input(name, YEAR, values)
    return simulation


def compute(simulation):
    a, b = simulation.calculate("pkh", YEAR), simulation.calculate("sembako", YEAR)
    return int((a > 0).sum()), int(a.astype(np.int64).sum()), int((b > 0).sum()), int(b.astype(np.int64).sum())
