import type { Instance } from '#composition/instance.ts';
import { placesOf, showPlaces } from '#composition/path-graph.ts';
import type { ClaimPart, UnpublishPart } from '#models/cluster.ts';
import type { Model } from '#models/model.ts';
import type { TableCase, TableClaim, TableInitial, TableRow } from './table-document.ts';

/** The volume's row under one allocation, in Nomad's own fields. */
export function rowOf(model: Model, part: ClaimPart, locals: readonly number[]): TableRow {
  const { claim } = model.composition.views({ claim: part.claim }, locals);
  return {
    volume: leafIn(model, part.volume.volume, locals, 'row'),
    WriteClaim: claim.context.held ? claimOf(part, 'taken', true) : null,
    PastClaim: claim.at('past')
      ? claimOf(part, kebab(leafIn(model, part.claim, locals, '')), claim.context.access)
      : null,
  };
}

/** All that a test has to set up before the request. */
export function initialOf(model: Model, part: ClaimPart, locals: readonly number[]): TableInitial {
  const { cluster } = model;
  const { node, plugin } = part.node;
  return {
    ...rowOf(model, part, locals),
    node: leafIn(model, node, locals, 'believed'),
    fingerprint: leafIn(model, node, locals, 'plugin') === 'known',
    machine: leafIn(model, node, locals, 'machine'),
    nodePlugin: whole(model, plugin, locals),
    controllerPlugin: whole(model, cluster.controllerPlugin, locals),
    allocation: leafIn(model, part.allocation, locals, 'record'),
    ...truthOf(model, part, locals),
    others: part.volume.claims
      .filter((other) => other !== part)
      .map((other) => ({
        AllocationID: other.alloc,
        ...rowOf(model, other, locals),
        allocation: leafIn(model, other.allocation, locals, 'record'),
      })),
  };
}

/** By what ways to start are told apart: all that an Unpublish can look at. It changes mount and attachment, and reads neither. */
export function startOf({ mount: _, attachment: __, allocation: ___, ...looked }: TableInitial): unknown {
  return looked;
}

/** What really is, beside what is stored. */
export function truthOf(model: Model, part: ClaimPart, locals: readonly number[]) {
  return { mount: whole(model, part.mount, locals), attachment: whole(model, part.attachment, locals) };
}

/** The request as its caller sends it: a client knows no modes, the watcher sends the past claim that it read. */
export function requestOf(model: Model, one: UnpublishPart, locals: readonly number[]): TableCase['request'] {
  const { context } = model.composition.views({ unpublish: one.unpublish }, locals).unpublish;
  return {
    caller: one.caller,
    VolumeID: one.of.volume.name,
    Claim:
      one.caller === 'client'
        ? claimOf(one.of, 'unpublishing', false)
        : claimOf(one.of, kebab(context.progress), context.access),
  };
}

function claimOf(part: ClaimPart, State: string, hasAccess: boolean): TableClaim {
  return {
    AllocationID: part.alloc,
    NodeID: part.node.name,
    ExternalNodeID: '',
    Mode: 'write',
    AccessMode: hasAccess ? part.volume.access : '',
    State,
  };
}

/** The state that a machine is at in one of its regions, without the region's own name. */
function leafIn({ composition }: Model, of: Instance, locals: readonly number[], region: string): string {
  const places = placesOf(composition.localStates(of).snapshot(locals[composition.fieldOf(of)] ?? 0));
  const path = places.find((place) => place.region === region)?.path ?? places[0]?.path ?? [];
  return region === '' ? (path.at(-1) ?? '') : path.slice(1).join('.');
}

function whole({ composition }: Model, of: Instance, locals: readonly number[]): string {
  return showPlaces(placesOf(composition.localStates(of).snapshot(locals[composition.fieldOf(of)] ?? 0)));
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (one) => `-${one.toLowerCase()}`);
}
