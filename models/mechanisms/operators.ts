import type { Mechanism } from './mechanism.ts';

/** What operators can do: server.md section 7. */
export const ofOperators: readonly Mechanism[] = [
  {
    at: '7 register',
    says: 'the row is read, validated by the controller, and written whole as it was read: what changed meanwhile is undone',
    rules: [
      'operator registers the volume',
      'provider validates the volume',
      'world fails a validation',
      'server writes the registration',
      'server refuses a registration',
    ],
    leftOut: 'the expansion of a volume',
  },
  {
    at: '7 merge',
    says: 'some fields may change, others are refused',
    rules: ['server refuses a registration'],
    leftOut: 'fields that are none of the claims',
  },
  {
    at: '7 register before 1.3.0',
    says: 'refused while the volume is in use, otherwise the row is replaced and its past claims with it',
    rules: ['server refuses to register a volume in use', 'server writes the registration'],
    changes: ['register-in-use'],
  },
  {
    at: '7 deregister',
    says: 'refused while a claim is held; past claims go with the row',
    rules: [
      'operator deregisters the volume',
      'operator is refused a deregistration',
      'operator finds no volume to deregister',
    ],
  },
  {
    at: '7 deregister -force',
    says: 'goes through if every allocation is over by either word; nobody is called, so mounts and attachments stay',
    rules: [
      'operator deregisters the volume by force',
      'operator is refused a deregistration by force',
      'operator finds no volume to deregister by force',
    ],
  },
  {
    at: '7 delete',
    says: 'the provider deletes the volume before it is asked whether it is in use',
    leftOut: 'volumes that are created and deleted: the ones here exist at the provider all the time',
  },
  {
    at: '7 detach',
    says: 'refused since checkpoints are written on entry, for want of an allocation',
    rules: [
      'operator is refused a detach',
      'operator asks in vain for a detach',
      'operator asks for a detach from no volume',
    ],
    changes: ['checkpoint-on-entry'],
  },
  {
    at: '7 system gc',
    says: 'everything that can be collected is, in the order of 5.6',
    rules: ['operator runs a system gc', 'operator asks for a system gc'],
  },
  {
    at: '7 plugin delete',
    says: 'deletes an empty plugin, and says that all is well where it is not',
    rules: ['operator deletes the plugin', 'server finds no such plugin'],
  },
  {
    at: '7 workaround',
    says: 'stop the job, deregister by force, register: the new row has no claims, and no detach is ever sent',
    rules: ['operator deregisters the volume by force', 'operator registers the volume'],
  },
  {
    at: '7 node again',
    says: "a row of the claim's node with its plugin ends the loop, whoever brings it",
    rules: ['client registers a collected node anew', 'client fingerprints its node plugin'],
  },
];
