import type { Model } from '#models/model.ts';
import type { RecordedEvent } from './recording.ts';

type RowEvent = Extract<RecordedEvent, { what: 'row' }>;

/** Whether the store holds the row that was read, in the state with these local states. */
export function holdsRow(
  { cluster, composition }: Model,
  { vol, row }: RowEvent,
): (locals: readonly number[]) => boolean {
  const part = cluster.volumes.find(({ name }) => name === vol);
  if (!part) return () => true;
  const about = { volume: part.volume, claims: part.claims.map(({ claim }) => claim) };
  const held = namesOf([...row.read, ...row.write]);
  const past = namesOf(
    row.past.map(({ alloc, state, access }) => ({ alloc: `${alloc} ${state}${access ? ' with its access' : ''}` })),
  );
  return (locals) => {
    const { volume, claims } = composition.views(about, locals);
    if (volume.at('row.missing') || row.missing) return volume.at('row.missing') && row.missing;
    const named = claims.map((claim, i) => ({ claim, alloc: part.claims[i]?.alloc ?? '' }));
    const modelHeld = namesOf(named.filter(({ claim }) => claim.context.held));
    const modelPast = namesOf(
      named.flatMap(({ claim, alloc }) => {
        if (!claim.at('past')) return [];
        const state = claim.at('past.nodeDetached') ? 'node-detached' : 'unpublishing';
        return [{ alloc: `${alloc} ${state}${claim.context.access ? ' with its access' : ''}` }];
      }),
    );
    return modelHeld === held && modelPast === past;
  };
}

function namesOf(claims: readonly { readonly alloc: string }[]): string {
  return claims
    .map(({ alloc }) => alloc)
    .sort()
    .join();
}
