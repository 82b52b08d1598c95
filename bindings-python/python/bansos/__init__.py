"""Indonesia's social registry: NIK, regions, families, welfare deciles, programmes, deduplication.

>>> import bansos
>>> bansos.nik.parse("3508126801809001").nik
Nik('35**************')
"""

from . import columns, eligibility, family, family_card, nik, person, policy, ranking, region
from ._native import call, operations
from ._root import version
from ._values import BansosError, Decile, FamilyCard, InputError, Nik, RegionCode

__version__ = version().library

__all__ = [
    "BansosError",
    "Decile",
    "FamilyCard",
    "InputError",
    "Nik",
    "RegionCode",
    "call",
    "columns",
    "eligibility",
    "family",
    "family_card",
    "nik",
    "operations",
    "person",
    "policy",
    "ranking",
    "region",
    "version",
]
