export { treatStream } from './treatStream.js';
export { treatChunks, type TreatChunksOptions } from './treatChunks.js';
