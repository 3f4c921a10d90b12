"""Reference figures of the accounting, from the definitions, with 60 digits.

    pip install mpmath && python3 tools/derive/accounting.py > test/dp/accounting/derived.json

Nothing here shares a formula with src: what is closed there is minimised or summed here, so that the figures also check the
derivations in docs/proofs (zcdp, discrete-gaussian, composition, key-selection, privacy-loss).
"""
import json
from mpmath import mp, mpf, binomial, erfc, exp, expm1, factorial, findroot, floor, log, sqrt

mp.dps = 60


def bisect(falling, low, high):
    """Where a falling function passes zero."""
    for _ in range(120):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high


def least(f, low, high):
    """The least value of a convex function, by golden section."""
    golden = (sqrt(mpf(5)) - 1) / 2
    a, b = high - golden * (high - low), low + golden * (high - low)
    fa, fb = f(a), f(b)
    for _ in range(170):
        if fa < fb:
            high, b, fb = b, a, fa
            a = high - golden * (high - low)
            fa = f(a)
        else:
            low, a, fa = a, b, fb
            b = low + golden * (high - low)
            fb = f(b)
    return min(fa, fb)


def cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def gaussian_delta(sigma, epsilon):
    """Balle and Wang 2018, theorem 8: the two tails of the best event."""
    return cdf(1 / (2 * sigma) - epsilon * sigma) - exp(epsilon) * cdf(-1 / (2 * sigma) - epsilon * sigma)


def gaussian_sigma(epsilon, delta):
    return bisect(lambda sigma: gaussian_delta(sigma, epsilon) - delta, mpf("1e-3"), mpf(10) ** 7)


def zcdp_epsilon(rho, delta):
    """Canonne, Kamath and Steinke 2020, corollary 13, minimised over the order."""
    f = lambda t: (1 + exp(t)) * rho + (log(1 / delta) + exp(t) * log(1 - 1 / (1 + exp(t))) - log(1 + exp(t))) / exp(t)
    return least(f, mpf(-30), mpf(60))


def zcdp_delta(rho, epsilon):
    f = lambda t: exp(t) * ((1 + exp(t)) * rho - epsilon) + exp(t) * log(1 - 1 / (1 + exp(t))) - log(1 + exp(t))
    return exp(least(f, mpf(-30), mpf(30)))


def discrete_gaussian_delta(sigma, epsilon, shift):
    """The sum of what is left of P[k] - e^epsilon P[k + shift], term by term."""
    reach = int(floor(sigma * 40)) + 40 + shift
    weight = {k: exp(-mpf(k * k) / (2 * sigma * sigma)) for k in range(-reach, reach + shift + 1)}
    total = sum(weight.values())
    return sum(max(mpf(0), weight[k] - exp(epsilon) * weight[k + shift]) for k in range(-reach, reach + 1)) / total


def composed_delta(epsilon, count, each):
    """`count` releases of which each loses +each or -each: the sum over how often it was the one (Kairouz, Oh and Viswanath 2015)."""
    return sum(binomial(count, i) * max(mpf(0), exp((count - i) * each) - exp(epsilon + i * each)) for i in range(count + 1)) / (1 + exp(each)) ** count


def composed_epsilon(each, count, delta):
    return bisect(lambda epsilon: composed_delta(epsilon, count, each) - delta, mpf(0), count * each)


def keep_probability(epsilon, delta, n):
    """Desfontaines, Voss, Gipson and Mandayam 2022, theorem 1."""
    p = mpf(0)
    for _ in range(n):
        p = min(exp(epsilon) * p + delta, 1 - exp(-epsilon) * (1 - p - delta), mpf(1))
    return p


