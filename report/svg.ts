import { instance } from '@viz-js/viz';
import { renderDot } from './dot.ts';
import type { Picture } from './picture.ts';

/** The picture as SVG, laid out by Graphviz (in WebAssembly: nothing needs to be installed). */
export async function renderSvg(picture: Picture): Promise<string> {
  return (await instance()).renderString(renderDot(picture), { format: 'svg' });
}
