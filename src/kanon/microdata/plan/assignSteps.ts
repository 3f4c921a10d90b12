import { compileModels } from '../models/compile.js';
import { Checker } from '../search/checker.js';
import { summarize } from '../search/summarize.js';
import { DenseIds } from '../search/grouping/denseIds.js';
import { heightObjective } from '../search/objectives/precision.js';
import { compileObjective } from '../search/objectives/spec.js';
import { searchTable } from '../search/searchTable.js';
import type { Plan } from './plan.js';
import { sensitiveColumn, type Prepared } from './prepare.js';

/** The step of the plan that keeps each row, -1 where none does. */
export function assignSteps(prepared: Prepared, plan: Pick<Plan, 'models' | 'steps' | 'ties' | 'objective'>, where: string): Int32Array {
  const total = prepared.rows.length;
  const stepOf = new Int32Array(total).fill(-1);
  if (total === 0) return stepOf;
  const { classModels, tableModels } = compileModels(plan.models, { where, rows: total, hasPopulation: false, sensitive: (field) => sensitiveColumn(prepared, field) });
  let left: number[] = Array.from({ length: total }, (_, i) => i);
  plan.steps.forEach((levels, step) => {
    if (left.length === 0) return;
    const table = searchTable(
      prepared.attributes.map(({ hierarchy, codes }) => ({ hierarchy, codes: Int32Array.from(left, (i) => codes[i]!) })),
      prepared.sensitive.map(({ name, size, codes }) => ({ name, size, codes: Int32Array.from(left, (i) => codes[i]!) })),
      left.length,
    );
    // Nothing is scored here, but among equally large classes what they have lost tells which go first.
    const byLoss = tableModels.length > 0 && plan.objective.measure === 'loss';
    const objective = byLoss ? compileObjective(plan.objective, table) : heightObjective(table, 'sum', levels.map(() => 1));
    const checker = new Checker(table, classModels, tableModels, objective, left.length, plan.ties);
    const { kept } = summarize(checker, Uint8Array.from(levels));
    const rest: number[] = [];
    left.forEach((row, i) => {
      if (kept[table.entryOf[i]!] === 1) stepOf[row] = step;
      else rest.push(row);
    });
    left = rest;
  });
  return stepOf;
}

/** What a row shows of an attribute at a level. */
export const generalized = ({ attributes, built }: Prepared, a: number, level: number, row: number): string =>
  built[a]!.texts[level]![built[a]!.coded.levels[level]!.codes[attributes[a]!.codes[row]!]!]!;

export interface ReleasedClasses {
  /** Positions of the rows that are released. */
  readonly rows: Int32Array;
  /** For each attribute, a number for what each of them shows. */
  readonly shown: readonly Int32Array[];
  readonly classOf: Int32Array;
  readonly sizes: Int32Array;
}

/** Classes by what released rows show, over all steps together: two steps can show the same. */
export function releasedClasses(prepared: Prepared, plan: Pick<Plan, 'steps'>, stepOf: Int32Array): ReleasedClasses {
  const rows = Int32Array.from(stepOf.keys()).filter((row) => stepOf[row]! >= 0);
  const ids = new DenseIds();
  ids.begin(rows.length);
  const shown = prepared.attributes.map(({ codes, hierarchy }, a) => {
    const numbers = new Map<string, number>();
    const byLevel = hierarchy.levels.map((level, at) => {
      const used = plan.steps.some((levels) => levels[a] === at);
      return used ? Int32Array.from(level.codes, (code) => numberOf(numbers, prepared.built[a]!.texts[at]![code]!)) : level.codes;
    });
    const out = new Int32Array(rows.length);
    for (let i = 0; i < out.length; i++) out[i] = byLevel[plan.steps[stepOf[rows[i]!]!]![a]!]![codes[rows[i]!]!]!;
    ids.add(out, Math.max(1, numbers.size));
    return out;
  });
  const { codes: classOf, size } = ids.finish();
  const sizes = new Int32Array(size);
  for (const c of classOf) sizes[c]!++;
  return { rows, shown, classOf, sizes };
}

function numberOf(numbers: Map<string, number>, text: string): number {
  let number = numbers.get(text);
  if (number === undefined) numbers.set(text, (number = numbers.size));
  return number;
}
