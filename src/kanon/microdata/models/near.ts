/** Whether a measured value is so close to its threshold that rounding may decide: the rule itself is then asked. */
export const near = (value: number, threshold: number): boolean => !(Math.abs(value - threshold) > 1e-9 * (1 + Math.abs(threshold)));
