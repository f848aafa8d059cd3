import type { TableCase, TableDocument } from './table-document.ts';

type Situation = TableDocument['situations'][number];

const states = ['taken', 'unpublishing', 'node-detached', 'controller-detached', 'ready-to-free'] as const;

/** Why an Unpublish never starts so (server.md 1.3, 1.5 and 2.1). What is named here must not be found: a test holds it. */
const reasons = {
  'controller-detached':
    'nobody writes controller-detached: the controller step goes from node-detached to ready-to-free',
  'ready-to-free':
    'ready-to-free is never stored: a write of it deletes every entry of the allocation, and nobody sends it',
  known:
    'no release since 1.3.0, 1.2.7 and 1.1.13 stores an external node ID: the claim is written before the node is looked up, and a checkpoint does not keep it',
} as const;

/** Every situation that an Unpublish might start from, with the cases that do, or why none can. */
export function situationsOf(cases: readonly TableCase[]): Situation[] {
  return states.flatMap((State) =>
    (['present', 'collected'] as const).flatMap((node) =>
      (['known', 'unknown'] as const).map((ExternalNodeID): Situation => {
        const starting = [...cases.keys()].filter((at) => {
          const { initial } = cases[at] as TableCase;
          const stored = initial.PastClaim ?? initial.WriteClaim;
          return (
            stored?.State === State &&
            (initial.node === 'collected') === (node === 'collected') &&
            (stored.ExternalNodeID !== '') === (ExternalNodeID === 'known')
          );
        });
        const reason =
          State === 'controller-detached' || State === 'ready-to-free'
            ? reasons[State]
            : ExternalNodeID === 'known'
              ? reasons.known
              : null;
        return { State, node, ExternalNodeID, cases: starting, impossible: starting.length > 0 ? null : reason };
      }),
    ),
  );
}
