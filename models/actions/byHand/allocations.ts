import { disabled } from '#composition/action.ts';
import type { Cluster } from '#models/cluster.ts';
import { client, type ModelAction, type Observation, operator, server } from '#models/note.ts';
import { sources } from '#models/sources.ts';

/**
 * The records that the servers hold of an allocation, and the words for each: desired and client status. A client whose
 * status is `unknown` has not said that it is over.
 */
const records = [
  ['live', ['run'], ['pending', 'running', 'unknown']],
  ['stopping', ['stop', 'evict'], ['pending', 'running', 'unknown']],
  ['reported', [null], ['complete', 'failed']],
  ['lost', [null], ['lost']],
] as const;

const notOver = ['pending', 'running', 'unknown'];

/** What clients, schedulers and job owners make of allocations, each at any time. */
export function allocations({ claims, bystanders }: Cluster): ModelAction[] {
  const all = new Map([...claims, ...bystanders].map(({ alloc, allocation }) => [alloc, allocation]));
  return [...all].flatMap(([alloc, allocation]) => [
    ...records.flatMap(([record, desires, words]) =>
      desires.flatMap((desired) =>
        words.map((word) =>
          operator(`sets an allocation to ${desired === null ? word : `${desired}, ${word}`}`, {
            of: alloc,
            source: sources.updateAlloc,
            participants: { allocation },
            step: ({ allocation }) => [allocation.gets('isSet', { record })],
            seen: () => [told({ alloc, client: word }, desired)],
          }),
        ),
      ),
    ),
    ...records.flatMap(([record, , words]) =>
      record === 'reported' || record === 'lost'
        ? words.flatMap((word) => [
            client(`reports ${word}`, {
              of: alloc,
              source: sources.updateAlloc,
              participants: { allocation },
              step: ({ allocation }) => [allocation.gets('isSet', { record })],
              seen: () => [{ what: 'write', fields: { type: 'AllocClientUpdate', alloc, client: word } }],
            }),
            server(`marks an allocation ${word}`, {
              of: alloc,
              source: sources.markLost,
              participants: { allocation },
              step: ({ allocation }) => [allocation.gets('isSet', { record })],
              seen: () => [{ what: 'write', fields: { type: 'ApplyPlanResults', alloc, client: word } }],
              waitsFor: 'timer',
            }),
          ])
        : [],
    ),
    ...notOver.flatMap((word) => [
      client(`reports ${word}`, {
        of: alloc,
        source: sources.updateAlloc,
        participants: { allocation },
        step: ({ allocation }) => [
          allocation.gets('isSet', { record: allocation.at('record.live') ? 'live' : 'stopping' }),
        ],
        seen: () => [{ what: 'write', fields: { type: 'AllocClientUpdate', alloc, client: word } }],
      }),
      // A plan that stops an allocation leaves its client's word as it is, unless the client is silent.
      server(`stops an allocation that is ${word}`, {
        of: alloc,
        source: sources.markLost,
        participants: { allocation },
        step: ({ allocation }) => [allocation.gets('isSet', { record: 'stopping' })],
        seen: () => [{ what: 'write', fields: { type: 'ApplyPlanResults', alloc, client: word } }],
        waitsFor: 'timer',
      }),
    ]),
    server('collects a record', {
      of: alloc,
      source: sources.evalGC,
      participants: { allocation },
      step: ({ allocation }) =>
        allocation.at('record.live', 'record.collected')
          ? disabled
          : [allocation.gets('isSet', { record: 'collected' })],
      seen: () => [{ what: 'write', fields: { type: 'EvalDelete', alloc } }],
      waitsFor: 'timer',
    }),
  ]);
}

function told(client: { readonly alloc: string; readonly client: string }, desired: string | null): Observation {
  return { what: 'allocation', fields: desired === null ? client : { ...client, desired } };
}
