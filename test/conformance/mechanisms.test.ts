import { describe, expect, test } from 'vitest';
import { type Conformance, conform } from '#conformance/conform.ts';
import { readRecording } from '#conformance/consistency.ts';
import { findDesign } from '#models/designs/design.ts';
import { Scripted } from './scripted.ts';

/** Recordings written from what Nomad is known to do (server.md, executed.md), not from the model. */
const begun = (nomad = '2.0.5') =>
  new Scripted(nomad).machine('ctl', true).machine('box').machine('box2').volume('data');

describe('it explains what was not recorded and is known', () => {
  test('two allocations on one machine: the first to end is not detached under the other, the second is', () => {
    const file = begun()
      .takes('data', 'web', 'box', { access: 'multi-node-multi-writer' })
      .takes('data', 'api', 'box', { access: 'multi-node-multi-writer' })
      .ends('data', 'web', 'box')
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .claim('data', 'web', 'box', 'ready-to-free')
      .reply('Unpublish', { vol: 'data', alloc: 'web' })
      .after(1500)
      .ends('data', 'api', 'box')
      .claim('data', 'api', 'box', 'unpublishing')
      .claim('data', 'api', 'box', 'node-detached')
      .detach('data', 'box')
      .freed('data', 'api', 'box')
      .reply('Unpublish', { vol: 'data', alloc: 'api' })
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });

  test('three volumes whose detaches queue for the lock of one slow controller', () => {
    const file = new Scripted('2.0.5').machine('ctl', true).machine('box');
    for (const [vol, alloc] of three) file.volume(vol).takes(vol, alloc, 'box');
    for (const [vol, alloc] of three)
      file.ends(vol, alloc, 'box').claim(vol, alloc, 'box', 'unpublishing').claim(vol, alloc, 'box', 'node-detached');
    // The watcher of each volume follows the client, finds node-detached, and queues too.
    for (const [vol, alloc] of three) file.claim(vol, alloc, 'box', 'node-detached');
    for (const [vol, alloc] of three)
      file.detach(vol, 'box', 300).freed(vol, alloc, 'box').reply('Unpublish', { vol, alloc });
    for (const [vol, alloc] of three) file.detach(vol, 'box', 300).freed(vol, alloc, 'box');
    const outcome = held(file.end());
    expect(outcome).toMatchObject({ accepted: true });
    expect(outcome.most).toBeLessThan(5_000);
  });

  test('a second detach beside the first, for another volume of one plugin, is refused', () => {
    const file = new Scripted('2.0.5').machine('ctl', true).machine('box');
    for (const [vol, alloc] of three) file.volume(vol).takes(vol, alloc, 'box');
    for (const [vol, alloc] of three)
      file.ends(vol, alloc, 'box').claim(vol, alloc, 'box', 'unpublishing').claim(vol, alloc, 'box', 'node-detached');
    const where = { at: 'ctl', target: 'i-box' };
    file.call('ControllerDetachVolume', 'logs', where).call('ControllerDetachVolume', 'data', where);
    expect(held(file.after(20).end()).accepted).toBe(false);
  });

  test.each(['1.10.0', '2.0.5'])(
    '%s: an Unpublish for an allocation that holds nothing leaves and frees a zombie',
    (nomad) => {
      const file = begun(nomad)
        .allocation('ghost', 'box', 'stop', 'complete')
        .unpublish('data', 'ghost', 'box')
        .claim('data', 'ghost', 'box', 'unpublishing')
        .claim('data', 'ghost', 'box', 'node-detached')
        .detach('data', 'box')
        .freed('data', 'ghost', 'box')
        .reply('Unpublish', { vol: 'data', alloc: 'ghost' })
        .row('data')
        .end();
      expect(held(file, nomad)).toMatchObject({ accepted: true });
    },
  );

  test('an Unpublish that is sent twice runs twice', () => {
    const file = begun().takes('data', 'web', 'box').ends('data', 'web', 'box').unpublish('data', 'web', 'box');
    for (const state of ['unpublishing', 'unpublishing', 'node-detached', 'node-detached'])
      file.claim('data', 'web', 'box', state);
    file.detach('data', 'box', 50).freed('data', 'web', 'box').reply('Unpublish', { vol: 'data', alloc: 'web' });
    file.detach('data', 'box', 50).freed('data', 'web', 'box').reply('Unpublish', { vol: 'data', alloc: 'web' });
    expect(held(file.end())).toMatchObject({ accepted: true });
  });

  test('a registration that was read before the release and written after it brings the claim back', () => {
    const file = begun()
      .takes('data', 'web', 'box')
      .request('Register', { vol: 'data' })
      .call('ControllerValidateVolume', 'data', { at: 'ctl' }, 'again')
      .ends('data', 'web', 'box')
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box')
      .freed('data', 'web', 'box')
      .reply('Unpublish', { vol: 'data', alloc: 'web' })
      .after(50)
      .return('ControllerValidateVolume', 'data', {}, 'again')
      .write('CSIVolumeRegister', { vol: 'data' })
      .reply('Register', { vol: 'data' });
    // What it brought back is past as soon as the watcher reads it, and knows its access mode.
    const node = { at: 'box', alloc: 'web' };
    file
      .claim('data', 'web', 'box', 'unpublishing')
      .call('NodeDetachVolume', 'data', node)
      .return('NodeDetachVolume', 'data', node)
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box')
      .freed('data', 'web', 'box')
      .row('data');
    expect(held(file.end())).toMatchObject({ accepted: true });
  });

  test('a validation that takes its time keeps its registration waiting', () => {
    const file = begun()
      .request('Register', { vol: 'data' })
      .call('ControllerValidateVolume', 'data', { at: 'ctl' }, 'again')
      .after(700)
      .return('ControllerValidateVolume', 'data', {}, 'again')
      .write('CSIVolumeRegister', { vol: 'data' })
      .reply('Register', { vol: 'data' });
    expect(held(file.end())).toMatchObject({ accepted: true });
  });

  test('a volume that is deregistered by force under its release: the next checkpoint finds none', () => {
    const file = begun()
      .takes('data', 'web', 'box')
      .ends('data', 'web', 'box')
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .call('ControllerDetachVolume', 'data', { at: 'ctl', target: 'i-box' })
      .after(30)
      .request('Deregister', { vol: 'data', force: true })
      .write('CSIVolumeDeregister', { vols: ['data'], force: true })
      .reply('Deregister', { vol: 'data' })
      .after(50)
      .return('ControllerDetachVolume', 'data')
      .claim('data', 'web', 'box', 'ready-to-free')
      .reply('Unpublish', { vol: 'data', alloc: 'web', ok: false, error: 'volume not found: data' })
      .unpublish('data', 'web', 'box')
      .reply('Unpublish', { vol: 'data', alloc: 'web', ok: false, error: 'no such volume' })
      .row('data', { missing: true })
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });

  test('a node call that fails is made once: the next pass finds no access mode and goes on to the controller', () => {
    const node = { at: 'box', alloc: 'web' };
    const file = begun()
      .takes('data', 'web', 'box')
      .allocation('web', 'box', 'stop', 'complete')
      .request('claim gc')
      .write('CSIVolumeClaim', { vol: 'data', mode: 'gc', state: 'unpublishing', access: null })
      .reply('claim gc')
      .claim('data', 'web', 'box', 'unpublishing')
      .call('NodeDetachVolume', 'data', node)
      .return('NodeDetachVolume', 'data', { ok: false, error: 'busy' })
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box')
      .freed('data', 'web', 'box')
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });

  test('an attach that fails leaves its claim in the store', () => {
    const file = begun()
      .allocation('web', 'box', 'run', 'pending')
      .request('Claim', { vol: 'data', alloc: 'web', node: 'box', mode: 'write' })
      .claim('data', 'web', 'box', 'taken')
      .call('ControllerAttachVolume', 'data', { at: 'ctl', target: 'i-box' })
      .return('ControllerAttachVolume', 'data', { ok: false, error: 'provider says no' })
      .reply('Claim', {
        vol: 'data',
        alloc: 'web',
        ok: false,
        error: 'controller publish: controller attach volume: provider says no',
      })
      .row('data', { access: 'single-node-writer', write: [entry('web', 'box')] })
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });

  test('the machine of the controller stops: claims are taken, and fail to publish', () => {
    const file = begun()
      .event('machine stops', { node: 'ctl' })
      .after(500)
      .allocation('web', 'box', 'run', 'running')
      .request('Claim', { vol: 'data', alloc: 'web', node: 'box', mode: 'write' })
      .claim('data', 'web', 'box', 'taken')
      .reply('Claim', {
        vol: 'data',
        alloc: 'web',
        ok: false,
        error: 'controller publish: controller attach volume: No path to node',
      })
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });

  test('readers beside each other, and none beside a writer of a single node', () => {
    const mode = { access: 'single-node-writer', mode: 'read' };
    const file = begun()
      .takes('data', 'web', 'box', mode)
      .allocation('api', 'box2', 'run', 'running')
      .request('Claim', { vol: 'data', alloc: 'api', node: 'box2', mode: 'read' })
      .claim('data', 'api', 'box2', 'taken', mode)
      .reply('Claim', { vol: 'data', alloc: 'api', ok: false, error: 'volume max claims reached' })
      .row('data', { access: 'single-node-writer', read: [{ ...entry('web', 'box'), mode: 'read' }] });
    expect(held(file.end())).toMatchObject({ accepted: true });
    const many = begun().takes('data', 'web', 'box', { access: 'multi-node-reader-only', mode: 'read' });
    many.takes('data', 'api', 'box2', { access: 'multi-node-reader-only', mode: 'read' });
    expect(held(many.end())).toMatchObject({ accepted: true });
  });

  test('a volume without a controller is released without a call', () => {
    const file = new Scripted('2.0.5')
      .machine('box')
      .volume('data', null)
      .allocation('web', 'box', 'run', 'running')
      .request('Claim', { vol: 'data', alloc: 'web', node: 'box', mode: 'write' })
      .claim('data', 'web', 'box', 'taken')
      .reply('Claim', { vol: 'data', alloc: 'web' })
      .ends('data', 'web', 'box')
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .claim('data', 'web', 'box', 'ready-to-free')
      .reply('Unpublish', { vol: 'data', alloc: 'web' })
      .row('data')
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });

  test('a detach as the command sends it is in the log, and in vain', () => {
    const file = begun()
      .takes('data', 'web', 'box')
      .request('Detach', { vol: 'data', node: 'box' })
      .write('CSIVolumeClaim', { vol: 'data', node: 'box', mode: 'gc', state: 'taken', access: null })
      .reply('Detach', { vol: 'data', node: 'box', ok: false, error: 'Unknown allocation' })
      .row('data', { access: 'single-node-writer', write: [entry('web', 'box')] })
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });

  test('a machine that stops under a node call answers nobody', () => {
    const node = { at: 'box', alloc: 'web' };
    const file = begun()
      .takes('data', 'web', 'box')
      .allocation('web', 'box', 'stop', 'complete')
      .request('claim gc')
      .write('CSIVolumeClaim', { vol: 'data', mode: 'gc', state: 'unpublishing', access: null })
      .reply('claim gc')
      .claim('data', 'web', 'box', 'unpublishing')
      .call('NodeDetachVolume', 'data', node)
      .after(100)
      .event('machine stops', { node: 'box' })
      .claim('data', 'web', 'box', 'unpublishing')
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box')
      .freed('data', 'web', 'box')
      .end();
    expect(held(file)).toMatchObject({ accepted: true });
  });
});

