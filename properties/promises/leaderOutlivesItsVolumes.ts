import type { PromiseSpec } from '#properties/promise.ts';

/** Otherwise one volume's record takes the whole leader down, and with it every other volume's releases. */
export const leaderOutlivesItsVolumes: PromiseSpec = {
  name: 'leaderOutlivesItsVolumes',
  form: 'always',
  words: 'no leader loses office but by a fault of the world',
  appliesTo: ({ events }) => events.includes('volumeDeregistered') || events.includes('volumeDeregisteredByForce'),
  obligations: ({ cluster, composition: { stepPredicate } }) => [
    {
      formula: {
        kind: 'alwaysStep',
        name: 'the leader outlives its volumes',
        holds: stepPredicate(
          { server: cluster.server, faults: cluster.faults },
          (before, after) =>
            !before.server.at('leader') ||
            after.server.at('leader') ||
            after.faults.context.left < before.faults.context.left,
        ),
      },
      broken: "the leader's process ends over a volume's record",
    },
  ],
  witnesses: ({ cluster, composition: { predicate } }) =>
    cluster.volumes.map((volume) => ({
      formula: {
        kind: 'sometimes',
        name: `a watcher of ${volume.name} outlives its row`,
        holds: predicate(
          { volume: volume.volume, watcher: volume.watcher },
          ({ volume, watcher }) => volume.at('row.missing') && !watcher.at('off'),
        ),
      },
      broken: `no watcher of ${volume.name} outlives its row`,
    })),
};
