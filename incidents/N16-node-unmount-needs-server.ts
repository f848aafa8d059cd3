import type { Incident } from './incident.ts';

/** An unmount that takes a round trip. */
export const N16: Incident = {
  key: 'N16',
  name: 'node-unmount-needs-server',
  title: 'a client that is cut off cannot unmount, and the servers cannot release',
  references: ['#10833 (2021-06-30)', '#11892 (fix)', '#7180', '#7596', '#13301'],
  story:
    'A client loses the servers, and its allocation ends. The unmount is only made when the servers ask for it, so it is not made, and the servers, who must see it done first, do not get any further.',
  affected: ['nomad-1.2.3'],
  scope: {
    name: 'incident-N16',
    says: 'one volume, one node, one allocation; the agent is cut off and stays so',
    volumes: [{ name: 'v1' }],
    nodes: ['n1'],
    allocations: [{ name: 'a1', volume: 'v1', node: 'n1' }],
    topFaults: 1,
    faults: { cutOff: 1 },
  },
  faults: 1,
  promise: 'everyClaimIsReleased',
  trigger: [
    'client mounts the volume and starts the task',
    'world cuts an agent off',
    'world ends the task',
    'server misses the heartbeats of a node',
    'server marks an allocation lost',
  ],
  fixed: ['nomad-1.3.5'],
  workaround: 'Reconnect the client.',
  leavesOut:
    'The client unmounts by itself since 1.2.5 (#11892); that the servers may then skip the step came with 1.3.4 (#13301). The claim is free only with both.',
};
