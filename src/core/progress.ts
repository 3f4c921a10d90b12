/** How far a long call has come. `total` is absent where the end is not known. */
export interface Progress {
  readonly done: number;
  readonly total?: number;
}

/** The options that every asynchronous call takes. */
export interface LongCall {
  /** Aborting ends the call with the signal's reason; nothing is handed on. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Gives the event loop a turn at least every 50 ms, tells progress, and stops at an abort. */
export function pacer(options: LongCall): (done: number, total?: number) => Promise<void> | undefined {
  let last = now();
  options.signal?.throwIfAborted();
  return (done, total) => {
    const time = now();
    if (time - last < 40) return undefined;
    last = time;
    options.onProgress?.(total === undefined ? { done } : { done, total });
    return turn().then(() => {
      last = now();
      options.signal?.throwIfAborted();
    });
  };
}

const now = (): number => performance.now();

// setTimeout rather than a microtask: only a macrotask lets input, timers and the abort itself run.
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
