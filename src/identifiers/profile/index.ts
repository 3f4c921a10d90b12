export { profile, type DataProfile, type ProfileOptions } from './profile.js';
export type { ClassInColumn, ColumnProfile } from './column.js';
