// Numbers asserted in OpenDP's own tests.
import { all, near } from './tally.mjs';

export const opendp = {
  'opendp_tests.json'(data, tally, { accounting, mechanisms, selection, plan, rdp }) {
    const laplace = (scale) => ({ law: 'discrete-laplace', scale });
    const gaussian = (sigma) => ({ law: 'discrete-gaussian', sigma });
    // Both of OpenDP's scales solve P[|X| >= accuracy] = alpha.
    const tail = (noise, r) => near(2 * accounting.noiseSurvival(noise, r.accuracy), r.alpha, 1e-6);
    const known = {
      'zCDP->eps (CKS20)': (r) => near(accounting.zcdpEpsilon(r), r.expected, 1e-13),
      'zCDP->delta': (r) => near(accounting.zcdpDelta(r), r.expected, 1e-12),
      cdp_delta: (r) => near(accounting.zcdpDelta(r), r.expected, 1e-11),
      'gaussian scale 10, d_in 1 (rho=0.005) -> eps': (r) => near(accounting.zcdpEpsilon({ rho: 1 / 200, delta: r.delta }), r.expected, 1e-12),
      accuracy_to_discrete_gaussian_scale: (r) => tail(gaussian(r.expected), r),
      accuracy_to_discrete_laplacian_scale: (r) => tail(laplace(r.expected), r),
      discrete_gaussian_scale_to_accuracy: (r) => near(plan.intervalOf(gaussian(r.scale), 1 - r.alpha).halfWidth + 1, r.expected, 0),
      // Their discrete mechanism keeps what is strictly above the threshold.
      'discrete laplace threshold map': (r) => all(near(r.d_in[1] / r.scale, r.expected[0], 1e-15), near(accounting.noiseSurvival(laplace(r.scale), r.threshold + 1 - r.d_in[2]), r.expected[1], 1e-9)),
    };
    // 0.51 of true answers in two categories. Two bits at 0.75 each cost twice ln 3.
    known['RR bool p=0.51 loss'] = (r) => near(mechanisms.randomizedResponse({ epsilon: Math.log(0.51 / 0.49), categories: 2 }).spend().epsilon, r.expected, 1e-13);
    known['RR bitvec map'] = (r) => near(accounting.repeatSpend({ measure: 'pure', epsilon: mechanisms.randomizedResponse({ epsilon: Math.log(3), categories: 2 }).spend().epsilon, delta: 0 }, 2).epsilon, r.expected, 1e-13);
    const onReals = (r) => near(selection.laplaceThresholdDelta({ epsilon: r.d_in[1] / r.scale, threshold: r.threshold, groupsPerUnit: r.d_in[0], linf: r.d_in[2] }), r.expected[1], 1e-9);
    known['continuous laplace threshold map'] = onReals;
    known['continuous laplace threshold map (l0,l1,linf)->(eps,delta)'] = onReals;
    for (const r of data.rows) {
      if (known[r.fn] !== undefined) tally.check(`${r.fn} ${r.rho ?? r.scale ?? ''}`, () => known[r.fn](r));
      else if (r.fn.startsWith('quantile')) tally.skip('quantiles by permute-and-flip over candidates: another mechanism here');
      else tally.skip('amplification by sampling is not offered');
    }
    const orders = Array.from({ length: 31 }, (_, i) => i + 2);
    const constant = (order) => (order === Infinity ? Infinity : 1.1);
    for (const r of data.dp_accounting_unparameterised) {
      if (r.fn.startsWith('RDP of exponential')) {
        // At order 1000 the reference takes the plain epsilon; the exact curve is below it.
        const curve = rdp.exponentialRenyi(1);
        tally.check(r.fn, () => all(near(curve(1 + 1e-7), r.expected[0], 0, 1e-7), curve(1000) <= r.expected[1] && curve(1000) > 0.99 ? undefined : `got ${curve(1000)}`));
      } else if (r.fn.startsWith('compute_epsilon')) {
        tally.check(r.fn, () => {
          const answer = rdp.renyiEpsilon({ curve: constant, delta: 1e-5, orders });
          return all(near(answer.epsilon, r.expected, 0, r.tol), near(answer.order, r.optimal_order, 0));
        });
      } else if (r.fn.startsWith('gaussian sigma')) {
        const fine = Array.from({ length: 98999 }, (_, i) => 1.001 + i / 1000);
        tally.check(r.fn, () => near(rdp.renyiEpsilon({ curve: rdp.gaussianRenyi({ sigma: 4.530877117 }), delta: 1e-6, orders: fine }).epsilon, r.expected, 0, r.tol));
      } else tally.skip(r.fn.includes('tree') ? 'continual counting: not accounting' : 'Poisson sampling is not offered');
    }
  },
};
