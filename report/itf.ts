import type { Trace } from './document.ts';

/** What one step did, as an expression of the format; the first state was reached by no step. */
const start = { 'mbt::actionTaken': 'init', who: '', sent: [], changed: { '#map': [] } };

/**
 * A run in the Informal Trace Format (Apalache ADR-015). A state says which action led to it and what changed, for a trace
 * knows the changes and not whole states; `loop` is the first state of the cycle, which ends in the last state.
 */
export function renderItf({ token, steps, loopsTo }: Trace): string {
  const states = [
    start,
    ...steps.map(({ who, action, events, changed }) => ({
      'mbt::actionTaken': action,
      who,
      sent: events.map(({ to, type }) => ({ to, type })),
      changed: { '#map': changed.map(({ instance, from, to }) => [instance, { from, to }]) },
    })),
  ];
  const itf = {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      description: `claimcheck trace ${token}`,
    },
    params: [],
    vars: Object.keys(start),
    states: states.map((state, index) => ({ '#meta': { index }, ...state })),
    ...(loopsTo === null ? {} : { loop: loopsTo + 1 }),
  };
  return `${JSON.stringify(itf, null, 2)}\n`;
}
