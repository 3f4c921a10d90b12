import { compileTreatment, type CompiledTreatment, type TreatOptions } from '../treat/compile.js';
import type { TreatmentPolicy } from '../treat/policy.js';
import { isPhoneField } from './phoneField.js';
import { FieldRule, type FieldRules } from './rules.js';

/** What all places of one record type share. */
export interface RecordPlan {
  readonly policy: TreatmentPolicy;
  readonly options: TreatOptions;
  readonly where: string;
}

/** Names that a record of hostile keys may add before they are no longer remembered. */
const REMEMBERED = 1000;

/** Where a value stands: its field's name and rule, and the treatment compiled for them. Made once per field, not per record. */
export class Place {
  readonly name: string;
  /** The names on the way here, `[]` for the elements of an array. Raw: a name may be an identifier itself. */
  readonly path: readonly string[];
  readonly rule: FieldRule | undefined;
  readonly isPhone: boolean;
  readonly #plan: RecordPlan;
  readonly #rules: FieldRules | undefined;
  readonly #children = new Map<string, Place>();
  #item: Place | undefined;
  #treatment: CompiledTreatment | undefined;

  constructor(plan: RecordPlan, name: string, path: readonly string[], rule: FieldRule | FieldRules | undefined) {
    this.#plan = plan;
    this.name = name;
    this.path = path;
    this.rule = rule instanceof FieldRule ? rule : undefined;
    this.#rules = rule instanceof FieldRule ? undefined : rule;
    this.isPhone = isPhoneField(name);
  }

  get treatment(): CompiledTreatment {
    const { policy, options, where } = this.#plan;
    this.#treatment ??= compileTreatment(this.rule?.policy ?? policy, this.name === '' ? options : withField(options, this.name), where);
    return this.#treatment;
  }

  /**
   * Whether a whole number below 10^8 can be passed without a look: no Japanese number and no device's id is as short
   * in digits. Regions and lists of the caller's own may hold shorter ones.
   */
  get shortNumbersAreClear(): boolean {
    const options: TreatOptions & { readonly [N in 'regions' | 'deny' | 'detectors']?: unknown } = this.#plan.options;
    return this.rule?.action !== 'whole' && options.regions === undefined && options.deny === undefined && options.detectors === undefined;
  }

  /** A field of the object that stands here. A rule for a whole object holds for everything in it. */
  at(key: string): Place {
    let child = this.#children.get(key);
    if (child === undefined) {
      const rule = this.rule ?? (this.#rules !== undefined && Object.hasOwn(this.#rules, key) ? this.#rules[key] : undefined);
      child = new Place(this.#plan, key, [...this.path, key], rule);
      if (this.#children.size < REMEMBERED) this.#children.set(key, child);
    }
    return child;
  }

  /** An element of the array (or set, or map) that stands here: same name, same rules. */
  item(): Place {
    this.#item ??= new Place(this.#plan, this.name, [...this.path, '[]'], this.rule ?? this.#rules);
    return this.#item;
  }
}

function withField(options: TreatOptions, field: string): TreatOptions {
  return { ...options, field } as TreatOptions;
}
