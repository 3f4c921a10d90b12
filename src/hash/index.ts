export { sha256 } from './sha256.js';
export { hmacSha256 } from './hmac.js';
export { macOf, type Mac } from './mac.js';
export { canonicalBytes, type CanonicalValue } from './canonical.js';
