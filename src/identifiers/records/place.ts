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
  /** Whose treatment is used here: fields beyond those remembered (an object used as a map) are read like the object itself. */
  readonly #lender: Place | undefined;
  #item: Place | undefined;
  #treatment: CompiledTreatment | undefined;

  constructor(plan: RecordPlan, name: string, path: readonly string[], rule: FieldRule | FieldRules | undefined, lender?: Place, withinPhone: boolean = false) {
    this.#plan = plan;
    this.name = name;
    this.#lender = lender;
    this.path = path;
    this.rule = rule instanceof FieldRule ? rule : undefined;
    this.#rules = rule instanceof FieldRule ? undefined : rule;
    // { tel: { home: 9012345678 } }: what is said of an object holds for its fields.
    this.isPhone = withinPhone || isPhoneField(name);
  }

  get treatment(): CompiledTreatment {
    if (this.#lender !== undefined) return this.#lender.treatment;
    const { policy, options, where } = this.#plan;
    this.#treatment ??= compileTreatment(this.rule?.policy ?? policy, this.name === '' ? options : { ...options, field: this.name }, where);
    return this.#treatment;
  }

  /**
   * Whether a whole number below 10^8 can be passed without a look: no Japanese number and no device's id is as short
   * in digits. Other regions and detectors of the caller's own may know shorter ones.
   */
  get shortNumbersAreClear(): boolean {
    const { regions, detectors } = this.#plan.options;
    return this.rule?.action !== 'whole' && regions === undefined && detectors === undefined;
  }

  /** A field of the object that stands here. A rule for a whole object holds for everything in it. */
  at(key: string): Place {
    let child = this.#children.get(key);
    if (child === undefined) {
      const own = this.#rules !== undefined && Object.hasOwn(this.#rules, key) ? this.#rules[key] : undefined;
      const remembered = own !== undefined || this.#children.size < REMEMBERED;
      child = new Place(this.#plan, key, [...this.path, key], this.rule ?? own, remembered ? undefined : this, this.isPhone);
      if (remembered) this.#children.set(key, child);
    }
    return child;
  }

  /** An element of the array (or set, or map) that stands here: same name, same rules. */
  item(): Place {
    this.#item ??= new Place(this.#plan, this.name, [...this.path, '[]'], this.rule ?? this.#rules, this.#lender, this.isPhone);
    return this.#item;
  }
}

