// measure -- pld
// Composed privacy losses whose figures are known, each with its CPU time: the first call in a fresh process, and the median of nine more.
import { discreteLaplaceLoss, laplaceLoss, lossEpsilon } from 'tokumei/dp/pld';

const CASES = {
  '40 of Laplace, scale 3, delta 1e-6': () => lossEpsilon({ releases: [{ loss: laplaceLoss({ scale: 3 }), count: 40 }], delta: 1e-6 }),
  '100 of discrete Laplace, scale 10, delta 1e-6': () => lossEpsilon({ releases: [{ loss: discreteLaplaceLoss({ scale: 10 }), count: 100 }], delta: 1e-6 }),
};

function timed(call) {
  const before = process.cpuUsage();
  const epsilon = call();
  const { user, system } = process.cpuUsage(before);
  return { epsilon, cpuMs: (user + system) / 1000 };
}

export function run() {
  return Object.entries(CASES).map(([what, call]) => {
    const { epsilon, cpuMs: first } = timed(call);
    const more = Array.from({ length: 9 }, () => timed(call).cpuMs).sort((a, b) => a - b);
    return { what, epsilon, firstCpuMs: Math.round(first), cpuMs: Math.round(10 * more[4]) / 10 };
  });
}
