import { disabled, type Participants, type Views } from '#composition/action.ts';
import type { Sending } from '#composition/instance.ts';
import type { ClaimPart, Cluster, UnpublishPart } from '#models/cluster.ts';
import type { UnpublishView } from '#models/machines/unpublish.ts';
import { type Counted, type LogLine, type ModelAction, type Observation, server, watcher } from '#models/note.ts';
import { type RowViews, rowWrite, written } from '#models/past.ts';
import { answered, failed, log } from './telling.ts';

/** The states that a checkpoint can write, as Nomad spells them. */
export type Written = 'unpublishing' | 'node-detached' | 'ready-to-free';

/** A step of an Unpublish that ends in a Raft write of its claim. */
interface Checkpoint<P extends Participants> {
  readonly source: string;
  /** What it reads beside its own state and the row. */
  readonly reads: P;
  when(at: Views<P>, unpublish: UnpublishView): boolean;
  /** What it writes, as far as the private copy decides it. */
  state(unpublish: UnpublishView): Written;
  /** What it does to the Unpublish itself. */
  becomes(unpublish: UnpublishView, at: Views<P>): Sending;
  /** It is the entry: the volume is read first, and where there is none nothing is written. */
  readonly isEntry?: boolean;
  /** It ends the node step, which the first releases did not write. */
  readonly isNodeStep?: boolean;
  /** With it the caller has its answer. */
  readonly isLast?: boolean;
  logged?(unpublish: UnpublishView): readonly LogLine[];
  readonly counts?: { readonly what: Counted; readonly claim: string };
  readonly by?: 'watcher';
}

/**
 * One Unpublish writes its progress: few of the claim's fields (nomad/csi_endpoint.go: checkpointClaim), over whatever
 * progress is stored. A volume that is gone by then has the write refused, and the Unpublish ends.
 */
export function checkpoints<P extends Participants>(
  cluster: Cluster,
  one: UnpublishPart,
  does: string,
  how: Checkpoint<P>,
): ModelAction {
  const part = one.of;
  const own = { unpublish: one.unpublish, ...rowWrite(cluster, part) };
  // The participants are the caller's and these; each side sees its own.
  const split = (views: unknown) => ({
    at: views as Views<P>,
    own: views as RowViews & { readonly unpublish: UnpublishView },
  });
  // Before 1.4.0 an Unpublish was entered without a write.
  const { entryCheckpoint, nodeStepCheckpoint } = cluster.behaviours;
  const isUnwritten =
    (how.isEntry === true && entryCheckpoint === 'none') || (how.isNodeStep === true && nodeStepCheckpoint === 'none');
  const declare = how.by === 'watcher' ? watcher : server;
  return declare(does, {
    of: one.name,
    source: how.source,
    participants: { ...how.reads, ...own },
    step: (views) => {
      const { at, own } = split(views);
      const { unpublish, ...row } = own;
      if (!row.server.at('leader') || !how.when(at, unpublish)) return disabled;
      if (row.volume.at('row.missing')) return [unpublish.gets('ends')];
      if (isUnwritten) return [how.becomes(unpublish, at)];
      return written(row, cluster.behaviours, how.becomes(unpublish, at), stores(row, how.state(unpublish)));
    },
    seen: (views) => {
      const { own } = split(views);
      if (how.isEntry && own.volume.at('row.missing')) return answered(one, 'no such volume');
      if (isUnwritten) return [];
      const write = [checkpoint(part, how.state(own.unpublish))];
      if (own.volume.at('row.missing')) return [...write, ...answered(one, 'volume not found')];
      return how.isLast ? [...write, ...answered(one)] : write;
    },
    logged: (views) => {
      const { own } = split(views);
      const lines = [...(how.logged?.(own.unpublish) ?? []), ...(isUnwritten ? [] : [log.checkpointing])];
      return own.volume.at('row.missing')
        ? [...lines, ...failed(one, how.isEntry ? 'no such volume' : `volume not found: ${part.volume.name}`)]
        : lines;
    },
    ...(how.counts && { counts: how.counts }),
  });
}

function stores({ claim }: RowViews | Omit<RowViews, 'server'>, state: Written): Sending {
  if (state === 'ready-to-free') return claim.gets('freed');
  return claim.gets('checkpointed', { state: state === 'node-detached' ? 'nodeDetached' : 'unpublishing' });
}

/** What the recorder sees of a checkpoint: which fields it keeps is the point, and it keeps few. */
function checkpoint(part: ClaimPart, state: Written): Observation {
  return {
    what: 'write',
    fields: {
      type: 'CSIVolumeClaim',
      vol: part.volume.name,
      alloc: part.alloc,
      node: part.node.name,
      mode: part.mode,
      state,
      access: null,
      externalNode: null,
    },
  };
}
