import { TokumeiError } from '../../core/errors.js';
import type { Json } from '../../core/statement.js';
import { cleanText, wrapText } from './text.js';

/** A Vega-Lite specification: plain JSON. */
export interface ChartSpec {
  readonly [name: string]: Json;
}

/** Told apart without colour vision and on paper: blue is the darker of the two. */
export const INK = '#1b1b1b';
export const GREY = '#6b6b6b';
export const LIGHT = '#c4c4c4';
export const BLUE = '#1f5fa8';
export const ORANGE = '#c85a00';

export const CONFIG: Json = {
  background: '#ffffff',
  font: 'system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif',
  axis: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', gridColor: '#e6e6e6', titleColor: GREY, labelColor: GREY },
  legend: { labelFontSize: 12, titleFontSize: 12, titleFontWeight: 'normal', titleColor: GREY, labelColor: INK },
  title: { fontSize: 15, subtitleFontSize: 12 },
  view: { stroke: null },
};

/** A title over the whole width, wrapped. */
export function titled(title: string, subtitle: string | undefined, width: number): Json {
  const lines = subtitle === undefined ? {} : { subtitle: wrapText(cleanText(subtitle), width - 16, 12) };
  return { text: wrapText(title, width - 16, 15), ...lines, anchor: 'start', frame: 'bounds', color: INK, subtitleColor: GREY, subtitlePadding: 4, offset: 12 };
}

/** @throws {TokumeiError} `TOKUMEI_CHART` */
export function checkText(text: unknown, where: string, parameter: string): string {
  if (typeof text === 'string' && text.trim() !== '') return cleanText(text);
  throw new TokumeiError('TOKUMEI_CHART', { where, parameter, expected: 'a text', received: text });
}
