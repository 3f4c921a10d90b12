/** A fault of the log. Says where, in line and column; never what stands there. */
export class LogError extends Error {
  override readonly name = 'LogError';
}
