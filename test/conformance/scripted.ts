import type { PlayedEvent } from './recorder.ts';

/** A recording written by hand, a line for each event, in the order in which they are called. */
export class Scripted {
  readonly #events: PlayedEvent[] = [];
  readonly #nomad: string;
  readonly #acls: boolean;
  #ms = 100;
  #index = 7;
  #id = 0;
  readonly #calls = new Map<string, PlayedEvent>();

  constructor(nomad: string, acls = true) {
    this.#nomad = nomad;
    this.#acls = acls;
  }

  /** Time that passes in silence, in ms. */
  after(ms: number): this {
    this.#ms += ms;
    return this;
  }

  write(type: string, fields: Record<string, unknown>): this {
    return this.#add('write', { index: ++this.#index, type, ...fields });
  }

  /** A checkpoint of a claim. */
  claim(vol: string, alloc: string, node: string, state: string, more: Record<string, unknown> = {}): this {
    const access = state === 'taken' ? 'single-node-writer' : null;
    return this.write('CSIVolumeClaim', {
      vol,
      alloc,
      node,
      mode: 'write',
      state,
      access,
      externalNode: null,
      ...more,
    });
  }

  machine(node: string, controllerPlugin = false, nodePlugin = true): this {
    return this.write('NodeRegister', { node, status: 'ready', nodePlugin, controllerPlugin });
  }

  /** Registers a volume, with the validation where there is a controller on `at`. */
  volume(vol: string, at: string | null = 'ctl'): this {
    this.request('Register', { vol });
    if (at !== null) this.call('ControllerValidateVolume', vol, { at }).return('ControllerValidateVolume', vol, { at });
    return this.write('CSIVolumeRegister', { vol, row: { access: '', read: [], write: [], past: [] } }).reply(
      'Register',
      {
        vol,
      },
    );
  }

  /** An allocation that takes its claim and has the volume attached. */
  takes(vol: string, alloc: string, node: string, more: Record<string, unknown> = {}): this {
    const mode = more.mode ?? 'write';
    return this.allocation(alloc, node, 'run', 'running')
      .request('Claim', { vol, alloc, node, mode })
      .claim(vol, alloc, node, 'taken', more)
      .call('ControllerAttachVolume', vol, { at: 'ctl', target: `i-${node}` })
      .return('ControllerAttachVolume', vol, { at: 'ctl', target: `i-${node}` })
      .reply('Claim', { vol, alloc });
  }

  /** A client that says that its allocation is over, and asks for the release. */
  ends(vol: string, alloc: string, node: string): this {
    return this.write('AllocClientUpdate', { alloc, client: 'complete' })
      .allocation(alloc, node, 'stop', 'complete')
      .unpublish(vol, alloc, node);
  }

  unpublish(vol: string, alloc: string, node: string): this {
    return this.request('Unpublish', { vol, alloc, node, state: 'unpublishing' });
  }

  allocation(alloc: string, node: string, desired: string, client: string): this {
    return this.#add('allocation', { alloc, node, desired, client });
  }

  request(op: string, fields: Record<string, unknown> = {}): this {
    return this.#add('request', { op, ...fields });
  }

  reply(op: string, fields: Record<string, unknown> = {}): this {
    return this.#add('reply', { op, ok: true, ...fields });
  }

  call(rpc: string, vol: string, fields: Record<string, unknown>, name = rpc + vol): this {
    const call = { id: ++this.#id, rpc, vol, ...fields };
    this.#calls.set(name, { ms: 0, what: 'call', ...call });
    return this.#add('call', call);
  }

  return(rpc: string, vol: string, fields: Record<string, unknown> = {}, name = rpc + vol): this {
    const { ms: _, what: __, ...call } = this.#calls.get(name) ?? {};
    return this.#add('return', { ...call, ok: true, ...fields });
  }

  /** A detach that the controller answers after so many ms. */
  detach(vol: string, node: string, ms = 0): this {
    const where = { at: 'ctl', target: `i-${node}` };
    return this.call('ControllerDetachVolume', vol, where).after(ms).return('ControllerDetachVolume', vol);
  }

  freed(vol: string, alloc: string, node: string): this {
    return this.claim(vol, alloc, node, 'ready-to-free').claim(vol, alloc, node, 'ready-to-free');
  }

  event(what: string, fields: Record<string, unknown> = {}): this {
    return this.#add(what, fields);
  }

  row(vol: string, row: Record<string, unknown> = {}): this {
    return this.#add('row', { vol, row: { access: '', read: [], write: [], past: [], ...row } });
  }

  end(): object {
    this.after(300).#add('end', {});
    return {
      recording: 'claimcheck/recording@1',
      nomad: this.#nomad,
      scenario: 'by hand',
      acls: this.#acls,
      events: this.#events,
    };
  }

  #add(what: string, fields: Record<string, unknown>): this {
    this.#ms = Math.round((this.#ms + 0.1) * 10) / 10;
    this.#events.push({ ms: this.#ms, what, ...fields });
    return this;
  }
}
