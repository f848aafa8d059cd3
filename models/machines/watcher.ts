import { assign, setup } from 'xstate';
import type { View } from '#composition/instance.ts';

/**
 * The watcher of one volume on the leader (nomad/volumewatcher/volume_watcher.go).
 *
 * States
 * - `off`: the leader has none for this volume. `watching`: it waits for a notice, or a pass of its is under way, which
 *   its unpublishes show. `throttled`: it took a notice and is to make a pass, as soon as its limiter gives it a token.
 * - `leaving`: its timer fired; a notice that arrives now goes into a channel that nobody reads again.
 *
 * Context
 * - `full`: its channel, of capacity one, holds a notice.
 * - `tokens`: what its limiter holds; stays 0 in designs without one.
 *
 * Left out: the window between stopping and leaving the map, in which a second watcher of one volume can come to be; a
 * pass that a former leader's watcher would go on with after its present call (its next write fails, nothing else is
 * seen of it); a queued notice that dies with the watcher because Go's select picks the timer (to its sender that is the
 * same as one that comes while it leaves).
 */
export const watcher = setup({
  types: {
    context: {} as {
      readonly full: boolean;
      readonly tokens: number;
      readonly burst: number;
      readonly perTick: number;
    },
    events: {} as
      | { type: 'isNotified' }
      | { type: 'takesNotice' }
      | { type: 'reads' }
      | { type: 'findsNoVolume' }
      | { type: 'timesOut' }
      | { type: 'isGone' }
      | { type: 'tick' }
      | { type: 'leaderLost' },
    input: {} as { readonly burst: number; readonly perTick: number },
  },
  actions: {
    fill: assign({ full: true }),
    empty: assign({ full: false }),
    // A new watcher comes with a fresh limiter and its first item already in the channel.
    begin: assign({ full: true, tokens: ({ context }) => context.burst }),
    spend: assign({ tokens: ({ context }) => Math.max(0, context.tokens - 1) }),
    refill: assign({ tokens: ({ context }) => Math.min(context.burst, context.tokens + context.perTick) }),
    leave: assign({ tokens: 0 }),
    end: assign({ full: false, tokens: 0 }),
  },
}).createMachine({
  id: 'watcher',
  context: ({ input }) => ({ full: false, tokens: 0, burst: input.burst, perTick: input.perTick }),
  initial: 'off',
  on: { isNotified: { actions: 'fill' }, tick: { actions: 'refill' }, leaderLost: { target: '.off', actions: 'end' } },
  states: {
    off: { on: { isNotified: { target: 'watching', actions: 'begin' }, tick: {}, leaderLost: {} } },
    watching: {
      on: { takesNotice: { target: 'throttled', actions: 'empty' }, timesOut: { target: 'leaving', actions: 'leave' } },
    },
    throttled: {
      on: { reads: { target: 'watching', actions: 'spend' }, findsNoVolume: { target: 'leaving', actions: 'leave' } },
    },
    leaving: { on: { isGone: { target: 'off', actions: 'end' }, tick: {} } },
  },
});

/** What an action sees of a watcher. */
export type WatcherView = View<typeof watcher>;
