export { nodeHmacSha256 } from './hmac.js';
