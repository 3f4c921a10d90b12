export { treatRecord, type RecordTreatment, type TreatRecordOptions } from './treatRecord.js';
export { dropField, keepField, scanField, wholeField, type FieldAction, type FieldRule, type FieldRules } from './rules.js';
export type { TreatedRecord, TreatedValue } from './types.js';
