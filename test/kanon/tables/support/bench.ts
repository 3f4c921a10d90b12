/** The made tables and the reader of the bench, which share no code with the library. */
export interface Made {
  readonly by: readonly string[];
  readonly groups: Readonly<Record<string, never>>;
  readonly rows: readonly Readonly<Record<string, string | number>>[];
  readonly k: number;
  readonly zeros: 'published' | 'suppressed';
}
export interface Shape {
  readonly keys: readonly (readonly string[])[];
  readonly place: ReadonlyMap<string, number>;
  readonly relations: readonly { readonly total: number; readonly parts: readonly number[]; readonly field: string }[];
}
export interface Line {
  readonly key: unknown;
  readonly state: string;
  readonly count?: number | null;
  readonly sum?: number | null;
}
export interface Model {
  readonly truth: Float64Array;
  readonly withheld: Uint8Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly relations: readonly { readonly total: number; readonly parts: readonly number[]; readonly union?: boolean }[];
}
interface Verdict {
  readonly cells: number;
  readonly withheld: number;
  readonly recovered: number;
  readonly recoveredWithinInterval: number;
  readonly sets: number;
  readonly setsRecovered: number;
  readonly setsWithinInterval: number;
}

const load = async <T>(name: string): Promise<T> => (await import(new URL(`../../../../bench/support/${name}.mjs`, import.meta.url).href)) as T;

export const { madeTable, shapeOf, trueCounts } = await load<{
  madeTable: (seed: number, small?: boolean) => Made;
  shapeOf: (made: Pick<Made, 'by' | 'groups'>) => Shape;
  trueCounts: (made: Made, shape: Shape) => Float64Array;
}>('madeTables');
export const { generator } = await load<{ generator: (seed: number) => () => number }>('generator');
export const { linearReader } = await load<{
  linearReader: (model: Model, known?: ReadonlySet<number>) => { reach: (cell: number, sign: 1 | -1, enough: number) => { reach: number; whole: boolean } };
}>('tableReader');
export const { followsFrom, setsOf, innermost, withSums } = await load<{
  followsFrom: (model: Pick<Model, 'withheld' | 'relations'>) => (cells: readonly number[]) => boolean;
  setsOf: (cells: readonly number[], keep: (set: readonly number[]) => boolean, most: number) => readonly (readonly number[])[] | undefined;
  innermost: (model: Pick<Model, 'truth' | 'relations'>) => readonly number[];
  withSums: (model: Model, sets: readonly (readonly number[])[]) => { reader: ReturnType<typeof linearReader>; sumOf: (at: number) => { cell: number; value: number } };
}>('unionReader');
export const { readTable, fewest } = await load<{ readTable: (made: Made, lines: readonly Line[]) => Verdict; fewest: (made: Made, lines: readonly Line[]) => number | undefined }>('judge');

interface MadeSet {
  readonly tables: readonly { readonly by: readonly string[]; readonly groups: Readonly<Record<string, never>> }[];
  readonly rows: Made['rows'];
  readonly k: number;
  readonly zeros: 'published' | 'suppressed';
}
interface SetVerdict extends Omit<Verdict, 'sets' | 'setsRecovered' | 'setsWithinInterval'> {
  readonly unseenRecovered: number;
  readonly insidersRecovered: number;
  readonly inconsistent: number;
}
export const { madeSet, readSet } = await load<{
  madeSet: (seed: number) => MadeSet;
  readSet: (made: MadeSet, published: readonly (readonly Line[])[]) => SetVerdict;
}>('linkedTables');
