import { setup } from 'xstate';

/**
 * Time, as far as anybody waits for it. A tick stands for any length from one second up: it refills the limiters by one
 * second's worth, and as it passes the periodic collection may look at the volumes or an idle watcher's timer run out.
 *
 * Left out: how long anything takes. What need not wait may happen at any time, within a tick or over many.
 */
export const clock = setup({ types: { events: {} as { type: 'ticks' } } }).createMachine({
  id: 'clock',
  initial: 'ticking',
  states: { ticking: { on: { ticks: 'ticking' } } },
});
