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
# # Menyusun model PMT / Fitting a proxy-means test
#
# Pengeluaran hanya diukur pada sebagian kecil keluarga. Model menduganya untuk semua keluarga dari rumah dan aset, lalu keluarga
# diperingkat. Bobot DTSEN tidak diumumkan, jadi tidak ada bobot resmi di sini: semua angka di bawah lahir dari data buatan ini.
#
# Spending is measured for a sampled tenth only. A model predicts it for everybody from housing and assets. DTSEN's weights are
# not public, so no official weight stands here: every number below comes from this invented register
# (`bansos synth --families 3000 --seed 11`).

# %%
import json

import bansos
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import statsmodels.api as sm
from bansos import plots

families = pd.read_csv("regsosek_keluarga.csv", dtype={"id_keluarga": str, "kode_wilayah": str})
families["kecamatan"] = families["kode_wilayah"].str[:6]
sample = families[families["pengeluaran_perkapita"] > 0].copy()
print(f"{len(families)} families, spending known for {len(sample)}")

# %% [markdown]
# ## Peubah / Variables
#
# Angka memakai logaritma; kode menjadi satu tetapan per kategori, dibandingkan dengan kategori yang paling sering. Kategori yang
# jarang pada sampel digabung ke `lainnya`, supaya tidak menjadi derau.

# %%
NUMBERS = {"jumlah_anggota": ("log", "orang", 1, 20), "luas_lantai": ("log", "m2", 6, 400)}
CODES = ["jenis_lantai", "jenis_dinding", "jenis_atap", "sumber_air_minum", "daya_listrik", "bahan_bakar_memasak", "fasilitas_bab",
         "aset_kulkas", "aset_ac", "aset_emas", "aset_motor", "aset_mobil", "aset_laptop"]
ENOUGH = 12  # families of the sample that a category needs for a coefficient of its own

levels = {}
for name in CODES:
    seen = sample[name].dropna().astype(int).value_counts()
    levels[name] = [int(code) for code in seen.index[1:] if seen[code] >= ENOUGH]


def design(frame: pd.DataFrame) -> pd.DataFrame:
    columns = {"const": np.ones(len(frame))}
    for name, (_, _, low, high) in NUMBERS.items():
        columns[name] = np.log(frame[name].astype(float).clip(low, high))
    for name, codes in levels.items():
        for code in codes:
            columns[f"{name}={code}"] = (frame[name] == code).astype(float)
    return pd.DataFrame(columns, index=frame.index)


target = np.log(sample["pengeluaran_perkapita"])
known = design(sample).notna().all(axis=1)
sample, target = sample[known], target[known]
X = design(sample)

# %% [markdown]
# ## Luar sampel / Out of sample
#
# Sepuluh lipatan: setiap keluarga diduga oleh model yang tidak pernah melihatnya. R² luar sampel dan kesalahan bakunya adalah angka
# untuk menilai model; R² dalam sampel terlalu memuji.

# %%
fold = np.random.default_rng(5).permutation(len(X)) % 10
predicted = pd.Series(index=X.index, dtype=float)
for k in range(10):
    fit = sm.OLS(target[fold != k], X[fold != k]).fit()
    predicted[fold == k] = fit.predict(X[fold == k])
residual = target - predicted
r2_out = 1 - (residual**2).sum() / ((target - target.mean()) ** 2).sum()
error = float(np.sqrt((residual**2).mean()))
model = sm.OLS(target, X).fit()
print(f"R² in the sample {model.rsquared:.2f}, out of sample {r2_out:.2f}; standard error {error:.2f} in logs")
assert 0 < r2_out < model.rsquared

# %%
fig, (left, right) = plt.subplots(1, 2, figsize=(9.6, 4.4), layout="constrained")
left.scatter(predicted, target, s=8, color="#2b5d8c")
ends = [min(predicted.min(), target.min()), max(predicted.max(), target.max())]
left.plot(ends, ends, color="#9a9a9a", linewidth=0.8)
left.set(xlabel="dugaan (log)", ylabel="terukur (log)", title="Setiap titik diduga tanpa melihatnya")
poor = target <= target.quantile(0.4)
plots.cut_off(predicted, poor, chosen=0.4, ax=right)
right.set_title("Kesalahan bila 40 % terbawah dituju")
fig.savefig("pmt_kesalahan.png", dpi=110)

# %% [markdown]
# ## Berkas model / The model file
#
# Berkas ini dibaca `bansos rank --model pmt.json` (dan `bansos run`). Skornya dihitung di Rust, per baris maupun per kolom.

# %%
coefficient = model.params
terms = [
    {"kind": "number", "variable": name, "transform": how, "coefficient": float(coefficient[name]),
     "if_missing": float(coefficient[name] * X[name].mean())}
    for name, (how, _, _, _) in NUMBERS.items()
] + [
    {"kind": "category", "variable": name, "if_other": 0.0,
     "if_missing": float(sum(coefficient[f"{name}={c}"] * X[f"{name}={c}"].mean() for c in codes)),
     "levels": [{"code": c, "coefficient": float(coefficient[f"{name}={c}"])} for c in codes]}
    for name, codes in levels.items() if codes
]
used = [term["variable"] for term in terms]
pmt = {
    "schema": 1,
    "name": "contoh buku catatan, register buatan",
    "status": "example",
    "note": f"OLS on {len(X)} invented families; for learning only",
    "target": "log",
    "unit": "rupiah per head and month",
    "missing": "refuse",
    "least_known": 60,
    "digits": 9,
    "variables": [
        {"name": n, "kind": "number", "unit": NUMBERS[n][1], "min": float(NUMBERS[n][2]), "max": float(NUMBERS[n][3])}
        if n in NUMBERS else {"name": n, "kind": "category"}
        for n in used
    ],
    "national": {
        "intercept": float(coefficient["const"]), "terms": terms,
        "fit": {"sample": len(X), "r2": float(model.rsquared), "r2_out_of_sample": float(r2_out), "error": error},
    },
}
with open("pmt.json", "w", encoding="utf-8") as file:
    json.dump(pmt, file, indent=1)

# %% [markdown]
# ## Desil nasional dan per kecamatan / Deciles
#
# `near`: keluarga yang jaraknya ke batas desil kurang dari kesalahan baku model. Bagi mereka desil bisa lain pada survei berikutnya.

# %%
families["skor"] = design(families).fillna(X.mean()) @ coefficient
families, report = bansos.deciles(
    families, score="skor", by="families", key="id_keluarga", group="kecamatan", near=error, report=True
)
total = report["decile"]["report"]["total"]
near = total["near_cut"] / total["ranked"]
print(f"{near:.0%} of all families stand within one standard error of a decile's boundary")
families[["id_keluarga", "skor", "decile", "decile_kecamatan"]].to_csv("desil.csv", index=False)
families[["id_keluarga", "skor", "decile", "decile_kecamatan"]].head()

# %%
fig, axes = plt.subplots(1, 3, figsize=(13, 4.2), layout="constrained")
plots.profile(families["decile"], (families["jenis_lantai"] >= 6).astype(float), name="bagian berlantai sederhana", ax=axes[0])
plots.lorenz(sample["pengeluaran_perkapita"], sample["jumlah_anggota"], ax=axes[1])
plots.transitions(families["decile"], families["decile_kecamatan"], ax=axes[2])
axes[2].set(xlabel="desil kecamatan", ylabel="desil kabupaten", title="Desil yang sama, dua wilayah (% baris)")
fig.savefig("pmt_desil.png", dpi=110)
