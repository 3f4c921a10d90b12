export { reveal, type Revealed } from './reveal.js';