def laplace_delta(epsilon, scale, count):
    """`count` releases of Laplace noise on reals, sensitivity 1, without a grid.

    One loses 1/scale with probability 1/2, -1/scale with e^(-1/scale)/2, and in between with density e^(-1/2scale) e^(l/2) / 4. The
    sum of m losses in between has the density of m uniform ones times e^(s/2), which is polynomial by pieces: its integral is elementary.
    """
    a = 1 / mpf(scale)
    density = exp(-a / 2) / 4

    def upper(m, theta, c):
        """The integral of e^(theta s) over the density of a sum of m uniform losses, from c to its end."""
        def anti(u):
            return exp(theta * u) * sum((-1) ** r * u ** (m - 1 - r) / factorial(m - 1 - r) / theta ** (r + 1) for r in range(m))
        total = mpf(0)
        for k in range(m + 1):
            start = -m * a + 2 * a * k
            total += (-1) ** k * binomial(m, k) * exp(theta * start) * (anti(m * a - start) - anti(max(c, start) - start))
        return total

    delta = mpf(0)
    for m in range(count + 1):
        for minus in range(count - m + 1):
            plus = count - m - minus
            c = epsilon - (plus - minus) * a
            if c >= m * a:
                continue
            ways = binomial(count, m) * binomial(count - m, minus) * mpf("0.5") ** plus * (exp(-a) / 2) ** minus
            if m == 0:
                delta += ways * -expm1(c)
            else:
                low = max(c, -m * a)
                delta += ways * density ** m * (upper(m, mpf("0.5"), low) - exp(c) * upper(m, mpf("-0.5"), low))
    return delta


def number(x):
    return float(x)


def table():
    epsilons = [mpf("0.1"), mpf("0.5"), mpf(1), log(mpf(3)), mpf(2), mpf(5), mpf(10)]
    # As the doubles that the tests pass in.
    double = lambda x: mpf(float(x))
    deltas = [double(mpf(10) ** -d) for d in (3, 5, 6, 8, 10, 15)]
    epsilons = [double(e) for e in epsilons]
    rhos = [double(mpf(r)) for r in ("0.0001", "0.005", "0.03125", "0.1", "0.5", "1", "10")]
    rows = {}
    rows["gaussianSigma"] = [[number(e), number(d), number(gaussian_sigma(e, d))] for e in epsilons for d in deltas]
    rows["zcdpEpsilon"] = [[number(r), number(d), number(zcdp_epsilon(r, d))] for r in rhos for d in deltas]
    rows["zcdpDelta"] = [[number(r), number(e), number(zcdp_delta(r, e))] for r in rhos for e in epsilons if e > r and zcdp_delta(r, e) > mpf(10) ** -200]
    rows["discreteGaussianDelta"] = [
        [s, number(e), shift, number(discrete_gaussian_delta(mpf(s), e, shift))] for s, shift in ((1, 1), (2, 1), (4, 3), (10, 1), (20, 10)) for e in epsilons[:5]
    ]
    rows["optimalEpsilon"] = [[number(double(e)), k, number(d), number(composed_epsilon(double(e), k, d))] for e, k in (("0.1", 10), ("0.1", 100), ("0.01", 100), ("1", 10), ("0.5", 40)) for d in deltas[:4]]
    rows["keepProbability"] = [[number(e), number(d), n, number(keep_probability(e, d, n))] for e in epsilons[1:5] for d in deltas[1:4] for n in (1, 2, 3, 5, 8, 13, 21, 34)]
    rows["laplaceComposed"] = [[3, 40, number(d), number(findroot(lambda x: log(laplace_delta(x, 3, 40) / d), (mpf("10.19"), mpf("10.192")), tol=mpf(10) ** -40))] for d in deltas[2:3]]
    rows["discreteLaplaceComposed"] = [[10, 100, number(d), number(composed_epsilon(mpf(1) / 10, 100, d))] for d in deltas[2:3]]
    return rows


if __name__ == "__main__":
    lines = ",\n".join(f'  {json.dumps(name)}: [\n' + ",\n".join(f"    {json.dumps(row)}" for row in rows) + "\n  ]" for name, rows in table().items())
    print('{\n  "source": "tools/derive/accounting.py",\n' + lines + "\n}")
