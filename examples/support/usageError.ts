/** The command was not asked as it can be asked. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
