import { Presets, SingleBar } from 'cli-progress';

const LONG = 4 << 20;

/** A bar on standard error for input that takes a while; nothing for short input or where nobody watches. */
export function byteBar(label: string): { readonly update: (done: number, total: number) => void; readonly stop: () => void } {
  const bar = new SingleBar({ format: `${label} {bar} {percentage}% | {eta_formatted}`, hideCursor: true, clearOnComplete: true, noTTYOutput: false, stream: process.stderr }, Presets.shades_classic);
  let started = false;
  return {
    update: (done, total) => {
      if (total < LONG) return;
      if (!started) bar.start(total, 0);
      started = true;
      bar.update(done);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
}
