"""Indonesia's social registry: NIK, regions, families, welfare deciles, programmes, deduplication.

>>> import bansos
>>> bansos.nik.parse("3508126801809001").nik
Nik('35**************')
"""

from . import _interpreter  # before the compiled module is loaded
from . import allocation, columns, dedup, eligibility, family, family_card, nik, person, policy, ranking, region, targeting, verivali
from ._native import call, operations
from ._root import version
from ._linking import Linked
from ._values import BansosError, Decile, FamilyCard, InputError, Nik, RegionCode
from .frames import deciles, link

__version__ = version().library

__all__ = [
    "BansosError",
    "Decile",
    "FamilyCard",
    "InputError",
    "Linked",
    "Nik",
    "RegionCode",
    "allocation",
    "call",
    "columns",
    "deciles",
    "dedup",
    "eligibility",
    "family",
    "family_card",
    "link",
    "nik",
    "operations",
    "person",
    "policy",
    "ranking",
    "region",
    "targeting",
    "verivali",
    "version",
]
