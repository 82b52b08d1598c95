# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Siapa berhak? / Who is eligible?
#
# Contoh untuk analis BPS dan Bappeda: bersihkan NIK, susun desil, tetapkan kelayakan, lalu lihat akibat perubahan aturan.
# An example for analysts: check NIKs, rank, determine, then see what a change of the rule does.
# Semua data di sini buatan (nomor urut 9000–9999). / All data here is made up.

# %%
import random

import bansos
import matplotlib.pyplot as plt
import polars as pl

bansos.version()

# %% [markdown]
# ## Satu NIK / One NIK

# %%
bansos.nik.examine("9109016801809001", as_of="2026-11-21", declared={"sex": "male"})

# %% [markdown]
# ## Satu kolom / A column
#
# Sepuluh ribu keluarga buatan; satu dari dua puluh NIK rusak oleh Excel.

# %%
random.seed(1)
N = 10_000


def made_up_nik(i: int) -> str:
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(50, 99)
    woman = random.random() < 0.5
    return f"350812{day + 40 * woman:02}{month:02}{year:02}{9000 + i % 1000}"


niks = [made_up_nik(i) for i in range(N)]
families = pl.DataFrame(
    {
        "key": [f"F{i:05}" for i in range(N)],
        "nik": [n[:15] if i % 20 == 0 else n for i, n in enumerate(niks)],
        "log_spending": [random.gauss(13.5, 0.5) for _ in range(N)],
        "size": [random.choice([1, 2, 3, 3, 4, 4, 5, 6, 7]) for _ in range(N)],
        "children_in_sd": [random.choice([0, 0, 1, 1, 2]) for _ in range(N)],
    }
)
families = families.hstack(bansos.columns.nik(families["nik"], as_of="2026-11-21", columns=["class", "sex"]))
families["class"].value_counts(sort=True)

# %% [markdown]
# ## Desil / Deciles
#
# Menurut keluarga atau menurut jiwa? Sumber resmi tidak sepakat, maka pemanggil menyebutnya.

# %%
by_families = bansos.columns.deciles(families["log_spending"], by="families", key=families["key"])
by_persons = bansos.columns.deciles(families["log_spending"], by="persons", key=families["key"], size=families["size"])
families = families.with_columns(decile=by_families.deciles, decile_persons=by_persons.deciles)
differs = families.filter(pl.col("decile") != pl.col("decile_persons")).height
print(f"{differs} of {N} families stand in another decile when persons are counted")

# %%
sizes = pl.DataFrame(by_persons.report["report"]["total"]["cells"])
fig, ax = plt.subplots(figsize=(7, 3))
ax.bar(range(1, 11), sizes["families"], color="#b5432a")
ax.set(xlabel="desil", ylabel="keluarga", title="Keluarga per desil bila setiap desil memuat sepersepuluh jiwa", xticks=range(1, 11))
fig.tight_layout()
fig.savefig("desil.png", dpi=110)

# %% [markdown]
# ## Kelayakan / Eligibility

# %%
def family(row: dict) -> dict:
    child = {"age": 9, "relation": "child", "attendance": "attending", "school_level": "sd"}
    return {"decile": row["decile"], "registered": True, "members": [child] * row["children_in_sd"]}


poor = families.filter(pl.col("decile") <= 5).head(300)
answers = [bansos.eligibility.determine("pkh", date="2026-01-15", family=family(r)) for r in poor.to_dicts()]
poor = poor.with_columns(
    outcome=pl.Series([a.outcome for a in answers]), rupiah=pl.Series([a.amounts.year for a in answers])
)
poor.group_by("decile", "outcome").agg(pl.len(), pl.col("rupiah").sum()).sort("decile", "outcome")

# %%
next(a for a in answers if a.outcome == "eligible")

# %% [markdown]
# ## Bila aturan berubah / If the rule changes
#
# Sebuah lapisan bernama (overlay) mengganti batas desil; namanya terlihat pada setiap keputusan.

# %%
overlay = {"name": "percobaan: batas desil 2", "set": [{"parameter": "pkh.max_decile", "from": "2026-01-01", "value": 2}]}
changed = [
    bansos.eligibility.determine("pkh", date="2026-01-15", family=family(r), policy={"overlays": [overlay]})
    for r in poor.to_dicts()
]
lost = sum(a.outcome == "eligible" and b.outcome == "ineligible" for a, b in zip(answers, changed))
gained = sum(a.outcome == "ineligible" and b.outcome == "eligible" for a, b in zip(answers, changed))
assert changed[0].overlays == ("percobaan: batas desil 2",)
assert gained == 0
print(f"with the cap at decile 2: {lost} of {sum(a.outcome == 'eligible' for a in answers)} families lose PKH, {gained} gain it")