/**
 * executed.md X24: the node call for one volume hangs while another's claim is due, and the first one's row is written
 * again and again. To 1.9.7 the notice that finds a full channel holds up all watchers; since then it is dropped.
 */
describe('while one volume hangs', () => {
  const node = { at: 'box', alloc: 'web' };
  const gc = (vol: string) => ({ vol, mode: 'gc', state: 'unpublishing', access: null });
  const hanging = (nomad: string) => {
    const file = begun(nomad).volume('logs').takes('data', 'web', 'box').takes('logs', 'db', 'box2');
    file.after(3_000).allocation('web', 'box', 'stop', 'complete').request('claim gc');
    file.write('CSIVolumeClaim', gc('data')).reply('claim gc');
    file.claim('data', 'web', 'box', 'unpublishing').call('NodeDetachVolume', 'data', node);
    for (let i = 0; i < 4; i++)
      file.after(400).request('claim gc').write('CSIVolumeClaim', gc('data')).reply('claim gc');
    file.allocation('db', 'box2', 'stop', 'complete').request('claim gc');
    return file.write('CSIVolumeClaim', gc('data')).write('CSIVolumeClaim', gc('logs')).reply('claim gc');
  };
  const second = { at: 'box2', alloc: 'db' };
  const released = (file: Scripted) =>
    file
      .claim('logs', 'db', 'box2', 'unpublishing')
      .call('NodeDetachVolume', 'logs', second)
      .return('NodeDetachVolume', 'logs')
      .claim('logs', 'db', 'box2', 'node-detached')
      .detach('logs', 'box2')
      .freed('logs', 'db', 'box2');
  const firstGoesOn = (file: Scripted) =>
    file
      .return('NodeDetachVolume', 'data')
      .claim('data', 'web', 'box', 'node-detached')
      .detach('data', 'box')
      .freed('data', 'web', 'box');

  test('another is released with the next token by 2.0.5, and 1.9.7 does not explain it', () => {
    const file = firstGoesOn(released(hanging('2.0.5').after(370)).after(2_000)).end();
    expect(held(file, '2.0.5')).toMatchObject({ accepted: true });
    expect(held(file, '1.9.7').accepted).toBe(false);
  });
  test('another waits for the end of it in 1.9.7, and 2.0.5 does not explain that', () => {
    const file = released(firstGoesOn(hanging('1.9.7').after(6_000)).after(1)).end();
    expect(held(file, '1.9.7')).toMatchObject({ accepted: true });
    expect(held(file, '2.0.5').accepted).toBe(false);
  });
});

// Helpers

const three = [
  ['data', 'web'],
  ['logs', 'db'],
  ['blob', 'cdn'],
] as const;

function entry(alloc: string, node: string): Record<string, unknown> {
  return { alloc, node, mode: 'write', state: 'taken', access: 'single-node-writer', externalNode: null };
}

function held(file: object, nomad = '2.0.5'): Conformance {
  return conform(readRecording(file, 'by hand'), findDesign(`nomad-${nomad}`));
}
