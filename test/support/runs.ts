/** How often a law is tried: enough for every day, or as many as TOKUMEI_RUNS says. */
export const runs = (everyDay: number): number => Number(process.env['TOKUMEI_RUNS'] ?? everyDay);
