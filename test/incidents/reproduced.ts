import { performance } from 'node:perf_hooks';
import { expect } from 'vitest';
import type { Incident } from '#incidents/incident.ts';
import { reproduce, scopeOf } from '#incidents/reproduce.ts';
import { findDesign } from '#models/designs/design.ts';
import { buildModel } from '#models/model.ts';
import { actionsNamed } from '#properties/action-names.ts';
import { replayToken } from '#properties/replay.ts';

/** The clock of a trial. */
export const options = { now: () => performance.now() };

/** The world in which an incident is tried on a design. */
export const modelOf = (incident: Incident, design: string) =>
  buildModel(findDesign(design), scopeOf(incident), incident.faults);

/** Every affected design breaks the promise by a run that takes the trigger's places in order and replays; no fixed one does. */
export function expectReproduced(incident: Incident): void {
  const { affected, fixed } = reproduce(incident, options);
  for (const { design, verdict, trace } of affected) {
    expect(verdict, design).toBe('violated');
    const model = modelOf(incident, design);
    const taken = trace?.steps.map((step) => step.action) ?? [];
    const cycle = trace?.loopsTo == null ? [] : taken.slice(trace.loopsTo);
    const filled = [...taken, ...incident.trigger.flatMap(() => cycle)].reduce((places, action) => {
      const place = incident.trigger[places];
      const wanted = place === undefined ? [] : actionsNamed(model, place);
      return wanted.some((id) => model.composition.actions[id]?.name === action) ? places + 1 : places;
    }, 0);
    expect(filled, 'places of the trigger that the run fills').toBe(incident.trigger.length);
    const find = { design: findDesign, scope: () => scopeOf(incident) };
    expect(replayToken(trace?.token ?? '', find).trace).toEqual(trace);
  }
  for (const { design, verdict } of fixed) expect(verdict, design).toBe('holds');
}
