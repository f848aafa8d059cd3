import type { Result } from '#report/document.ts';

/** A design that is no release: all that a test needs to know of it. */
export interface OwnDesign {
  readonly name: string;
  readonly behaviours: unknown;
}

/**
 * Violations as a test file of this repository: each run is written out by the names of its actions, so that it outlives changes
 * of the model that a token does not. It passes as long as the run breaks the promise.
 */
export function regressionTest(results: readonly Result[], own: readonly OwnDesign[]): string {
  const told = results.flatMap((result) => {
    const { trace } = result;
    if (trace === null) return [];
    const design = own.find(({ name }) => name === result.design);
    return [
      `// ${trace.token}`,
      `test(${quoted(`${result.design} breaks ${result.promise} in ${trace.length} steps`)}, () => {`,
      design
        ? `  const design: Design = ${JSON.stringify(design)};`
        : `  const design = findDesign(${quoted(result.design)});`,
      `  const model = buildModel(design, findScope(${quoted(result.scope)}), ${result.faults});`,
      '  const actions = [',
      ...trace.steps.map(({ action }) => `    ${quoted(action)},`),
      '  ];',
      `  const run = runNamed(model, actions, ${trace.loopsTo});`,
      `  expect(brokenBy(model, run, findPromise(${quoted(result.promise)}))).not.toBeNull();`,
      '});',
      '',
    ];
  });
  const isOwn = (result: Result) => own.some(({ name }) => name === result.design);
  const imports = [
    `import { expect, test } from 'vitest';`,
    ...(results.some(isOwn) ? [`import type { Design } from '#models/designs/design.ts';`] : []),
    ...(results.every(isOwn) ? [] : [`import { findDesign } from '#models/designs/design.ts';`]),
    `import { buildModel } from '#models/model.ts';`,
    `import { findScope } from '#models/scopes/scope.ts';`,
    `import { brokenBy, runNamed } from '#properties/breaking.ts';`,
    `import { findPromise } from '#properties/promises.ts';`,
  ];
  return `${[...imports, '', ...told].join('\n').trimEnd()}\n`;
}

function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1);
  return text.includes("'") ? `"${inside}"` : `'${inside.replaceAll('\\"', '"')}'`;
}
