// npm run -s measure -- noise [--scale 10] [--draws 2e7]
// Exact integer noise from the platform's generator, beside the unsafe inversion that it replaces, in one process.
import { discreteGaussian, discreteLaplace, secureRandom } from 'tokumei/dp';

const BLOCK = 65_536;

/** Float noise by inversion of Math.random: what must not be used, and what people expect the speed of. */
function unsafeLaplace(out, scale) {
  for (let i = 0; i < out.length; i++) {
    const u = Math.random() - 0.5;
    out[i] = -scale * Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
  }
}
/** Box and Muller, both values used. */
function unsafeGaussian(out, sigma) {
  for (let i = 0; i < out.length; i += 2) {
    const r = sigma * Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    out[i] = r * Math.cos(angle);
    out[i + 1] = r * Math.sin(angle);
  }
}

/** Draws per CPU second; the median of interleaved rounds, so that a busy machine slows all alike. */
function compare(makers, draws) {
  const out = new Float64Array(BLOCK);
  const rounds = 9;
  const blocks = Math.max(1, Math.round(draws / BLOCK / rounds));
  const times = makers.map(() => []);
  for (let round = -1; round < rounds; round++) {
    makers.forEach((fill, which) => {
      const before = process.cpuUsage();
      for (let i = 0; i < blocks; i++) fill(out);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) times[which].push((user + system) / 1e6); // the first round warms up
    });
  }
  return times.map((t) => (blocks * BLOCK) / t.sort((a, b) => a - b)[rounds >> 1]);
}

export function run(args) {
  const option = (name, standard) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? standard : Number(args[at + 1]);
  };
  const scale = option('scale', 10);
  const draws = option('draws', 2e7);
  const random = secureRandom();
  const laplace = discreteLaplace(scale);
  const gaussian = discreteGaussian(scale);
  const [exactL, unsafeL, exactG, unsafeG] = compare(
    [(out) => laplace.fill(out, random), (out) => unsafeLaplace(out, scale), (out) => gaussian.fill(out, random), (out) => unsafeGaussian(out, scale)],
    draws,
  );
  const figure = (exact, unsafe) => ({ perSecond: Math.round(exact), vsUnsafe: Math.round((exact / unsafe) * 100) / 100 });
  return { discreteLaplace: figure(exactL, unsafeL), discreteGaussian: figure(exactG, unsafeG), scale };
}
