/** Rules that stand for what surrounds the claims, by their section of surroundings.md. */
export interface Surrounding {
  /** `B.2`, or `recordings` for what the driver of a recording does by hand. */
  readonly at: string;
  readonly says: string;
  readonly rules: readonly string[];
}

const set = (word: string) => `operator sets an allocation to ${word}`;

/** What happens around the claims: machines, clients, tasks, plugins, time. */
export const surroundings: readonly Surrounding[] = [
  {
    at: 'A.5',
    says: 'a task ends, and its client says so before or after it has unmounted',
    rules: ['client ends the task as told', 'world ends the task', 'client reports the end'],
  },
  {
    at: 'A.9',
    says: 'a machine that was lost comes back, and its lost task is reported as running',
    rules: ['client reports a lost task as running', 'world reconnects an agent'],
  },
  {
    at: 'B.2',
    says: 'machines and agents go and come back, and the servers hear of it or do not',
    rules: ['world takes a machine down', 'world cuts an agent off', 'world brings a machine back'],
  },
  { at: 'B.5', says: 'an operator purges a node, whatever its state', rules: ['operator purges a node'] },
  { at: 'B.6', says: 'a client whose row is gone registers anew', rules: ['client registers a collected node anew'] },
  { at: 'C', says: 'a job is stopped by its owner', rules: ['operator stops the job'] },
  {
    at: 'A.6',
    says: 'the processes of plugins stop and start',
    rules: [
      'world stops the controller plugin',
      'world starts the controller plugin again',
      'world stops a node plugin',
      'client starts its node plugin again',
    ],
  },
  { at: 'B.1', says: 'time passes', rules: ['world lets time pass'] },
  {
    at: 'recordings',
    says: 'machines register, have plugins, stop and are deregistered by the driver of a recording',
    rules: [
      'client registers with its node plugin and a controller',
      'client registers with its node plugin',
      'client registers without its node plugin and a controller',
      'client registers without its node plugin',
      'world has a node plugin',
      'world has no node plugin',
      'world stops a machine',
      'operator deregisters a node',
    ],
  },
  {
    at: 'recordings',
    says: 'allocations are set to a state by the driver of a recording',
    rules: [
      ...['run', 'stop', 'evict'].flatMap((desired) =>
        ['pending', 'running', 'unknown'].map((word) => set(`${desired}, ${word}`)),
      ),
      ...['complete', 'failed', 'lost'].map(set),
      ...['complete', 'failed', 'lost', 'pending', 'running', 'unknown'].map((word) => `client reports ${word}`),
      ...['complete', 'failed'].map((word) => `server marks an allocation ${word}`),
      ...['pending', 'running', 'unknown'].map((word) => `server stops an allocation that is ${word}`),
    ],
  },
];
