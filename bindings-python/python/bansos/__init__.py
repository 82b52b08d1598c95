"""Indonesia's social registry: NIK, regions, families, welfare deciles, programmes, deduplication.

>>> import bansos
>>> bansos.nik.parse("3508126801019001").nik
Nik('35**************')
"""

from . import nik
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
    "nik",
    "operations",
    "version",
]
