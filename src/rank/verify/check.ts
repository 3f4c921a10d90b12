/** One thing that was recomputed from the public parts of a release. */
export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, in public figures. */
  readonly detail: string;
}

export const check = (name: string, ok: boolean, detail: string): Check => ({ name, ok, detail });
