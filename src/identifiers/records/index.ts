export { treatRecord, type RecordTreatment, type TreatRecordOptions } from './treatRecord.js';
export { deidentify, type DeidentifyOptions } from './deidentify.js';
export { dropField, keepField, scanField, wholeField, type FieldAction, type FieldRule, type FieldRules } from './rules.js';
export type { DeidentifiedRow, RowLocalRules, TreatedRecord, TreatedValue } from './types.js';
