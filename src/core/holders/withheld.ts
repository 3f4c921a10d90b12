/** Given to a holder's constructor by its own static block and by nobody else. */
export const token: unique symbol = Symbol('tokumei');

/** What a console shows in place of a holder: Node's asks this symbol first; other platforms ignore it. */
export function showInConsole<T extends object>(prototype: T, text: (self: T) => string): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value(this: T): string {
      return text(this);
    },
  });
}
