import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { findDesign } from '#models/designs/design.ts';
import { findScope } from '#models/scopes/scope.ts';
import { type Avoided, readAvoided } from '#properties/avoid.ts';
import { judgeScope } from '#properties/judge.ts';
import { findPromise } from '#properties/promises.ts';

const world = { design: findDesign('nomad-2.0.5'), scope: findScope('node-collected') };
const find = { design: findDesign, scope: findScope };
const promise = findPromise('everyAttachmentIsReleased');

function judged(...avoid: Avoided[]) {
  const [found] = judgeScope(world.design, world.scope, [promise], { faults: 1, now: () => performance.now(), avoid });
  return found ?? expect.fail('not judged');
}

const actionsOf = ({ trace }: ReturnType<typeof judged>) => trace?.steps.map((step) => step.action) ?? [];

test('a token avoids every run that takes all of its actions; what is found next leaves one out', () => {
  const first = judged();
  const avoided = readAvoided(first.trace?.token ?? '', [world], find);
  const next = judged(avoided);
  expect(next.verdict).toBe('violated');
  expect(actionsOf(first).every((action) => actionsOf(next).includes(action))).toBe(false);
  const third = judged(avoided, readAvoided(next.trace?.token ?? '', [world], find));
  for (const before of [first, next]) {
    expect(actionsOf(before).every((action) => actionsOf(third).includes(action))).toBe(false);
  }
});

test('an action avoids every run that takes it, and the verdict says so', () => {
  const { trace, assumptions } = judged(readAvoided('server collects a node', [world], find));
  expect(trace?.steps.map((step) => step.action)).not.toContain('server collects a node (n1)');
  expect(assumptions).toContain('avoided as explained: runs that take "server collects a node"');
});

test('an action that no world has is answered with the nearest', () => {
  expect(() => readAvoided('server collects a nod', [world], find)).toThrow(/did you mean "server collects a node"/);
  expect(() => readAvoided('client claims the volume (v1/a2)', [world], find)).toThrow(
    /"client claims the volume \(v1\/a1\)"/,
  );
});
