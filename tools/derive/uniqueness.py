"""Reference figures of how many people of a population are alone, and of the risk of one, from the definitions.

    pip install mpmath scipy && python3 tools/derive/uniqueness.py > test/kanon/microdata/uniqueness.json

Nothing here is shared with src: Zayatz's probabilities are quotients of whole numbers, the slid negative binomial's expectations are
sums over the sizes that a class may have in the population, and Pitman's likelihood is a sum over rows, made largest by a search
without slopes and polished with 40 digits.
"""
import json
import math
from math import comb
from fractions import Fraction
from mpmath import mp, mpf, findroot, gamma, hyp2f1, log
from scipy.optimize import fsolve, minimize

mp.dps = 40


def zayatz(sizes, people):
    rows = sum(size * count for size, count in sizes)
    one = {size: Fraction(size * comb(people - size, rows - 1), comb(people, rows)) for size, _ in sizes}
    classes = sum(count for _, count in sizes)
    total = sum(Fraction(count, classes) * one[size] for size, count in sizes)
    singles = dict(sizes)[1]
    return float(singles * (Fraction(singles, classes) * one[1] / total) / Fraction(rows, people))


def classes_of_population(sizes, f):
    """Haas and Stokes 1998, the estimator that Chen and Keller-McNulty take."""
    u, c1 = sum(count for _, count in sizes), dict(sizes)[1]
    a = sum(s * f**2 * (1 - f**2) ** (s - 1) * c for s, c in sizes)
    b = sum((1 - f) ** s * ((1 + f) ** s - 1) * c for s, c in sizes)
    c_ = sum((1 - f) ** s * c for s, c in sizes)
    d = sum(s * f * (1 - f) ** (s - 1) * c for s, c in sizes)
    return u + c1 * (a / b) * (c_ / d) ** 2


def slid_negative_binomial(sizes, people):
    rows = sum(size * count for size, count in sizes)
    f = mpf(rows) / people
    K = classes_of_population(sizes, f)
    seen = dict(sizes)

    def expected(a, b, drawn):
        total, mass = mpf(0), b**a
        for size in range(1, 9000):
            if size >= drawn:
                total += mass * comb(size, drawn) * f**drawn * (1 - f) ** (size - drawn)
            mass *= (size - 1 + a) / size * (1 - b)
            if mass < mpf(10) ** -60:
                break
        return K * total

    def misfit(u, v):
        a, b = mp.e**u, 1 / (1 + mp.e**-v)
        return [log(expected(a, b, 1) / seen[1]), log(expected(a, b, 2) / seen[2])]

    mp.dps = 20
    plain = lambda x: [float(y) for y in misfit(mpf(float(x[0])), mpf(float(x[1])))]
    tries = (fsolve(plain, [float(u), float(v)], full_output=True) for u in (0, -1, 1, 2) for v in (0, -2, 2))
    best = next(x for x, _, fine, _ in tries if fine == 1)
    mp.dps = 40
    u, v = findroot(misfit, [mpf(float(best[0])), mpf(float(best[1]))], tol=1e-25)
    return float(min(people, K * (1 / (1 + mp.e**-v)) ** (mp.e**u)))


def pitman(sizes, people):
    rows = sum(size * count for size, count in sizes)
    classes = sum(count for _, count in sizes)

    def loss(theta, alpha, ln):
        if not (0 < alpha < 1 and theta > -alpha):
            return float("inf")
        up = sum(ln(theta + i * alpha) for i in range(1, classes)) - sum(ln(theta + i) for i in range(1, rows))
        return -(up + sum(count * sum(ln(j - alpha) for j in range(1, size)) for size, count in sizes))

    found = min((minimize(lambda x: loss(x[0], x[1], math.log), start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 20000}) for start in ([1.0, 0.3], [50.0, 0.6], [500.0, 0.1])), key=lambda r: r.fun)

    def slopes(theta, alpha):
        by_theta = sum(1 / (theta + i * alpha) for i in range(1, classes)) - sum(1 / (theta + i) for i in range(1, rows))
        by_alpha = sum(i / (theta + i * alpha) for i in range(1, classes)) - sum(count * sum(1 / (j - alpha) for j in range(1, size)) for size, count in sizes)
        return [by_theta, by_alpha]

    if found.x[1] < 1e-5:  # likeliest at the edge, alpha = 0: Ewens's formula, where theta people are alone
        return float(findroot(lambda theta: sum(1 / theta for _ in range(1, classes)) - sum(1 / (theta + i) for i in range(1, rows)), mpf(float(found.x[0])), tol=1e-25))
    theta, alpha = findroot(slopes, [mpf(float(found.x[0])), mpf(float(found.x[1]))], tol=1e-25)
    return float(min(people, gamma(theta + 1) / gamma(theta + alpha) * mpf(people) ** alpha))


SAMPLES = [
    {"people": 1000, "sizes": [[1, 60], [2, 25], [3, 12], [4, 6], [7, 3]]},
    {"people": 600, "sizes": [[1, 40], [2, 30], [3, 20], [4, 12], [5, 8], [6, 4], [9, 1]]},
    {"people": 20000, "sizes": [[1, 300], [2, 90], [3, 40], [4, 22], [5, 11], [8, 6], [20, 2]]},
    {"people": 50000, "sizes": [[1, 500], [2, 100], [3, 50], [5, 20], [10, 8], [30, 3], [100, 1]]},
    {"people": 400, "sizes": [[1, 80], [2, 30], [3, 9], [5, 2]]},
]

if __name__ == "__main__":
    rows = [{**sample, **{name: f(sample["sizes"], sample["people"]) for name, f in (("zayatz", zayatz), ("snb", slid_negative_binomial), ("pitman", pitman))}} for sample in SAMPLES]
    # Benedetti and Franconi 1998: the mean of 1/F over the people behind f rows of which a share p was drawn.
    risks = [[f, F, float(mpf(f) / F if f == F else (mpf(f) / F) ** f / f * hyp2f1(f, f, f + 1, 1 - mpf(f) / F))] for f, F in ((1, 10), (1, 2), (2, 7.5), (3, 1000), (4, 5), (10, 12), (25, 30000), (60, 61), (200, 4000))]
    print(json.dumps({"samples": rows, "individualRisk": risks}))
